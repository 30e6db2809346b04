"""What editors may do with what publishing needs: corrections and the site's own pages."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOK = ["view_correction", "view_formeraddress", "view_site"]
MAY = {
    "Editors": [*LOOK, "add_correction", "change_correction", "delete_correction", "change_site"],
    "Moderators": LOOK,
}


def let_them(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    make_permissions(apps, schema_editor.connection.alias)
    for name, rights in MAY.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        found = permissions.filter(content_type__app_label="essays", codename__in=rights)
        group.permissions.add(*found)


def make_permissions(apps, database):
    """Django makes these only after all migrations have run; the groups need them now."""
    config = apps.get_app_config("essays")
    config.models_module = True
    create_permissions(config, apps=apps, using=database, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("annotations", "0007_history"), ("essays", "0003_publishing")]

    operations = [migrations.RunPython(let_them, migrations.RunPython.noop)]

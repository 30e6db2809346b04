"""What editors may do with what publishing needs: corrections and the site's own pages."""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("annotations.migrations.0006_moderators").make_permissions

LOOK = ["view_correction", "view_formeraddress", "view_site"]
MAY = {
    "Editors": [*LOOK, "add_correction", "change_correction", "delete_correction", "change_site"],
    "Moderators": LOOK,
}


def let_them(apps, schema_editor):
    make_permissions(apps, "essays", schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects
    for name, rights in MAY.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        found = permissions.filter(content_type__app_label="essays", codename__in=rights)
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_promotion"), ("essays", "0003_publishing")]

    operations = [migrations.RunPython(let_them, migrations.RunPython.noop)]

"""The two groups of people who look after a site: editors of its text, moderators of its notes."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOKED_AFTER = ["essays", "annotations"]
RECORDS = ["revision", "passagerevision", "glosschange", "load"]


def make_groups(apps, schema_editor):
    make_permissions(apps, schema_editor)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=LOOKED_AFTER
    )
    groups = apps.get_model("auth", "Group").objects
    editors, _ = groups.get_or_create(name="Editors")
    changing_records = permissions.filter(content_type__model__in=RECORDS).exclude(
        codename__startswith="view_"
    )
    editors.permissions.add(*permissions.exclude(pk__in=changing_records))
    moderators, _ = groups.get_or_create(name="Moderators")
    moderators.permissions.add(*permissions.filter(codename__startswith="view_"))


def make_permissions(apps, schema_editor):
    """Django makes these only after all migrations have run; the groups need them now."""
    for label in LOOKED_AFTER:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
        config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]

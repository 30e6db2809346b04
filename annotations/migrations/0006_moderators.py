"""What moderators may do: decide on public words, settle flags, block readers, read the log."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MAY = {
    "annotations": [
        *("view_note", "change_note", "view_reply", "change_reply"),
        *("view_flag", "change_flag", "view_moderationact"),
    ],
    "readers": ["view_reader", "change_reader"],
}


def let_moderators_moderate(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    moderators, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Moderators")
    for label, names in MAY.items():
        make_permissions(apps, label, schema_editor.connection.alias)
        found = permissions.filter(content_type__app_label=label, codename__in=names)
        moderators.permissions.add(*found)


def make_permissions(apps, label, database):
    """Django makes these only after all migrations have run; the group needs them now."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, using=database, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0005_references"),
        ("readers", "0002_notes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_moderators_moderate, migrations.RunPython.noop)]

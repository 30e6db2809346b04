from django.db import migrations, models

from readers.look_alikes import look


def fill(apps, schema_editor):
    """Of several names that look the same, the first account has it; the others keep the name."""
    users = apps.get_model("readers", "User").objects.exclude(pen_name="").order_by("pk")
    taken = set()
    for user in users.only("pen_name"):
        if (user_look := look(user.pen_name)[:200]) in taken:
            continue
        taken.add(user_look)
        user.pen_name_look = user_look or None
        user.save(update_fields=["pen_name_look"])


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0002_limit_counters"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="pen_name_look",
            field=models.CharField(editable=False, max_length=200, null=True, unique=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

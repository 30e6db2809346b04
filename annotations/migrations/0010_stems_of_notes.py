"""The search looks through what readers wrote for anyone, by its stems."""

from django.db import migrations, models

from annotations.text.stems import stems_of_note


def write_down(apps, schema_editor):
    for note in apps.get_model("annotations", "Note").objects.exclude(html="").iterator():
        note.stems = stems_of_note(note.html)
        note.save(update_fields=["stems"])


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0009_publishing_rights"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="stems",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]

"""Ids of notes and replies for people; the primary keys tell how many others there are."""

from django.db import migrations, models

import essays.identifiers

FIELD = {
    "max_length": essays.identifiers.PUBLIC_ID_LENGTH,
    "default": essays.identifiers.new_public_id,
    "editable": False,
}
BATCH_SIZE = 500


def give_ids(apps, schema_editor):
    for name in ("Note", "Reply"):
        model = apps.get_model("annotations", name)
        rows = [model(pk=pk) for pk in model.objects.values_list("pk", flat=True)]
        model.objects.bulk_update(rows, ["public_id"], batch_size=BATCH_SIZE)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_search_and_groups")]

    operations = [
        *(
            migrations.AddField(name, "public_id", models.CharField(**FIELD))
            for name in ("note", "reply")
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop, elidable=True),
        *(
            migrations.AlterField(name, "public_id", models.CharField(unique=True, **FIELD))
            for name in ("note", "reply")
        ),
    ]

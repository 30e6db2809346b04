from django.db import migrations, models
from django.db.models import F


def publish_versions(apps, schema_editor):
    """Of essays that are published: the versions of today, and those made since."""
    versions = apps.get_model("essays", "PassageRevision").objects.filter(
        passage__essay__status="published"
    )
    for kept in (
        versions.filter(version=F("passage__version")),
        versions.filter(revision__at__gte=F("passage__essay__published_at")),
    ):
        apps.get_model("essays", "PassageRevision").objects.filter(pk__in=kept.values("pk")).update(
            was_published=True
        )


class Migration(migrations.Migration):
    dependencies = [("essays", "0001_initial")]

    operations = [
        migrations.AddField("passagerevision", "was_published", models.BooleanField(default=False)),
        migrations.RunPython(publish_versions, migrations.RunPython.noop),
    ]

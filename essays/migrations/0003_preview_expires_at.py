from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("essays", "0002_published_versions")]

    operations = [
        migrations.AddField(
            "essay", "preview_expires_at", models.DateTimeField(editable=False, null=True)
        ),
    ]

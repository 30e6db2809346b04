"""What the search asks: one table of stems, and what the database needs to search it."""

import django.db.models.deletion
from django.db import migrations, models

# The stems are words of letters and digits with spaces between; "ascii" cuts nowhere else.
SQLITE = [
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title, text, content='annotations_searchentry', content_rowid='id', tokenize='ascii'
    )
    """,
    """
    CREATE TRIGGER search_entry_added AFTER INSERT ON annotations_searchentry BEGIN
        INSERT INTO search_index(rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER search_entry_gone AFTER DELETE ON annotations_searchentry BEGIN
        INSERT INTO search_index(search_index, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER search_entry_changed AFTER UPDATE ON annotations_searchentry BEGIN
        INSERT INTO search_index(search_index, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
        INSERT INTO search_index(rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
]
POSTGRESQL = [
    """
    ALTER TABLE annotations_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', text), 'B')
    ) STORED
    """,
    "CREATE INDEX search_entry_vector ON annotations_searchentry USING gin (vector)",
]


def make_index(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    """The table itself goes next, and takes its triggers, its column and its index along."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
        schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0002_groups"),
        ("essays", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "essay",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="essays.essay",
                    ),
                ),
                (
                    "passage",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="essays.passage",
                    ),
                ),
                (
                    "quotation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.quotation",
                    ),
                ),
                (
                    "theme",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.theme",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("essay__isnull", False),
                                ("passage", None),
                                ("quotation", None),
                                ("theme", None),
                            ),
                            models.Q(
                                ("essay", None),
                                ("passage__isnull", False),
                                ("quotation", None),
                                ("theme", None),
                            ),
                            models.Q(
                                ("essay", None),
                                ("passage", None),
                                ("quotation", None),
                                ("theme__isnull", False),
                            ),
                            models.Q(
                                ("essay", None),
                                ("passage", None),
                                ("quotation__isnull", False),
                                ("theme", None),
                            ),
                            _connector="OR",
                        ),
                        name="search_entry_is_of_one_thing",
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]

"""What the models do not say: the search index of each database, and the rights of two groups."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

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

VERBS = ["view", "add", "change", "delete"]
# Editors look after these, and moderators may look at them.
EDITED = [
    *("essays.essay", "essays.essaywork", "essays.passage", "essays.work"),
    *("essays.correction", "essays.site"),
    *("annotations.gloss", "annotations.glosslink"),
    *("annotations.quotation", "annotations.theme"),
]
# The site alone writes these; both groups may look at them.
RECORDS = [
    *("essays.revision", "essays.passagerevision", "essays.formeraddress"),
    *("essays.historicalessay", "essays.historicalwork"),
    *("essays.historicalcorrection", "essays.historicalsite"),
    *("annotations.glosschange", "annotations.load"),
]
RIGHTS = {
    "Editors": {
        **dict.fromkeys(EDITED, VERBS),
        **dict.fromkeys(RECORDS, ["view"]),
        "annotations.promotion": ["view", "add", "change"],
    },
    "Moderators": {
        **dict.fromkeys([*EDITED, *RECORDS], ["view"]),
        "annotations.note": ["view", "change"],
        "annotations.reply": ["view", "change"],
        "annotations.flag": ["view", "change"],
        "annotations.moderationact": ["view"],
        "readers.reader": ["view", "change"],
    },
}


def make_index(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
        schema_editor.execute("DROP TABLE search_index")
    else:
        # The index goes with its column.
        schema_editor.execute("ALTER TABLE annotations_searchentry DROP COLUMN vector")


def make_groups(apps, schema_editor):
    for label in ("essays", "readers", "annotations"):
        make_permissions(apps, label, schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects
    for group_name, rights in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
        for label, verbs in rights.items():
            app_label, model = label.split(".")
            group.permissions.add(
                *permissions.filter(
                    content_type__app_label=app_label,
                    codename__in=[f"{verb}_{model}" for verb in verbs],
                )
            )


def make_permissions(apps, label, database):
    """Create an app's permissions. Django does so only after all migrations have run."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, using=database, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]

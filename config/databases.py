"""The database: SQLite in the data folder, or what DATABASE_URL names."""

from pathlib import Path

import environ

SQLITE = "django.db.backends.sqlite3"


def databases(env: environ.Env, data_dir: Path) -> dict[str, dict]:
    """The setting DATABASES."""
    database = {"ENGINE": SQLITE, "NAME": data_dir / "db.sqlite3"}
    if env.str("DATABASE_URL", ""):
        database = env.db_url()
    if database["ENGINE"] == SQLITE:
        return {"default": database | _sqlite_options()}
    database["CONN_MAX_AGE"] = 0
    if env.bool("DATABASE_POOL", False):
        # config.wsgi and config.asgi set it; commands would wait for the threads of the pool.
        database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {"default": database}


def _sqlite_options() -> dict:
    pragmas = [
        "journal_mode = WAL",
        # What was acknowledged is on the disk, even if the power fails the moment after.
        "synchronous = FULL",
        # What is deleted is overwritten in the file.
        "secure_delete = ON",
    ]
    return {
        "ENGINE": "config.sqlite",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Take the write lock at the start: a transaction that reads first cannot wait for it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
    }

"""The database: SQLite in the data folder, or what DATABASE_URL names."""

import math
from pathlib import Path

import environ

SQLITE = "django.db.backends.sqlite3"


def databases(env: environ.Env, data_dir: Path) -> dict[str, dict]:
    """The setting DATABASES."""
    database = {"ENGINE": SQLITE, "NAME": data_dir / "db.sqlite3"}
    if env.str("DATABASE_URL", ""):
        database = env.db_url()
    # config.wsgi and config.asgi set a short time: a reader is not to look at an empty page.
    wait = env.float("DATABASE_WAIT", 20)
    if database["ENGINE"] == SQLITE:
        return {"default": database | _sqlite_options(wait)}
    options = database.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", math.ceil(wait))
    # A connection that a restart of the server has cut is noticed, not used.
    database |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    if env.bool("DATABASE_POOL", False):
        # config.wsgi and config.asgi set it; commands would wait for the threads of the pool.
        # After `reconnect_timeout` the pool gives up, and the next request tries at once.
        times = {"timeout": wait, "reconnect_timeout": wait}
        options.setdefault("options", f"-c lock_timeout={round(wait * 1000)}")
        options["pool"] = {"min_size": 1, "max_size": 8, **times}
    return {"default": database}


def _sqlite_options(wait: float) -> dict:
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
            "timeout": wait,
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
    }

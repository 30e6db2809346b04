"""The settings of the tests: their own data folder, and no variable of the developer's shell.

Without TEST_DATABASE_URL and TEST_CACHE_URL (see tests/postgres.py) the tests use SQLite and the
memory of their process.
"""

import atexit
import os
import shutil
import tempfile

VARIABLES = """
    ACCESS_LOG ALLOWED_HOSTS CACHE_URL DATABASE_POOL DATABASE_URL DATABASE_WAIT DEBUG
    HOST HSTS_SECONDS MAIL_FROM MAIL_URL PORT PROXIES
    NOTES_A_MINUTE NOTES_A_MINUTE_BY_ADDRESS CHANGES_A_MINUTE CHANGES_A_MINUTE_BY_ADDRESS
    SEARCHES_A_MINUTE SEARCHES_A_MINUTE_BY_ADDRESS EXPORTS_A_MINUTE EXPORTS_A_MINUTE_BY_ADDRESS
    PUBLIC_NOTES
    SECRET_KEY SECRET_KEY_FALLBACKS SITE_NAME SITE_URL WORKERS
"""
for name in VARIABLES.split():
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="second-viewing-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.caches import ALIASES  # noqa: E402
from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, env  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_memory = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {alias: {"BACKEND": _memory, "LOCATION": alias} for alias in ALIASES}
# Each worker of pytest-xdist (gw0, gw1, …) has databases of its own, which its tests clear.
number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if "TEST_DATABASE_URL" in os.environ:
    DATABASES["default"] = {
        **env.db_url("TEST_DATABASE_URL"),
        "CONN_MAX_AGE": 0,
        "TEST": {"NAME": f"test_{number}"},
    }
if "TEST_CACHE_URL" in os.environ:
    redis = env.cache_url_config(f"{os.environ['TEST_CACHE_URL']}?db={number}")
    CACHES |= {alias: {**redis, "KEY_PREFIX": alias} for alias in ("default", "shared")}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

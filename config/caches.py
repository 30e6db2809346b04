"""The caches: `default` counts for limits, `shared` has what all processes agree on, `pages` pages.

The first two are in Redis if CACHE_URL says so, else in files. Pages are always in files, so that
no number of them drives a counter out of a memory that they share.
"""

from pathlib import Path

import environ

REDIS = "django.core.cache.backends.redis.RedisCache"
NO_CACHE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
ALIASES = ("default", "shared", "pages")
# Seconds. A Redis that does not answer must not hold a page up.
REDIS_WAIT = {"socket_connect_timeout": 1, "socket_timeout": 1}


def caches(env: environ.Env, data_dir: Path, *, release: str, debug: bool) -> dict[str, dict]:
    """The setting CACHES. Every key begins with the release, so that no other's is found."""
    url = env.str("CACHE_URL", "")
    if debug and not url:
        # One edits templates then, and a cached page would hide the edit.
        return dict.fromkeys(ALIASES, NO_CACHE)
    stores = {alias: _files(data_dir / "cache" / alias) for alias in ALIASES}
    if url:
        stores |= dict.fromkeys(("default", "shared"), _named(env.cache_url()))
    stores["default"] = _counting(stores["default"])
    return {alias: {**one, "KEY_PREFIX": f"{release}:{alias}"} for alias, one in stores.items()}


def _files(folder: Path) -> dict:
    backend = "config.tolerant_caches.FileCache"
    return {"BACKEND": backend, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": 5000}}


def _named(store: dict) -> dict:
    if store["BACKEND"] != REDIS:
        return store
    options = REDIS_WAIT | store.get("OPTIONS", {})
    return {**store, "BACKEND": "config.tolerant_caches.RedisCache", "OPTIONS": options}


def _counting(store: dict) -> dict:
    """What fails is counted in this process then."""
    return {**store, "BACKEND": store["BACKEND"].replace("caches.", "caches.Counting")}

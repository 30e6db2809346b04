"""Caches whose failure is a miss, logged once a minute; those that count go on in this process."""

import logging
import time
from contextlib import suppress

from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache as DjangosRedisCache

logger = logging.getLogger(__name__)
LOG_SECONDS = 60
# For how long a server that failed is not asked again.
REST_SECONDS = 2


class Tolerant:
    """Mixin: what the cache fails to do, `spare` does. It keeps nothing unless told otherwise."""

    spare = DummyCache("", {})
    _logged_at = float("-inf")

    def get(self, key, default=None, version=None):
        return self._try("get", key, default, version=version)

    def add(self, key, value, *args, **kwargs):
        return self._try("add", key, value, *args, **kwargs)

    def set(self, key, value, *args, **kwargs):
        return self._try("set", key, value, *args, **kwargs)

    def touch(self, key, *args, **kwargs):
        return self._try("touch", key, *args, **kwargs)

    def delete(self, key, version=None):
        return self._try("delete", key, version=version)

    def has_key(self, key, version=None):
        return self._try("has_key", key, version=version)

    def incr(self, key, delta=1, version=None):
        return self._try("incr", key, delta, version=version)

    def clear(self):
        self.spare.clear()
        return self._try("clear")

    def _try(self, name, *args, **kwargs):
        try:
            return getattr(super(), name)(*args, **kwargs)
        except Exception as error:  # Each store has its own.
            if type(error) is ValueError and name == "incr":
                raise  # There is no such key.
            self._log(error)
            self.mend(*args[:1])
            return getattr(self.spare, name)(*args, **kwargs)

    def mend(self, key=None):
        """Called after a failure."""

    def _log(self, error: Exception) -> None:
        now = time.monotonic()
        if now - type(self)._logged_at >= LOG_SECONDS:
            type(self)._logged_at = now
            logger.error("The cache failed, so pages are slower: %s", error or repr(error))


class FileCache(Tolerant, FileBasedCache):
    def delete_expired(self) -> None:
        """Delete the files of all that has expired, of earlier releases too: nobody asks for it."""
        for path in self._list_cache_files():
            with suppress(Exception), open(path, "rb") as file:
                self._is_expired(file)

    def mend(self, key=None):
        """Remove the file, which may be damaged."""
        if key is not None:
            with suppress(Exception):
                self._delete(self._key_to_file(key))


class CountingFileCache(FileCache):
    spare = LocMemCache("limits", {})


class RedisCache(Tolerant, DjangosRedisCache):
    _asked_again_at = float("-inf")

    def _try(self, name, *args, **kwargs):
        if time.monotonic() < RedisCache._asked_again_at:
            return getattr(self.spare, name)(*args, **kwargs)
        return super()._try(name, *args, **kwargs)

    def mend(self, key=None):
        RedisCache._asked_again_at = time.monotonic() + REST_SECONDS


class CountingRedisCache(RedisCache):
    spare = LocMemCache("limits", {})

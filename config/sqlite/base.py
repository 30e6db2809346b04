"""Django's backend for SQLite, whose probe for JSON takes no lock and fails but once."""

from django.db import OperationalError
from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    @cached_property
    def supports_json_field(self):
        """Django asks within a transaction, which here takes the write lock (`IMMEDIATE`).

        If another writer held it, Django would conclude that this SQLite has no JSON, and remember
        that for as long as the connection lives.
        """
        with self.connection.cursor() as cursor:
            try:
                cursor.execute("SELECT JSON('{}')")
            except OperationalError as error:
                if "no such function" not in str(error):
                    raise
                return False
        return True


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

"""Accounts, and the readers who write: with an account or as a guest with a cookie."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models

from readers.look_alikes import look


class User(AbstractUser):
    """A person with an account; others see the pen name, never the user name."""

    pen_name = models.CharField(max_length=40, blank=True)
    # Null without a pen name, so that only names must differ.
    pen_name_look = models.CharField(  # noqa: DJ001
        max_length=200, unique=True, null=True, editable=False
    )

    def save(self, *args, update_fields=None, **kwargs):
        self.pen_name_look = look(self.pen_name) or None
        if update_fields is not None and "pen_name" in update_fields:
            update_fields = {*update_fields, "pen_name_look"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Reader(models.Model):
    """An author of notes: with an account, a guest with a cookie, or, without both, one who left.

    Notes belong to this row, not to the account, so that an account can claim a guest's notes,
    and public words can stay without a name when the account is deleted.
    """

    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="reader", editable=False
    )
    guest_key = models.UUIDField(unique=True, null=True, blank=True, default=None, editable=False)
    blocked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name

    @classmethod
    def new_guest(cls) -> "Reader":
        return cls(guest_key=uuid.uuid4())

    @property
    def is_guest(self):
        return self.user_id is None and self.guest_key is not None

    @property
    def name(self):
        """The name that others see: the pen name, never the user name."""
        if self.user is None:
            return "A guest" if self.is_guest else "A reader who left"
        return self.user.pen_name or "A reader"

    @property
    def is_blocked(self):
        return self.blocked_at is not None


class LimitCounter(models.Model):
    """When the counter of a limit is empty again; `key` is a keyed hash of what it counts."""

    key = models.CharField(max_length=32, primary_key=True)
    empty_at = models.BigIntegerField(db_index=True, help_text="Microseconds since 1970.")

    def __str__(self):
        return self.key

"""The cast of the tests: two essays, and their readers, moderators and editors."""

from pathlib import Path

from django.contrib.auth.models import Group

from essays.models import Essay
from readers.models import User
from tests import loaded_essays

HER = Path(__file__).parent.parent / "content" / "her"
SALT_LEDGER = Path(__file__).parent / "content" / "salt-ledger"
PASSWORD = "correct horse battery staple"


def her(draft: bool = False) -> Essay:
    """The essay that the site ships with, with its glosses and themes."""
    return loaded_essays.loaded(HER, draft)


def second() -> Essay:
    """“Weighing the Light”, a made-up essay of eight passages about a made-up film."""
    return loaded_essays.loaded(SALT_LEDGER)


def editor() -> User:
    """Elsa, an editor."""
    elsa = User.objects.create_user(
        "elsa", password=PASSWORD, is_staff=True, pen_name="Elsa Editor"
    )
    elsa.groups.add(Group.objects.get(name="Editors"))
    return elsa


def reader() -> User:
    """Rosa, a reader with an account."""
    return User.objects.create_user("rosa", password=PASSWORD, pen_name="Rosa Reader")


def moderator() -> User:
    """Mona, a moderator."""
    mona = User.objects.create_user(
        "mona", password=PASSWORD, is_staff=True, pen_name="Mona Moderator"
    )
    mona.groups.add(Group.objects.get(name="Moderators"))
    return mona


def superuser() -> User:
    """Sue, the superuser."""
    return User.objects.create_superuser("sue", password=PASSWORD, pen_name="Sue Superuser")

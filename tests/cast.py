"""Who and what the tests know by name: two essays, and who reads and looks after them."""

from pathlib import Path

from django.contrib.auth.models import Group

from essays.models import Essay
from readers.models import User
from tests import loaded_essays

HER = Path(__file__).parent.parent / "content" / "her"
SALT_LEDGER = Path(__file__).parent / "content" / "salt-ledger"
PASSWORD = "correct horse battery staple"


def her() -> Essay:
    """The essay that the site ships with, and its editorial layer."""
    return loaded_essays.loaded(HER)


def second() -> Essay:
    """“Weighing the Light”, a made-up essay of eight passages about a made-up film."""
    return loaded_essays.loaded(SALT_LEDGER)


def editor() -> User:
    """Elsa, who looks after the text."""
    elsa = User.objects.create_user(
        "elsa", password=PASSWORD, is_staff=True, pen_name="Elsa Editor"
    )
    elsa.groups.add(Group.objects.get(name="Editors"))
    return elsa


def reader() -> User:
    """Rosa, who has an account and no rights beyond it."""
    return User.objects.create_user("rosa", password=PASSWORD, pen_name="Rosa Reader")


def moderator() -> User:
    """Mona, who looks after what readers write for others."""
    mona = User.objects.create_user(
        "mona", password=PASSWORD, is_staff=True, pen_name="Mona Moderator"
    )
    mona.groups.add(Group.objects.get(name="Moderators"))
    return mona


def superuser() -> User:
    """Sue, who set the site up."""
    return User.objects.create_superuser("sue", password=PASSWORD, pen_name="Sue Superuser")

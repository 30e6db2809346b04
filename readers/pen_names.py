"""Pen names, which others see beside a reader's words."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError

from essays.site_identity import site_identity
from readers.look_alikes import UNSEEN, letters_of, look
from readers.models import User

MAX_LENGTH = User._meta.get_field("pen_name").max_length
MAX_LOOK_LENGTH = User._meta.get_field("pen_name_look").max_length
# What pages call readers without a name, and the site's own people.
PEOPLE = "guest reader editor moderator admin administrator"
NOT_A_PERSON = [
    "a reader who left",
    "you",
    "staff",
    *(
        f"{article} {noun}{ending}"
        for noun in PEOPLE.split()
        for article in ("", "a", "an", "the")
        for ending in ("", "s")
    ),
]

# Invisible, but scripts and emoji need them.
JOINERS = "\u200c\u200d"
# Letters and symbols in Unicode, but invisible.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def clean(value: str, user: User | None = None) -> str:
    """The normalized pen name. Raises ValidationError if it could mislead others."""
    name = " ".join(unicodedata.normalize("NFC", value).split())
    shown = [char for char in name if char not in JOINERS]
    if (name and not UNSEEN.sub("", name)) or not all(
        char.isprintable() and char not in BLANK for char in shown
    ):
        raise ValidationError("There is a character in it that cannot be seen. Type it again.")
    if len(name) > MAX_LENGTH or len(look(name)) > MAX_LOOK_LENGTH:
        raise ValidationError(f"That is longer than {MAX_LENGTH} characters. Choose a shorter one.")
    if name and _is_taken(name, user):
        raise ValidationError(
            "Somebody goes by that name already, or by one that looks like it. Choose another."
        )
    return name


def editor_name(user: User | None) -> str:
    """The name that readers know an editor by; None is an editor whose account is gone."""
    return (user.pen_name if user else "") or "an editor"


def _is_taken(name: str, user: User | None) -> bool:
    if _is_our_own(name):
        return True
    others = User.objects.exclude(pk=user.pk if user else None)
    return others.filter(pen_name_look=look(name)).exists()


def _is_our_own(name: str) -> bool:
    """Whether it looks like the site's name or one of its words, whatever signs are added."""
    names = [*NOT_A_PERSON, site_identity().name, settings.SITE_NAME]
    looks = {look(letters_of(one)) for one in names} - {""}
    without_spaces = look("".join(name.split()))
    return without_spaces in looks or look(letters_of(name)) in looks

"""Pen names, which others see beside a reader's words."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError

from essays.site_identity import site_identity
from readers.models import User

MAX_LENGTH = User._meta.get_field("pen_name").max_length
# Names that pages use for readers without a name, and for the site's own people.
NOT_A_PERSON = {"a guest", "a reader", "a reader who left", "you", "editor", "editors", "moderator"}

# Invisible, but scripts and emoji need them.
JOINERS = "\u200c\u200d"
# Letters and symbols in Unicode, but invisible.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def clean(value: str, user: User | None = None) -> str:
    """The normalized pen name. Raises ValidationError if it could mislead others."""
    name = " ".join(unicodedata.normalize("NFC", value).split())
    visible = [char for char in name if char not in JOINERS]
    if (name and not visible) or not all(
        char.isprintable() and char not in BLANK for char in visible
    ):
        raise ValidationError("There is a character in it that cannot be seen. Type it again.")
    if len(name) > MAX_LENGTH:
        raise ValidationError(f"That is longer than {MAX_LENGTH} characters. Choose a shorter one.")
    if name and _is_taken(name, user):
        raise ValidationError("Somebody goes by that name already. Choose another.")
    return name


def editor_name(user: User | None) -> str:
    """The name that readers know an editor by; None is an editor whose account is gone."""
    return (user.pen_name if user else "") or "an editor"


def _is_taken(name: str, user: User | None) -> bool:
    folded = _folded(name)
    if folded in NOT_A_PERSON | {_folded(site_identity().name), _folded(settings.SITE_NAME)}:
        return True
    others = User.objects.exclude(pk=user.pk if user else None).exclude(pen_name="")
    return any(_folded(other) == folded for other in others.values_list("pen_name", flat=True))


def _folded(name: str) -> str:
    visible = "".join(char for char in name if char not in JOINERS)
    return unicodedata.normalize("NFKC", visible).casefold()

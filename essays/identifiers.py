"""What may be a key, a slug, a language or an id; validators and limits."""

import secrets
from collections.abc import Callable
from itertools import count

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from essays.importing.attributes import KEY_PATTERN, KEY_RULE

# First URLs under an essay, then URLs of the site (two lines), then words that may become URLs
# (two lines), then ids of elements on every page, which a fragment such as #top must keep finding.
RESERVED_KEYS = frozenset(
    "themes versions marks colour feed preview print "
    "works quotations glosses notes replies notebook search accounts admin static "
    "about imprint privacy sitemap robots healthz readyz "
    "api authors series tags cite moments media annotations edition rewatch facing embed new "
    "rss "
    "main top veil card contents appearance keys status score lens corrections".split()
)

validate_key = RegexValidator(rf"\A{KEY_PATTERN}\Z", KEY_RULE)

# The slug of a work, quotation or theme, and the key of a gloss.
MAX_SLUG_LENGTH = 40
validate_slug = RegexValidator(
    rf"\A[a-z0-9][a-z0-9-]{{0,{MAX_SLUG_LENGTH - 1}}}\Z",
    f"Use up to {MAX_SLUG_LENGTH} small letters, digits and hyphens.",
)


def refuse_reserved(value: str) -> None:
    """Raise ValidationError for a reserved name."""
    if value in RESERVED_KEYS:
        raise ValidationError("“%(value)s” names a place. Choose another.", params={"value": value})


def free_name(stem: str, is_taken: Callable[[str], bool], max_length: int | None = None) -> str:
    """The first of stem, stem-2, stem-3 … that is not taken; `max_length` shortens the stem."""
    if not is_taken(stem):
        return stem
    short = stem[: max_length - len("-999")].rstrip("-") if max_length else stem
    return next(name for n in count(2) if not is_taken(name := f"{short}-{n}"))


PUBLIC_ID_LENGTH = 10
# Small letters and digits, but none that look like others.
PUBLIC_ID_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_public_id() -> str:
    """An id that tells neither when something was written nor how much else there is."""
    return "".join(secrets.choice(PUBLIC_ID_SIGNS) for _ in range(PUBLIC_ID_LENGTH))


# Ids are integers of 64 bits, numbers and versions of 32 bits (in PostgreSQL).
MAX_ID_DIGITS = 18
MAX_INTEGER = 2**31 - 1


def safe_id(text: str | None) -> int | None:
    """The id in `text`, which came with a request; None if no row can have that id."""
    return int(text) if text and text.isdecimal() and len(text) <= MAX_ID_DIGITS else None


# The part of BCP 47 that natural languages need: en, pt-BR, zh-Hant-TW, de-1996.
validate_language = RegexValidator(
    r"\A[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\Z",
    "Give the language by its code, as in en, de or pt-BR.",
)

"""What themes, works and quotations are called in addresses and files, and were called before."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.text import slugify

from annotations.models import FormerName, Quotation, Theme
from essays.identifiers import RESERVED_KEYS, free_name, refuse_reserved
from essays.models import Work

KINDS = {"theme": Theme, "work": Work, "quotation": Quotation}
# What files may name; the rest of a slug is for a number.
LONGEST = 40
LONGEST_STEM = 36


@dataclass(frozen=True)
class Now:
    """What a former name leads to: today's slug, and whether its own thing was merged away."""

    slug: str
    merged: bool


def kind_of(thing: Model) -> str:
    return thing._meta.model_name


def slug_from(model: type[Model], said: str, thing: Model | None = None) -> str:
    """A free slug made of a name or title; that of `thing` is free for it."""
    stem = slugify(said)[:LONGEST_STEM].strip("-") or model._meta.model_name
    return free_name(
        stem, lambda slug: slug in RESERVED_KEYS or _others(model, slug, thing).exists()
    )


def check_slug(thing: Model, slug: str) -> None:
    """Raise ValidationError where `thing` cannot be called `slug`."""
    if not re.fullmatch(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST - 1}}}", slug):
        raise ValidationError(f"Use up to {LONGEST} small letters, digits and hyphens.")
    refuse_reserved(slug)
    for other in _others(type(thing), slug, thing):
        if other.slug == slug:
            raise ValidationError(f"“{other}” has this address. Choose another.")
        said = f"This was an address of “{other}” and still leads there. Choose another."
        raise ValidationError(said)


def remember(thing: Model, slug: str, was: int | None = None) -> None:
    """Let `slug`, and the id `was` of one merged into it, lead to `thing` from now on."""
    kind = kind_of(thing)
    FormerName.objects.filter(**{kind: thing}, slug=thing.slug).delete()
    if slug != thing.slug:
        former = {f"{kind}__isnull": False, "slug": slug}
        FormerName.objects.update_or_create(**former, defaults={kind: thing, "was": was})


def now_called() -> dict[str, dict[str, Now]]:
    """By kind, every former name with what it leads to."""
    found: dict[str, dict[str, Now]] = {kind: {} for kind in KINDS}
    for former in FormerName.objects.select_related(*KINDS):
        kind = next(kind for kind in KINDS if getattr(former, f"{kind}_id"))
        found[kind][former.slug] = Now(getattr(former, kind).slug, former.was is not None)
    return found


def _others(model: type[Model], slug: str, thing: Model | None) -> QuerySet:
    """Those that are called, or were called, by a slug, besides `thing`."""
    called = model.objects.filter(Q(slug=slug) | Q(former_names__slug=slug))
    return called.exclude(pk=thing.pk if thing else None).distinct()

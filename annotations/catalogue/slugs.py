"""The slugs of themes, works and quotations, in URLs and files, and their former slugs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.text import slugify

from annotations.models import FormerName, Quotation, Theme
from essays.identifiers import RESERVED_KEYS, free_name, refuse_reserved, validate_slug
from essays.models import Work

CATALOGUE_MODELS = {"theme": Theme, "work": Work, "quotation": Quotation}
# What the stem leaves of MAX_SLUG_LENGTH is for a number.
MAX_STEM_LENGTH = 36


@dataclass(frozen=True)
class CurrentName:
    """The slug that a former name leads to; `merged` if its own item was merged into that one."""

    slug: str
    merged: bool


def kind_of(item: Model) -> str:
    return item._meta.model_name


def slug_from(model: type[Model], name: str, item: Model | None = None) -> str:
    """A free slug made of a name or title; the slugs of `item` itself count as free."""
    stem = slugify(name)[:MAX_STEM_LENGTH].strip("-") or model._meta.model_name
    return free_name(
        stem, lambda slug: slug in RESERVED_KEYS or _others(model, slug, item).exists()
    )


def check_slug(item: Model, slug: str) -> None:
    """Raise ValidationError if `item` cannot have this slug."""
    validate_slug(slug)
    refuse_reserved(slug)
    for other in _others(type(item), slug, item):
        if other.slug == slug:
            raise ValidationError(f"“{other}” has this address. Choose another.")
        message = f"This was an address of “{other}” and still leads there. Choose another."
        raise ValidationError(message)


def keep_former_slug(item: Model, slug: str, merged_id: int | None = None) -> None:
    """Let a former slug lead to `item`; `merged_id` is the id of an item merged into it."""
    kind = kind_of(item)
    FormerName.objects.filter(**{kind: item}, slug=item.slug).delete()
    if slug != item.slug:
        former = {f"{kind}__isnull": False, "slug": slug}
        FormerName.objects.update_or_create(**former, defaults={kind: item, "was": merged_id})


def current_names() -> dict[str, dict[str, CurrentName]]:
    """By kind, all former names with what they lead to."""
    names: dict[str, dict[str, CurrentName]] = {kind: {} for kind in CATALOGUE_MODELS}
    for former in FormerName.objects.select_related(*CATALOGUE_MODELS):
        kind = next(kind for kind in CATALOGUE_MODELS if getattr(former, f"{kind}_id"))
        names[kind][former.slug] = CurrentName(getattr(former, kind).slug, former.was is not None)
    return names


def _others(model: type[Model], slug: str, item: Model | None) -> QuerySet:
    """The other items that have or had this slug."""
    same_slug = model.objects.filter(Q(slug=slug) | Q(former_names__slug=slug))
    return same_slug.exclude(pk=item.pk if item else None).distinct()

"""Themes, works and quotations by the slug or id in an address, current or former."""

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404


def by_slug(queryset: QuerySet, slug: str) -> Model:
    """The object with this slug or, if there is none, this former slug. Raises Http404.

    The caller redirects if its slug is another.
    """
    current = queryset.filter(slug=slug).first()
    return current or get_object_or_404(queryset, former_names__slug=slug)


def by_id(queryset: QuerySet, pk: int) -> Model:
    """The object with this id, or the one that it was merged into. Raises Http404."""
    return queryset.filter(pk=pk).first() or get_object_or_404(queryset, former_names__was=pk)

"""Things by what addresses call them, and those that are called something else by now."""

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404


def called(things: QuerySet, slug: str) -> Model:
    """The one of `things` that bears this slug or, failing that, bore it; else Http404.

    Whoever gets one with another slug redirects there.
    """
    return things.filter(slug=slug).first() or get_object_or_404(things, former_names__slug=slug)


def numbered(things: QuerySet, pk: int) -> Model:
    """The same for an id, which one that was merged into another leaves to it."""
    return things.filter(pk=pk).first() or get_object_or_404(things, former_names__was=pk)

"""Themes, works, quotations and passages found by what an editor types of them.

`ThingField("work")` is a form's field for one of them. A browser with scripts offers what fits
while one types; without, what was typed is looked for once it is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms.widgets import Script
from django.http import Http404, JsonResponse
from django.template import loader
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from annotations.models import Quotation, Theme
from annotations.text.highlight import lemma
from essays.identifiers import safe_id
from essays.models import Passage, Work

MOST = 8
LONGEST = 100


@dataclass(frozen=True)
class Kind:
    """How things of one kind are looked for and called."""

    things: Callable[[], QuerySet]
    wanted: Callable[[str], Q]
    label: Callable[[Model], str]
    detail: Callable[[Model], str]


def _passage_label(passage: Passage) -> str:
    place = f"passage {passage.number}" if passage.number else f"{passage.key} (cut)"
    return f"{passage.essay.title}, {place}: {lemma(passage.text, limit=48)}"


def _passages_wanted(words: str) -> Q:
    number = Q(number=int(words)) if words.isdecimal() and len(words) < 6 else Q()
    return number | Q(text__icontains=words) | Q(key=words) | Q(essay__title__icontains=words)


KINDS = {
    "theme": Kind(
        Theme.objects.all,
        lambda words: Q(name__icontains=words) | Q(definition__icontains=words) | Q(slug=words),
        str,
        lambda theme: lemma(theme.definition, limit=72),
    ),
    "work": Kind(
        Work.objects.all,
        lambda words: Q(title__icontains=words) | Q(creator__icontains=words) | Q(slug=words),
        str,
        lambda work: work.creator,
    ),
    "quotation": Kind(
        Quotation.objects.select_related("work").all,
        lambda words: (
            Q(text__icontains=words) | Q(speaker__icontains=words) | Q(work__title__icontains=words)
        ),
        lambda one: f"{lemma(one.text, limit=60)} ({one.speaker or one.work.title}, {one.pk})",
        lambda one: str(one.work),
    ),
    "passage": Kind(
        Passage.objects.current().select_related("essay").all,
        _passages_wanted,
        _passage_label,
        lambda passage: passage.get_kind_display(),
    ),
}


def find(kind: str, words: str) -> list[Model]:
    """Up to MOST, those whose name begins with the words first; all of the first if none fit."""
    of_kind, words = KINDS[kind], words.strip()[:LONGEST].replace("\0", "")
    if not words:
        return []
    found = list(of_kind.things().filter(of_kind.wanted(words))[: MOST * 8])
    found.sort(key=lambda one: not of_kind.label(one).casefold().startswith(words.casefold()))
    return found[:MOST]


def named(kind: str, words: str) -> list[Model]:
    """What words may mean: one thing where that is clear."""
    label = KINDS[kind].label
    # A label ends in what a search for all of it would miss: a year, an ellipsis, a number.
    stems = (words, words.rpartition(" (")[0], words.partition("…")[0], words.partition(":")[0])
    found = next(filter(None, (find(kind, stem) for stem in stems)), [])
    exact = [one for one in found if words.casefold() in _names(one, label)]
    return exact if len(exact) == 1 else found


def _names(thing: Model, label) -> list[str]:
    own = [label(thing), *(getattr(thing, name, "") or "" for name in ("slug", "key", "title"))]
    return [name.casefold() for name in own]


class ThingInput(forms.Widget):
    template_name = "admin/thing.html"

    class Media:
        css = {"all": ["css/desk/lookup.css"]}
        js = [Script("js/desk/lookup.js", type="module")]

    def __init__(self, kind: str, attrs=None):
        super().__init__(attrs)
        self.kind = kind

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen, typed = value if isinstance(value, tuple) else (value, None)
        if typed is None:
            thing = by_id(self.kind, chosen)
            typed = KINDS[self.kind].label(thing) if thing else ""
        find_at = f"{reverse('find_things')}?kind={self.kind}"
        return {**context, "chosen": chosen or "", "typed": typed, "find_at": find_at}

    def value_from_datadict(self, data, files, name):
        """The id that was picked and the words beside it; words alone from a plain browser."""
        return data.get(name), data.get(f"{name}-typed")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-typed" not in data

    def id_for_label(self, id_):
        return id_

    def _render(self, template_name, context, renderer=None):
        return loader.get_template(template_name).render(context)


def by_id(kind: str, pk) -> Model | None:
    model = KINDS[kind].things().model
    things = model.objects.select_related("essay") if kind == "passage" else model.objects
    number = safe_id(str(pk or ""))
    return things.filter(pk=number).first() if number else None


class ThingField(forms.Field):
    default_error_messages = {
        "none": "Nothing here goes by “%(words)s”. Type a part of its name or words.",
        "several": "Several go by this. Type one of them in full: %(names)s.",
    }

    def __init__(self, kind: str, **options):
        self.kind = kind
        super().__init__(widget=ThingInput(kind), **options)

    def prepare_value(self, value):
        return value.pk if isinstance(value, Model) else value

    def to_python(self, value):
        chosen, typed = value if isinstance(value, tuple) else (value, None)
        thing, words = by_id(self.kind, chosen), (typed or "").strip()
        label = KINDS[self.kind].label
        if typed is None or (thing and label(thing) == words):
            return thing
        if not words:
            return None
        found = named(self.kind, words)
        if not found:
            raise forms.ValidationError(
                self.error_messages["none"], "none", {"words": words[:LONGEST]}
            )
        if len(found) > 1:
            names = "; ".join(map(label, found))
            raise forms.ValidationError(self.error_messages["several"], "several", {"names": names})
        return found[0]

    def has_changed(self, initial, data):
        try:
            thing = self.to_python(data)
        except forms.ValidationError:
            return True
        return (thing.pk if thing else None) != self.prepare_value(initial)


@require_safe
def find_things(request):
    """What fits some words, as JSON for the field."""
    kind = request.GET.get("kind")
    if kind not in KINDS:
        raise Http404
    opts = KINDS[kind].things().model._meta
    if not request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        raise PermissionDenied
    found = [
        {
            "value": one.pk,
            "kind": "",
            "label": KINDS[kind].label(one),
            "detail": KINDS[kind].detail(one),
        }
        for one in find(kind, request.GET.get("q", ""))
    ]
    return JsonResponse({"found": found})


urlpatterns = [path("", admin.site.admin_view(find_things), name="find_things")]

"""Themes, quotations, works and passages looked up by the words that an editor types.

`LookupField("work")` is a form field for one of them; a link of a gloss may name any. With scripts
a field suggests matches while one types; without, the words are looked up when the form is sent.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.forms.widgets import Script
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from annotations.models import Quotation, Theme
from annotations.text.highlight import lemma
from desk.widgets import TemplateWidget
from essays.identifiers import safe_id
from essays.models import Essay, Passage, Work

MAX_SUGGESTIONS = 8
MAX_SUGGESTIONS_PER_KIND = 6
MAX_QUERY_LENGTH = 300
MAX_EXCERPT_LENGTH = 72
MAX_COMPARED_NAMES = 500
SEARCHABLE = {
    "theme": Theme.objects.all(),
    "quotation": Quotation.objects.select_related("work"),
    "work": Work.objects.all(),
    "passage": Passage.objects.select_related("essay").order_by("essay", "number"),
}
PASSAGE_NUMBER = re.compile(r"(?:passage\s*)?#?(\d{1,5})(?::.*)?", re.IGNORECASE | re.DOTALL)
# What a label adds to the words of a work or quotation: " (2013)", "… (Samantha, 12)".
LABEL_END = re.compile(r"…?\s*\((?:\d{1,4}|[^(]*, \d+)\)\Z")


@dataclass(frozen=True)
class Match:
    """`item` with its name in a list, which is shorter for a gloss of `essay`."""

    kind: str
    item: Model
    label: str
    detail: str = ""
    essay: Essay | None = None

    @property
    def value(self) -> str:
        """Its kind and id, as in `theme:3`."""
        return f"{self.kind}:{self.item.pk}"

    @property
    def as_json(self) -> dict[str, str]:
        return {n: str(getattr(self, n)) for n in ("value", "kind", "label", "detail")}

    def is_named(self, words: str) -> bool:
        """Whether `words` are exactly its label, its title, its key or its number."""
        in_essay = self.kind == "passage" and self.essay == self.item.essay
        if in_essay and self.item.number == _passage_number(words):
            return True
        names = [self.label, *(getattr(self.item, name, "") for name in ("slug", "key", "title"))]
        return words.casefold() in [name.casefold() for name in names if name]


def match_of(kind: str, item: Model, essay: Essay | None = None) -> Match:
    if kind == "theme":
        label, detail = item.name, lemma(item.definition, limit=MAX_EXCERPT_LENGTH)
    elif kind == "work":
        label, detail = str(item), item.creator
    elif kind == "quotation" and essay:
        label = f"“{lemma(item.text, limit=MAX_EXCERPT_LENGTH)}”"
        detail = ", ".join(filter(None, [item.speaker, str(item.work)]))
    elif kind == "quotation":
        label = f"{lemma(item.text, limit=60)} ({item.speaker or item.work.title}, {item.pk})"
        detail = str(item.work)
    else:
        label, detail = _passage_label(item, essay), "" if essay else item.get_kind_display()
    return Match(kind, item, label, detail, essay)


def match_by_value(value: str, essay: Essay | None = None) -> Match | None:
    kind, _, pk = value.partition(":")
    item = SEARCHABLE[kind].filter(pk=safe_id(pk)).first() if kind in SEARCHABLE else None
    return item and match_of(kind, item, essay)


def search(words: str, kinds=tuple(SEARCHABLE), essay: Essay | None = None) -> list[Match]:
    """The best matches, exact names first, then labels that begin with the words."""
    words = words.strip()[:MAX_QUERY_LENGTH].replace("\0", "")
    if not words:
        return []

    def rank(match: Match) -> tuple[bool, bool]:
        label = match.label.casefold().lstrip("“")
        return not match.is_named(words), not label.startswith(words.casefold())

    limit = MAX_SUGGESTIONS if len(kinds) == 1 else MAX_SUGGESTIONS_PER_KIND
    conditions, matches = _conditions(words, essay), []
    for kind in kinds:
        items = SEARCHABLE[kind].filter(conditions[kind])[: limit * 8]
        matches += sorted((match_of(kind, item, essay) for item in items), key=rank)[:limit]
    return sorted(matches, key=rank)


def named_by(words: str, kinds=tuple(SEARCHABLE), essay=None, chosen=None) -> list[Match]:
    """The one match that typed words name, or all that fit them where that is not clear.

    `chosen` was picked from the suggestions. It holds as long as the words fit it and are not
    the exact name of one other.
    """
    words = words.strip()
    if chosen and words in ("", chosen.label):
        return [chosen]
    matches = search(words, kinds, essay)
    exact = [match for match in matches if match.is_named(words)]
    if len(exact) == 1:
        return exact
    return [chosen] if chosen in matches else matches


def remedy_for(words: str) -> str:
    """What to do about words that match nothing."""
    names = [*Theme.objects.values_list("name", flat=True)[:MAX_COMPARED_NAMES]]
    names += Work.objects.values_list("title", flat=True)[:MAX_COMPARED_NAMES]
    known = {part.casefold(): name for name in names for part in (*name.split(), name)}
    close = get_close_matches(words.casefold(), known, n=1, cutoff=0.75)
    if close:
        return f"Did you mean “{known[close[0]]}”?"
    return "Type a part of its name or words, or make it first."


def _passage_label(passage: Passage, essay: Essay | None) -> str:
    text = lemma(passage.text, limit=48)
    if essay is None:
        place = f"passage {passage.number}" if passage.number else f"{passage.key} (cut)"
        return f"{passage.essay.title}, {place}: {text}"
    same_essay = passage.essay_id == essay.pk
    place = capfirst(passage.name) if same_essay else f"{passage.essay.title}, {passage.name}"
    return f"{place}: {text}"


def _passage_number(words: str) -> int | None:
    """The number that is meant by `7`, `#7` or `Passage 7: I saw …`."""
    match = PASSAGE_NUMBER.fullmatch(words.strip())
    return int(match[1]) if match else None


def _conditions(words: str, essay: Essay | None) -> dict[str, Q]:
    slug, stem = Q(slug=words.lower()), LABEL_END.sub("", words)
    text = Q(text__icontains=stem.strip("“”…")) | Q(speaker__icontains=words)
    passage = Q(text__icontains=words) | Q(key=words.lower())
    if number := _passage_number(words):
        passage |= Q(number=number)
    if essay is None:
        passage |= Q(essay__title__icontains=words)
    return {
        "theme": slug | Q(name__icontains=words) | Q(definition__icontains=words),
        "quotation": slug | text | Q(work__title__icontains=words),
        "work": slug | Q(title__icontains=stem) | Q(creator__icontains=words),
        "passage": Q(number__isnull=False) & passage,
    }


class LookupInput(TemplateWidget, forms.Widget):
    template_name = "admin/lookup_input.html"

    class Media:
        css = {"all": ["css/desk/combobox.css"]}
        js = [Script("js/desk/lookup.js", type="module")]

    def __init__(self, kind: str, attrs=None):
        super().__init__(attrs)
        self.kind = kind

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen, typed = value if isinstance(value, tuple) else (value, None)
        if typed is None:
            match = match_by_value(f"{self.kind}:{chosen}")
            typed = match.label if match else ""
        lookup_url = f"{reverse('catalogue_suggestions')}?kind={self.kind}"
        return {**context, "chosen": chosen or "", "typed": typed, "lookup_url": lookup_url}

    def value_from_datadict(self, data, files, name):
        """The id that was picked and the typed words; without scripts, words alone."""
        return data.get(name), data.get(f"{name}-typed")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-typed" not in data

    def id_for_label(self, id_):
        return id_


class LookupField(forms.Field):
    default_error_messages = {
        "none": "Nothing here goes by “%(words)s”. Type a part of its name or words.",
        "several": "Several go by this. Type one of them in full: %(names)s.",
    }

    def __init__(self, kind: str, **options):
        self.kind = kind
        super().__init__(widget=LookupInput(kind), **options)

    def prepare_value(self, value):
        return value.pk if isinstance(value, Model) else value

    def to_python(self, value):
        chosen, typed = value if isinstance(value, tuple) else (value, None)
        match = match_by_value(f"{self.kind}:{chosen}")
        words = (typed or "").strip()[:MAX_QUERY_LENGTH]
        if typed is None or (match and match.label == words):
            return match and match.item
        matches = named_by(words, [self.kind])
        if words and not matches:
            raise forms.ValidationError(self.error_messages["none"], "none", {"words": words})
        if len(matches) > 1:
            names = "; ".join(match.label for match in matches)
            raise forms.ValidationError(self.error_messages["several"], "several", {"names": names})
        return matches[0].item if matches else None

    def has_changed(self, initial, data):
        try:
            item = self.to_python(data)
        except forms.ValidationError:
            return True
        return (item.pk if item else None) != self.prepare_value(initial)


@require_safe
def catalogue_suggestions(request):
    """The suggestions of a `LookupField`, as JSON."""
    kind = request.GET.get("kind")
    if kind not in SEARCHABLE:
        raise Http404
    opts = SEARCHABLE[kind].model._meta
    if not request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        raise PermissionDenied
    matches = search(request.GET.get("q", ""), [kind])
    suggestions = [{**match.as_json, "value": match.item.pk, "kind": ""} for match in matches]
    return JsonResponse({"matches": suggestions})

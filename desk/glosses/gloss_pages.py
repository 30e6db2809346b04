"""The page on which an editor writes a gloss beside its passage."""

from functools import cached_property

from django.contrib.admin import site
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse

from annotations import revising
from annotations.models import Gloss, Quotation, Theme
from annotations.revising import RevisingError, StaleEdit
from annotations.text.phrases import Occurrences
from desk.conflicts import Conflict
from desk.glosses.gloss_forms import (
    GlossForm,
    LinksFormSet,
    initial_of,
    key_for,
    links_of,
    place_of,
)
from desk.glosses.gloss_texts import gloss_conflicts, show_theirs, stamp_of_gloss
from desk.glosses.glossed_text import GlossedText
from desk.glosses.reattach_form import Overtaken, candidates_for, original_of
from desk.next_url import next_url
from essays.models import Essay, Passage, Work
from essays.transactions import writing

MAX_WORDS_LENGTH = 2_000
STALE_PASSAGE = (
    "The passage was changed while you were choosing words. What changed stands below, and its "
    "text of today. Choose again; all else that you wrote is still here."
)


def passage_for(gloss: Gloss, key: str) -> Passage:
    """The passage to show beside a gloss: the one with this key, or else its own.

    If its own was cut, the first one that its words may have moved to.
    """
    current = gloss.essay.passages.current()
    passage = (key and current.filter(key=key[:24].replace("\0", "")).first()) or None
    if passage is None and gloss.passage.number is None:
        candidates = candidates_for([gloss])[gloss.pk]
        passage = candidates[0].passage if candidates else current.first()
    passage = passage or gloss.passage
    passage.essay = gloss.essay
    return passage


def chosen_words(request, passage: Passage) -> dict[str, object]:
    """The words for a new gloss that the URL names, as initial values of its form."""
    words = request.GET.get("words", "")[:MAX_WORDS_LENGTH].replace("\r\n", "\n").strip()
    start, end = (request.GET.get(name, "")[:9] for name in ("start", "end"))
    occurrence = request.GET.get("occurrence", "")[:6]
    if start.isdecimal() and end.isdecimal() and passage.text[int(start) : int(end)] == words:
        occurrence = Occurrences(passage.text, words).number_at(int(start))
    return {"words": words, "occurrence": occurrence, "whole": "whole" in request.GET}


class GlossOvertaken(Overtaken):
    """Somebody else changed the gloss; `conflicts` are what, and what was typed here."""

    def __init__(self, conflicts: list[Conflict]):
        super().__init__("Somebody else changed this gloss while you were writing.")
        self.conflicts = conflicts


class GlossPage:
    """The forms of a gloss and its links, and the context of their page."""

    def __init__(self, request, gloss: Gloss, passage: Passage):
        self.request, self.gloss, self.passage = request, gloss, passage
        data = request.POST if request.method == "POST" else None
        initial = initial_of(gloss, passage) if gloss.pk else chosen_words(request, passage)
        self.form = GlossForm(gloss, passage, data, initial=initial)
        self.links = links_of(gloss, data)
        # The version that the editor began with, until the page has shown a newer one.
        self.seen = data.get("seen", "") if data else stamp_of_gloss(gloss)
        self.conflicts: list[Conflict] = []

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.links.is_valid()])

    def save(self) -> Gloss | None:
        """Return the saved gloss, or None with the error in the form."""
        try:
            return write(self.form, self.links)
        except GlossOvertaken as error:
            self.conflicts = error.conflicts
            show_theirs(self.form, error.conflicts)
        except RevisingError as error:
            message = STALE_PASSAGE if isinstance(error, StaleEdit) else error.message
            self.form.add_error(None, message)
        # The page now shows the latest version, so saving again overwrites it knowingly.
        self.gloss = Gloss.objects.filter(pk=self.gloss.pk).first() or self.gloss
        self.seen = stamp_of_gloss(self.gloss)
        self.passage.refresh_from_db()
        return None

    @cached_property
    def status(self) -> int:
        if self.conflicts:
            return 409
        return 422 if self.form.errors or not self._links_are_fine else 200

    @property
    def _links_are_fine(self) -> bool:
        return not self.links.is_bound or self.links.is_valid()

    @property
    def context(self) -> dict[str, object]:
        gloss, passage = self.gloss, self.passage
        lost = bool(gloss.pk) and gloss.state == Gloss.State.ORPHANED
        return {
            "gloss": gloss if gloss.pk else None,
            "passage": passage,
            "glossed": GlossedText(passage, lit=gloss.pk),
            "form": self.form,
            "links": self.links,
            "seen": self.seen,
            "conflicts": self.conflicts,
            "place": place_of(gloss, passage),
            "original": original_of(gloss) if gloss.pk else "",
            "candidates": candidates_for([gloss])[gloss.pk] if lost else [],
            "passages": gloss.essay.passages.current() if gloss.pk else [],
            "back": next_url(self.request),
            "addable": self._addable_models(),
        }

    def _addable_models(self) -> list[tuple[str, str]]:
        """The names of the models that this editor may add to, each with the URL of its form."""
        return [
            (model._meta.model_name, reverse(admin_urlname(model._meta, "add")))
            for model in (Quotation, Theme, Work)
            if site.get_model_admin(model).has_add_permission(self.request)
        ]


@writing
def write(form: GlossForm, links: LinksFormSet) -> Gloss:
    """Save a gloss, its words and its links in one transaction.

    Raises revising.StaleEdit or RevisingError if the passage or the gloss changed since the
    editor opened the page.
    """
    cleaned = form.cleaned_data
    essay = revising.lock(form.essay)
    gloss = _current_gloss(form, links, essay)
    if gloss.pk is None and (duplicate := _duplicate(form, essay)):
        return duplicate
    before = gloss.key, gloss.source
    gloss.key, gloss.source = _key(form, gloss, essay), cleaned["source"]
    if gloss.pk is None:
        _attach(gloss, form)
    elif (gloss.key, gloss.source) != before:
        gloss.save()
    if form.gloss.pk and form.moves:
        passage = essay.passages.get(key=cleaned["passage"])
        revising.reattach(gloss, passage, *form.span, expect=cleaned["version"])
    links.save(gloss)
    revising.bump_counters(essay)
    return gloss


def _current_gloss(form: GlossForm, links: LinksFormSet, essay: Essay) -> Gloss:
    """The gloss as it is now. Raises Overtaken if somebody changed or deleted it meanwhile."""
    if form.gloss.pk is None:
        return Gloss(essay=essay)
    glosses = Gloss.objects.select_related("passage__essay", "original__passage")
    gloss = glosses.select_for_update(of=("self",), no_key=True).filter(pk=form.gloss.pk).first()
    if gloss is None:
        raise Overtaken("Somebody else deleted this gloss while you were writing.")
    if conflicts := gloss_conflicts(gloss, form, links):
        raise GlossOvertaken(conflicts)
    return gloss


def _duplicate(form: GlossForm, essay: Essay) -> Gloss | None:
    """The gloss that an earlier click on the same button has saved already."""
    start, end = form.span or (0, 0)
    same = {"passage__key": form.cleaned_data["passage"], "source": form.cleaned_data["source"]}
    return essay.glosses.filter(**same, start=start, end=end).first()


def _key(form: GlossForm, gloss: Gloss, essay: Essay) -> str:
    taken = set(essay.glosses.exclude(pk=gloss.pk).values_list("key", flat=True))
    if (key := form.cleaned_data["key"]) in taken:
        raise RevisingError(f"Another gloss took the key “{key}” meanwhile. Choose another.")
    start, end = form.span or (0, 0)
    return key or gloss.key or key_for(form.passage.text[start:end], form.passage, taken)


def _attach(gloss: Gloss, form: GlossForm) -> None:
    passage = gloss.essay.passages.get(key=form.cleaned_data["passage"])
    if passage.version != form.cleaned_data["version"]:
        raise StaleEdit(passage)
    revising.attach(gloss, passage, *form.span)
    gloss.save()

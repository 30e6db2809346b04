"""The texts of a gloss that two editors may change at once: as stored, and as typed."""

from annotations.models import Gloss, GlossLink
from desk.conflicts import Conflict, conflicts_with, stamp_of
from desk.glosses.gloss_forms import GlossForm, LinksFormSet
from desk.history.recorded_state import Part

LINKS_PART = Part(GlossLink, "gloss", "Links", (*GlossLink.TARGETS, "phrase", "relation", "reason"))
TARGETS = ("theme", "work", "quotation__work", "passage__essay")


def texts_of(gloss: Gloss) -> dict[str, str]:
    """Its texts by their labels; an edit of the essay that carries it along changes none."""
    return {
        "Key": gloss.key,
        "Gloss": gloss.source,
        "Words": _words_of(gloss),
        LINKS_PART.label: LINKS_PART.text_of([*gloss.links.select_related(*TARGETS)]),
    }


def stamp_of_gloss(gloss: Gloss) -> str:
    return stamp_of(texts_of(gloss)) if gloss.pk else "new"


def gloss_conflicts(gloss: Gloss, form: GlossForm, links: LinksFormSet) -> list[Conflict]:
    """What somebody else changed since the editor opened the valid forms of a gloss."""
    typed = {
        "Key": form.cleaned_data["key"] or gloss.key,
        "Gloss": form.cleaned_data["source"],
        LINKS_PART.label: LINKS_PART.text_of(links.typed_links(gloss)),
    }
    if form.moves:
        start, end = form.span
        typed["Words"] = form.passage.text[start:end] or f"The whole of {form.passage}"
    return conflicts_with(form.cleaned_data["seen"], texts_of(gloss), typed)


def show_theirs(form: GlossForm, conflicts: list[Conflict]) -> None:
    """Put into the form what only somebody else changed."""
    names = {"Key": "key", "Gloss": "source"}
    form.data = form.data.copy()
    for conflict in conflicts:
        if conflict.typed is None and conflict.label in names:
            form.data[names[conflict.label]] = conflict.now


def _words_of(gloss: Gloss) -> str:
    """The words that it was last attached to, and where: no edit of the text changes them."""
    of = gloss.original
    if gloss.is_whole_passage:
        return f"The whole of passage “{of.passage.key}”"
    return f"{gloss.exact}\n(in passage “{of.passage.key}”, from character {gloss.original_start})"

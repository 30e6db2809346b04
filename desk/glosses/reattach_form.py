"""Re-attaching a gloss or a lost note to words that an editor chooses."""

from collections.abc import Collection

from django import forms

from annotations import revising
from annotations.models import Anchor, Gloss
from annotations.revising import RevisingError, StaleEdit
from desk.glosses.words_form import WordsForm, WordsInContext
from essays.models import Passage
from essays.transactions import writing
from readers.typed_words import is_only_shown

STALE_TEXT = (
    "The passage was changed while you were choosing. What changed and its text of today stand "
    "below. Choose again."
)


class Overtaken(RevisingError):
    """Somebody else changed the gloss or note while the editor was choosing or writing."""


def original_of(anchor: Anchor) -> str:
    """A stamp of the words that it was last attached to; no edit of the text changes it."""
    return f"{anchor.original_id}:{anchor.original_start}:{anchor.original_end}"


def candidates_for(anchors: Collection[Anchor]) -> dict[int, list[WordsInContext]]:
    """By the ids of anchors of one model: the places most like their words, the best first."""
    ids = {one["passage"] for anchor in anchors for one in anchor.candidates}
    passages = Passage.objects.current().in_bulk(ids)
    return {
        anchor.pk: [
            WordsInContext(passage.text, one["start"], one["end"], passage)
            for one in anchor.candidates
            if (passage := passages.get(one["passage"]))
        ]
        for anchor in anchors
    }


class ReattachForm(WordsForm):
    original = forms.CharField(widget=forms.HiddenInput)

    def anchors(self):
        """The anchors that this form may re-attach."""
        return Gloss.objects.select_related("passage__essay")

    def reattach(self, anchor: Anchor, passage, start, end, *, expect) -> None:
        revising.reattach(anchor, passage, start, end, expect=expect)

    @writing
    def save(self, chosen: Anchor) -> Anchor:
        """Attach it to the chosen words and return it as saved.

        Raises revising.StaleEdit or RevisingError if the passage or the anchor changed since the
        editor opened the page.
        """
        cleaned = self.cleaned_data
        revising.lock(self.essay)
        anchor = self.anchors().filter(pk=chosen.pk).first()
        if anchor is None or original_of(anchor) != cleaned["original"]:
            raise Overtaken(_overtaken(anchor))
        passage = self.essay.passages.get(key=cleaned["passage"])
        self.reattach(anchor, passage, *self.span, expect=cleaned["version"])
        return anchor


def submit(form: ReattachForm, anchor: Anchor) -> tuple[Anchor | None, int]:
    """Save a form. Return the anchor as saved, or None and the status of the page with errors."""
    if not form.is_valid():
        return None, 422
    try:
        return form.save(anchor), 302
    except RevisingError as error:
        form.add_error(None, STALE_TEXT if isinstance(error, StaleEdit) else error.message)
        return None, 409


def reattach_context(request, anchor: Anchor, form: ReattachForm) -> dict[str, object]:
    """The context of `_choose_words.html` and `_candidates.html`, for the requested passage."""
    passages = {passage.key: passage for passage in anchor.essay.passages.current()}
    key = form.data.get("passage") or request.GET.get("passage")
    passage = passages.get(key) or passages.get(anchor.passage.key)
    return {
        "anchor": anchor,
        # The form still says what its editor saw, if it is only shown again.
        "original": form["original"].value() if is_only_shown(request) else original_of(anchor),
        "candidates": candidates_for([anchor])[anchor.pk],
        "passages": passages.values(),
        "passage": passage or next(iter(passages.values())),
        "form": form,
    }


def _overtaken(anchor: Anchor | None) -> str:
    if anchor is None:
        return "This was changed while you were choosing, and nothing is left to choose here."
    return (
        f"Somebody else re-attached this {anchor._meta.verbose_name} while you were choosing: it "
        f"is now about “{anchor.exact or 'the whole passage'}”. "
        "Choose again if that is not right."
    )

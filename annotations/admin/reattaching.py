"""Hang a gloss or a lost note on words: what an editor chooses, and what they choose from."""

from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.db import transaction

from annotations import revising
from annotations.loading.phrases import nearest, places_of
from annotations.models import Anchor, Gloss
from annotations.revising import RevisingError
from essays.comparing import Piece, compare
from essays.models import Essay, Passage, PassageRevision

CONTEXT = 80
MOST = 2**31 - 1
STALE = (
    "The passage was changed while you were choosing. What changed and its text of today stand "
    "below. Choose again."
)


class Overtaken(RevisingError):
    """Somebody else hung it on words first."""


def original_of(anchor: Anchor) -> str:
    """What only re-attaching changes: the words that it was hung on last."""
    return f"{anchor.original_id}:{anchor.original_start}:{anchor.original_end}"


@dataclass(frozen=True)
class Candidate:
    """A place that lost words may have gone to, with what surrounds them."""

    passage: Passage
    start: int
    end: int

    @property
    def before(self) -> str:
        text = self.passage.text[: self.start]
        return text if len(text) <= CONTEXT else f"…{text[-CONTEXT:].split(' ', 1)[-1]}"

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def after(self) -> str:
        text = self.passage.text[self.end :]
        return text if len(text) <= CONTEXT else f"{text[:CONTEXT].rsplit(' ', 1)[0]}…"


def candidates_for(anchors: Collection[Anchor]) -> dict[int, list[Candidate]]:
    """By the ids of anchors of one kind: the places most like their words, the best first."""
    ids = {one["passage"] for anchor in anchors for one in anchor.candidates}
    passages = Passage.objects.current().in_bulk(ids)
    return {
        anchor.pk: [
            Candidate(passages[one["passage"]], one["start"], one["end"])
            for one in anchor.candidates
            if one["passage"] in passages
        ]
        for anchor in anchors
    }


class ReattachForm(forms.Form):
    """Words in a passage as the editor saw it: selected, typed, or all of it.

    `start` and `end` count code points. They hold as long as `words` says nothing else, so that
    whoever selects and then types gets what was typed.
    """

    passage = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    original = forms.CharField(widget=forms.HiddenInput)
    start = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST
    )
    end = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST)
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        strip=False,
        help_text="Type them as the passage has them, or select them above.",
    )
    occurrence = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        help_text="Only where the passage says these words more than once: 1 for the first time.",
    )
    whole = forms.BooleanField(label="The whole passage", required=False)

    def __init__(self, essay: Essay, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.essay = essay

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        if (shown := self.shown) is None:
            raise forms.ValidationError("This passage is not in the essay today. Choose another.")
        self.span = self._span(shown.text) if self._asks_for_words(given) else (0, 0)
        return given

    def _asks_for_words(self, given: dict) -> bool:
        return "words" in self.fields and not given.get("whole")

    @property
    def shown(self) -> PassageRevision | None:
        """The version of a passage of today's that the editor chose words in."""
        versions = PassageRevision.objects.select_related("passage__essay")
        return versions.filter(
            passage__in=self.essay.passages.current(),
            passage__key=self.cleaned_data.get("passage"),
            version=self.cleaned_data.get("version"),
        ).first()

    @property
    def changed(self) -> list[Piece]:
        """What was done to the passage since the editor chose; empty if nothing was."""
        if not self.is_bound or (shown := self.shown) is None:
            return []
        passage = shown.passage
        return compare(shown.text, passage.text) if passage.version != shown.version else []

    def _span(self, text: str) -> tuple[int, int] | None:
        given = self.cleaned_data
        words = given["words"].replace("\r\n", "\n")
        start, end = given["start"], given["end"]
        if start is not None and end is not None and words in ("", text[start:end]):
            return start, end
        words = words.strip()
        if not words:
            self.add_error("words", "Say which words, or choose the whole passage.")
            return None
        places = places_of(text, words)
        if not places:
            remedy = nearest(text, words) or "Copy them from it, quotes and dashes too."
            self.add_error("words", f"These words are not in the passage. {remedy}")
            return None
        occurrence = given["occurrence"] or 1
        if len(places) > 1 and not given["occurrence"]:
            self.add_error(
                "occurrence",
                f"The passage says this {len(places)} times. Type more words, or say which: "
                f"a number from 1 to {len(places)}.",
            )
        elif occurrence > len(places):
            self.add_error("occurrence", f"Give a number from 1 to {len(places)}.")
        else:
            return places[occurrence - 1], places[occurrence - 1] + len(words)
        return None

    def anchors(self):
        """Those that may be hung on words here."""
        return Gloss.objects.select_related("passage__essay")

    def hang(self, anchor: Anchor, *place, **options) -> None:
        revising.reattach(anchor, *place, **options)

    def save(self, chosen: Anchor) -> Anchor:
        """Hang it on the words; gives it as it is then.

        Raises revising.StaleEdit or RevisingError where the text or the anchor is not any more
        what the editor saw.
        """
        given = self.cleaned_data
        with transaction.atomic():
            Essay.objects.select_for_update().get(pk=self.essay.pk)
            anchor = self.anchors().filter(pk=chosen.pk).first()
            if anchor is None or original_of(anchor) != given["original"]:
                raise Overtaken(_overtaken(anchor))
            passage = self.essay.passages.get(key=given["passage"])
            self.hang(anchor, passage, *self.span, expect=given["version"])
        return anchor


def _overtaken(anchor: Anchor | None) -> str:
    if anchor is None:
        return "This was changed while you were choosing, and nothing is left to choose here."
    return (
        f"Somebody else re-attached this {anchor._meta.verbose_name} while you were choosing: it "
        f"is now about “{anchor.exact or 'the whole passage'}”. "
        "Choose again if that is not right."
    )

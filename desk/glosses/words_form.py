"""Words of a passage as an editor chooses them: selected, typed, or all of it."""

from dataclasses import dataclass

from django import forms

from annotations.text.phrases import nearest, places_of
from essays.models import Essay, Passage, PassageRevision
from essays.word_diff import Piece, compare

CONTEXT = 80
MOST = 2**31 - 1
MOST_PLACES = 12
WORDS = {"passage", "version", "original", "start", "end", "words", "occurrence", "whole"}


@dataclass(frozen=True)
class Place:
    """Words of a text with what surrounds them; `start` and `end` count code points.

    `passage` is the one whose text it is, where that must be told.
    """

    text: str
    start: int
    end: int
    passage: Passage | None = None

    @property
    def before(self) -> str:
        text = self.text[: self.start]
        return text if len(text) <= CONTEXT else f"…{text[-CONTEXT:].split(' ', 1)[-1]}"

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        text = self.text[self.end :]
        return text if len(text) <= CONTEXT else f"{text[:CONTEXT].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True)
class Said:
    """What a text says to typed words: how often it has them, and where.

    `occurrence` is the place that was chosen, from 1; None while nobody chose.
    """

    text: str
    words: str
    occurrence: int | None = None

    @property
    def count(self) -> int:
        return len(places_of(self.text, self.words))

    @property
    def times(self) -> str:
        return "twice" if self.count == 2 else f"{self.count} times"

    @property
    def places(self) -> list[Place]:
        """The places to choose from; none where they are too many."""
        starts = places_of(self.text, self.words)
        if len(starts) > MOST_PLACES:
            return []
        return [Place(self.text, start, start + len(self.words)) for start in starts]

    @property
    def remedy(self) -> str:
        """What to do about words that are not there."""
        said = nearest(self.text, self.words)
        return said or "Copy them from it, quotes and dashes too."


class WordsForm(forms.Form):
    """Words in a passage as the editor saw it.

    `start` and `end` count code points. They hold as long as `words` says nothing else, so that
    whoever selects and then types gets what was typed. Bound and clean it has `span`.
    """

    passage = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
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

    span: tuple[int, int] | None = None

    def __init__(self, essay: Essay, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.essay = essay

    def clean(self):
        given = super().clean()
        if not self.errors.keys() & WORDS and not self.leaves_words():
            if (shown := self.shown) is None:
                raise forms.ValidationError(
                    "This passage is not in the essay today. Choose another."
                )
            self.span = self._span(shown.text) if self._asks_for_words(given) else (0, 0)
        return given

    def _asks_for_words(self, given: dict) -> bool:
        return "words" in self.fields and not given.get("whole")

    def leaves_words(self) -> bool:
        """Whether no words are chosen, and none need be."""
        return False

    def which(self, said: Said) -> str:
        """How to ask which of several places is meant."""
        return (
            f"The passage says this {said.count} times. Type more words, or say which: "
            f"a number from 1 to {said.count}."
        )

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
        said, places = Said(text, words), places_of(text, words)
        if not places:
            self.add_error("words", f"These words are not in the passage. {said.remedy}")
            return None
        occurrence = given["occurrence"] or 1
        if len(places) > 1 and not given["occurrence"]:
            self.add_error("occurrence", self.which(said))
        elif occurrence > len(places):
            self.add_error("occurrence", f"Give a number from 1 to {len(places)}.")
        else:
            return places[occurrence - 1], places[occurrence - 1] + len(words)
        return None

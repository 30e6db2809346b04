"""The form in which an editor chooses words of a passage: selected, typed, or all of it."""

from dataclasses import dataclass

from django import forms

from annotations.text.phrases import Occurrences
from desk.excerpt import excerpt
from essays.identifiers import MAX_INTEGER
from essays.models import Essay, Passage, PassageRevision
from essays.word_diff import Piece, compare

CONTEXT_LENGTH = 80
MAX_LISTED_PLACES = 12
MAX_OCCURRENCE_DIGITS = 6
WORDS_FIELDS = {"passage", "version", "original", "start", "end", "words", "occurrence", "whole"}


@dataclass(frozen=True)
class WordsInContext:
    """A span of a text with the words around it; `start` and `end` are code points.

    `passage` is the one with the text, if the caller shows it.
    """

    text: str
    start: int
    end: int
    passage: Passage | None = None

    @property
    def before(self) -> str:
        text = self.text[: self.start]
        return (
            text if len(text) <= CONTEXT_LENGTH else f"…{text[-CONTEXT_LENGTH:].split(' ', 1)[-1]}"
        )

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        return excerpt(self.text[self.end :], CONTEXT_LENGTH)


@dataclass(frozen=True)
class PhraseMatches(Occurrences):
    """The places where a text has typed words; `occurrence` is the chosen one, from 1, if any."""

    occurrence: int | None = None

    @classmethod
    def named_by(cls, text: str, words: str, occurrence: object) -> "PhraseMatches":
        """The places of words that are not checked yet; `occurrence` may be anything typed."""
        typed = str(occurrence or "")
        number = int(typed[:MAX_OCCURRENCE_DIGITS]) if typed.isdecimal() else None
        return cls(text, words, number)

    @property
    def times(self) -> str:
        return "twice" if self.count == 2 else f"{self.count} times"

    @property
    def places(self) -> list[WordsInContext]:
        """The places to choose from; empty if there are too many."""
        if self.count > MAX_LISTED_PLACES:
            return []
        return [WordsInContext(self.text, at, at + len(self.phrase)) for at in self.starts]


class WordsForm(forms.Form):
    """The words of a passage, in the version that the editor saw.

    `start` and `end` are code points. They count only while `words` is what they select, so typing
    after selecting wins. A valid form has `span`.
    """

    passage = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_INTEGER)
    start = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=MAX_INTEGER
    )
    end = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=MAX_INTEGER
    )
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        strip=False,
        help_text="Type them as the passage has them, or select them above.",
    )
    occurrence = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_INTEGER,
        help_text="Only where the passage says these words more than once: 1 for the first time.",
    )
    whole = forms.BooleanField(label="The whole passage", required=False)

    span: tuple[int, int] | None = None

    def __init__(self, essay: Essay, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.essay = essay

    def clean(self):
        cleaned = super().clean()
        if not self.errors.keys() & WORDS_FIELDS and not self.leaves_words():
            if (revision := self.seen_revision) is None:
                raise forms.ValidationError(
                    "This passage is not in the essay today. Choose another."
                )
            self.span = self._span(revision.text) if self._asks_for_words(cleaned) else (0, 0)
        return cleaned

    def _asks_for_words(self, cleaned: dict) -> bool:
        return "words" in self.fields and not cleaned.get("whole")

    def leaves_words(self) -> bool:
        """Whether it is valid to choose no words."""
        return False

    def ambiguity_message(self, matches: PhraseMatches) -> str:
        return (
            f"The passage says this {matches.count} times. Type more words, or say which: "
            f"a number from 1 to {matches.count}."
        )

    @property
    def seen_revision(self) -> PassageRevision | None:
        """The version that the editor saw, if its passage is still in the essay."""
        versions = PassageRevision.objects.select_related("passage__essay")
        return versions.filter(
            passage__in=self.essay.passages.current(),
            passage__key=self.cleaned_data.get("passage"),
            version=self.cleaned_data.get("version"),
        ).first()

    @property
    def changed(self) -> list[Piece]:
        """The differences between the version that the editor saw and today's, if any."""
        if not self.is_bound or (revision := self.seen_revision) is None:
            return []
        passage = revision.passage
        is_stale = passage.version != revision.version
        return compare(revision.text, passage.text) if is_stale else []

    def _span(self, text: str) -> tuple[int, int] | None:
        cleaned = self.cleaned_data
        words = cleaned["words"].replace("\r\n", "\n")
        start, end = cleaned["start"], cleaned["end"]
        if start is not None and end is not None and words in ("", text[start:end]):
            return start, end
        words = words.strip()
        if not words:
            self.add_error("words", "Say which words, or choose the whole passage.")
            return None
        matches = PhraseMatches(text, words, cleaned["occurrence"])
        if span := matches.span(matches.occurrence):
            return span
        if not matches.count:
            self.add_error("words", f"These words are not in the passage. {matches.remedy}")
        elif matches.occurrence is None:
            self.add_error("occurrence", self.ambiguity_message(matches))
        else:
            self.add_error("occurrence", f"Give a number from 1 to {matches.count}.")
        return None

"""The form fields with which a reader chooses words of a passage."""

from functools import partial

from django import forms

from annotations import anchoring
from annotations.notes.selection import (
    WHOLE,
    NotPlaced,
    Selection,
    place,
    place_sentence,
    place_typed,
)
from annotations.text.sentences import sentences

NOTHING_CHOSEN = "Choose a sentence, type some words of the passage, or take all of it."
UNREADABLE = "What was chosen could not be read. Choose the words again."
NO_CHARACTER = "There is a character in it that no text has. Type that place again."
MAX_TEXT_LENGTH = 20_000
MAX_CONTEXT_LENGTH = 1_000
MAX_TYPED_LENGTH = 500
MAX_OFFSET = 1_000_000


class WordsField(forms.CharField):
    """Text whose line ends are one character each, as in the page."""

    def __init__(self, **options):
        messages = {"null_characters_not_allowed": NO_CHARACTER}
        super().__init__(required=False, error_messages=messages, **options)

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace("\r\n", "\n").replace("\r", "\n")


class PlaceForm(forms.Form):
    """Words of a passage: selected, typed, one of its sentences, or all of it.

    A valid form has `span`, their place now, and `find`, which finds them again in a newer text
    of the passage. A form whose words have no clear place has the message `misplaced` instead.
    """

    exact = WordsField(strip=False, max_length=MAX_TEXT_LENGTH)
    prefix = WordsField(strip=False, max_length=MAX_CONTEXT_LENGTH)
    suffix = WordsField(strip=False, max_length=MAX_CONTEXT_LENGTH)
    start = forms.IntegerField(required=False, min_value=0, max_value=MAX_OFFSET)
    end = forms.IntegerField(required=False, min_value=0, max_value=MAX_OFFSET)
    version = forms.IntegerField(required=False, min_value=1, max_value=MAX_OFFSET)
    choice = forms.RegexField(r"\A(?:whole|words|\d{1,6}-\d{1,6})\Z", required=False)
    typed = WordsField(max_length=MAX_TYPED_LENGTH)

    PLACE = ("exact", "prefix", "suffix", "start", "end", "version", "choice", "typed")

    def __init__(self, *args, passage, **options):
        super().__init__(*args, **options)
        self.passage = passage
        self.find = self.span = None
        self.misplaced = ""

    @classmethod
    def chooses_words(cls, data):
        """Whether the data of a request choose any words."""
        return any(data.get(name) for name in ("exact", "choice", "typed"))

    def clean(self):
        values = super().clean()
        if unreadable := [name for name in self.PLACE if name in self.errors]:
            for name in unreadable:
                del self.errors[name]
            self.misplace(UNREADABLE)
            return values
        start, end = values["start"], values["end"]
        if start is not None and end is not None and start > end:
            self.misplace(UNREADABLE)
        elif not self.chooses_words(values):
            self.misplace(NOTHING_CHOSEN)
        else:
            self.find = _finder(values)
            try:
                self.span = self.find(self.passage)
            except NotPlaced as error:
                self.misplace(error.message)
        return values

    def misplace(self, message):
        """Add the error, so that the form asks for other words and keeps the rest."""
        self.span, self.misplaced = None, message
        self.add_error(None, message)

    @property
    def sentences(self):
        """The sentences of the passage, each with its value for `choice`."""
        text = self.passage.text
        spans = sentences(text)
        return [(f"{span.start}-{span.end}", text[span.start : span.end]) for span in spans]

    @property
    def words(self):
        """The chosen words; empty for the whole passage."""
        return self.passage.text[self.span.start : self.span.end]

    @property
    def hidden(self):
        """The chosen words as hidden fields of the next form."""
        quote = anchoring.describe(self.passage.text, self.span)
        places = {"start": self.span.start, "end": self.span.end, "version": self.passage.version}
        if self.span == WHOLE:
            return {"choice": "whole"}
        context = {
            "prefix": quote.prefix[-MAX_CONTEXT_LENGTH:],
            "suffix": quote.suffix[:MAX_CONTEXT_LENGTH],
        }
        return {"exact": quote.exact, **context, **places}


def _finder(values):
    """A function that finds the chosen words in a passage; it raises NotPlaced."""
    version, choice = values["version"], values["choice"]
    if choice == "whole":
        return partial(place, selection=Selection(""))
    if choice == "words" or (not choice and not values["exact"]):
        return partial(place_typed, words=values["typed"])
    if choice:
        start, end = map(int, choice.split("-"))
        return partial(place_sentence, start=start, end=end, version=version)
    quoted = values["exact"], values["prefix"], values["suffix"]
    return partial(place, selection=Selection(*quoted, values["start"], version))

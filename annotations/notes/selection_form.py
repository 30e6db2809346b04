"""Choosing words of a passage, as a form sends them."""

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
LONGEST_TEXT = 20_000
LONGEST_CONTEXT = 1_000
LONGEST_TYPED = 500
MOST_CODE_POINTS = 1_000_000


class WordsField(forms.CharField):
    """Text whose line ends count one character each, as the page has them."""

    def __init__(self, **options):
        messages = {"null_characters_not_allowed": NO_CHARACTER}
        super().__init__(required=False, error_messages=messages, **options)

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace("\r\n", "\n").replace("\r", "\n")


class PlaceForm(forms.Form):
    """Words of a passage: selected, typed in, one of its sentences, or the whole of it.

    Bound and clean it has `find`, which gives the span of the words in the passage as it then
    is, and `span`, where they are now. Words that have no one place leave `misplaced` instead.
    """

    exact = WordsField(strip=False, max_length=LONGEST_TEXT)
    prefix = WordsField(strip=False, max_length=LONGEST_CONTEXT)
    suffix = WordsField(strip=False, max_length=LONGEST_CONTEXT)
    start = forms.IntegerField(required=False, min_value=0, max_value=MOST_CODE_POINTS)
    end = forms.IntegerField(required=False, min_value=0, max_value=MOST_CODE_POINTS)
    version = forms.IntegerField(required=False, min_value=1, max_value=MOST_CODE_POINTS)
    choice = forms.RegexField(r"\A(?:whole|words|\d{1,6}-\d{1,6})\Z", required=False)
    typed = WordsField(max_length=LONGEST_TYPED)

    PLACE = ("exact", "prefix", "suffix", "start", "end", "version", "choice", "typed")

    def __init__(self, *args, passage, **options):
        super().__init__(*args, **options)
        self.passage = passage
        self.find = self.span = None
        self.misplaced = ""

    @classmethod
    def is_asked(cls, data):
        """Whether anything is chosen in what came with a request."""
        return any(data.get(name) for name in ("exact", "choice", "typed"))

    def clean(self):
        values = super().clean()
        if unread := [name for name in self.PLACE if name in self.errors]:
            for name in unread:
                del self.errors[name]
            self.misplace(UNREADABLE)
            return values
        start, end = values["start"], values["end"]
        if start is not None and end is not None and start > end:
            self.misplace(UNREADABLE)
        elif not self.is_asked(values):
            self.misplace(NOTHING_CHOSEN)
        else:
            self.find = _finder(values)
            try:
                self.span = self.find(self.passage)
            except NotPlaced as error:
                self.misplace(error.message)
        return values

    def misplace(self, message):
        """Ask for other words; what else was sent stays."""
        self.span, self.misplaced = None, message
        self.add_error(None, message)

    @property
    def sentences(self):
        """What there is to choose from: each sentence with its value for `choice`."""
        text = self.passage.text
        spans = sentences(text)
        return [(f"{span.start}-{span.end}", text[span.start : span.end]) for span in spans]

    @property
    def words(self):
        """The chosen words as they stand today; empty for the whole passage."""
        return self.passage.text[self.span.start : self.span.end]

    @property
    def hidden(self):
        """The words as a selection of today's version, to be sent along."""
        quote = anchoring.describe(self.passage.text, self.span)
        places = {"start": self.span.start, "end": self.span.end, "version": self.passage.version}
        if self.span == WHOLE:
            return {"choice": "whole"}
        context = {
            "prefix": quote.prefix[-LONGEST_CONTEXT:],
            "suffix": quote.suffix[:LONGEST_CONTEXT],
        }
        return {"exact": quote.exact, **context, **places}


def _finder(values):
    """What finds the chosen words in a passage."""
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

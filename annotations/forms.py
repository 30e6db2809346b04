"""What readers send: checked before it is parsed, refused in plain words, never lost."""

from functools import partial
from uuid import uuid4

from django import forms
from django.conf import settings

from annotations import anchoring
from annotations.models import LONGEST_BODY, Audience, Flag, Note, Written
from annotations.placing import (
    WHOLE,
    NotPlaced,
    Selection,
    place,
    place_sentence,
    place_typed,
)
from annotations.sentences import sentences
from essays import markup

NOTHING_CHOSEN = "Choose a sentence, type some words of the passage, or take all of it."
UNREADABLE = "What was chosen could not be read. Choose the words again."
NO_CHARACTER = "There is a character in it that no text has. Type that place again."
LONGEST_TEXT = 20_000
LONGEST_CONTEXT = 1_000
LONGEST_TYPED = 500
MOST_CODE_POINTS = 1_000_000


class Words(forms.CharField):
    """Text whose line ends count one character each, as the page has them."""

    def __init__(self, **options):
        messages = {"null_characters_not_allowed": NO_CHARACTER}
        super().__init__(required=False, error_messages=messages, **options)

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace("\r\n", "\n").replace("\r", "\n")


class BodyForm(forms.Form):
    """Markdown of a reader, with the key that makes a repeated save harmless."""

    body = Words(max_length=LONGEST_BODY)
    token = forms.UUIDField(required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("token", uuid4())
        self.fields["body"].error_messages["max_length"] = (
            "This is %(show_value)d characters long, and at most %(limit_value)d fit. Shorten it."
        )

    def clean_body(self):
        body = self.cleaned_data["body"]
        try:
            markup.render_note(body)
        except markup.MarkupError as error:
            raise forms.ValidationError(str(error)) from error
        return body

    def clean(self):
        values = super().clean()
        self.errors.pop("token", None)
        values["token"] = values.get("token") or uuid4()
        return values

    @property
    def longest(self):
        return LONGEST_BODY


class ReplyForm(BodyForm):
    def clean_body(self):
        if not self.cleaned_data["body"]:
            raise forms.ValidationError("Write a few words first.")
        return super().clean_body()


class PlaceForm(forms.Form):
    """Words of a passage: selected, typed in, one of its sentences, or the whole of it.

    Bound and clean it has `find`, which gives the span of the words in the passage as it then
    is, and `span`, where they are now. Words that have no one place leave `misplaced` instead.
    """

    exact = Words(strip=False, max_length=LONGEST_TEXT)
    prefix = Words(strip=False, max_length=LONGEST_CONTEXT)
    suffix = Words(strip=False, max_length=LONGEST_CONTEXT)
    start = forms.IntegerField(required=False, min_value=0, max_value=MOST_CODE_POINTS)
    end = forms.IntegerField(required=False, min_value=0, max_value=MOST_CODE_POINTS)
    version = forms.IntegerField(required=False, min_value=1, max_value=MOST_CODE_POINTS)
    choice = forms.RegexField(r"\A(?:whole|words|\d{1,6}-\d{1,6})\Z", required=False)
    typed = Words(max_length=LONGEST_TYPED)

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


class NoteForm(PlaceForm, BodyForm):
    """A new note on words of a passage, or a highlight of them."""

    highlight = forms.BooleanField(required=False)
    colour = forms.ChoiceField(choices=Note.Colour, required=False)
    audience = forms.ChoiceField(choices=Audience, required=False)

    def clean_colour(self):
        return self.cleaned_data["colour"] or Note.Colour.AMBER

    def clean_audience(self):
        return checked_audience(self.cleaned_data["audience"])

    def clean(self):
        values = super().clean()
        if values.get("body") == "":
            if values.get("audience") == Audience.PUBLIC:
                self.add_error("body", "Write a few words for others, or choose “Only you”.")
            elif not values.get("highlight"):
                self.add_error("body", "Write a few words, or choose only to highlight.")
        return values


class EditForm(BodyForm):
    """A note's words and colour, changed; `seen` says which state of it was changed."""

    colour = forms.ChoiceField(choices=Note.Colour, required=False)
    seen = forms.CharField(required=False, max_length=40)

    def __init__(self, *args, thing, **options):
        colour = getattr(thing, "colour", "")
        initial = {"body": thing.body, "colour": colour, "seen": state_of(thing)}
        super().__init__(*args, initial=initial, **options)
        self.thing = thing
        self.newer = None

    @property
    def state(self):
        """What `seen` is to say from now on, also in a form that came back."""
        return state_of(self.thing)

    def clean_colour(self):
        return self.cleaned_data["colour"] or self.initial["colour"]

    def clean(self):
        values = super().clean()
        empty = values.get("body") == ""
        if empty and not (isinstance(self.thing, Note) and not self.thing.is_public):
            self.add_error("body", "Write a few words, or delete it instead.")
        sent = {name: values[name] for name in ("body", "colour") if name in values}
        differs = any(value != self.initial[name] for name, value in sent.items())
        if differs and values.get("seen", "") != state_of(self.thing):
            self.newer = self.thing.body
            self.add_error(
                None,
                "You changed this meanwhile, in another window. Both are here: what is saved, and "
                "below it what you wrote now. Save again to keep what you wrote now.",
            )
        return values


class FlagForm(forms.Form):
    reason = forms.ChoiceField(choices=Flag.Reason, error_messages={"required": "Choose a reason."})
    remark = Words(max_length=500)


class AudienceForm(forms.Form):
    audience = forms.ChoiceField(
        choices=Audience, error_messages={"required": "Choose who may see it."}
    )


def checked_audience(audience: str) -> str:
    if settings.PUBLIC_NOTES == "off":
        return Audience.PRIVATE
    return audience or Audience.PRIVATE


def state_of(thing: Written) -> str:
    """Tells one state of a reader's words from another."""
    return thing.edited_at.isoformat() if thing.edited_at else "new"

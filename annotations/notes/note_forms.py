"""What readers send: checked before it is parsed, refused in plain words, never lost."""

from uuid import uuid4

from django import forms
from django.conf import settings

from annotations.models import LONGEST_BODY, Audience, Flag, Note, Written
from annotations.notes.selection_form import PlaceForm, WordsField
from essays import markup


class BodyForm(forms.Form):
    """Markdown of a reader, with the key that makes a repeated save harmless."""

    body = WordsField(max_length=LONGEST_BODY)
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
            text = markup.render_note(body).text
        except markup.MarkupError as error:
            raise forms.ValidationError(str(error)) from error
        if body and not any(char.isprintable() and not char.isspace() for char in text):
            raise forms.ValidationError("Nothing of this would be seen. Write a few words.")
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


class EditWrittenForm(BodyForm):
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
    remark = WordsField(max_length=500)


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

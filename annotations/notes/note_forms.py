"""The forms of notes, replies and flags. What a reader typed is never lost."""

from uuid import uuid4

from django import forms
from django.conf import settings

from annotations.models import MAX_BODY_LENGTH, Audience, Flag, Note, Written
from annotations.notes.selection_form import PlaceForm, WordsField
from essays import markup


class BodyForm(forms.Form):
    """Markdown with a token, which makes a repeated save harmless."""

    body = WordsField(max_length=MAX_BODY_LENGTH)
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
    def max_length(self):
        return MAX_BODY_LENGTH


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
    """A change of a note or reply; `seen` is the version stamp of what was changed.

    `newer` has the saved words if somebody changed them meanwhile.
    """

    colour = forms.ChoiceField(choices=Note.Colour, required=False)
    seen = forms.CharField(required=False, max_length=40)

    def __init__(self, *args, written, **options):
        colour = getattr(written, "colour", "")
        initial = {"body": written.body, "colour": colour, "seen": version_stamp(written)}
        super().__init__(*args, initial=initial, **options)
        self.written = written
        self.newer = None

    @property
    def state(self):
        """The current version stamp, also for a form that comes back with errors."""
        return version_stamp(self.written)

    def clean_colour(self):
        return self.cleaned_data["colour"] or self.initial["colour"]

    def clean(self):
        values = super().clean()
        empty = values.get("body") == ""
        if empty and not (isinstance(self.written, Note) and not self.written.is_public):
            self.add_error("body", "Write a few words, or delete it instead.")
        sent = {name: values[name] for name in ("body", "colour") if name in values}
        is_changed = any(value != self.initial[name] for name, value in sent.items())
        if is_changed and values.get("seen", "") != version_stamp(self.written):
            self.newer = self.written.body
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


def version_stamp(written: Written) -> str:
    """A version stamp for optimistic locking; it changes with every edit."""
    return written.edited_at.isoformat() if written.edited_at else "new"

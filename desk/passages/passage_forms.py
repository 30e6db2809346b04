"""The changes that editors make to an essay's text, each as a form.

A valid ChangeForm has `make`, which writes the change through `revising` and returns its Report,
and `subject` and `log_message` for the admin's log, which quotes no reader.
"""

import re
from collections.abc import Sequence

from django import forms
from django.urls import reverse

from annotations import revising
from annotations.revising import Draft, Report, RevisingError, StaleEdit
from desk.conflicts import Conflict, conflicts_with, fields_of, stamp_of, texts_of
from essays import markup
from essays.identifiers import MAX_INTEGER
from essays.markup.limits import PASSAGE_LENGTH
from essays.models import Essay, Passage, PassageRevision

EMPTY_LINE = re.compile(r"\n[ \t]*\n+")
EMPTY_LINES = re.compile(r"\n[ \t]*\n[ \t]*\n\s*")


class PassageSourceField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "true"})

    def __init__(self, **options):
        options = {"strip": False, "max_length": PASSAGE_LENGTH, **options}
        super().__init__(error_messages={"required": "Write some words."}, **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ChangeForm(forms.Form):
    submit_label = "Save the change"
    cancel_label = "Go back and edit"
    returns_to_passage = False
    conflicts: Sequence[Conflict] = ()
    # Whether `make` can be rehearsed: it writes nothing but through a verb of `revising`.
    rehearsed = True

    def __init__(self, essay: Essay, *args, **options):
        super().__init__(*args, label_suffix="", **options)
        self.essay = essay

    def make(self, by) -> Report:
        raise NotImplementedError

    def be_overtaken(self, error: StaleEdit) -> None:
        """Show that somebody else changed a passage, and what it is now."""
        self.add_error(None, error.message)

    def check_markdown(self, sources: list[str], kind: str) -> None:
        """Add an error to the field `source` if a passage cannot be rendered."""
        try:
            for source in sources:
                markup.render_passage(source, kind, smart=self.essay.smart)
        except markup.MarkupError as error:
            self.add_error("source", str(error))

    @property
    def success_url(self) -> str:
        """The page of the passage, or its row in the list."""
        if self.returns_to_passage:
            return reverse("admin:essays_passage_change", args=[self.subject.pk])
        place = reverse("admin:essays_essay_passages", args=[self.essay.pk])
        return f"{place}#passage-{self.subject.pk}" if self.subject != self.essay else place

    @property
    def sent_fields(self) -> list[tuple[str, str]]:
        """The fields as they were sent, for the gate's page to send again."""
        return [(name, value) for name in self.fields for value in self.data.getlist(name)]


class OnePassageForm(ChangeForm):
    """A change that is about one passage."""

    def __init__(self, passage: Passage, *args, **options):
        super().__init__(passage.essay, *args, **options)
        self.passage = self.subject = passage


class PassageChangeForm(OnePassageForm):
    """A change of one passage; `version` is the one that the editor saw.

    `typed` are the fields of the passage that the form asks for.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_INTEGER)
    typed: tuple[str, ...] = ()

    def be_overtaken(self, error):
        now, values = error.passage, self.cleaned_data
        seen = now.versions.filter(version=values["version"]).first()
        typed = Passage(**{name: values[name] for name in self.typed})
        stamp = stamp_of(texts_of(seen, self.typed)) if seen else ""
        texts = [texts_of(one, self.typed) for one in (now, typed)]
        self.conflicts = conflicts_with(stamp, *texts)
        if not self.conflicts:
            super().be_overtaken(error)
        # Saving it again overwrites theirs knowingly.
        self.data = self.data.copy()
        self.data["version"] = now.version
        fields = fields_of(now, self.typed)
        for conflict in self.conflicts:
            if conflict.typed is None:
                name = fields[conflict.label].name
                self.data[name] = getattr(now, name)


class PassageTextForm(ChangeForm):
    """The fields of a passage's text."""

    source = PassageSourceField(label="Text", help_text="Markdown: emphasis, links, lists.")
    kind = forms.ChoiceField(choices=Passage.Kind)
    runs_on = forms.BooleanField(
        label="Runs on into the next passage",
        required=False,
        help_text="As “she says:” does. Nothing stands between the two.",
    )

    def clean(self):
        values = super().clean()
        if not self.errors:
            self.check_markdown([values["source"]], values["kind"])
        return values


class PassageEditForm(PassageTextForm, PassageChangeForm):
    typed = ("source", "kind", "runs_on")
    log_message = "Edited."
    returns_to_passage = True

    @classmethod
    def of(cls, passage: Passage) -> "PassageEditForm":
        """The unbound form, with the passage as it is."""
        names = ["source", "kind", "runs_on", "version"]
        return cls(passage, initial={name: getattr(passage, name) for name in names})

    def make(self, by):
        values = self.cleaned_data
        return revising.edit(
            self.passage,
            values["source"],
            kind=values["kind"],
            runs_on=values["runs_on"],
            expect=values["version"],
            by=by,
        )


class InsertForm(PassageTextForm):
    """A new passage after the one with the key `after`, or before all if that is empty."""

    submit_label = "Put it in"
    log_message = "Put in."

    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)

    def make(self, by):
        values, number = self.cleaned_data, 1
        if values["after"]:
            before = self.essay.passages.current().filter(key=values["after"]).first()
            if before is None:
                raise RevisingError("The passage that stood before it was cut meanwhile.")
            number = before.number + 1
        draft = Draft(values["source"], values["kind"], values["runs_on"])
        report = revising.insert(self.essay, draft, number, by=by)
        [self.subject] = report.added or report.returned
        return report


class SplitForm(PassageChangeForm):
    """The passage's text with an empty line where the next passage begins."""

    typed = ("source",)
    submit_label = "Split it"
    log_message = "Split."

    source = PassageSourceField(label="Text")

    @property
    def separator(self) -> str:
        """What separates the parts, in words: two empty lines if the text has single ones."""
        return "two empty lines" if self._has_empty_lines else "an empty line"

    @property
    def _has_empty_lines(self) -> bool:
        return EMPTY_LINE.search(self.passage.source.strip()) is not None

    def clean_source(self):
        source = self.cleaned_data["source"].strip()
        separator = EMPTY_LINES if self._has_empty_lines else EMPTY_LINE
        self.parts = [part.strip("\n") for part in separator.split(source) if part.strip()]
        if len(self.parts) < 2:
            raise forms.ValidationError(
                f"Put {self.separator} where the next passage begins, with some words on both "
                "sides."
            )
        return self.cleaned_data["source"]

    def clean(self):
        values = super().clean()
        if not self.errors:
            self.check_markdown(self.parts, self.passage.kind)
        return values

    def make(self, by):
        return revising.split(self.passage, self.parts, expect=self.cleaned_data["version"], by=by)


class RevertForm(PassageChangeForm):
    """An old version's text, saved as a new version."""

    submit_label = "Bring this version back"
    cancel_label = "Leave it as it is"
    returns_to_passage = True

    def __init__(self, old: PassageRevision, *args, **options):
        super().__init__(old.passage, *args, **options)
        self.old = old

    @property
    def log_message(self) -> str:
        return f"Brought version {self.old.version} back."

    def make(self, by):
        return revising.edit(
            self.passage,
            self.old.source,
            kind=self.old.kind,
            runs_on=self.old.runs_on,
            expect=self.cleaned_data["version"],
            by=by,
        )

"""The changes that editors make to an essay's text, each as the form that asks for it.

Bound and clean a change has `make`, which writes it through `revising` and gives the Report;
`done` and `logged` say what was done, without a reader's words.
"""

import re

from django import forms
from django.urls import reverse

from annotations import revising
from annotations.revising import Draft, Report, RevisingError
from essays import markup
from essays.markup.limits import PASSAGE_LENGTH
from essays.models import Essay, Passage, PassageRevision

MOST = 2**31 - 1
EMPTY_LINE = re.compile(r"\n[ \t]*\n+")
EMPTY_LINES = re.compile(r"\n[ \t]*\n[ \t]*\n\s*")


class Source(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "true"})

    def __init__(self, **options):
        options = {"strip": False, "max_length": PASSAGE_LENGTH, **options}
        super().__init__(error_messages={"required": "Write some words."}, **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class Change(forms.Form):
    """What every change has: its essay, and what came with the request, to be sent again."""

    verb = "Save the change"
    turn_back = "Go back and edit"
    stays = False

    def __init__(self, essay: Essay, *args, **options):
        super().__init__(*args, label_suffix="", **options)
        self.essay = essay

    def make(self, by) -> Report:
        raise NotImplementedError

    def check_markdown(self, sources: list[str], kind: str) -> None:
        """Add an error to the field `source` if a passage cannot be rendered."""
        try:
            for source in sources:
                markup.render_passage(source, kind, smart=self.essay.smart)
        except markup.MarkupError as error:
            self.add_error("source", str(error))

    @property
    def leads_to(self) -> str:
        """Where the editor goes once it is made: to the passage, or its row in the list."""
        if self.stays:
            return reverse("admin:essays_passage_change", args=[self.about.pk])
        place = reverse("admin:essays_essay_passages", args=[self.essay.pk])
        return f"{place}#passage-{self.about.pk}" if self.about != self.essay else place

    @property
    def sent(self) -> list[tuple[str, str]]:
        """The fields as they were sent, for a page that asks something before it is done."""
        return [(name, value) for name in self.fields for value in self.data.getlist(name)]


class PassageChange(Change):
    """One about a passage that stands, or stood, in the essay."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, passage: Passage, *args, **options):
        super().__init__(passage.essay, *args, **options)
        self.passage = passage

    @property
    def about(self) -> Passage:
        """What the log speaks of."""
        return self.passage


class TextFields(Change):
    """The fields of a passage's text."""

    source = Source(label="Text", help_text="Markdown: emphasis, links, lists.")
    kind = forms.ChoiceField(choices=Passage.Kind)
    runs_on = forms.BooleanField(
        label="Runs on into the next passage",
        required=False,
        help_text="As “she says:” does. Nothing stands between the two.",
    )

    def clean(self):
        given = super().clean()
        if not self.errors:
            self.check_markdown([given["source"]], given["kind"])
        return given


class EditForm(TextFields, PassageChange):
    logged = "Edited."
    stays = True

    @classmethod
    def of(cls, passage: Passage) -> "EditForm":
        """The form as it opens, with what the passage says today."""
        names = ["source", "kind", "runs_on", "version"]
        return cls(passage, initial={name: getattr(passage, name) for name in names})

    def make(self, by):
        given = self.cleaned_data
        return revising.edit(
            self.passage,
            given["source"],
            kind=given["kind"],
            runs_on=given["runs_on"],
            expect=given["version"],
            by=by,
        )


class InsertForm(TextFields):
    """A new passage after the one with the key `after`, or before all if that is empty."""

    verb = "Put it in"
    logged = "Put in."

    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)

    def make(self, by):
        given, number = self.cleaned_data, 1
        if given["after"]:
            before = self.essay.passages.current().filter(key=given["after"]).first()
            if before is None:
                raise RevisingError("The passage that stood before it was cut meanwhile.")
            number = before.number + 1
        draft = Draft(given["source"], given["kind"], given["runs_on"])
        report = revising.insert(self.essay, draft, number, by=by)
        [self.about] = report.added or report.returned
        return report


class SplitForm(PassageChange):
    """The passage with an empty line where the next one begins."""

    verb = "Split it"
    logged = "Split."

    source = Source(label="Text")

    @property
    def mark(self) -> str:
        """What has to stand where the passage is split."""
        return "two empty lines" if self._has_empty_lines else "an empty line"

    @property
    def _has_empty_lines(self) -> bool:
        return EMPTY_LINE.search(self.passage.source.strip()) is not None

    def clean_source(self):
        source = self.cleaned_data["source"].strip()
        mark = EMPTY_LINES if self._has_empty_lines else EMPTY_LINE
        self.parts = [part.strip("\n") for part in mark.split(source) if part.strip()]
        if len(self.parts) < 2:
            raise forms.ValidationError(
                f"Put {self.mark} where the next passage begins, with some words on both sides."
            )
        return self.cleaned_data["source"]

    def clean(self):
        given = super().clean()
        if not self.errors:
            self.check_markdown(self.parts, self.passage.kind)
        return given

    def make(self, by):
        return revising.split(self.passage, self.parts, expect=self.cleaned_data["version"], by=by)


class RevertForm(PassageChange):
    """What the passage said in an old version, as a new one."""

    verb = "Bring this version back"
    stays = True
    turn_back = "Leave it as it is"

    def __init__(self, old: PassageRevision, *args, **options):
        super().__init__(old.passage, *args, **options)
        self.old = old

    @property
    def logged(self) -> str:
        return f"Brought version {self.old.version} back."

    def make(self, by):
        old = self.old
        return revising.edit(
            self.passage,
            old.source,
            kind=old.kind,
            runs_on=old.runs_on,
            expect=self.cleaned_data["version"],
            by=by,
        )

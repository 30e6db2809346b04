"""The forms of an import: the pasted text, the essay's fields and its works."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import slugify

from essays import markup
from essays.identifiers import RESERVED_KEYS, free_name
from essays.importing import UnreadableText
from essays.importing.decode import decode, readable
from essays.markup.limits import refuse_unshowable
from essays.models import Essay, Work, WorkKind

LONGEST_SLUG = 40
MOST_WORKS = 3
VEIL_TEXT = "From here on the essay gives away what happens."

is_language = RegexValidator(
    r"\A[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*\Z", "Give the language as “en”, “de” or “pt-BR”."
)


class PasteForm(forms.Form):
    """A text, pasted or uploaded. Cleaned, both are in `text`; `mode` is None to be guessed."""

    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        label="The text",
        help_text="Paste it here, title first, as plain text or Markdown.",
    )
    upload = forms.FileField(
        required=False,
        label="Or a file",
        allow_empty_file=True,
        help_text="Plain text or Markdown in UTF-8, 2 MB at most.",
    )
    mode = forms.ChoiceField(
        label="It is",
        required=False,
        choices=[
            ("", "whatever it looks like"),
            ("plain", "plain text: every character stays as it is"),
            ("markdown", "Markdown"),
        ],
    )
    parting = forms.ChoiceField(
        label="A new passage begins",
        required=False,
        choices=[
            ("", "where it looks like it"),
            ("blank", "after an empty line"),
            ("line", "on each new line"),
        ],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        # A NUL gets the same message as other characters that cannot be shown.
        self.fields["text"].validators = []

    def clean(self):
        given = super().clean()
        upload, text = given.get("upload"), given.get("text", "")
        try:
            if upload and text.strip():
                raise UnreadableText("Here are a text and a file. Take one of the two out.")
            given["text"] = readable(decode(upload.read()) if upload else text)
        except UnreadableText as error:
            self.add_error("upload" if upload else "text", str(error))
        is_markdown = upload and upload.name.endswith(".md")
        given["mode"] = given.get("mode") or ("markdown" if is_markdown else None)
        given["a_line_each"] = {"line": True, "blank": False}.get(given.get("parting"))
        return given


class EssayForm(forms.ModelForm):
    class Meta:
        model = Essay
        fields = [
            *("title", "slug", "dek", "authors", "language", "date", "licence", "smart"),
            *("veil_text", "colour"),
        ]
        labels = {"slug": "address", "veil_text": "the sentence on the veil"}
        help_texts = {
            "slug": "As in /her/. Left empty, it is made of the title.",
            "dek": "The line below the title.",
            "authors": "Left empty, none is named.",
            "language": "As in en, de or pt-BR.",
            "date": "When it first appeared, if known: 2014-02-28.",
        }
        widgets = {"colour": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["slug"].required = False
        self.fields["language"].validators.append(is_language)
        self.fields["title"].error_messages["required"] = "An essay needs a title. Give it one."
        self.fields["slug"].error_messages["unique"] = (
            "There is an essay at this address already. Choose another."
        )
        self.fields["veil_text"].widget.attrs["placeholder"] = VEIL_TEXT

    def clean(self):
        given = super().clean()
        for name, value in list(given.items()):
            if isinstance(value, str):
                try:
                    refuse_unshowable(value)
                except markup.MarkupError as error:
                    self.add_error(name, str(error))
        if not given.get("slug") and "slug" not in self.errors:
            given["slug"] = self.instance.slug = free_slug(given.get("title", ""))
        return given


def free_slug(title: str) -> str:
    """A slug made from a title, which no essay and no page of the site has."""
    stem = slugify(title)
    if len(stem) > LONGEST_SLUG:
        stem = stem[: LONGEST_SLUG + 1].rpartition("-")[0] or stem[:LONGEST_SLUG]
    return free_name(
        stem or "essay", lambda slug: slug in RESERVED_KEYS or Essay.objects.at(slug).exists()
    )


class WorkForm(forms.Form):
    """A work by its name; the other fields are for a new work."""

    name = forms.CharField(max_length=200, required=False, label="Title")
    kind = forms.ChoiceField(choices=WorkKind, required=False)
    creator = forms.CharField(max_length=200, required=False, label="By")
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["name"].widget.attrs["list"] = "works"

    def clean(self):
        given = super().clean()
        for name in ("name", "creator"):
            try:
                refuse_unshowable(given.get(name, ""))
            except markup.MarkupError as error:
                self.add_error(name, str(error))
        self.work = None if self.errors or not given["name"] else self._work()
        return given

    def _work(self) -> Work | None:
        """The work of this name, or a new one that is not saved; None if several have the name."""
        given = self.cleaned_data
        dated = re.fullmatch(r"(.+?)\s*\((\d{4})\)", given["name"])
        title, year = (dated[1], int(dated[2])) if dated else (given["name"], given["year"])
        found = Work.objects.filter(title__iexact=title)
        if year:
            found = found.filter(year=year)
        if len(found) > 1:
            self.add_error("name", "Several works have this name. Add the year, as in Her (2013).")
            return None
        kind = given["kind"] or WorkKind.FILM
        return found.first() or Work(title=title, year=year, kind=kind, creator=given["creator"])


class WorkForms(forms.BaseFormSet):
    """The works that the essay is about, in order."""

    def clean(self):
        if any(self.errors):
            return
        names = [str(work).casefold() for work in self.works.values()]
        if len(set(names)) < len(names):
            raise forms.ValidationError("A work is there twice. Take one of the two out.")

    @property
    def works(self) -> dict[int, Work]:
        """By row, from 0, without the empty rows."""
        return {n: form.work for n, form in enumerate(self.forms) if getattr(form, "work", None)}


WorkFormSet = forms.formset_factory(
    WorkForm, formset=WorkForms, extra=MOST_WORKS, max_num=MOST_WORKS, absolute_max=MOST_WORKS
)

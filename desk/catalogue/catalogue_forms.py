"""The forms of works, themes and quotations."""

from django import forms

from annotations.catalogue import slugs
from annotations.models import Quotation, Theme
from annotations.text.closest_phrase import nearest_words, spelling_hint
from desk.lookup import LookupField
from essays.markup import MarkupError
from essays.markup.limits import refuse_unshowable
from essays.models import Work

SLUG_HELP = "The end of its address. Empty: made of the name. An old address leads here for good."


class CatalogueForm(forms.ModelForm):
    """Checks that pages can show the text and that the slug is free.

    An empty slug is made from the field `slug_source`.
    """

    slug_source = ""

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                cleaned[name] = value.replace("\r\n", "\n")
                try:
                    refuse_unshowable(cleaned[name])
                except MarkupError as error:
                    self.add_error(name, str(error))
        return cleaned

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if not slug:
            name = self.cleaned_data.get(self.slug_source, "")
            return slugs.slug_from(type(self.instance), name, self.instance)
        if slug != self.initial.get("slug"):
            slugs.check_slug(self.instance, slug)
        return slug


class WorkForm(CatalogueForm):
    slug_source = "title"
    slug = forms.CharField(label="Address", required=False, max_length=60, help_text=SLUG_HELP)

    class Meta:
        model = Work
        fields = ["title", "kind", "creator", "credit", "year", "slug"]


class ThemeForm(CatalogueForm):
    slug_source = "name"
    slug = forms.CharField(label="Address", required=False, max_length=60, help_text=SLUG_HELP)

    class Meta:
        model = Theme
        fields = ["name", "definition", "slug"]


class QuotationForm(CatalogueForm):
    text = forms.CharField(
        label="Words",
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="As the passage says them, where one prints them; empty: all that it says.",
    )
    work = LookupField("work", help_text="What it is from: type part of its title.")
    passage = LookupField(
        "passage",
        required=False,
        label="Printed by",
        help_text="The passage that prints it, if one does; its caption comes from here. Type "
        "some of its words, its number or its essay's title.",
    )

    class Meta:
        model = Quotation
        fields = ["text", "work", "speaker", "place", "passage"]

    def clean(self):
        cleaned = super().clean()
        passage, text = cleaned.get("passage"), cleaned.get("text", "")
        if not passage:
            if not text and "passage" not in self.errors and "text" not in self.errors:
                self.add_error("text", "Write the words, or name the passage that prints them.")
        elif {"passage", "text"} & set(self.changed_data) or not self.instance.pk:
            self._check_passage(passage, text)
        return cleaned

    def _check_passage(self, passage, text: str) -> None:
        if passage.number is None:
            self.add_error("passage", "This passage was cut. Name one that is in the essay.")
        elif not text:
            self.cleaned_data["text"] = passage.text
        elif text not in passage.text:
            self.add_error("text", _not_in_passage(passage, text))

    def save(self, commit=True):
        quotation = self.instance
        if not quotation.slug:
            source = quotation.speaker or quotation.work.title
            opening = " ".join(quotation.text.split()[:4])
            quotation.slug = slugs.slug_from(Quotation, f"{source} {opening}")
        return super().save(commit)


def _not_in_passage(passage, text: str) -> str:
    message = f"Passage {passage.number} does not say this."
    if hint := spelling_hint(passage.text, text):
        return f"{message} {hint}"
    if near := nearest_words(passage.text, text):
        return f"{message} The nearest that it says: “{near}”."
    return f"{message} Copy its words."

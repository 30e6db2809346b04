"""What editors type of works, themes and quotations."""

from django import forms

from annotations.catalogue import slugs
from annotations.models import Quotation, Theme
from annotations.text.closest_phrase import nearest_words
from annotations.text.phrases import nearest as differently_written
from desk.lookup import ThingField
from essays.markup import MarkupError
from essays.markup.limits import refuse_unshowable
from essays.models import Work

ADDRESS = "The end of its address. Empty: made of the name. An old address leads here for good."


class ThingForm(forms.ModelForm):
    """Words that pages can show, and an address that is free; `named` is what makes one."""

    named = ""

    def clean(self):
        given = super().clean()
        for name, value in list(given.items()):
            if isinstance(value, str):
                given[name] = value.replace("\r\n", "\n")
                try:
                    refuse_unshowable(given[name])
                except MarkupError as error:
                    self.add_error(name, str(error))
        return given

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if not slug:
            said = self.cleaned_data.get(self.named, "")
            return slugs.slug_from(type(self.instance), said, self.instance)
        if slug != self.initial.get("slug"):
            slugs.check_slug(self.instance, slug)
        return slug


class WorkForm(ThingForm):
    named = "title"
    slug = forms.CharField(label="Address", required=False, max_length=60, help_text=ADDRESS)

    class Meta:
        model = Work
        fields = ["title", "kind", "creator", "credit", "year", "slug"]


class ThemeForm(ThingForm):
    named = "name"
    slug = forms.CharField(label="Address", required=False, max_length=60, help_text=ADDRESS)

    class Meta:
        model = Theme
        fields = ["name", "definition", "slug"]


class QuotationForm(ThingForm):
    text = forms.CharField(
        label="Words",
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="As the passage says them, where one prints them; empty: all that it says.",
    )
    work = ThingField("work", help_text="What it is from: type part of its title.")
    passage = ThingField(
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
        given = super().clean()
        passage, text = given.get("passage"), given.get("text", "")
        if not passage:
            if not text and "passage" not in self.errors and "text" not in self.errors:
                self.add_error("text", "Write the words, or name the passage that prints them.")
        elif {"passage", "text"} & set(self.changed_data) or not self.instance.pk:
            self._check_passage(passage, text)
        return given

    def _check_passage(self, passage, text: str) -> None:
        if passage.number is None:
            self.add_error("passage", "This passage was cut. Name one that is in the essay.")
        elif not text:
            self.cleaned_data["text"] = passage.text
        elif text not in passage.text:
            self.add_error("text", differing(passage, text))

    def save(self, commit=True):
        quotation = self.instance
        if not quotation.slug:
            said = quotation.speaker or quotation.work.title
            opening = " ".join(quotation.text.split()[:4])
            quotation.slug = slugs.slug_from(Quotation, f"{said} {opening}")
        return super().save(commit)


def differing(passage, text: str) -> str:
    """What to say of words that a passage does not have."""
    said = f"Passage {passage.number} does not say this."
    if written := differently_written(passage.text, text):
        return f"{said} {written}"
    near = nearest_words(passage.text, text)
    return f"{said} The nearest that it says: “{near}”." if near else f"{said} Copy its words."

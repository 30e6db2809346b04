"""The forms of an essay and of its corrections."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from annotations import revising
from desk.essays.colour_field import ColourField
from desk.markdown_field import GlossMarkdownField
from essays import markup
from essays.models import Correction, Essay, Passage

OPENING_LENGTH = 60
VEIL_FIELDS = ("veil_after", "veil_work", "veil_text")


class PassageChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, passage: Passage) -> str:
        opening = passage.text[:OPENING_LENGTH] + (
            "…" if len(passage.text) > OPENING_LENGTH else ""
        )
        return f"{passage.number}. {opening or passage.key}"


class EssayForm(forms.ModelForm):
    colour = ColourField()
    veil_after = PassageChoiceField(
        Passage.objects.none(),
        required=False,
        label="After passage",
        empty_label="No veil",
        help_text="What stands after it is hidden until a reader says that they want to read on.",
    )

    class Meta:
        model = Essay
        fields = [
            *("title", "dek", "authors", "language", "date", "licence", "canonical_url"),
            *("colour", "smart", *VEIL_FIELDS, "slug"),
        ]
        labels = {"veil_work": "For who has not seen", "veil_text": "Words on it"}
        help_texts = {
            "slug": "The essay stands under this word. After a change the old address leads here.",
            "veil_text": "As in: From here on this is about the end of the film.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "veil_after" in self.fields and self.instance.pk:
            self.fields["veil_after"].queryset = self.instance.passages.current()

    def clean(self):
        values = super().clean()
        if values.get("veil_after") and not values.get("veil_work"):
            self.add_error("veil_work", "Say which film, book or series the veil is for.")
        if values.get("veil_work") and not values.get("veil_after") and not self.errors:
            self.add_error("veil_after", "Say after which passage the veil stands.")
        if "smart" in self.changed_data:
            self._check_smart(values.get("smart", False))
        return values

    def _check_smart(self, smart: bool) -> None:
        """Refuse a change of typography by which glosses or notes would lose their words."""
        trial = Essay.objects.get(pk=self.instance.pk)
        trial.smart = smart
        try:
            report = revising.preview(trial, revising.drafts_of(trial), rerender=True)
        except (markup.MarkupError, revising.RevisingError) as error:
            self.add_error("smart", str(error))
            return
        if report.lost:
            message = (
                "Words that something hangs on would be lost by it. "
                'Set it <a href="{}">with the passages</a>: there you see what it does to each.'
            )
            place = reverse("admin:essays_essay_passages", args=[self.instance.pk])
            self.add_error("smart", format_html(message, place))


class CorrectionForm(forms.ModelForm):
    class Meta:
        model = Correction
        fields = ["date", "source"]
        field_classes = {"source": GlossMarkdownField}
        widgets = {"source": forms.Textarea(attrs={"rows": 3})}

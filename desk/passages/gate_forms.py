"""The decisions at the gate: one for each gloss and public note whose words a change affects."""

from django import forms
from django.utils.html import format_html

from annotations.revising import AnchorImpact, ChangeImpact, Decision, Effect
from annotations.text.phrases import Occurrences
from desk.glosses.words_form import WordsInContext
from essays.identifiers import MAX_INTEGER

ACCEPT, WORDS, LOST = "accept", "words", "lost"


def _label(place: WordsInContext) -> str:
    return format_html(
        'These, in passage {}: <span class="reading-text">{}<mark>{}</mark>{}</span>',
        *(place.passage.number, place.before, place.words, place.after),
    )


class AnchorDecisionForm(forms.Form):
    """For a public note: where it stands after the change, another candidate, or nowhere."""

    choice = forms.ChoiceField(widget=forms.RadioSelect, required=False)

    def __init__(self, item: AnchorImpact, impact: ChangeImpact, data=None):
        super().__init__(data, prefix=item.name, label_suffix="")
        self.item, self.passages = item, impact.passages
        self.places = [
            WordsInContext(passage.text, one["start"], one["end"], passage)
            for one in item.anchor.candidates
            if (passage := self.passages[one["passage"]]).number
        ]
        self.fields["choice"].choices = self.choices()
        self.fields["choice"].initial = LOST if item.effect == Effect.LOST else ACCEPT

    @property
    def candidate_choices(self) -> list[tuple[str, str]]:
        return [(f"place-{n}", _label(place)) for n, place in enumerate(self.places)]

    def choices(self) -> list[tuple[str, str]]:
        if self.item.effect == Effect.LOST:
            return [
                *self.candidate_choices,
                (LOST, "None of these: it waits among the notes without words"),
            ]
        return [
            (ACCEPT, "Yes, these are its words today"),
            (LOST, "No: it waits among the notes without words"),
        ]

    @property
    def chosen(self) -> str:
        return self.cleaned_data.get("choice") or self.fields["choice"].initial

    @property
    def decision(self) -> Decision | None:
        """What to apply; None if the change itself has left the anchor where it should be."""
        anchor = self.item.anchor
        if self.chosen == LOST:
            return None if self.item.effect == Effect.LOST else Decision(anchor, None)
        if self.chosen == ACCEPT:
            return self.accepted()
        place = self.places[int(self.chosen.removeprefix("place-"))]
        return Decision(anchor, place.passage, place.start, place.end)

    def accepted(self) -> Decision | None:
        return None


class GlossDecisionForm(AnchorDecisionForm):
    """For a gloss: also any other words, which the editor types."""

    number = forms.IntegerField(label="Passage", required=False, min_value=1, max_value=MAX_INTEGER)
    words = forms.CharField(
        required=False,
        strip=False,
        max_length=2000,
        help_text="As the passage has them. Leave it empty for the whole passage.",
    )

    def __init__(self, item: AnchorImpact, impact: ChangeImpact, data=None):
        super().__init__(item, impact, data)
        passage = self.passages[item.anchor.passage_id]
        self.fields["number"].initial = passage.number or 1

    def choices(self):
        first = self.candidate_choices
        if self.item.effect != Effect.LOST:
            first = [(ACCEPT, "Yes, it is about these words now")]
        return [*first, (WORDS, "Other words"), (LOST, "None: it waits for words in its list")]

    def clean(self):
        values = super().clean()
        if not self.errors and self.chosen == WORDS:
            self._find_typed_words(values.get("number"), values.get("words", "").strip())
        return values

    def _find_typed_words(self, number: int | None, words: str) -> None:
        by_number = {passage.number: passage for passage in self.passages.values()}
        passage = number and by_number.get(number)
        if not passage:
            self.add_error("number", "Give the number that a passage has after the change.")
            return
        matches = Occurrences(passage.text, words)
        if words and not matches.count:
            self.add_error("words", f"These words are not in passage {number}. {matches.remedy}")
        elif matches.count > 1:
            message = f"Passage {number} says this {matches.count} times. Add more words."
            self.add_error("words", message)
        else:
            self.typed = Decision(self.item.anchor, passage, *(matches.span() or (0, 0)))

    @property
    def decision(self):
        return self.typed if self.chosen == WORDS else super().decision

    def accepted(self):
        anchor = self.item.anchor
        return Decision(anchor, anchor.passage, anchor.start, anchor.end)


def decision_form(item: AnchorImpact, impact: ChangeImpact, data=None) -> AnchorDecisionForm:
    form_class = GlossDecisionForm if item.kind == "gloss" else AnchorDecisionForm
    return form_class(item, impact, data)

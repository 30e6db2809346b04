"""Changes of the order of passages, and of the typography of a whole essay."""

import hashlib

from django import forms

from annotations import revising
from annotations.revising import RevisingError
from desk.conflicts import conflicts_with, texts_of
from desk.passages.passage_forms import ChangeForm, OnePassageForm, PassageChangeForm
from essays.identifiers import MAX_INTEGER
from essays.models import Essay, Passage

ORDER_CHANGED = (
    "The order of the passages was changed meanwhile, so nothing was moved. This is today’s: "
    "move it again."
)

TYPOGRAPHY_CHANGED = "Somebody else set the quotes and hyphens meanwhile. This is how they are now."


class StaleOrder(RevisingError):
    """Somebody else changed the order, or the typography, since the editor saw it."""


def order_digest(essay: Essay) -> str:
    """A digest of the order of an essay's passages."""
    keys = essay.passages.current().values_list("key", flat=True)
    return hashlib.sha256(" ".join(keys).encode()).hexdigest()[:16]


def check_order(change: ChangeForm) -> None:
    """Raise StaleOrder if the order is not the one that the editor saw."""
    if change.cleaned_data["order"] != order_digest(change.essay):
        raise StaleOrder(ORDER_CHANGED)


class PassageMergeForm(OnePassageForm):
    """Merge a passage with the one after it.

    `pair` has the id of the second passage, the version of the first and that of the second, as
    the editor saw them, with colons between.
    """

    submit_label = "Merge them"
    cancel_label = "Leave it as it is"
    log_message = "Merged with the passage after it."

    pair = forms.RegexField(r"\A\d{1,9}:\d{1,9}:\d{1,9}\Z")

    def make(self, by):
        pk, first, second = map(int, self.cleaned_data["pair"].split(":"))
        after = self.essay.passages.current().filter(pk=pk).first()
        number = self.passage.number
        if after is None or number is None or after.number != number + 1:
            raise StaleOrder(ORDER_CHANGED.replace("moved", "merged").replace("move", "merge"))
        expect = {self.passage.key: first, after.key: second}
        return revising.merge(self.passage, after, expect=expect, by=by)


class RetireForm(PassageChangeForm):
    submit_label = "Cut it"
    cancel_label = "Leave it as it is"
    log_message = "Cut from the essay."

    def make(self, by):
        return revising.retire(self.passage, expect=self.cleaned_data["version"], by=by)


class BringBackForm(PassageChangeForm):
    submit_label = "Bring it back"
    cancel_label = "Leave it as it is"
    log_message = "Brought back."

    number = forms.IntegerField(min_value=1, max_value=MAX_INTEGER)

    def make(self, by):
        values = self.cleaned_data
        return revising.bring_back(self.passage, values["number"], expect=values["version"], by=by)


class MoveForm(OnePassageForm):
    """The passage's new number; `order` is the digest of the order that the editor saw."""

    submit_label = "Move it"
    cancel_label = "Leave it as it is"

    number = forms.IntegerField(min_value=1, max_value=MAX_INTEGER)
    order = forms.CharField(max_length=16)

    @property
    def log_message(self) -> str:
        return f"Moved from {self.passage.number} to {self.cleaned_data['number']}."

    def make(self, by):
        check_order(self)
        return revising.move(self.passage, self.cleaned_data["number"], by=by)


class ArrangeForm(ChangeForm):
    """A number for each passage (`number-<id>`); those that stay make room for those that move."""

    submit_label = "Set the order"
    cancel_label = "Leave it as it is"
    log_message = "Set the order of the passages."

    order = forms.CharField(max_length=16)

    def __init__(self, essay: Essay, *args, **options):
        super().__init__(essay, *args, **options)
        self.subject = essay
        self.passages = list(essay.passages.current())
        for passage in self.passages:
            self.fields[f"number-{passage.pk}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=MAX_INTEGER,
                error_messages={"invalid": f"Give passage {passage.number} a whole number."},
            )

    def make(self, by):
        check_order(self)
        return revising.arrange(self.essay, self._keys(), by=by)

    def _keys(self) -> list[str]:
        def place(passage: Passage) -> tuple[int, int]:
            number = self.cleaned_data[f"number-{passage.pk}"] or passage.number
            return number, (number > passage.number) - (number < passage.number)

        return [passage.key for passage in sorted(self.passages, key=place)]


class TypographyForm(ChangeForm):
    """Whether plain quotes and hyphens of the essay become “ ” and – or stay as typed."""

    cancel_label = "Leave it as it is"
    rehearsed = False

    smart = forms.BooleanField(required=False)
    seen = forms.CharField(required=False)

    @property
    def subject(self) -> Essay:
        return self.essay

    @property
    def log_message(self) -> str:
        return f"Smart typography is {'on' if self.cleaned_data['smart'] else 'off'} now."

    def make(self, by):
        self.essay.refresh_from_db(fields=["smart"])
        if conflicts_with(self.cleaned_data["seen"], texts_of(self.essay, ["smart"])):
            raise StaleOrder(TYPOGRAPHY_CHANGED)
        self.essay.smart = self.cleaned_data["smart"]
        self.essay.save(update_fields=["smart"])
        drafts = revising.drafts_of(self.essay)
        return revising.revise(self.essay, drafts, by=by, rerender=True)

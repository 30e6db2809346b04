"""Changes of an essay's text as a whole: which passages stand in it, where, and how set."""

import hashlib

from django import forms

from annotations import revising
from annotations.revising import RevisingError
from desk.passages.passage_forms import MOST, Change, PassageChange
from essays.models import Essay, Passage

REORDERED = (
    "The order of the passages was changed meanwhile, so nothing was moved. This is today’s: "
    "move it again."
)


def order_of(essay: Essay) -> str:
    """A name for the order in which an essay's passages stand today."""
    keys = essay.passages.current().values_list("key", flat=True)
    return hashlib.sha256(" ".join(keys).encode()).hexdigest()[:16]


def check_order(change: Change) -> None:
    """Raise RevisingError where the passages stand in another order than was shown."""
    if change.cleaned_data["order"] != order_of(change.essay):
        raise RevisingError(REORDERED)


class MergeForm(Change):
    """A passage and the one after it; `pair` is “second's id:version:version of the second”."""

    verb = "Merge them"
    turn_back = "Leave it as it is"
    logged = "Merged with the passage after it."

    pair = forms.RegexField(r"\A\d{1,9}:\d{1,9}:\d{1,9}\Z")

    def __init__(self, passage: Passage, *args, **options):
        super().__init__(passage.essay, *args, **options)
        self.passage = self.about = passage

    def make(self, by):
        pk, first, second = map(int, self.cleaned_data["pair"].split(":"))
        after = self.essay.passages.current().filter(pk=pk).first()
        number = self.passage.number
        if after is None or number is None or after.number != number + 1:
            raise RevisingError(REORDERED.replace("moved", "merged").replace("move", "merge"))
        expect = {self.passage.key: first, after.key: second}
        return revising.merge(self.passage, after, expect=expect, by=by)


class RetireForm(PassageChange):
    verb = "Cut it"
    turn_back = "Leave it as it is"
    logged = "Cut from the essay."

    def make(self, by):
        return revising.retire(self.passage, expect=self.cleaned_data["version"], by=by)


class BringBackForm(PassageChange):
    verb = "Bring it back"
    turn_back = "Leave it as it is"
    logged = "Brought back."

    number = forms.IntegerField(min_value=1, max_value=MOST)

    def make(self, by):
        given = self.cleaned_data
        return revising.bring_back(self.passage, given["number"], expect=given["version"], by=by)


class MoveForm(Change):
    """The number that the passage shall bear, of the passages in the order that was shown."""

    verb = "Move it"
    turn_back = "Leave it as it is"

    number = forms.IntegerField(min_value=1, max_value=MOST)
    order = forms.CharField(max_length=16)

    def __init__(self, passage: Passage, *args, **options):
        super().__init__(passage.essay, *args, **options)
        self.passage = self.about = passage

    @property
    def logged(self) -> str:
        return f"Moved from {self.passage.number} to {self.cleaned_data['number']}."

    def make(self, by):
        check_order(self)
        return revising.move(self.passage, self.cleaned_data["number"], by=by)


class ArrangeForm(Change):
    """A number for each passage: `number-<id>`; those that stay make room for those that move."""

    verb = "Set the order"
    verb = "Set the order"
    turn_back = "Leave it as it is"
    logged = "Set the order of the passages."

    order = forms.CharField(max_length=16)

    def __init__(self, essay: Essay, *args, **options):
        super().__init__(essay, *args, **options)
        self.about = essay
        self.passages = list(essay.passages.current())
        for passage in self.passages:
            self.fields[f"number-{passage.pk}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=MOST,
                error_messages={"invalid": f"Give passage {passage.number} a whole number."},
            )

    def make(self, by):
        check_order(self)
        return revising.arrange(self.essay, self._keys(), by=by)

    def _keys(self) -> list[str]:
        def place(passage: Passage) -> tuple[int, int]:
            wanted = self.cleaned_data[f"number-{passage.pk}"] or passage.number
            return wanted, (wanted > passage.number) - (wanted < passage.number)

        return [passage.key for passage in sorted(self.passages, key=place)]


class TypographyForm(Change):
    """Plain quotes and hyphens of the whole essay turned into “ ” and –, or left as typed."""

    turn_back = "Leave it as it is"

    smart = forms.BooleanField(required=False)

    @property
    def about(self) -> Essay:
        return self.essay

    @property
    def logged(self) -> str:
        return f"Smart typography is {'on' if self.cleaned_data['smart'] else 'off'} now."

    def make(self, by):
        self.essay.smart = self.cleaned_data["smart"]
        self.essay.save(update_fields=["smart"])
        drafts = revising.drafts_of(self.essay)
        return revising.revise(self.essay, drafts, by=by, rerender=True)

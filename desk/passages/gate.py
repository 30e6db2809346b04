"""The gate: a change of text is shown with all that it does to what hangs there, then saved."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from annotations import revising
from annotations.models import Note, Quotation
from annotations.moderation import moderate
from annotations.revising import ATTENTION, Effect, Item, RevisingError, StaleEdit
from desk.next_url import next_url
from desk.passages.gate_forms import DecisionForm, decision_form
from desk.passages.impact_messages import private_words, saved_words, summary_of
from desk.passages.passage_forms import Change
from essays.markup import MarkupError
from essays.models import Passage
from essays.word_diff import Piece, compare

# A form sends a few fields for each, and a site takes a thousand.
MOST_DECIDED = 200
MOST_LISTED = 200
EXCERPT = 220


@dataclass(frozen=True)
class Shown:
    """An item as the gate shows it; `before` is its passage as it was."""

    item: Item
    before: Passage
    form: DecisionForm | None
    name: str = ""

    @property
    def may_read(self) -> bool:
        return self.item.kind == "gloss" or bool(self.name)

    @cached_property
    def pieces(self) -> list[Piece]:
        fate = self.item.fate
        return compare(fate.old_words, fate.new_words)

    @property
    def now(self) -> Passage:
        return self.item.fate.new_passage

    @property
    def question(self) -> str:
        is_lost = self.item.effect == Effect.LOST
        return "What is it about from now on?" if is_lost else "Is that right?"

    @property
    def excerpt(self) -> str:
        anchor = self.item.anchor
        words = anchor.source if self.item.kind == "gloss" else anchor.body
        return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]}…"


class Gate:
    """One change, carried out, or taken back if an editor has not seen yet what it does."""

    def __init__(self, change: Change, request):
        self.change, self.request = change, request
        self.asked = request.POST.get("shown", "")
        self.forms: dict[str, DecisionForm] = {}

    def open(self) -> bool:
        """Whether the change is made for good; then every decision is carried out, too.

        Raises what `revising` raises.
        """
        with transaction.atomic():
            essay = revising.lock(self.change.essay)
            self.before = essay.passages.in_bulk()
            report = self.change.make(self.request.user)
            self.account = revising.account_of(essay, report)
            if self.account.is_calm:
                return True
            for item in self.account.touched[:MOST_DECIDED]:
                data = self.request.POST if self.holds else None
                self.forms[item.name] = decision_form(item, self.account, data)
            if not self.holds or self.has_errors:
                self._read_notes()
                transaction.set_rollback(True)
                return False
            decisions = [form.decision for form in self.forms.values()]
            revising.settle(essay, [one for one in decisions if one])
            return True

    @property
    def holds(self) -> bool:
        """Whether what the editor was shown is what the change does."""
        return self.asked == self.account.digest

    @property
    def is_outdated(self) -> bool:
        return bool(self.asked) and not self.holds

    @cached_property
    def has_errors(self) -> bool:
        invalid = [form for form in self.forms.values() if not form.is_valid()]
        return self.holds and bool(invalid)

    def _read_notes(self) -> None:
        """Of which notes the editor may see the words: those that anyone sees, or moderators."""
        seen = [*self.account.touched[:MOST_DECIDED], *self._undisturbed[:MOST_LISTED]]
        ids = [item.anchor.pk for item in seen if item.kind == "note"]
        notes = moderate.public_notes() if self._moderates else Note.objects.public()
        shown = notes.filter(pk__in=ids).select_related("reader__user")
        self.names = {note.pk: note.reader.name for note in shown}

    @property
    def _moderates(self) -> bool:
        return self.request.user.has_perm("annotations.change_note")

    def _shown(self, items: list[Item]) -> list[Shown]:
        return [
            Shown(
                item,
                self.before[item.fate.old_passage.pk],
                self.forms.get(item.name),
                self.names.get(item.anchor.pk, "") if item.kind == "note" else "",
            )
            for item in items
        ]

    @cached_property
    def groups(self) -> list[tuple[str, list[Shown], int]]:
        """What needs a decision, by what became of it, and how many more there are of each."""
        groups = []
        for effect in ATTENTION:
            items = self.account.having(effect)
            decided = [item for item in items if item.name in self.forms]
            if items:
                groups.append((effect.value, self._shown(decided), len(items) - len(decided)))
        return groups

    @cached_property
    def _undisturbed(self) -> list[Item]:
        return self.account.having(Effect.BACK, Effect.KEPT)

    @cached_property
    def kept(self) -> list[Shown]:
        return self._shown(self._undisturbed[:MOST_LISTED])

    @property
    def kept_words(self) -> str:
        return f"{revising.counted(self._undisturbed)}: as before"

    @property
    def more_kept(self) -> int:
        return len(self._undisturbed) - len(self.kept)

    @property
    def unprinted(self) -> list[str]:
        """The words of quotations, and of gloss's links, that no passage says any more."""
        things = self.account.report.unprinted
        return [one.text if isinstance(one, Quotation) else one.phrase for one in things]

    @property
    def private(self) -> str:
        return private_words(self.account)

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary_of(self.account)

    @cached_property
    def texts(self) -> list[tuple[str, list[Piece]]]:
        """What the text said and says, a passage at a time, or where it is cut anew all in one."""
        report = self.account.report
        if not (report.added or report.retired or report.returned):
            return [
                (f"Passage {one.number}", compare(self.before[one.pk].text, one.text))
                for one in report.changed
            ]
        old = [self.before[one.pk] for one in (*report.changed, *report.retired)]
        new = [*report.changed, *report.added, *report.returned]
        return [(_numbers(new or old), compare(_joined(old), _joined(new)))]


def _joined(passages) -> str:
    standing = sorted(passages, key=lambda one: one.number or 0)
    return "\n\n".join(passage.text for passage in standing)


def _numbers(passages) -> str:
    numbers = sorted(passage.number for passage in passages)
    return f"Passage{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}"


def carry_out(admin, request, change: Change, again):
    """Make a change that an editor asked for, unless the gate has something to show first.

    `again(change, status)` answers with its own page and what was typed still in it.
    """
    if "again" in request.POST:
        return again(change, 200)
    if not change.is_valid():
        return again(change, 422)
    gate = Gate(change, request)
    try:
        is_saved = gate.open()
    except StaleEdit as error:
        change.overtaken_by = error.passage
        change.add_error(None, error.message)
        return again(change, 409)
    except (RevisingError, MarkupError) as error:
        change.add_error(None, str(error))
        return again(change, 422)
    if not is_saved:
        return _show(admin, request, gate)
    admin.log_change(request, change.about, change.logged)
    said = saved_words(gate.account)
    if request.headers.get("HX-Request-Type") == "partial":
        fragment = {"essay": change.essay, "said": said}
        return render(request, "admin/essays/essay/_passages.html", fragment)
    messages.success(request, said)
    return redirect(next_url(request) or change.leads_to)


def _show(admin, request, gate: Gate):
    context = {"gate": gate, "change": gate.change, "essay": gate.change.essay}
    status = 422 if gate.has_errors else 409 if gate.is_outdated else 200
    template, title = "admin/gate/gate.html", "Before it is saved"
    return admin.render_page(request, template, title, context, status=status)

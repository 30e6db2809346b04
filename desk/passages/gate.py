"""The gate: before a change of text is saved, an editor sees what it does to glosses and notes.

The preview beside a form (`desk/passages/preview.py`) renders one passage of what is typed so far,
for that passage's own glosses. The gate runs the whole change in a transaction and rolls it back:
only that shows what becomes of every gloss and note of the essay, candidates included.
"""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from annotations import revising
from annotations.models import Note, Quotation
from annotations.moderation import moderate
from annotations.revising import NEEDS_ATTENTION, AnchorImpact, Effect, RevisingError, StaleEdit
from desk.excerpt import excerpt
from desk.next_url import next_url
from desk.passages.gate_forms import AnchorDecisionForm, decision_form
from desk.passages.impact_messages import private_summary, saved_message, summary_of
from desk.passages.order_forms import StaleOrder
from desk.passages.passage_forms import ChangeForm
from essays.markup import MarkupError
from essays.models import Passage
from essays.transactions import writing
from essays.word_diff import Piece, compare
from readers.typed_words import is_only_shown

# Each decision takes up to three fields, and Django accepts a thousand in a form.
MAX_DECISIONS = 200
MAX_UNCHANGED_LISTED = 200
EXCERPT_LENGTH = 220


@dataclass(frozen=True)
class GateItem:
    """A gloss or note on the gate's page.

    `before` is its passage before the change; `author` is empty for a note that the editor may
    not read.
    """

    item: AnchorImpact
    before: Passage
    form: AnchorDecisionForm | None
    author: str = ""

    @property
    def may_read(self) -> bool:
        return self.item.kind == "gloss" or bool(self.author)

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
        text = anchor.source if self.item.kind == "gloss" else anchor.body
        return excerpt(text, EXCERPT_LENGTH)


class Gate:
    """One change: saved, or rolled back if the editor has not yet seen what it does."""

    def __init__(self, change: ChangeForm, request):
        self.change, self.request = change, request
        self.seen_digest = request.POST.get("digest", "")
        self.forms: dict[str, AnchorDecisionForm] = {}
        self.has_errors = False

    def save(self) -> bool:
        """Save the change and the editor's decisions; False if the gate must be shown first."""
        if not self.change.rehearsed:
            return self._save()
        return revising.ahead_of(lambda: self.change.make(self.request.user), self._save)

    @writing
    def _save(self) -> bool:
        essay = revising.lock(self.change.essay)
        self.before = essay.passages.in_bulk()
        report = self.change.make(self.request.user)
        self.impact = revising.impact_of(essay, report)
        self.forms = {}
        if self.impact.disturbs_nothing and not is_only_shown(self.request):
            return True
        for item in self.impact.disturbed[:MAX_DECISIONS]:
            data = self.request.POST if self.was_seen else None
            self.forms[item.name] = decision_form(item, self.impact, data)
        invalid = [form for form in self.forms.values() if not form.is_valid()]
        self.has_errors = self.was_seen and bool(invalid)
        if not self.was_seen or self.has_errors or is_only_shown(self.request):
            self._load_authors()
            transaction.set_rollback(True)
            return False
        decisions = [form.decision for form in self.forms.values()]
        revising.apply_decisions(essay, [one for one in decisions if one])
        return True

    @property
    def was_seen(self) -> bool:
        """Whether the change does exactly what the editor saw on the gate's page."""
        return self.seen_digest == self.impact.digest

    @property
    def is_outdated(self) -> bool:
        return bool(self.seen_digest) and not self.was_seen

    def _load_authors(self) -> None:
        """Load the authors of the listed notes that this editor may read."""
        listed = [*self.impact.disturbed[:MAX_DECISIONS], *self._listed_unchanged]
        ids = [item.anchor.pk for item in listed if item.kind == "note"]
        is_moderator = self.request.user.has_perm("annotations.change_note")
        notes = moderate.public_notes() if is_moderator else Note.objects.public()
        readable = notes.filter(pk__in=ids).select_related("reader__user")
        self.authors = {note.pk: note.reader.name for note in readable}

    def _gate_items(self, items: list[AnchorImpact]) -> list[GateItem]:
        return [
            GateItem(
                item,
                self.before[item.fate.old_passage.pk],
                self.forms.get(item.name),
                self.authors.get(item.anchor.pk, "") if item.kind == "note" else "",
            )
            for item in items
        ]

    @cached_property
    def groups(self) -> list[tuple[str, list[GateItem], int]]:
        """For each effect that needs decisions: its name, its items, how many are not listed."""
        groups = []
        for effect in NEEDS_ATTENTION:
            items = self.impact.having(effect)
            listed = [item for item in items if item.name in self.forms]
            if items:
                groups.append((effect.value, self._gate_items(listed), len(items) - len(listed)))
        return groups

    @cached_property
    def _unchanged(self) -> list[AnchorImpact]:
        return self.impact.having(Effect.BACK, Effect.KEPT)

    @property
    def _listed_unchanged(self) -> list[AnchorImpact]:
        return self._unchanged[:MAX_UNCHANGED_LISTED]

    @cached_property
    def unchanged(self) -> list[GateItem]:
        return self._gate_items(self._listed_unchanged)

    @property
    def unchanged_heading(self) -> str:
        return f"{revising.counts_text(self._unchanged)}: as before"

    @property
    def unlisted_unchanged(self) -> int:
        return len(self._unchanged) - len(self.unchanged)

    @property
    def unprinted(self) -> list[str]:
        """The text of quotations and of links' phrases that no passage contains any more."""
        rows = self.impact.report.unprinted
        return [one.text if isinstance(one, Quotation) else one.phrase for one in rows]

    @property
    def private_summary(self) -> str:
        return private_summary(self.impact)

    @property
    def summary(self) -> list[tuple[str, str]]:
        return summary_of(self.impact)

    @cached_property
    def texts(self) -> list[tuple[str, list[Piece]]]:
        """What changes in the text, each with a heading.

        Passage by passage; in one piece where passages are added, cut or brought back, since
        text moves between them then.
        """
        report = self.impact.report
        if not (report.added or report.retired or report.returned):
            return [
                (f"Passage {one.number}", compare(self.before[one.pk].text, one.text))
                for one in report.changed
            ]
        old = [self.before[one.pk] for one in (*report.changed, *report.retired)]
        new = [*report.changed, *report.added, *report.returned]
        return [(_heading(new or old), compare(_joined(old), _joined(new)))]


def _joined(passages) -> str:
    in_order = sorted(passages, key=lambda one: one.number or 0)
    return "\n\n".join(passage.text for passage in in_order)


def _heading(passages) -> str:
    numbers = sorted(passage.number for passage in passages)
    return f"Passage{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}"


def save_through_gate(admin, request, change: ChangeForm, show_form):
    """Save the change that an editor sent, or answer with the gate's page.

    `show_form(change, status)` answers with the page of the form, filled in as it was sent.
    """
    at_gate = "digest" in request.POST
    if "again" in request.POST or (is_only_shown(request) and not at_gate):
        return show_form(change, 200)
    if not change.is_valid():
        return show_form(change, 422)
    gate = Gate(change, request)
    try:
        is_saved = gate.save()
    except StaleEdit as error:
        change.be_overtaken(error)
        return show_form(change, 409)
    except (RevisingError, MarkupError) as error:
        change.add_error(None, str(error))
        return show_form(change, 409 if isinstance(error, StaleOrder) else 422)
    if not is_saved:
        return _gate_page(admin, request, gate)
    admin.log_change(request, change.subject, change.log_message)
    message = saved_message(gate.impact)
    if request.headers.get("HX-Request-Type") == "partial":
        fragment = {"essay": change.essay, "message": message}
        return render(request, "admin/essays/essay/_passages.html", fragment)
    messages.success(request, message)
    return redirect(next_url(request) or change.success_url)


def _gate_page(admin, request, gate: Gate):
    context = {"gate": gate, "change": gate.change, "essay": gate.change.essay}
    status = 422 if gate.has_errors else 409 if gate.is_outdated else 200
    template, title = "admin/gate/gate.html", "Before it is saved"
    return admin.render_page(request, template, title, context, status=status)

"""Compare an essay with the wanted text: which passages are new, changed or retired."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.exceptions import ValidationError

from annotations.revising.drafts import Draft, draft_of, key_from, match_keys
from annotations.revising.errors import RevisingError
from essays import markup
from essays.errors import shortened
from essays.identifiers import refuse_reserved, validate_key
from essays.models import Essay, Passage

# The few words of a heading may occur in any sentence, so they do not show a merge.
MIN_WORDS_OF_A_MERGE = 4


@dataclass(frozen=True)
class Before:
    """A passage with the text and number that it has before the change."""

    passage: Passage
    text: str
    number: int | None


@dataclass
class Plan:
    """An essay's passages before and after a change that is not written yet.

    `known` are all of the essay's passages in the database, by id. `old` are the current ones,
    followed by those that come back; `new` are the future ones with their new text. `absorbed`
    maps a retired passage to the one it was merged into. `refreshed` keep their text and get the
    HTML of a newer renderer.
    """

    essay: Essay
    known: dict[int, Passage]
    old: list[Before]
    new: list[Passage] = field(default_factory=list)
    added: list[Passage] = field(default_factory=list)
    changed: list[Passage] = field(default_factory=list)
    returned: list[Passage] = field(default_factory=list)
    retired: list[Passage] = field(default_factory=list)
    reordered: list[Passage] = field(default_factory=list)
    refreshed: list[Passage] = field(default_factory=list)
    absorbed: dict[Passage, Passage] = field(default_factory=dict)

    @property
    def written(self) -> list[Passage]:
        """The passages that get a new version."""
        return [*self.added, *self.changed, *self.returned, *self.retired]

    @cached_property
    def _written(self) -> set[int]:
        return set(map(id, self.written))

    def writes(self, passage: Passage) -> bool:
        """Whether `passage`, one of the plan's own, gets a new version."""
        return id(passage) in self._written

    @property
    def is_empty(self) -> bool:
        return not (self.written or self.reordered)

    @property
    def same(self) -> dict[int, int]:
        """By index in `new` the index in `old` of the same passage."""
        old = {before.passage: index for index, before in enumerate(self.old)}
        return {index: old[p] for index, p in enumerate(self.new) if p.pk and p in old}

    def place(self, passage: Passage, draft: Draft, number: int, *, rerender: bool) -> None:
        """Give `passage` this number and the text of `draft`."""
        before = (passage.source, passage.kind, passage.runs_on, passage.text)
        stale = rerender or passage.render_version != markup.RENDER_VERSION
        old_number, passage.number = passage.number, number
        passage.source, passage.kind, passage.runs_on = draft.source, draft.kind, draft.runs_on
        if stale or before[:2] != (draft.source, draft.kind):
            passage.render()
        if passage.pk is None:
            self.added.append(passage)
        elif old_number is None:
            passage.leads_to = None
            self.old.append(Before(passage, before[3], None))
            self.returned.append(passage)
        elif before != (passage.source, passage.kind, passage.runs_on, passage.text):
            self.changed.append(passage)
        else:
            if stale:
                self.refreshed.append(passage)
            if old_number != number:
                self.reordered.append(passage)
        self.new.append(passage)


def make_plan(essay, drafts: Sequence[Draft], *, rerender: bool = False) -> Plan:
    """Raises RevisingError for drafts that make no essay, MarkupError for bad Markdown."""
    if not drafts:
        raise RevisingError("An essay needs at least one passage. Unpublish it to take it down.")
    known = {passage.key: passage for passage in essay.passages.all()}
    current = sorted((p for p in known.values() if p.number), key=lambda p: p.number)
    for passage in known.values():
        passage.essay = essay
    plan = Plan(
        essay,
        known={passage.pk: passage for passage in known.values()},
        old=[Before(passage, passage.text, passage.number) for passage in current],
    )
    for number, draft in enumerate(_with_keys(essay, current, known, drafts), 1):
        passage = known.get(draft.key) or Passage(essay=essay, key=draft.key)
        plan.place(passage, draft, number, rerender=rerender)
    future = set(map(id, plan.new))
    plan.retired = [passage for passage in current if id(passage) not in future]
    _follow_merges(plan, drafts, known)
    for passage in plan.retired:
        passage.number, passage.leads_to = None, plan.absorbed.get(passage)
    return plan


def _with_keys(essay, current, known, drafts) -> list[Draft]:
    def text_of(draft: Draft) -> str:
        return markup.render_passage(draft.source, draft.kind, smart=essay.smart).text

    keys = match_keys([draft_of(passage) for passage in current], drafts, text_of)
    taken = {*known, *filter(None, keys)}
    seen: set[str] = set()
    for place, draft in enumerate(drafts):
        if draft.kind not in Passage.Kind.values:
            raise RevisingError(f"There is no kind of passage called “{shortened(draft.kind)}”.")
        key = keys[place]
        if key is None:
            key = keys[place] = key_from(text_of(draft), taken)
            taken.add(key)
        if key not in known:
            _check_new_key(key)
        if key in seen:
            raise RevisingError(f"Two passages have the key “{key}”. Give one of them another.")
        seen.add(key)
    return [replace(draft, key=key) for draft, key in zip(drafts, keys, strict=True)]


def _check_new_key(key: str) -> None:
    try:
        validate_key(key)
        refuse_reserved(key)
    except ValidationError as error:
        message = f"“{shortened(key)}” cannot be a key. {' '.join(error.messages)}"
        raise RevisingError(message) from error


def _follow_merges(plan: Plan, drafts, known) -> None:
    """Find what absorbed each retired passage: as a draft says, or by where all its words are."""
    old_texts = {before.passage: before.text for before in plan.old}
    for passage, draft in zip(plan.new, drafts, strict=True):
        for key in draft.absorbs:
            plan.absorbed[known[key]] = passage
    for retired in plan.retired:
        words = old_texts[retired].strip()
        if retired in plan.absorbed or len(words.split()) < MIN_WORDS_OF_A_MERGE:
            continue
        for passage in plan.new:
            old_text = old_texts.get(passage, "") if passage.pk else ""
            if words in passage.text and words not in old_text:
                plan.absorbed[retired] = passage
                break

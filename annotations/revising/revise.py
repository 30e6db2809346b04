"""Write a change of text with all its consequences, or report what it would do.

Rows are locked in one order: site, works, themes, quotations, essays, passages, glosses, notes,
replies, readers, limit counters; within each by ascending id. Only the desk and the loading of
files lock the first four. Whatever changes a reading page locks its essay before the rows below it,
so that two writers wait for each other instead of ending in a deadlock. Rows that hang on others,
such as links, flags and promotions, are changed while those are locked. What still ends in a
deadlock is tried again (`essays/transactions.py`).
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from annotations import search
from annotations.revising.ahead import outcomes_for
from annotations.revising.carry_anchors import OldText, carry_anchor
from annotations.revising.drafts import Draft, drafts_of
from annotations.revising.errors import StaleEdit
from annotations.revising.invalidation import bump_counters, lock_pages
from annotations.revising.outcomes import Outcomes, compute
from annotations.revising.plan import Plan, make_plan
from annotations.revising.quoted_text import requote
from annotations.revising.report import Fate, Report
from annotations.revising.veil_position import veil_after
from annotations.revising.write import refresh_passages, write_anchors, write_passages
from essays.models import Essay, Passage, Revision
from essays.transactions import snapshot, writing


@writing
def revise(
    essay: Essay,
    drafts: Sequence[Draft],
    *,
    by=None,
    origin: str = Revision.Origin.SITE,
    expect: Mapping[str, int] | None = None,
    veil: str | None = None,
    rerender: bool = False,
) -> Report:
    """Make `drafts` the text of `essay`, in one transaction.

    `expect` has, by key, the versions of passages that must not have changed meanwhile. `veil` is
    the key of the passage before the veil; without it the veil keeps hiding what it hides.
    `rerender` renders every passage anew. Raises RevisingError, StaleEdit, or MarkupError for a
    passage that cannot be rendered.
    """
    essay = lock(essay)
    check_versions(essay, expect or {})
    plan = make_plan(essay, drafts, rerender=rerender)
    if plan.refreshed:
        refresh_passages(plan)
        bump_counters(essay)
    if plan.is_empty:
        return Report()
    hidden_after, essay.veil_after = essay.veil_after, _veil(plan, veil)
    revision = Revision.objects.create(essay=essay, by=by, origin=origin)
    write_passages(plan, revision)
    if essay.veil_after != hidden_after:
        essay.save(update_fields=["veil_after"])
    with _no_search_for_garbage():
        fates, unprinted = _carry_anchors(plan, outcomes_for(plan), write=True)
        write_anchors(fates, revision)
    bump_counters(essay)
    search.reindex(essay)
    return _report(plan, fates, unprinted, revision)


def preview(
    essay: Essay,
    drafts: Sequence[Draft],
    *,
    expect: Mapping[str, int] | None = None,
    veil: str | None = None,
    rerender: bool = False,
) -> Report:
    """What `revise` would do; new passages in the report have no id."""
    check_versions(essay, expect or {})
    plan = make_plan(essay, drafts, rerender=rerender)
    if plan.is_empty:
        return Report()
    _veil(plan, veil)
    outcomes = compute(plan, lock=False)
    return _report(plan, *_carry_anchors(plan, outcomes, write=False), None)


def rehearse(
    essay: Essay, change: Callable[[list[Draft]], Sequence[Draft]], expect: Mapping[str, int]
) -> Outcomes:
    """Compute what `change` of today's text does to every anchor, without a lock."""
    with snapshot():
        essay = Essay.objects.get(pk=essay.pk)
        check_versions(essay, expect)
        return compute(make_plan(essay, change(drafts_of(essay))), lock=False)


def lock(essay: Essay) -> Essay:
    """Read the essay anew and lock it, and what a change of its text also writes to."""
    return lock_pages(essay)[essay.pk]


def check_versions(essay: Essay, expect: Mapping[str, int]) -> None:
    """Raise StaleEdit for the first passage that has another version."""
    for passage in essay.passages.filter(key__in=expect).order_by("number"):
        if passage.version != expect[passage.key]:
            raise StaleEdit(passage)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Python would look through ten thousand anchors again and again, while others wait."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _veil(plan: Plan, key: str | None) -> Passage | None:
    chosen = next((passage for passage in plan.new if passage.key == key), None)
    return chosen or veil_after(plan)


def _carry_anchors(plan: Plan, outcomes: Outcomes, *, write: bool) -> tuple[list[Fate], list]:
    """The fate of each anchor, and the quotations and links whose words are gone."""
    old, by_name = OldText(plan), outcomes.by_name
    fates = [carry_anchor(a, by_name.get(name), plan, old) for name, a in outcomes.anchors.items()]
    unprinted = []
    for name, quoted in outcomes.quotes.items():
        if name in by_name and not requote(quoted, by_name[name], plan, old):
            unprinted.append(quoted.row)
        elif write:
            quoted.save()
    return [fate for fate in fates if fate is not None], unprinted


def _report(plan: Plan, fates: list[Fate], unprinted: list, revision: Revision | None) -> Report:
    return Report(
        added=tuple(plan.added),
        changed=tuple(plan.changed),
        retired=tuple(plan.retired),
        returned=tuple(plan.returned),
        reordered=tuple(plan.reordered),
        fates=tuple(fate for fate in fates if not fate.stays_lost),
        unprinted=tuple(unprinted),
        revision=revision,
    )

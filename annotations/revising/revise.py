"""Write a change of text and everything that follows from it, or say what it would do."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from annotations import anchoring, search
from annotations.revising.carry_anchors import OldText, anchors_of, carry, given_anchor
from annotations.revising.drafts import Draft
from annotations.revising.errors import StaleEdit
from annotations.revising.invalidation import bump_counters
from annotations.revising.plan import Plan, make_plan
from annotations.revising.quoted_text import given_words, printed_in, reprint
from annotations.revising.report import Fate, Report
from annotations.revising.veil_position import veil_after
from annotations.revising.write import refresh_passages, write_anchors, write_passages
from essays.models import Essay, Passage, Revision


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
    """Make `drafts` the text of `essay`: all of it in one transaction, or nothing.

    `expect` gives the version, by key, of passages that must not have changed meanwhile;
    `veil` the key of the passage after which the veil stands from now on, where it shall not
    just keep hiding what it hides; `rerender` derives every passage anew. Raises RevisingError,
    StaleEdit, or markup.MarkupError for a passage that cannot be rendered.
    """
    with transaction.atomic():
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
        fates, unprinted = _carry_all(plan, write=True)
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
    """What `revise` would do; writes nothing. New passages in the report have no id."""
    check_versions(essay, expect or {})
    plan = make_plan(essay, drafts, rerender=rerender)
    if plan.is_empty:
        return Report()
    _veil(plan, veil)
    return _report(plan, *_carry_all(plan, write=False), None)


def lock(essay: Essay) -> Essay:
    """The essay as it is, which nobody else can change until the transaction ends."""
    return Essay.objects.select_for_update().get(pk=essay.pk)


def check_versions(essay: Essay, expect: Mapping[str, int]) -> None:
    """Raise StaleEdit for the first passage whose version is not the one expected."""
    for passage in essay.passages.filter(key__in=expect).order_by("number"):
        if passage.version != expect[passage.key]:
            raise StaleEdit(passage)


def _veil(plan: Plan, key: str | None) -> Passage | None:
    named = next((passage for passage in plan.new if passage.key == key), None)
    return named or veil_after(plan)


def _carry_all(plan: Plan, *, write: bool) -> tuple[list[Fate], list]:
    """What becomes of each anchor, and the quotations and links that nothing prints any more."""
    old = OldText(plan)
    anchors = {f"anchor {n}": anchor for n, anchor in enumerate(anchors_of(plan, lock=write))}
    printed = {f"printed {n}": words for n, words in enumerate(printed_in(old))}
    given = [given_anchor(name, anchor, old) for name, anchor in anchors.items()]
    given += [given_words(name, words, old) for name, words in printed.items()]
    found = anchoring.remap(
        old.texts,
        [passage.text for passage in plan.new],
        [one for one in given if one is not None],
        same=plan.same,
    )
    outcomes = {outcome.id: outcome for outcome in found}
    fates = [carry(anchor, outcomes.get(name), plan, old) for name, anchor in anchors.items()]
    unprinted = []
    for name, words in printed.items():
        if name in outcomes and not reprint(words, outcomes[name], plan, old):
            unprinted.append(words.thing)
        elif write:
            words.save()
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

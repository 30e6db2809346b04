"""The changes that editors make, one by one.

Each takes `by` (who makes it) and `dry` (say what it would do, write nothing), returns a Report
and raises what `revise` raises. The passages passed in are not changed: read them again. Where
`expect` is a mapping it gives, by key, the versions that the editor saw.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from annotations.revising.drafts import Draft, draft_of, drafts_of
from annotations.revising.errors import RevisingError
from annotations.revising.report import Report
from annotations.revising.revise import check_versions, lock, preview, revise
from essays.models import Essay, Passage

Change = Callable[[list[Draft]], Sequence[Draft]]


def edit(
    passage: Passage,
    source: str,
    *,
    kind: str | None = None,
    runs_on: bool | None = None,
    expect: int | None = None,
    by=None,
    dry: bool = False,
) -> Report:
    """Let the passage say something else. `expect` is the version that the editor saw."""

    def change(drafts: list[Draft]) -> list[Draft]:
        place = _place(drafts, passage)
        old = drafts[place]
        drafts[place] = replace(
            old,
            source=source,
            kind=old.kind if kind is None else kind,
            runs_on=old.runs_on if runs_on is None else runs_on,
        )
        return drafts

    return _make(passage.essay, change, by, dry, _expected(passage, expect))


def split(
    passage: Passage,
    sources: Sequence[str],
    *,
    expect: int | None = None,
    by=None,
    dry: bool = False,
) -> Report:
    """Divide the passage into parts with these sources; the first keeps the key."""
    if len(sources) < 2 or not all(source.strip() for source in sources):
        raise RevisingError("Leave some words on both sides of a split.")

    def change(drafts: list[Draft]) -> list[Draft]:
        place = _place(drafts, passage)
        old = drafts[place]
        first = replace(old, source=sources[0], runs_on=False)
        rest = [Draft(source, old.kind) for source in sources[1:]]
        rest[-1] = replace(rest[-1], runs_on=old.runs_on)
        return [*drafts[:place], first, *rest, *drafts[place + 1 :]]

    return _make(passage.essay, change, by, dry, _expected(passage, expect))


def merge(
    first: Passage,
    second: Passage,
    *,
    source: str | None = None,
    expect: Mapping[str, int] | None = None,
    by=None,
    dry: bool = False,
) -> Report:
    """Put `second` into `first`, which keeps its place; `second` retires and leads there."""

    def change(drafts: list[Draft]) -> list[Draft]:
        place, gone = _place(drafts, first), drafts[_place(drafts, second)]
        one = drafts[place]
        drafts[place] = replace(
            one,
            source=f"{one.source.rstrip()} {gone.source.lstrip()}" if source is None else source,
            runs_on=gone.runs_on,
            absorbs=(gone.key,),
        )
        return [draft for draft in drafts if draft is not gone]

    if first == second:
        raise RevisingError("A passage cannot be merged with itself. Choose another.")
    return _make(first.essay, change, by, dry, expect)


def retire(passage: Passage, *, expect: int | None = None, by=None, dry: bool = False) -> Report:
    """Cut the passage: it leaves the essay and keeps its key, its URL, its versions, its notes."""

    def change(drafts: list[Draft]) -> list[Draft]:
        del drafts[_place(drafts, passage)]
        return drafts

    return _make(passage.essay, change, by, dry, _expected(passage, expect))


def bring_back(
    passage: Passage, number: int, *, expect: int | None = None, by=None, dry: bool = False
) -> Report:
    """Let a retired passage stand at `number` again, as it was."""

    def change(drafts: list[Draft]) -> list[Draft]:
        if any(draft.key == passage.key for draft in drafts):
            raise RevisingError("This passage stands in the essay already.")
        drafts.insert(_index(number, len(drafts) + 1), draft_of(passage))
        return drafts

    return _make(passage.essay, change, by, dry, _expected(passage, expect))


def move(passage: Passage, number: int, *, by=None, dry: bool = False) -> Report:
    """Put the passage at `number`; those between make room."""

    def change(drafts: list[Draft]) -> list[Draft]:
        draft = drafts.pop(_place(drafts, passage))
        drafts.insert(_index(number, len(drafts) + 1), draft)
        return drafts

    return _make(passage.essay, change, by, dry)


def insert(essay: Essay, draft: Draft, number: int, *, by=None, dry: bool = False) -> Report:
    """Let a new passage stand at `number`; those from there on make room."""

    def change(drafts: list[Draft]) -> list[Draft]:
        drafts.insert(_index(number, len(drafts) + 1), draft)
        return drafts

    return _make(essay, change, by, dry)


def arrange(essay: Essay, keys: Sequence[str], *, by=None, dry: bool = False) -> Report:
    """Put all passages in the order of these keys."""

    def change(drafts: list[Draft]) -> list[Draft]:
        by_key = {draft.key: draft for draft in drafts}
        if len(keys) != len(drafts) or set(keys) != set(by_key):
            raise RevisingError("Other passages stand in the essay now. Set the order again.")
        return [by_key[key] for key in keys]

    return _make(essay, change, by, dry)


def _make(
    essay: Essay, change: Change, by, dry: bool, expect: Mapping[str, int] | None = None
) -> Report:
    with transaction.atomic():
        essay = lock(essay)
        check_versions(essay, expect or {})
        drafts = change(drafts_of(essay))
        return preview(essay, drafts) if dry else revise(essay, drafts, by=by)


def _expected(passage: Passage, version: int | None) -> dict[str, int]:
    return {} if version is None else {passage.key: version}


def _place(drafts: list[Draft], passage: Passage) -> int:
    for place, draft in enumerate(drafts):
        if draft.key == passage.key:
            return place
    raise RevisingError("This passage is not in the essay today. Bring it back first.")


def _index(number: int, highest: int) -> int:
    if not 1 <= number <= highest:
        raise RevisingError(f"Give a number from 1 to {highest}.")
    return number - 1

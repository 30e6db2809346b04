"""The changes that editors make to single passages.

Each takes the user `by`, returns a Report and raises what `revise` raises. The passages passed in
are not changed: read them again. `expect` is the version that the editor saw or, as a mapping, the
versions by key.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from annotations.revising.ahead import rehearse_then
from annotations.revising.drafts import Draft, draft_of, drafts_of
from annotations.revising.errors import RevisingError
from annotations.revising.report import Report
from annotations.revising.revise import check_versions, lock, rehearse, revise
from essays.models import Essay, Passage
from essays.transactions import writing

Change = Callable[[list[Draft]], Sequence[Draft]]


def edit(
    passage: Passage,
    source: str,
    *,
    kind: str | None = None,
    runs_on: bool | None = None,
    expect: int | None = None,
    by=None,
) -> Report:
    """Change the text or the kind of a passage."""

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

    return _change(passage.essay, change, by, _expected(passage, expect))


def split(
    passage: Passage,
    sources: Sequence[str],
    *,
    expect: int | None = None,
    by=None,
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

    return _change(passage.essay, change, by, _expected(passage, expect))


def merge(
    first: Passage,
    second: Passage,
    *,
    source: str | None = None,
    expect: Mapping[str, int] | None = None,
    by=None,
) -> Report:
    """Merge `second` into `first`; `second` retires and its URL leads to `first`."""

    def change(drafts: list[Draft]) -> list[Draft]:
        place, absorbed = _place(drafts, first), drafts[_place(drafts, second)]
        one = drafts[place]
        drafts[place] = replace(
            one,
            source=f"{one.source.rstrip()} {absorbed.source.lstrip()}"
            if source is None
            else source,
            runs_on=absorbed.runs_on,
            absorbs=(absorbed.key,),
        )
        return [draft for draft in drafts if draft is not absorbed]

    if first == second:
        raise RevisingError("A passage cannot be merged with itself. Choose another.")
    return _change(first.essay, change, by, expect)


def retire(passage: Passage, *, expect: int | None = None, by=None) -> Report:
    """Remove the passage from the essay; it keeps its key, URL, versions and notes."""

    def change(drafts: list[Draft]) -> list[Draft]:
        del drafts[_place(drafts, passage)]
        return drafts

    return _change(passage.essay, change, by, _expected(passage, expect))


def bring_back(passage: Passage, number: int, *, expect: int | None = None, by=None) -> Report:
    """Put a retired passage back into the essay, at `number`, with the text it had."""

    def change(drafts: list[Draft]) -> list[Draft]:
        if any(draft.key == passage.key for draft in drafts):
            raise RevisingError("This passage stands in the essay already.")
        drafts.insert(_index(number, len(drafts) + 1), draft_of(passage))
        return drafts

    return _change(passage.essay, change, by, _expected(passage, expect))


def move(passage: Passage, number: int, *, by=None) -> Report:
    """Move the passage to `number`."""

    def change(drafts: list[Draft]) -> list[Draft]:
        draft = drafts.pop(_place(drafts, passage))
        drafts.insert(_index(number, len(drafts) + 1), draft)
        return drafts

    return _change(passage.essay, change, by)


def insert(essay: Essay, draft: Draft, number: int, *, by=None) -> Report:
    """Insert a new passage at `number`."""

    def change(drafts: list[Draft]) -> list[Draft]:
        drafts.insert(_index(number, len(drafts) + 1), draft)
        return drafts

    return _change(essay, change, by)


def arrange(essay: Essay, keys: Sequence[str], *, by=None) -> Report:
    """Order all passages by these keys."""

    def change(drafts: list[Draft]) -> list[Draft]:
        by_key = {draft.key: draft for draft in drafts}
        if len(keys) != len(drafts) or set(keys) != set(by_key):
            raise RevisingError("Other passages stand in the essay now. Set the order again.")
        return [by_key[key] for key in keys]

    return _change(essay, change, by)


def _change(essay: Essay, change: Change, by, expect: Mapping[str, int] | None = None) -> Report:
    expect = expect or {}
    return rehearse_then(
        partial(rehearse, essay, change, expect), partial(_write, essay, change, by, expect)
    )


@writing
def _write(essay: Essay, change: Change, by, expect: Mapping[str, int]) -> Report:
    essay = lock(essay)
    check_versions(essay, expect)
    return revise(essay, change(drafts_of(essay)), by=by)


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

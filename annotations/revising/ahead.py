"""Compute the anchors of a change before the lock is taken, so that it is held for a moment only.

A change is first rehearsed: it reads, computes where every anchor goes, and writes nothing. Then it
is written. If what the rehearsal read has changed by then, all is rolled back and done again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from annotations.revising.outcomes import Outcomes, basis_of, compute
from annotations.revising.plan import Plan

# After that many rehearsals in vain the anchors are computed under the lock.
MAX_REHEARSALS = 3
_outcomes: ContextVar[Outcomes | None] = ContextVar("outcomes", default=None)
_rehearsing: ContextVar[bool] = ContextVar("rehearsing", default=False)


class _Rehearsed(Exception):
    """Ends a rehearsal where the change would be written."""


class _Outdated(Exception):
    """Somebody changed a passage or an anchor after the rehearsal."""


def outcomes_for(plan: Plan) -> Outcomes:
    """The outcomes of a plan that is about to be written, under its lock."""
    ahead = _outcomes.get()
    if ahead is None:
        return compute(plan, lock=True)
    if ahead.basis != basis_of(plan, lock=True):
        raise _Outdated
    ahead.begin(plan)
    return ahead


def rehearse_then[R](rehearse: Callable[[], Outcomes], write: Callable[[], R]) -> R:
    """Write a change whose outcomes `rehearse` computes; within `ahead_of`, one of the two."""
    if _rehearsing.get():
        raise _Rehearsed(rehearse())
    if _outcomes.get():
        return write()
    return _with_outcomes(rehearse, write)


def ahead_of[R](make: Callable[[], object], save: Callable[[], R]) -> R:
    """Call `save`, which calls `make` in a transaction, after a rehearsal of `make`."""

    def rehearse() -> Outcomes | None:
        with _set(_rehearsing, True):
            try:
                make()
            except _Rehearsed as rehearsed:
                return rehearsed.args[0]
        return None

    return _with_outcomes(rehearse, save)


def _with_outcomes[R](rehearse: Callable[[], Outcomes | None], write: Callable[[], R]) -> R:
    for _ in range(MAX_REHEARSALS):
        with _set(_outcomes, rehearse()):
            try:
                return write()
            except _Outdated:
                continue
    return write()


@contextmanager
def _set[T](variable: ContextVar[T], value: T) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)

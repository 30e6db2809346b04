"""What is kept of every change of a thing: who made it, when, and what led to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from simple_history.models import HistoricalRecords

FROM_FILE = "from a file"
LONGEST = 100

_cause: ContextVar[str | None] = ContextVar("cause", default=None)


class History(HistoricalRecords):
    """A row for every change; it tells its cause where `because` gave one."""

    def get_change_reason_for_object(self, instance, history_type, using):
        return super().get_change_reason_for_object(instance, history_type, using) or _cause.get()


@contextmanager
def because(cause: str) -> Iterator[None]:
    """Let what is changed meanwhile tell its cause, such as FROM_FILE."""
    token = _cause.set(cause[:LONGEST])
    try:
        yield
    finally:
        _cause.reset(token)

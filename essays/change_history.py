"""History rows for changes of rows: who made them, when, and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from simple_history.models import HistoricalRecords

FROM_FILE = "from a file"
MAX_CAUSE_LENGTH = 100

_cause: ContextVar[str | None] = ContextVar("cause", default=None)


class History(HistoricalRecords):
    """A history row for every change, with the cause given by `because`, if any."""

    def get_change_reason_for_object(self, instance, history_type, using):
        return super().get_change_reason_for_object(instance, history_type, using) or _cause.get()


@contextmanager
def because(cause: str) -> Iterator[None]:
    """Record this cause, such as FROM_FILE, with all changes made in the block."""
    token = _cause.set(cause[:MAX_CAUSE_LENGTH])
    try:
        yield
    finally:
        _cause.reset(token)

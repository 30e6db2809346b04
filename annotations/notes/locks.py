"""Lock what readers wrote, in the order of all writers (see `annotations/revising/revise.py`)."""

from django.db.models import Q, QuerySet

from annotations.models import Note, Reply, Written
from essays.models import Essay
from essays.transactions import lock
from readers.models import Reader


def lock_written[T: Written](rows: QuerySet[T]) -> T | None:
    """The first of `rows`, notes or replies, as it is once it is locked; None if there is none.

    The essay is locked first, then the note, then the reply. `rows` are read again under these
    locks, so that nobody decides by what was there before.
    """
    if (found := rows.first()) is None:
        return None
    note = found.note if isinstance(found, Reply) else found
    lock(Essay.objects.filter(pk=note.essay_id).only("pk"))
    if isinstance(found, Reply):
        lock(Note.objects.filter(pk=note.pk).only("pk"))
    return rows.select_for_update(of=("self",), no_key=True).filter(pk=found.pk).first()


def lock_words_of(*readers: Reader) -> None:
    """Lock all that readers wrote, the notes that they replied to, and first their essays."""
    notes = Note.objects.filter(Q(reader__in=readers) | Q(replies__reader__in=readers))
    places = set(notes.values_list("pk", "essay"))
    lock(Essay.objects.filter(pk__in={essay for _, essay in places}).only("pk"))
    lock(Note.objects.filter(pk__in={note for note, _ in places}).only("pk"))
    lock(Reply.objects.filter(reader__in=readers).only("pk"))

"""Save notes and replies, each once, even if the request is repeated."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from annotations import revising
from annotations.anchoring import Span
from annotations.models import NotAllowed, Note, Reply, Standing, Written
from annotations.notes.locks import lock_written
from essays.models import Essay, Passage
from essays.transactions import lock, writing
from readers.models import Reader

RETRY_PERIOD = timedelta(minutes=10)
REMOVED = "Its author removed this note meanwhile. Copy your words to keep them."


@writing
def create_note(
    passage: Passage,
    find: Callable[[Passage], Span],
    *,
    reader_for: Callable[[], Reader],
    token: UUID,
    body: str,
    colour: str,
) -> Note:
    """Save a private note on the words that `find` finds in the current text of the passage.

    Returns the reader's note with this token if there is one. Raises what `find` raises,
    RevisingError, MarkupError, and NotAllowed for a guest who has become an account meanwhile.
    """
    [essay] = lock(Essay.objects.filter(pk=passage.essay_id))
    passage = essay.passages.get(pk=passage.pk)
    passage.essay = essay
    span = find(passage)
    reader = _lock_reader(reader_for())
    if note := _saved_before(Note, reader, token):
        return note
    note = Note(
        essay=essay, reader=reader, token=_unused_token(Note, token), body=body, colour=colour
    )
    revising.attach(note, passage, span.start, span.end)
    note.save()
    return note


@writing
def create_reply(note: Note, reader: Reader, *, token: UUID, body: str) -> Reply:
    """Save a public reply to a note. Raises NotAllowed and MarkupError."""
    note = lock_written(Note.objects.filter(pk=note.pk))
    if note is None:
        raise NotAllowed(REMOVED)
    reader = _lock_reader(reader)
    if reply := _saved_before(Reply, reader, token):
        return reply
    check_answerable(note, reader)
    reply = Reply(note=note, reader=reader, token=_unused_token(Reply, token), body=body)
    reply.standing = Standing.first()
    with reply.counting_change():
        reply.save()
    return reply


def check_answerable(note: Note, reader: Reader) -> None:
    """Raise NotAllowed where `reader` cannot reply to a note that they can see."""
    if settings.PUBLIC_NOTES == "off":
        raise NotAllowed("Notes are for their authors only on this site.")
    if note.deleted_at is not None:
        raise NotAllowed(REMOVED)
    if not note.is_public:
        raise NotAllowed("Only its author sees this note, so a reply would reach nobody.")
    if reader.user_id is None:
        raise NotAllowed("Sign in first: a reply is for anyone, and needs a name beside it.")


def guest_of_token(token: UUID) -> Reader | None:
    """The guest whose first note was saved with `token` in the last ten minutes, if any.

    A request that repeats the token without a cookie comes from that guest: nobody else has it.
    """
    recent = Note.objects.filter(token=token, created_at__gt=timezone.now() - RETRY_PERIOD)
    note = recent.filter(reader__guest_key__isnull=False).select_related("reader").first()
    return note and note.reader


def _lock_reader(reader: Reader) -> Reader:
    """The reader as they are now. Raises NotAllowed for a guest who has become an account."""
    locked = lock(Reader.objects.filter(pk=reader.pk).select_related("user"))
    if not locked:
        raise NotAllowed("You signed in meanwhile, in another window. Save once more.")
    return locked[0]


def _saved_before[T: Written](model: type[T], reader: Reader, token: UUID) -> T | None:
    return model.objects.filter(token=token, reader=reader).first()


def _unused_token(model: type[Written], token: UUID) -> UUID:
    return uuid4() if model.objects.filter(token=token).exists() else token

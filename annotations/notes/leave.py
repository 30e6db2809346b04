"""Delete an account; its reader's words are deleted too, or lose their name."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from annotations.models import UNDO_PERIOD, Audience, Note, Reply, Standing
from annotations.notes.locks import lock_words_of
from annotations.notes.purge_deleted import erase
from essays.transactions import lock, writing
from readers.models import Reader, User

# What others see, or will see once it is approved.
PUBLIC = Q(deleted_at=None) & ~Q(standing=Standing.HIDDEN)


def has_public(reader: Reader | None) -> bool:
    """Whether there are public words that could stay without a name."""
    return bool(reader) and any(public.exists() for _, public in _written(reader))


@writing
def leave(user: User, *, keep_public: bool) -> None:
    """Delete an account with all its words, or all but the public ones with `keep_public`.

    A note that others answered stays, without its words, to hold their replies.
    """
    reader = Reader.objects.filter(user=user).first()
    if reader:
        lock_words_of(reader)
        lock(Reader.objects.filter(pk=reader.pk))
        essays = Note.objects.essays_naming(reader)
        answered = [*Note.objects.filter(replies__reader=reader).distinct()]
        _erase(reader, keep_public)
        for note in Note.objects.filter(pk__in=[note.pk for note in answered]):
            note.count_replies()
        reader.flags.all().delete()
        essays.bump_counters()
    # Not `user` itself: it would forget its id, and this may be tried again.
    User.objects.get(pk=user.pk).delete()
    if reader and not any(everything.exists() for everything, _ in _written(reader)):
        reader.delete()


def _erase(reader, keep_public):
    # Too long ago to be undone.
    past = timezone.now() - UNDO_PERIOD - timedelta(seconds=1)
    deleted = []
    for everything, public in _written(reader):
        staying = [*public.values_list("pk", flat=True)] if keep_public else []
        rows = everything.exclude(pk__in=staying)
        rows.update(deleted_at=past)
        deleted.append(rows)
    erase(*deleted)


def _written(reader):
    """All replies, then all notes of a reader, each with the public ones among them."""
    replies, notes = Reply.objects.filter(reader=reader), Note.objects.filter(reader=reader)
    return [
        (replies, replies.filter(PUBLIC)),
        (notes, notes.filter(PUBLIC, audience=Audience.PUBLIC)),
    ]

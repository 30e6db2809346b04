"""What moderators do with public notes, replies and their authors.

Each act adds a row to the log, without the words, and bumps the counters of the essays whose
pages change.
"""

from itertools import batched

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations import revising
from annotations.models import Audience, Flag, ModerationAct, Note, Reply, Standing
from annotations.notes.locks import lock_words_of
from essays.models import Essay
from essays.transactions import lock, writing
from readers.models import Reader, User

BATCH_SIZE = 500
Verb = ModerationAct.Verb


def public_notes() -> QuerySet[Note]:
    """Notes written for anyone, whether or not others see them today."""
    return Note.objects.present().filter(audience=Audience.PUBLIC)


def public_replies() -> QuerySet[Reply]:
    return Reply.objects.filter(deleted_at=None, note__audience=Audience.PUBLIC)


def open_flags() -> QuerySet[Flag]:
    """Flags on public notes and replies that no moderator has settled."""
    return flags().filter(settled_at=None)


def flags() -> QuerySet[Flag]:
    on_note, on_reply = Q(note__in=public_notes()), Q(reply__in=public_replies())
    return Flag.objects.filter(on_note | on_reply)


def approve(written: QuerySet, by: User) -> int:
    """Show public notes or replies to others; return their number."""
    return _decide(written, by, Verb.APPROVE, Standing.SHOWN)


def hide(written: QuerySet, by: User, because: str) -> int:
    """Hide public notes or replies from others; their authors see the reason."""
    return _decide(written, by, Verb.HIDE, Standing.HIDDEN, because)


@writing
def settle_flags(chosen: QuerySet[Flag], by: User) -> int:
    """Mark flags as settled, without a change to the notes or replies."""
    settled = lock(chosen.filter(settled_at=None).select_related("note", "reply"))
    Flag.objects.filter(pk__in=[flag.pk for flag in settled]).update(settled_at=timezone.now())
    flagged = {flag.note or flag.reply: None for flag in settled}
    _log(Verb.SETTLE, by, [(_name(written), written.reader_id) for written in flagged])
    return len(settled)


@writing
def block(readers: QuerySet[Reader], by: User) -> int:
    """Hide all public words of readers from others; they can still write private notes."""
    return _set_blocked(readers.filter(blocked_at=None), by, Verb.BLOCK, timezone.now())


@writing
def unblock(readers: QuerySet[Reader], by: User) -> int:
    return _set_blocked(readers.filter(blocked_at__isnull=False), by, Verb.UNBLOCK, None)


@writing
def _decide(written: QuerySet, by: User, verb: Verb, standing: Standing, reason: str = "") -> int:
    model = written.model
    kind = model._meta.model_name
    essay = "essay" if model is Note else "note__essay"
    essays = set(written.order_by().values_list(essay, flat=True))
    revising.lock_pages(*Essay.objects.filter(pk__in=essays))
    # Whoever changes a note or reply holds the lock of its essay: now they stay as they are.
    locked = written.filter(**{f"{essay}__in": essays}).order_by("pk")
    rows = list(locked.values_list("pk", "public_id", "reader_id"))
    for batch in batched(rows, BATCH_SIZE, strict=False):
        pks = [pk for pk, *_ in batch]
        model.objects.filter(pk__in=pks).update(standing=standing, hidden_because=reason)
        Flag.objects.filter(**{f"{kind}__in": pks}, settled_at=None).update(
            settled_at=timezone.now()
        )
        if model is Reply:
            _count_replies(Note.objects.filter(replies__in=pks))
    revising.bump_counters(*Essay.objects.filter(pk__in=essays))
    _log(verb, by, [(f"{kind} {public_id}", reader) for _, public_id, reader in rows], reason)
    return len(rows)


def _set_blocked(readers: QuerySet[Reader], by: User, verb: Verb, blocked_at) -> int:
    lock_words_of(*readers)
    changed = lock(readers)
    essays = {essay for reader in changed for essay in Note.objects.essays_naming(reader)}
    chosen = Reader.objects.filter(pk__in=[reader.pk for reader in changed])
    chosen.update(blocked_at=blocked_at)
    _count_replies(Note.objects.filter(replies__reader__in=chosen))
    essays.update(essay for reader in changed for essay in Note.objects.essays_naming(reader))
    revising.bump_counters(*essays)
    _log(verb, by, [("", reader.pk) for reader in changed])
    return len(changed)


def _count_replies(notes: QuerySet[Note]) -> None:
    seen = Reply.objects.visible_to(None).filter(note=OuterRef("pk")).order_by()
    number = seen.values("note").annotate(number=Count("pk")).values("number")
    answered = Note.objects.filter(pk__in=notes.order_by().values("pk"))
    answered.update(reply_count=Coalesce(Subquery(number), 0))


def _name(written: Note | Reply) -> str:
    return f"{written._meta.model_name} {written.public_id}"


def _log(verb: Verb, by: User, about: list[tuple[str, int]], reason: str = "") -> None:
    ModerationAct.objects.bulk_create(
        (
            ModerationAct(verb=verb, by=by, what=what, reader_id=reader, reason=reason)
            for what, reader in about
        ),
        batch_size=BATCH_SIZE,
    )

"""Move what a guest wrote to the account with which they sign up or sign in."""

from annotations.models import Flag, ModerationAct, Note, Reply
from annotations.notes.locks import lock_words_of
from essays.transactions import lock, writing
from readers.models import Reader


@writing
def claim(guest: Reader, reader: Reader) -> None:
    """Move all notes, replies and flags of `guest` to `reader`, and delete the guest.

    `reader` has an account. Identical highlights are not merged. Notes keep their tokens, so
    that a save repeated after signing in does not create a second note. If the guest is blocked,
    the reader is blocked too.
    """
    lock_words_of(guest)
    locked = {one.pk: one for one in lock(Reader.objects.filter(pk__in=[guest.pk, reader.pk]))}
    # If two requests sign in at once, the second waits here and then finds no guest.
    if guest.pk not in locked:
        return
    if reader.pk not in locked:
        raise Reader.DoesNotExist("The account was deleted meanwhile.")
    guest, reader = locked[guest.pk], locked[reader.pk]
    essays = Note.objects.essays_naming(guest)
    for model in (Note, Reply, ModerationAct):
        model.objects.filter(reader=guest).update(reader=reader)
    for kind in ("note", "reply"):
        flagged = reader.flags.exclude(**{kind: None}).values(kind)
        guest.flags.filter(**{f"{kind}__in": flagged}).delete()
    Flag.objects.filter(reader=guest).update(reader=reader)
    if guest.is_blocked and not reader.is_blocked:
        reader.blocked_at = guest.blocked_at
        reader.save(update_fields=["blocked_at"])
    guest.delete()
    essays.bump_counters()

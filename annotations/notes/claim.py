"""A guest signs up or in: what they wrote becomes their account's."""

from django.db import transaction

from annotations.models import Flag, ModerationAct, Note, Reply
from annotations.notes.bylines import essays_naming
from readers.models import Reader


@transaction.atomic
def claim(guest: Reader, reader: Reader) -> None:
    """Give all that `guest` wrote to `reader`, who has an account, and end the guest.

    Nothing is merged: identical highlights of both stay two. A note keeps its token, so that a
    save that is tried again after signing in finds it. A block goes along.
    """
    # Two that sign in at once wait here for each other; the second finds no guest.
    if not Reader.objects.select_for_update().filter(pk=guest.pk).first():
        return
    essays = essays_naming(guest)
    for model in (Note, Reply, ModerationAct):
        model.objects.filter(reader=guest).update(reader=reader)
    for thing in ("note", "reply"):
        flagged = reader.flags.exclude(**{thing: None}).values(thing)
        guest.flags.filter(**{f"{thing}__in": flagged}).delete()
    Flag.objects.filter(reader=guest).update(reader=reader)
    if guest.is_blocked and not reader.is_blocked:
        reader.blocked_at = guest.blocked_at
        reader.save(update_fields=["blocked_at"])
    guest.delete()
    essays.bump_counters()

"""Give a guest's words to the account that they sign up for or in to."""

from django.db import transaction

from annotations.models import Flag, ModerationAct, Note, Reply
from readers.models import Reader


@transaction.atomic
def claim(guest: Reader, reader: Reader) -> None:
    """Give all that `guest` wrote to `reader`, who has an account, and delete the guest.

    Identical highlights are not merged. A note keeps its token, so that a save repeated after
    signing in finds it. A blocked guest makes a blocked reader.
    """
    # Of two requests that sign in at once, the second waits here and finds no guest.
    if not Reader.objects.select_for_update().filter(pk=guest.pk).first():
        return
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

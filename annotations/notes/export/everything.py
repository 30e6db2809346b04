"""All data about a reader, for their own archive."""

from django.conf import settings
from django.utils import timezone

from annotations.models import Flag, Note, Reply
from readers.models import Reader

EXPORT_VERSION = 1
UNREAD = ("html", "passage__text", "passage__html", "passage__source")


def everything_of(reader: Reader | None) -> dict:
    """All that a reader wrote, as JSON values, without deleted notes.

    `words` are the quoted words when the note was written; `start` and `end` are their place in
    the passage today, in Unicode code points, or null if they are gone.
    """
    notes = Note.objects.of(reader).select_related("essay", "passage").defer(*UNREAD)
    replies = Reply.objects.present().filter(reader=reader or None).select_related("note")
    flags = Flag.objects.filter(reader=reader or None).select_related("note", "reply")
    return {
        "format": f"second-viewing-everything-{EXPORT_VERSION}",
        "site": settings.SITE_URL,
        "made": timezone.now().isoformat(),
        "reader": _about(reader),
        "notes": [_note(note) for note in notes.order_by("pk")],
        "replies": [_reply(reply) for reply in replies],
        "flags": [_flag(flag) for flag in flags.order_by("pk")],
    }


def _about(reader):
    if reader is None or reader.user is None:
        return {"name": reader.name if reader else ""}
    user = reader.user
    return {
        "name": reader.name,
        "user_name": user.username,
        "e_mail": user.email,
        "joined": user.date_joined.isoformat(),
    }


def _entry(written):
    return {
        "url": f"{settings.SITE_URL}{written.get_absolute_url()}",
        "body": written.body,
        "created": written.created_at.isoformat(),
        "edited": written.edited_at and written.edited_at.isoformat(),
        "standing": written.standing,
        "hidden_because": written.hidden_because,
    }


def _note(note):
    return {
        "essay": note.essay.title,
        "passage": note.passage.key,
        "number": note.passage.number,
        "words": note.exact,
        "prefix": note.prefix,
        "suffix": note.suffix,
        "start": note.start,
        "end": note.end,
        "state": note.state,
        "colour": note.colour,
        "audience": note.audience,
        "published": note.published_at and note.published_at.isoformat(),
        **_entry(note),
    }


def _reply(reply):
    return {"note": reply.note.public_id, **_entry(reply)}


def _flag(flag):
    return {
        "on": f"note {flag.note.public_id}" if flag.note else f"reply {flag.reply.public_id}",
        "reason": flag.get_reason_display(),
        "remark": flag.remark,
        "at": flag.at.isoformat(),
    }

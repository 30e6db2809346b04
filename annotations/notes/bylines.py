"""Where a reader's name stands on pages that others see."""

from annotations.models import Note, Reply
from essays.models import Essay, EssayQuerySet
from readers.models import Reader


def essays_naming(reader: Reader) -> EssayQuerySet:
    """The essays where the reader's name stands beside public words, as of now."""
    notes = Note.objects.public().filter(reader=reader).values_list("essay", flat=True)
    replies = Reply.objects.visible_to(None).filter(reader=reader)
    return Essay.objects.filter(pk__in={*notes, *replies.values_list("note__essay", flat=True)})

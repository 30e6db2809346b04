"""Make an editors' gloss of a reader's public note, once its author agrees."""

from django.db.models import QuerySet

from annotations import revising
from annotations.models import Gloss, NotAllowed, Note, Promotion
from essays.models import Essay
from essays.transactions import lock, writing

Answer = Promotion.Answer


def promotable() -> QuerySet[Note]:
    """Notes that anyone can read and that have words."""
    return Note.objects.public().exclude(body="").filter(essay__status=Essay.Status.PUBLISHED)


def promotions() -> QuerySet[Promotion]:
    """Promotions whose notes are still public; the desk does not show others."""
    return Promotion.objects.filter(note__in=promotable())


def agreed() -> QuerySet[Promotion]:
    """Promotions that wait for an editor to make the gloss."""
    return promotions().filter(answer=Answer.AGREED, gloss=None)


def to_answer(reader) -> QuerySet[Promotion]:
    """Promotions that wait for an answer of this reader."""
    return promotions().filter(note__reader=reader, answer=Answer.ASKED)


@writing
def ask(note: Note, by) -> Promotion:
    """Ask the author of a note, once."""
    return Promotion.objects.get_or_create(note=note, defaults={"asked_by": by})[0]


@writing
def answer(promotion: Promotion, answer: str) -> None:
    """Save the answer of the note's author. Raises NotAllowed once the gloss is made."""
    [locked] = lock(Promotion.objects.filter(pk=promotion.pk))
    locked.give(answer)


@writing
def make_gloss(promotion: Promotion, *, key: str, source: str) -> Gloss:
    """Make the gloss on the words of the note; the note and its thread stay.

    Raises NotAllowed if the author has not agreed, or the note or its words are gone.
    """
    essay = revising.lock(promotion.note.essay)
    [promotion] = lock(Promotion.objects.filter(pk=promotion.pk))
    if promotion.gloss_id:
        raise NotAllowed("Somebody else has made this gloss already.")
    if promotion.answer != Answer.AGREED:
        raise NotAllowed("Its author has not agreed. Ask, and wait for the answer.")
    note = promotable().select_related("essay", "passage__essay").filter(pk=promotion.note_id)
    if not (note := note.first()):
        raise NotAllowed("The note is not there for others any more, so no gloss can lead to it.")
    if note.start is None:
        raise NotAllowed(
            "The words it is about are gone from the essay. Give the note a place first, in the "
            "list of notes that lost their words."
        )
    gloss = Gloss(essay=note.essay, key=key, source=source)
    revising.attach(gloss, note.passage, note.start, note.end)
    gloss.save()
    promotion.gloss = gloss
    promotion.save(update_fields=["gloss"])
    revising.bump_counters(essay)
    return gloss

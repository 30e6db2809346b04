"""Editorial to-do queries, for the counts on the desk's front page and the filters of its lists."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import StrIndex

from annotations.models import Anchor, Gloss, GlossLink, Note, Quotation, Reply, Standing, Theme
from annotations.moderation import moderate
from essays.models import Essay, Passage

PLACED_GLOSS = ~Q(gloss__state=Anchor.State.ORPHANED)


def waiting_notes() -> QuerySet[Note]:
    return moderate.public_notes().filter(standing=Standing.WAITING)


def waiting_replies() -> QuerySet[Reply]:
    return moderate.public_replies().filter(standing=Standing.WAITING)


def lost_notes() -> QuerySet[Note]:
    """Public notes whose words are gone, by where they last stood."""
    notes = Note.objects.public().orphaned().in_reading_order()
    return notes.select_related("reader__user", "passage__essay", "essay")


def drafts() -> QuerySet[Essay]:
    return Essay.objects.filter(status=Essay.Status.DRAFT)


def passages_without_gloss() -> QuerySet[Passage]:
    """Passages of today's text; headings need no gloss."""
    glosses = Gloss.objects.placed().filter(passage=OuterRef("pk"))
    passages = Passage.objects.filter(number__isnull=False).exclude(kind=Passage.Kind.HEADING)
    return passages.filter(~Exists(glosses))


def passages_without_theme() -> QuerySet[Passage]:
    """Passages behind the veil of their essay; headings need no theme."""
    themed = GlossLink.objects.filter(PLACED_GLOSS, gloss__passage=OuterRef("pk"))
    behind = Passage.objects.filter(number__gt=F("essay__veil_after__number"))
    behind = behind.exclude(kind=Passage.Kind.HEADING)
    return behind.filter(~Exists(themed.filter(theme__isnull=False)))


def quotations_never_cited() -> QuerySet[Quotation]:
    return Quotation.objects.filter(links=None)


def quotations_that_differ() -> QuerySet[Quotation]:
    """Quotations whose words are not in their passage, or whose passage was cut."""
    printed = Quotation.objects.filter(passage__isnull=False)
    place = StrIndex(F("passage__text"), F("text"))
    return printed.annotate(printed_at=place).filter(Q(printed_at=0) | Q(passage__number=None))


def themes_never_cited() -> QuerySet[Theme]:
    return Theme.objects.filter(links=None)


def themes_on_one_passage() -> QuerySet[Theme]:
    has_words = ~Q(links__gloss__state=Anchor.State.ORPHANED)
    in_text = Q(links__gloss__passage__number__isnull=False)
    passages = Count("links__gloss__passage", distinct=True, filter=has_words & in_text)
    return Theme.objects.annotate(passage_count=passages).filter(passage_count=1)


def glosses_without_reason() -> QuerySet[Gloss]:
    """Glosses with a link that gives no reason."""
    return Gloss.objects.filter(Exists(GlossLink.objects.filter(gloss=OuterRef("pk"), reason="")))


def glosses_without_link() -> QuerySet[Gloss]:
    """Such as footnotes that were imported as glosses."""
    return Gloss.objects.filter(links=None)


def lost_glosses() -> QuerySet[Gloss]:
    return Gloss.objects.orphaned()

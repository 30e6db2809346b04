"""What asks for an editor's hand, each as a query: the desk counts it, its lists show it."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import StrIndex

from annotations.models import Anchor, Gloss, GlossLink, Quotation, Theme
from essays.models import Essay, Passage

STANDING = ~Q(gloss__state=Anchor.State.ORPHANED)


def drafts() -> QuerySet[Essay]:
    return Essay.objects.filter(status=Essay.Status.DRAFT)


def passages_without_gloss() -> QuerySet[Passage]:
    """Of those that stand in an essay today; headings need none."""
    glosses = Gloss.objects.standing().filter(passage=OuterRef("pk"))
    standing = Passage.objects.filter(number__isnull=False).exclude(kind=Passage.Kind.HEADING)
    return standing.filter(~Exists(glosses))


def passages_without_theme() -> QuerySet[Passage]:
    """Of those behind the veil of their essay; headings need none."""
    themed = GlossLink.objects.filter(STANDING, gloss__passage=OuterRef("pk"))
    behind = Passage.objects.filter(number__gt=F("essay__veil_after__number"))
    behind = behind.exclude(kind=Passage.Kind.HEADING)
    return behind.filter(~Exists(themed.filter(theme__isnull=False)))


def quotations_never_cited() -> QuerySet[Quotation]:
    return Quotation.objects.filter(links=None)


def quotations_that_differ() -> QuerySet[Quotation]:
    """Those whose words their passage does not say, or whose passage was cut."""
    printed = Quotation.objects.filter(passage__isnull=False)
    place = StrIndex(F("passage__text"), F("text"))
    return printed.annotate(printed_at=place).filter(Q(printed_at=0) | Q(passage__number=None))


def themes_never_cited() -> QuerySet[Theme]:
    return Theme.objects.filter(links=None)


def themes_on_one_passage() -> QuerySet[Theme]:
    standing = ~Q(links__gloss__state=Anchor.State.ORPHANED)
    placed = Q(links__gloss__passage__number__isnull=False)
    passages = Count("links__gloss__passage", distinct=True, filter=standing & placed)
    return Theme.objects.annotate(passage_count=passages).filter(passage_count=1)


def glosses_without_reason() -> QuerySet[Gloss]:
    """Those with a link that does not say why."""
    return Gloss.objects.filter(Exists(GlossLink.objects.filter(gloss=OuterRef("pk"), reason="")))


def glosses_without_link() -> QuerySet[Gloss]:
    """Those that lead nowhere yet, as footnotes do when they come in."""
    return Gloss.objects.filter(links=None)


def lost_glosses() -> QuerySet[Gloss]:
    return Gloss.objects.orphaned()

"""The margin and the text brought together: marks in the words, glosses beside them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from annotations.highlighting import Mark, highlight
from annotations.models import Gloss, GlossLink, Quotation, Theme
from essays.models import Essay, Passage

# A passage of a draft is led to once its essay is published.
LEADING = Q(passage=None) | Q(passage__essay__status=Essay.Status.PUBLISHED)
LINKS = GlossLink.objects.filter(LEADING).select_related(
    "theme",
    "work",
    "quotation__work",
    "quotation__passage__essay__veil_after",
    "quotation__passage__essay__veil_work",
    "passage__essay__veil_after",
    "passage__essay__veil_work",
)

# Of the version that a gloss was written on, a page names only the place.
TEXTS = ("source", "html", "text")
UNREAD = [f"original__{of}{name}" for of in ("", "passage__") for name in TEXTS]


@dataclass
class PassageView:
    """A passage as a page shows it: `html` carries the marks, `glosses` stand in reading order.

    `covered` names the glosses that have no link of their own, by the gloss whose link holds them.
    """

    passage: Passage
    html: SafeString
    glosses: list[Gloss]
    quotation: Quotation | None = None
    veiled: bool = False
    themes: list[Theme] = field(default_factory=list)
    covered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def glosses_with_links(glosses):
    """The glosses with all that their links lead to, in two queries."""
    return glosses.prefetch_related(Prefetch("links", LINKS))


def passage_views(essay: Essay, veil, only: Passage | None = None) -> list[PassageView]:
    """Every current passage of an essay (or `only` one) with its margin, in four queries."""
    passages = [only] if only else list(essay.passages.current())
    glosses = defaultdict(list)
    by_id = {passage.pk: passage for passage in passages}
    standing = Gloss.objects.standing().filter(passage__in=by_id)
    for gloss in glosses_with_links(standing.select_related("original__passage").defer(*UNREAD)):
        gloss.passage, gloss.original.passage.essay = by_id[gloss.passage_id], essay
        glosses[gloss.passage_id].append(gloss)
    captions = captions_of(passages)
    return [
        _view(essay, passage, glosses[passage.pk], captions.get(passage.pk), veil)
        for passage in passages
    ]


def captions_of(passages: list[Passage]) -> dict[int, Quotation]:
    """The quotation that each passage prints and is nothing but, by the passage's id."""
    texts = {passage.pk: passage.text for passage in passages}
    printed = Quotation.objects.filter(passage__in=texts).select_related("work")
    return {q.passage_id: q for q in printed if q.text == texts[q.passage_id]}


def _view(essay, passage, glosses, quotation, veil) -> PassageView:
    marks = [_mark(gloss) for gloss in glosses if not gloss.is_whole_passage]
    marks_url = reverse("passage_detail", args=[essay.slug, passage.key]) + "marks/"
    marked = highlight(passage.html, marks, marks_url=marks_url)
    return PassageView(
        passage=passage,
        html=mark_safe(marked.html),
        glosses=glosses,
        quotation=quotation,
        veiled=bool(veil and veil.hides(passage)),
        themes=themes_of(glosses),
        covered=marked.covered,
    )


def _mark(gloss: Gloss) -> Mark:
    return Mark(
        id=str(gloss.pk),
        start=gloss.start,
        end=gloss.end,
        href=gloss.get_absolute_url(),
        kind="gloss",
        classes=mark_classes(gloss),
    )


def mark_classes(gloss: Gloss) -> tuple[str, ...]:
    """`theme` if all that it leads to are themes, `plain` if it leads nowhere."""
    kinds = {link.kind for link in gloss.links.all()}
    if not kinds:
        return ("plain",)
    return ("theme",) if kinds == {"theme"} else ()


def themes_of(glosses: list[Gloss]) -> list[Theme]:
    """The themes that glosses lead to, once each, in their order."""
    links = (link for gloss in glosses for link in gloss.links.all())
    return list({link.theme_id: link.theme for link in links if link.theme_id}.values())

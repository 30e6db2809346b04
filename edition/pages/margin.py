"""The margin and the text brought together: marks in the words, glosses and notes beside them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from annotations.models import Gloss, GlossLink, Note, Quotation, Theme
from annotations.text.highlight import Mark, highlight
from annotations.text.sentences import sentences
from edition.pages.margin_notes import UNREAD, Beside, notes_beside
from essays.models import Essay, Passage, Work

LINKS = GlossLink.objects.select_related(
    "theme",
    "work",
    "quotation__work",
    "quotation__passage__essay__veil_after",
    "quotation__passage__essay__veil_work",
    "passage__essay__veil_after",
    "passage__essay__veil_work",
)

# The note that a gloss was made of, and whose it is.
MADE_OF = ("promotion__note__reader__user",)


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
    beside: Beside = field(default_factory=Beside)

    @property
    def summary(self) -> str:
        """What the margin holds, as in “2 glosses · 1 yours · 11 readers”; empty if nothing."""
        glosses, readers = len(self.glosses), self.beside.readers
        parts = [
            glosses and f"{glosses} gloss{'' if glosses == 1 else 'es'}",
            self.beside.own_count and f"{self.beside.own_count} yours",
            readers and f"{readers} reader{'' if readers == 1 else 's'}",
            not self.beside.own_count and self.beside.undo and "1 deleted",
        ]
        return " · ".join(filter(None, parts))

    @property
    def sentences(self) -> str:
        """Where its sentences start and end, for scripts: “0-41 42-97”, in code points."""
        return " ".join(f"{span.start}-{span.end}" for span in sentences(self.passage.text))


def links_from(essay: Essay):
    """The links of an essay's glosses; a passage of a draft is led to from that draft alone."""
    published = Q(passage__essay__status=Essay.Status.PUBLISHED)
    return LINKS.filter(Q(passage=None) | published | Q(passage__essay=essay))


def glosses_with_links(glosses, essay: Essay):
    """The glosses with all that their links lead to, in two queries."""
    return glosses.prefetch_related(Prefetch("links", links_from(essay)))


def passage_views(
    essay: Essay,
    veil,
    passages: Sequence[Passage] | None = None,
    *,
    reader=None,
    notes: bool = True,
) -> list[PassageView]:
    """Every current passage of an essay (or these) with its margin, as `reader` may see it.

    In five queries (six for these alone), and one more for a reader; without `notes` in two less.
    Beside a draft no notes stand: what readers wrote before is in their notebooks.
    """
    if passages is None:
        passages, captions = _whole(essay)
    else:
        captions = captions_of(passages)
    glosses = defaultdict(list)
    by_id = {passage.pk: passage for passage in passages}
    standing = Gloss.objects.placed().filter(passage__in=by_id)
    standing = standing.select_related("original__passage", *MADE_OF).defer(*UNREAD)
    for gloss in glosses_with_links(standing, essay):
        gloss.passage, gloss.original.passage.essay = by_id[gloss.passage_id], essay
        glosses[gloss.passage_id].append(gloss)
    beside = notes_beside(essay, passages, reader) if notes and essay.is_published else {}
    return [
        _view(
            essay,
            passage,
            glosses[passage.pk],
            captions.get(passage.pk),
            veil,
            beside.get(passage.pk) or Beside(),
        )
        for passage in passages
    ]


def _whole(essay: Essay) -> tuple[list[Passage], dict[int, Quotation]]:
    """All passages of an essay, and what `captions_of` says of them, in one query."""
    quotation = {name: F(name) for name in ("id", "slug", "speaker", "place")}
    work = {name: F(f"work__{name}") for name in ("id", "slug", "title", "kind", "year")}
    work |= {name: F(f"work__{name}") for name in ("creator", "credit")}
    prints = Quotation.objects.filter(passage=OuterRef("pk"), text=OuterRef("text"))
    said = prints.order_by("-pk").values(said=JSONObject(**quotation, work=JSONObject(**work)))
    passages = list(essay.passages.current().annotate(said=Subquery(said[:1])))
    captions = {}
    for passage in passages:
        if passage.said:
            of = Work(**passage.said.pop("work"))
            captions[passage.pk] = Quotation(**passage.said, work=of, text=passage.text)
    return passages, captions


def captions_of(passages: Sequence[Passage]) -> dict[int, Quotation]:
    """The quotation that each passage prints and is nothing but, by the passage's id."""
    texts = {passage.pk: passage.text for passage in passages}
    printed = Quotation.objects.filter(passage__in=texts).select_related("work")
    return {q.passage_id: q for q in printed if q.text == texts[q.passage_id]}


def _view(essay, passage, glosses, quotation, veil, beside) -> PassageView:
    marks = [_mark(gloss) for gloss in glosses if not gloss.is_whole_passage]
    marks += [note_mark(note, "own") for note in beside.own if not note.is_whole_passage]
    marks += [note_mark(note, "note") for note in beside.others if not note.is_whole_passage]
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
        beside=beside,
    )


def _mark(gloss: Gloss) -> Mark:
    return Mark(
        id=str(gloss.pk),
        start=gloss.start,
        end=gloss.end,
        href=gloss.get_absolute_url(),
        kind="gloss",
        classes=gloss.mark_classes,
    )


def note_mark(note: Note, kind: str) -> Mark:
    return Mark(
        id=f"n{note.pk}",
        start=note.start,
        end=note.end,
        href=note.get_absolute_url(),
        kind=kind,
        colour=note.colour if kind == "own" else "",
    )


def themes_of(glosses: list[Gloss]) -> list[Theme]:
    """The themes that glosses lead to, once each, in their order."""
    links = (link for gloss in glosses for link in gloss.links.all())
    return list({link.theme_id: link.theme for link in links if link.theme_id}.values())

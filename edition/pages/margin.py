"""Passages as pages show them: marks in their text, glosses and notes in their margin."""

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
from edition.pages.margin_notes import DEFERRED, PassageNotes, notes_by_passage
from essays.counted import counted
from essays.models import Essay, Passage, Work

LINKS_WITH_TARGETS = GlossLink.objects.select_related(
    "theme",
    "work",
    "quotation__work",
    "quotation__passage__essay__veil_after",
    "quotation__passage__essay__veil_work",
    "passage__essay__veil_after",
    "passage__essay__veil_work",
)

# The reader's note that a gloss was made from, with its author.
SOURCE_NOTE = ("promotion__note__reader__user",)


@dataclass
class PassageView:
    """A passage as a page shows it: `html` with the marks, `glosses` in reading order.

    `covered` lists glosses inside the link of another gloss: their ids by that gloss's id.
    """

    passage: Passage
    html: SafeString
    glosses: list[Gloss]
    quotation: Quotation | None = None
    veiled: bool = False
    themes: list[Theme] = field(default_factory=list)
    covered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: PassageNotes = field(default_factory=PassageNotes)

    @property
    def summary(self) -> str:
        """As in “2 glosses · 1 yours · 11 readers”; empty if the margin is empty."""
        glosses, readers = len(self.glosses), self.notes.readers
        parts = [
            glosses and counted(glosses, "gloss"),
            self.notes.own_count and f"{self.notes.own_count} yours",
            readers and counted(readers, "reader"),
            not self.notes.own_count and self.notes.undo and "1 deleted",
        ]
        return " · ".join(filter(None, parts))

    @property
    def sentences(self) -> str:
        """Start and end of each sentence, for scripts: “0-41 42-97”, in code points."""
        return " ".join(f"{span.start}-{span.end}" for span in sentences(self.passage.text))


def links_from(essay: Essay):
    """The links of an essay's glosses, except those to passages of other essays' drafts."""
    published = Q(passage__essay__status=Essay.Status.PUBLISHED)
    return LINKS_WITH_TARGETS.filter(Q(passage=None) | published | Q(passage__essay=essay))


def glosses_with_links(glosses, essay: Essay):
    """The glosses with their links and the targets of these, in two queries."""
    return glosses.prefetch_related(Prefetch("links", links_from(essay)))


def passage_views(
    essay: Essay,
    veil,
    passages: Sequence[Passage] | None = None,
    *,
    reader=None,
    with_notes: bool = True,
) -> list[PassageView]:
    """Every current passage of an essay, or these `passages`, with its margin for `reader`.

    Five queries (six with `passages`), one more with a reader, two less without notes.
    Drafts show no notes: those written before it was unpublished are in their authors' notebooks.
    """
    if passages is None:
        passages, captions = _whole(essay)
    else:
        captions = captions_of(passages)
    glosses = defaultdict(list)
    by_id = {passage.pk: passage for passage in passages}
    placed = Gloss.objects.placed().filter(passage__in=by_id)
    placed = placed.select_related("original__passage", *SOURCE_NOTE).defer(*DEFERRED)
    for gloss in glosses_with_links(placed, essay):
        gloss.passage, gloss.original.passage.essay = by_id[gloss.passage_id], essay
        glosses[gloss.passage_id].append(gloss)
    notes = {}
    if with_notes and essay.is_published:
        notes = notes_by_passage(essay, passages, reader)
    return [
        _view(
            essay,
            passage,
            glosses[passage.pk],
            captions.get(passage.pk),
            veil,
            notes.get(passage.pk) or PassageNotes(),
        )
        for passage in passages
    ]


def _whole(essay: Essay) -> tuple[list[Passage], dict[int, Quotation]]:
    """All passages of an essay, and their captions as in `captions_of`, in one query."""
    quotation = {name: F(name) for name in ("id", "slug", "speaker", "place")}
    work = {name: F(f"work__{name}") for name in ("id", "slug", "title", "kind", "year")}
    work |= {name: F(f"work__{name}") for name in ("creator", "credit")}
    printed = Quotation.objects.filter(passage=OuterRef("pk"), text=OuterRef("text"))
    as_json = JSONObject(**quotation, work=JSONObject(**work))
    newest = printed.order_by("-pk").values(as_json=as_json)[:1]
    passages = list(essay.passages.current().annotate(caption=Subquery(newest)))
    captions = {}
    for passage in passages:
        if passage.caption:
            work = Work(**passage.caption.pop("work"))
            captions[passage.pk] = Quotation(**passage.caption, work=work, text=passage.text)
    return passages, captions


def captions_of(passages: Sequence[Passage]) -> dict[int, Quotation]:
    """The quotation that each passage consists of, by the passage's id."""
    texts = {passage.pk: passage.text for passage in passages}
    printed = Quotation.objects.filter(passage__in=texts).select_related("work")
    return {q.passage_id: q for q in printed if q.text == texts[q.passage_id]}


def _view(essay, passage, glosses, quotation, veil, notes) -> PassageView:
    marks = [gloss_mark(gloss) for gloss in glosses if not gloss.is_whole_passage]
    marks += [note_mark(note, "own") for note in notes.own if not note.is_whole_passage]
    marks += [note_mark(note, "note") for note in notes.others if not note.is_whole_passage]
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
        notes=notes,
    )


def gloss_mark(gloss: Gloss) -> Mark:
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
        id=f"n{note.public_id}",
        start=note.start,
        end=note.end,
        href=note.get_absolute_url(),
        kind=kind,
        colour=note.colour if kind == "own" else "",
    )


def themes_of(glosses: list[Gloss]) -> list[Theme]:
    """The themes that glosses link to, once each, in order of appearance."""
    links = (link for gloss in glosses for link in gloss.links.all())
    return list({link.theme_id: link.theme for link in links if link.theme_id}.values())

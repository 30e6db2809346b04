"""What a search found among the things that readers may see, each behind its veil."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.models import Quotation, SearchEntry, Theme
from annotations.search import Piece, Query, matching
from edition.threads import shown_links
from edition.veil import Veiled, by_essay
from essays.models import Essay, Passage

MOST = 20


@dataclass(frozen=True)
class Hit:
    """One thing that was found, its name and its words as HTML in which those asked for are lit."""

    thing: Essay | Passage | Quotation | Theme
    name: SafeString
    words: SafeString


class Found:
    """The answer to a query, the best first; words met nowhere count as beginnings of others."""

    most = MOST

    def __init__(self, query: Query):
        self.query = query
        if not any(self.counts.values()):
            self.query = query.loosely()
            del self.counts

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each kind there are."""
        return {kind: self._shown(kind).count() for kind in SearchEntry.THINGS}

    @property
    def summary(self) -> str:
        """The counts in words; empty if nothing was found."""
        counted = [(number, kind) for kind, number in self.counts.items() if number]
        return ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for n, kind in counted)

    @property
    def essays(self) -> list[Hit]:
        entries = self._shown("essay").prefetch_related("essay__works")[:MOST]
        return [self._hit(entry.essay, entry.essay.title, _about(entry.essay)) for entry in entries]

    @property
    def themes(self) -> list[Hit]:
        entries = self._shown("theme")[:MOST]
        return [self._hit(one.theme, one.theme.name, one.theme.definition) for one in entries]

    @property
    def unprinted_quotations(self) -> list[Hit]:
        """Those that no passage prints: no veil is over them."""
        return [hit for hit in self._quotations if hit.thing.passage is None]

    @property
    def printed_quotations(self) -> list[Veiled[Hit]]:
        printed = [hit for hit in self._quotations if hit.thing.passage]
        return by_essay(printed, lambda hit: hit.thing.passage)

    @cached_property
    def passages(self) -> Paginator:
        return Paginator(self._shown("passage"), MOST)

    def passages_of(self, page) -> list[Veiled[Hit]]:
        """The passages of a page of the paginator, by essay, each essay's in reading order."""
        hits = [self._hit(entry.passage, "", entry.passage.text) for entry in page]
        groups = by_essay(hits, lambda hit: hit.thing)
        for group in groups:
            group.free.sort(key=lambda hit: hit.thing.number)
            group.hidden.sort(key=lambda hit: hit.thing.number)
        return groups

    @cached_property
    def _quotations(self) -> list[Hit]:
        said = [entry.quotation for entry in self._shown("quotation")[:MOST]]
        return [self._hit(quotation, quotation.speaker, quotation.text) for quotation in said]

    def _shown(self, kind: str) -> QuerySet[SearchEntry]:
        entries = matching(self.query).filter(_readable(kind))
        return entries.select_related(kind, *RELATED.get(kind, ()))

    def _hit(self, thing, name: str, words: str) -> Hit:
        return Hit(thing, _html(self.query.light(name)), _html(self.query.excerpt(words)))


VEIL = ("passage__essay__veil_after", "passage__essay__veil_work")
RELATED = {
    "passage": VEIL,
    "quotation": ("quotation__work", *(f"quotation__{name}" for name in VEIL)),
}


def _readable(kind: str) -> Q:
    """Which entries of a kind a published essay shows today."""
    if kind == "essay":
        return Q(essay__status=Essay.Status.PUBLISHED)
    if kind == "theme":
        return Q(theme__in=shown_links().values("theme"))
    printed = "passage" if kind == "passage" else "quotation__passage"
    stands = Q(
        **{
            f"{printed}__number__isnull": False,
            f"{printed}__essay__status": Essay.Status.PUBLISHED,
        }
    )
    if kind == "passage":
        return stands
    return stands | Q(quotation__in=shown_links().values("quotation"))


def _html(pieces: list[Piece]) -> SafeString:
    lit = ((format_html("<mark>{}</mark>", one.text) if one.lit else one.text,) for one in pieces)
    return format_html_join("", "{}", lit)


def _about(essay: Essay) -> str:
    """Under the title of an essay: its dek, who wrote it, the works it is about."""
    works = [", ".join(filter(None, [str(work), work.byline])) for work in essay.works.all()]
    said = [essay.dek, essay.authors and f"By {essay.authors}", works and f"On {', '.join(works)}"]
    return ". ".join(part for part in said if part)

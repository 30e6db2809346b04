"""What a search found: what is free to read, then what stands behind the veil of each essay.

With the veils closed a page says the same whatever stands behind them: nothing that is free is
counted, limited, put in order or looked for otherwise because of what is not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.models import Quotation, SearchEntry, Theme
from annotations.search import Piece, Query, matching
from edition.threads import shown_links
from edition.veil import Veil, Veiled, behind_veil, by_essay, veil_of
from essays.models import Essay, Passage

MOST = 20
# Behind a veil: shared by all that there are, whatever is found.
MOST_BEHIND = 50
LEAST_BEHIND = 5


@dataclass(frozen=True)
class Hit:
    """One thing that was found, its name and its words as HTML in which those asked for are lit."""

    thing: Essay | Passage | Quotation | Theme
    name: SafeString
    words: SafeString

    @classmethod
    def of(cls, query: Query, thing, name: str, words: str) -> "Hit":
        return cls(thing, _html(query.light(name)), _html(query.excerpt(words)))

    @classmethod
    def of_passage(cls, query: Query, passage: Passage) -> "Hit":
        return cls.of(query, passage, "", passage.text)

    @classmethod
    def of_quotation(cls, query: Query, quotation: Quotation) -> "Hit":
        return cls.of(query, quotation, quotation.speaker, quotation.text)


@dataclass
class Behind:
    """What a search found behind the veil of one essay, which nothing else depends on.

    `query` is loose if it has nothing for the words as they are. Of `total` the best `most` are
    in `quotations` and, in reading order, in `passages`.
    """

    essay: Essay
    veil: Veil
    most: int
    query: Query
    total: int = 0
    quotations: list[Hit] = field(default_factory=list)
    passages: list[Hit] = field(default_factory=list)

    def add(self, entries: Iterable[SearchEntry]) -> None:
        for entry in entries:
            if entry.passage:
                self.passages.append(Hit.of_passage(self.query, entry.passage))
            else:
                self.quotations.append(Hit.of_quotation(self.query, entry.quotation))
        self.passages.sort(key=lambda hit: hit.thing.number)


class Found:
    """The answer to a query, the best first; words met nowhere count as beginnings of others."""

    most = MOST

    def __init__(self, query: Query):
        self.asked = self.query = query
        if not any(self.counts.values()):
            self.query = query.loosely()
            del self.counts

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each kind are free to read."""
        return _entries(self.query, hidden=False).aggregate(
            **{kind: Count("pk", filter=_readable(kind)) for kind in SearchEntry.THINGS}
        )

    @property
    def summary(self) -> str:
        """The counts in words; empty if nothing was found."""
        counted = [(number, kind) for kind, number in self.counts.items() if number]
        return ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for n, kind in counted)

    @property
    def essays(self) -> list[Hit]:
        entries = self._free("essay").prefetch_related("essay__works")[:MOST]
        essays = [entry.essay for entry in entries]
        return [Hit.of(self.query, essay, essay.title, _about(essay)) for essay in essays]

    @property
    def themes(self) -> list[Hit]:
        themes = [entry.theme for entry in self._free("theme")[:MOST]]
        return [Hit.of(self.query, theme, theme.name, theme.definition) for theme in themes]

    @property
    def quotations(self) -> list[Hit]:
        entries = self._free("quotation").select_related(*QUOTATION)[:MOST]
        return [Hit.of_quotation(self.query, entry.quotation) for entry in entries]

    @cached_property
    def passages(self) -> Paginator:
        return Paginator(self._free("passage").select_related(*PASSAGE), MOST)

    def passages_of(self, page) -> list[Veiled[Hit]]:
        """The passages of a page of the paginator, by essay, each essay's in reading order."""
        hits = [Hit.of_passage(self.query, entry.passage) for entry in page]
        groups = by_essay(hits, lambda hit: hit.thing)
        for group in groups:
            group.free.sort(key=lambda hit: hit.thing.number)
        return groups

    @property
    def nothing(self) -> str:
        """How it is said that nothing free was found; depends on nothing behind a veil."""
        return "Nothing that is free to read" if self._veiled else "Nothing here"

    @cached_property
    def behind(self) -> list[Behind]:
        """For every essay that has a veil what is behind it, be it nothing."""
        loosely = self.asked.loosely()
        exact = _entries_behind(self.asked, self._veiled)
        loose = _entries_behind(loosely, self._veiled.keys() - exact.keys())
        most = max(LEAST_BEHIND, MOST_BEHIND // max(1, len(self._veiled)))
        best = [pk for pks in [*exact.values(), *loose.values()] for pk in pks[:most]]
        entries = SearchEntry.objects.select_related(*PASSAGE, *QUOTATION).in_bulk(best)
        found = []
        for pk, essay in self._veiled.items():
            pks = exact.get(pk) or loose.get(pk, [])
            query = loosely if pk in loose else self.asked
            part = Behind(essay, veil_of(essay), most, query, len(pks))
            part.add(entries[entry] for entry in pks[:most])
            found.append(part)
        return found

    @cached_property
    def _veiled(self) -> dict[int, Essay]:
        """The published essays that have a veil, by their ids."""
        essays = Essay.objects.published().exclude(veil_after=None).exclude(veil_work=None)
        return {essay.pk: essay for essay in essays.select_related("veil_after", "veil_work")}

    def _free(self, kind: str) -> QuerySet[SearchEntry]:
        return _entries(self.query, hidden=False).filter(_readable(kind)).select_related(kind)


PASSAGE = ("passage__essay__veil_after", "passage__essay__veil_work")
QUOTATION = ("quotation__work", "quotation__passage__essay")


def _entries(query: Query, *, hidden: bool) -> QuerySet[SearchEntry]:
    """What matches, either what is free to read or what is behind a veil."""
    behind = behind_veil("passage") | behind_veil("quotation__passage")
    entries = matching(query).annotate(hidden=Case(When(behind, then=True), default=False))
    return entries.filter(hidden=hidden)


def _entries_behind(query: Query, essays: Collection[int]) -> dict[int, list[int]]:
    """The ids of the entries behind the veils of essays, the best first, by the essay's id."""
    printed = ("passage__essay", "quotation__passage__essay")
    entries = _entries(query, hidden=True).filter(_readable("passage") | _readable("quotation"))
    found = defaultdict(list)
    for pk, *of in entries.values_list("pk", *printed):
        essay = next(filter(None, of))
        if essay in essays:
            found[essay].append(pk)
    return found


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

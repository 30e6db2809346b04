"""What a search found: what is free to read, then what stands behind the veil of each essay.

With the veils closed a page says the same whatever stands behind them: nothing that is free is
counted, limited, put in order or looked for otherwise because of what is not.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When

from annotations.models import Note, SearchEntry
from annotations.search import Query, matching, matching_notes
from edition.pages.backlinks import shown_links
from edition.pages.search_hit import Hit
from edition.pages.veil import Veil, Veiled, behind_veil, by_essay, veil_of
from essays.models import Essay

MOST = 20
# Behind a veil: shared by all that there are, whatever is found.
MOST_BEHIND = 50
LEAST_BEHIND = 5


@dataclass
class Behind:
    """What a search found behind the veil of one essay, which nothing else depends on.

    `query` is loose if it has nothing for the words as they are. Of all `entries` and `written`,
    ids of notes, the best `most` are in `quotations`, in `passages`, these in reading order, and
    in `notes`, the newest first.
    """

    essay: Essay
    veil: Veil
    most: int
    query: Query
    entries: list[int] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    quotations: list[Hit] = field(default_factory=list)
    passages: list[Hit] = field(default_factory=list)
    notes: list[Hit] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.entries) + len(self.written)

    @property
    def best(self) -> list[int]:
        return self.entries[: self.most]

    @property
    def best_written(self) -> list[int]:
        return self.written[: max(0, self.most - len(self.entries))]

    def fill(self, entries: Mapping[int, SearchEntry], notes: Mapping[int, Note]) -> None:
        for entry in (entries[pk] for pk in self.best):
            if entry.passage:
                self.passages.append(Hit.of_passage(self.query, entry.passage))
            else:
                self.quotations.append(Hit.of_quotation(self.query, entry.quotation))
        self.passages.sort(key=lambda hit: hit.thing.number)
        self.notes = [Hit.of_note(self.query, notes[pk]) for pk in self.best_written]


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
        counts = _entries(self.query, hidden=False).aggregate(
            **{kind: Count("pk", filter=_readable(kind)) for kind in SearchEntry.THINGS}
        )
        return {**counts, "note": _notes(self.query, hidden=False).count()}

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

    @property
    def notes(self) -> list[Hit]:
        notes = _notes(self.query, hidden=False).select_related(*NOTE)[:MOST]
        return [Hit.of_note(self.query, note) for note in notes]

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
        most = max(LEAST_BEHIND, MOST_BEHIND // max(1, len(self._veiled)))
        exact = _behind(self.asked, self._veiled)
        loosely = self.asked.loosely()
        loose = _behind(loosely, self._veiled.keys() - exact.keys())
        parts = []
        for pk, essay in self._veiled.items():
            query = loosely if pk in loose else self.asked
            found = exact.get(pk) or loose.get(pk, ([], []))
            parts.append(Behind(essay, veil_of(essay), most, query, *found))
        entries = SearchEntry.objects.select_related(*PASSAGE, *QUOTATION)
        entries = entries.in_bulk([pk for part in parts for pk in part.best])
        notes = Note.objects.select_related(*NOTE)
        notes = notes.in_bulk([pk for part in parts for pk in part.best_written])
        for part in parts:
            part.fill(entries, notes)
        return parts

    @cached_property
    def _veiled(self) -> dict[int, Essay]:
        """The published essays that have a veil, by their ids."""
        essays = Essay.objects.published().exclude(veil_after=None).exclude(veil_work=None)
        return {essay.pk: essay for essay in essays.select_related("veil_after", "veil_work")}

    def _free(self, kind: str) -> QuerySet[SearchEntry]:
        return _entries(self.query, hidden=False).filter(_readable(kind)).select_related(kind)


PASSAGE = ("passage__essay__veil_after", "passage__essay__veil_work")
QUOTATION = ("quotation__work", "quotation__passage__essay")
NOTE = ("passage__essay", "reader__user")


def _entries(query: Query, *, hidden: bool) -> QuerySet[SearchEntry]:
    """What matches, either what is free to read or what is behind a veil."""
    behind = behind_veil("passage") | behind_veil("quotation__passage")
    entries = matching(query).annotate(hidden=Case(When(behind, then=True), default=False))
    return entries.filter(hidden=hidden)


def _notes(query: Query, *, hidden: bool) -> QuerySet[Note]:
    """The notes for anyone that match, either those free to read or those behind a veil."""
    notes = matching_notes(query).filter(essay__status=Essay.Status.PUBLISHED)
    behind = Case(When(behind_veil("passage"), then=True), default=False)
    return notes.annotate(hidden=behind).filter(hidden=hidden)


def _behind(query: Query, essays: Collection[int]) -> dict[int, tuple[list[int], list[int]]]:
    """The ids of entries and of notes behind the veils of essays, by the essay's id."""
    entries, notes = _entries_behind(query, essays), defaultdict(list)
    for pk, essay in _notes(query, hidden=True).values_list("pk", "essay"):
        if essay in essays:
            notes[essay].append(pk)
    return {pk: (entries.get(pk, []), notes.get(pk, [])) for pk in {*entries, *notes}}


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


def _about(essay: Essay) -> str:
    """Under the title of an essay: its dek, who wrote it, the works it is about."""
    works = [", ".join(filter(None, [str(work), work.byline])) for work in essay.works.all()]
    said = [essay.dek, essay.authors and f"By {essay.authors}", works and f"On {', '.join(works)}"]
    return ". ".join(part for part in said if part)

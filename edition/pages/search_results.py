"""The results of a search: those free to read, then those behind the veil of each essay.

A page with closed veils must not reveal what is behind them, so veiled results never change how
free ones are counted, limited, ordered or searched for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When

from annotations.models import Note, SearchEntry
from annotations.search import Query, matching, matching_notes
from edition.pages.backlinks import visible_links
from edition.pages.search_hit import Hit
from edition.pages.veil import Veil, Veiled, behind_veil, by_essay, veil_of
from essays.counted import counted
from essays.models import Essay

RESULTS_PER_KIND = 20
# The maximum is shared by the veils of all essays, whether or not they hide any results.
MAX_VEILED_RESULTS = 50
MIN_VEILED_RESULTS = 5


@dataclass
class VeiledResults:
    """The results behind the veil of one essay.

    `query` is the loose one if the exact one found nothing here. Of all `entry_ids` and `note_ids`
    the best `limit` are in `quotations`, `passages` (in reading order) and `notes` (newest first).
    """

    essay: Essay
    veil: Veil
    limit: int
    query: Query
    entry_ids: list[int] = field(default_factory=list)
    note_ids: list[int] = field(default_factory=list)
    quotations: list[Hit] = field(default_factory=list)
    passages: list[Hit] = field(default_factory=list)
    notes: list[Hit] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.entry_ids) + len(self.note_ids)

    @property
    def best_entries(self) -> list[int]:
        return self.entry_ids[: self.limit]

    @property
    def best_notes(self) -> list[int]:
        return self.note_ids[: max(0, self.limit - len(self.entry_ids))]

    def fill(self, entries: Mapping[int, SearchEntry], notes: Mapping[int, Note]) -> None:
        for entry in (entries[pk] for pk in self.best_entries):
            if entry.passage:
                self.passages.append(Hit.of_passage(self.query, entry.passage))
            else:
                self.quotations.append(Hit.of_quotation(self.query, entry.quotation))
        self.passages.sort(key=lambda hit: hit.target.number)
        self.notes = [Hit.of_note(self.query, notes[pk]) for pk in self.best_notes]


class SearchResults:
    """The results of a query, the best first. If none is free to read, its words match prefixes."""

    limit = RESULTS_PER_KIND

    def __init__(self, query: Query):
        self.exact_query = self.query = query
        if not any(self.counts.values()):
            self.query = query.loosely()
            del self.counts

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of free results of each kind."""
        counts = _entries(self.query, hidden=False).aggregate(
            **{kind: Count("pk", filter=_readable(kind)) for kind in SearchEntry.INDEXED}
        )
        return {**counts, "note": _notes(self.query, hidden=False).count()}

    @property
    def summary(self) -> str:
        """As in “1 essay, 12 passages”; empty if nothing was found."""
        return ", ".join(counted(number, kind) for kind, number in self.counts.items() if number)

    @property
    def essays(self) -> list[Hit]:
        entries = self._free("essay").prefetch_related("essay__works")[:RESULTS_PER_KIND]
        essays = [entry.essay for entry in entries]
        return [Hit.of(self.query, essay, essay.title, _about(essay)) for essay in essays]

    @property
    def themes(self) -> list[Hit]:
        themes = [entry.theme for entry in self._free("theme")[:RESULTS_PER_KIND]]
        return [Hit.of(self.query, theme, theme.name, theme.definition) for theme in themes]

    @property
    def quotations(self) -> list[Hit]:
        entries = self._free("quotation").select_related(*QUOTATION_RELATED)[:RESULTS_PER_KIND]
        return [Hit.of_quotation(self.query, entry.quotation) for entry in entries]

    @property
    def notes(self) -> list[Hit]:
        notes = _notes(self.query, hidden=False).select_related(*NOTE_RELATED)[:RESULTS_PER_KIND]
        return [Hit.of_note(self.query, note) for note in notes]

    @cached_property
    def passages(self) -> Paginator:
        return Paginator(self._free("passage").select_related(*PASSAGE_RELATED), RESULTS_PER_KIND)

    def passages_of(self, page) -> list[Veiled[Hit]]:
        """The passages on a page of the paginator by essay, each group in reading order."""
        hits = [Hit.of_passage(self.query, entry.passage) for entry in page]
        groups = by_essay(hits, lambda hit: hit.target)
        for group in groups:
            group.free.sort(key=lambda hit: hit.target.number)
        return groups

    @property
    def no_results_subject(self) -> str:
        """The subject of the sentence for no results; the same whatever is behind the veils."""
        return "Nothing that is free to read" if self._veiled_essays else "Nothing here"

    @cached_property
    def veiled(self) -> list[VeiledResults]:
        """One for every essay with a veil, even if nothing was found behind it."""
        limit = max(MIN_VEILED_RESULTS, MAX_VEILED_RESULTS // max(1, len(self._veiled_essays)))
        exact = _ids_behind_veils(self.exact_query, self._veiled_essays)
        loosely = self.exact_query.loosely()
        loose = _ids_behind_veils(loosely, self._veiled_essays.keys() - exact.keys())
        parts = []
        for pk, essay in self._veiled_essays.items():
            query = loosely if pk in loose else self.exact_query
            ids = exact.get(pk) or loose.get(pk, ([], []))
            parts.append(VeiledResults(essay, veil_of(essay), limit, query, *ids))
        entries = SearchEntry.objects.select_related(*PASSAGE_RELATED, *QUOTATION_RELATED)
        entries = entries.in_bulk([pk for part in parts for pk in part.best_entries])
        notes = Note.objects.select_related(*NOTE_RELATED)
        notes = notes.in_bulk([pk for part in parts for pk in part.best_notes])
        for part in parts:
            part.fill(entries, notes)
        return parts

    @cached_property
    def _veiled_essays(self) -> dict[int, Essay]:
        """The published essays with a veil, by id."""
        essays = Essay.objects.published().exclude(veil_after=None).exclude(veil_work=None)
        return {essay.pk: essay for essay in essays.select_related("veil_after", "veil_work")}

    def _free(self, kind: str) -> QuerySet[SearchEntry]:
        return _entries(self.query, hidden=False).filter(_readable(kind)).select_related(kind)


PASSAGE_RELATED = ("passage__essay__veil_after", "passage__essay__veil_work")
QUOTATION_RELATED = ("quotation__work", "quotation__passage__essay")
NOTE_RELATED = ("passage__essay", "reader__user")


def _entries(query: Query, *, hidden: bool) -> QuerySet[SearchEntry]:
    """The matching entries: either those free to read or those behind a veil."""
    behind = behind_veil("passage") | behind_veil("quotation__passage")
    entries = matching(query).annotate(hidden=Case(When(behind, then=True), default=False))
    return entries.filter(hidden=hidden)


def _notes(query: Query, *, hidden: bool) -> QuerySet[Note]:
    """The matching public notes: either those free to read or those behind a veil."""
    notes = matching_notes(query).filter(essay__status=Essay.Status.PUBLISHED)
    behind = Case(When(behind_veil("passage"), then=True), default=False)
    return notes.annotate(hidden=behind).filter(hidden=hidden)


def _ids_behind_veils(
    query: Query, essays: Collection[int]
) -> dict[int, tuple[list[int], list[int]]]:
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
    by_essay_id = defaultdict(list)
    for pk, *essay_ids in entries.values_list("pk", *printed):
        essay = next(filter(None, essay_ids))
        if essay in essays:
            by_essay_id[essay].append(pk)
    return by_essay_id


def _readable(kind: str) -> Q:
    """The entries of a kind that are in a published essay today."""
    if kind == "essay":
        return Q(essay__status=Essay.Status.PUBLISHED)
    if kind == "theme":
        return Q(theme__in=visible_links().values("theme"))
    printed = "passage" if kind == "passage" else "quotation__passage"
    in_essay = Q(
        **{
            f"{printed}__number__isnull": False,
            f"{printed}__essay__status": Essay.Status.PUBLISHED,
        }
    )
    if kind == "passage":
        return in_essay
    return in_essay | Q(quotation__in=visible_links().values("quotation"))


def _about(essay: Essay) -> str:
    """The text of an essay's result: its dek, its authors, the works it is about."""
    works = [", ".join(filter(None, [str(work), work.byline])) for work in essay.works.all()]
    sentences = [
        essay.dek,
        essay.authors and f"By {essay.authors}",
        works and f"On {', '.join(works)}",
    ]
    return ". ".join(part for part in sentences if part)

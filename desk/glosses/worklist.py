"""Worklists: the glosses or passages of one task, one after the other."""

from dataclasses import dataclass
from functools import partial

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from annotations.models import Gloss
from desk.front_page import TASKS, Task
from essays.identifiers import safe_id
from essays.models import Essay

CHANGED = partial(Gloss.objects.filter, state=Gloss.State.CHANGED)
MOVED = partial(Gloss.objects.filter, state=Gloss.State.MOVED)
PASSAGE_TASKS = {"bare": TASKS["bare"], "themeless": TASKS["themeless"]}
WORKLIST_TASKS = {
    "lost": TASKS["lost"],
    "changed": Task(CHANGED, ("", "glosses whose words changed since")),
    "moved": Task(MOVED, ("", "glosses whose words moved")),
    "nowhere": TASKS["nowhere"],
    "silent": TASKS["silent"],
    **PASSAGE_TASKS,
    "all": Task(Gloss.objects.all, ("", "every gloss")),
}
READING_ORDER = ["essay", F("passage__number").asc(nulls_last=True), "start", "pk"]


@dataclass(frozen=True)
class Worklist:
    """The ids of the glosses or passages of one task, in reading order."""

    kind: str
    essay: Essay | None
    ids: list[int]
    current_id: int | None

    @classmethod
    def from_query(cls, query, *, writing: bool = False) -> "Worklist":
        """The worklist that a query string names; without a kind, the first that is not empty.

        When a form is sent (`writing`), its gloss or passage stays current even if somebody else
        has finished it meanwhile.
        """
        slug = query.get("essay", "")[:60].replace("\0", "")
        essay = Essay.objects.filter(slug=slug).first()
        kind = query.get("kind", "")
        if kind not in WORKLIST_TASKS:
            kind = next((kind for kind in WORKLIST_TASKS if ids_of(kind, essay)), "all")
        ids, at = ids_of(kind, essay), safe_id(query.get("at"))
        if writing and at and at not in ids:
            ids.append(at)
        return cls(kind, essay, ids, at if at in ids else (ids or [None])[0])

    @property
    def title(self) -> str:
        return WORKLIST_TASKS[self.kind].title

    @property
    def is_of_passages(self) -> bool:
        return self.kind in PASSAGE_TASKS

    @property
    def position(self) -> int:
        return self.ids.index(self.current_id) + 1

    @property
    def url(self) -> str:
        return self._url_of(self.current_id)

    @property
    def next_url(self) -> str:
        """From the last to the first; if there is no other, to the list."""
        return self._url_of(self._neighbour(1))

    @property
    def previous_url(self) -> str:
        return self._url_of(self._neighbour(-1))

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(name, task.title) for name, task in WORKLIST_TASKS.items()]

    def _neighbour(self, step: int) -> int | None:
        other = self.ids[(self.position - 1 + step) % len(self.ids)]
        return other if other != self.current_id else None

    def _url_of(self, at: int | None) -> str:
        query = {"kind": self.kind, "essay": self.essay.slug if self.essay else "", "at": at}
        query = urlencode({name: value for name, value in query.items() if value})
        return f"{reverse('admin:annotations_gloss_worklist')}?{query}"


def ids_of(kind: str, essay: Essay | None) -> list[int]:
    order = ["essay", "number"] if kind in PASSAGE_TASKS else READING_ORDER
    rows = WORKLIST_TASKS[kind].query().order_by(*order)
    if essay:
        rows = rows.filter(essay=essay)
    return list(rows.values_list("pk", flat=True))

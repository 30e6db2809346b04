"""What is to be done at the desk: how much of it there is, and the list that shows it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from annotations.editorial import todo
from annotations.models import Standing
from annotations.moderation import moderate, promote
from desk.glosses.lost_notes import lost_notes


@dataclass(frozen=True)
class Task:
    """`query` finds what the list of `model` shows when it is asked for `search`.

    `page` names another list that shows it, for those who may change a `model`.
    """

    query: Callable[[], QuerySet]
    model: str
    search: str
    one: str
    many: str
    page: str = ""

    @property
    def permission(self) -> str:
        return self.model.replace("_", ".change_")

    def counted(self) -> dict:
        count = self.query().count()
        address = reverse(f"admin:{self.page or f'{self.model}_changelist'}")
        return {
            "count": count,
            "words": self.one if count == 1 else self.many,
            "url": f"{address}?{self.search}" if self.search else address,
        }


def _waiting_notes():
    return moderate.public_notes().filter(standing=Standing.WAITING)


def _waiting_replies():
    return moderate.public_replies().filter(standing=Standing.WAITING)


TASKS = [
    Task(
        *(_waiting_notes, "annotations_note", "queue=waiting"),
        *("note waiting for approval", "notes waiting for approval"),
    ),
    Task(
        *(_waiting_replies, "annotations_reply", "queue=waiting"),
        *("reply waiting for approval", "replies waiting for approval"),
    ),
    Task(moderate.open_flags, "annotations_flag", "", "open flag", "open flags"),
    Task(
        *(lost_notes, "annotations_gloss", ""),
        *("public note that lost its words", "public notes that lost their words"),
        page="annotations_note_lost",
    ),
    Task(
        *(todo.lost_glosses, "annotations_gloss", "words=orphaned"),
        *("gloss that lost its words", "glosses that lost their words"),
    ),
    Task(
        *(promote.agreed, "annotations_promotion", "gloss=to-make"),
        *("note that may become a gloss", "notes that may become glosses"),
    ),
    Task(todo.drafts, "essays_essay", "status__exact=draft", "draft", "drafts"),
    Task(
        *(todo.passages_without_gloss, "essays_passage", "without=gloss"),
        *("passage without a gloss", "passages without a gloss"),
    ),
    Task(
        *(todo.passages_without_theme, "essays_passage", "without=theme"),
        *("passage after the veil without a theme", "passages after the veil without a theme"),
    ),
    Task(
        *(todo.glosses_without_reason, "annotations_gloss", "leads=silent"),
        *("gloss that does not say why it leads", "glosses that do not say why they lead"),
    ),
    Task(
        *(todo.glosses_without_link, "annotations_gloss", "leads=none"),
        *("gloss that leads nowhere", "glosses that lead nowhere"),
    ),
    Task(
        *(todo.quotations_never_cited, "annotations_quotation", "cited=never"),
        *("quotation never cited", "quotations never cited"),
    ),
    Task(
        *(todo.quotations_that_differ, "annotations_quotation", "words=differ"),
        *("quotation that differs from its passage", "quotations that differ from their passage"),
    ),
    Task(
        *(todo.themes_on_one_passage, "annotations_theme", "passages=one"),
        *("theme on one passage only", "themes on one passage only"),
    ),
]

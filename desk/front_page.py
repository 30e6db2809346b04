"""The editorial tasks that the front page counts, and that filters and the worklist show."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from annotations.editorial import todo
from annotations.moderation import moderate, promote


@dataclass(frozen=True)
class TaskList:
    """Where a task is shown: the list of `model`, with `search` as its query string.

    `choice` is the name of that search in the list's filter. `page` is the URL name of another
    list, for those who may change a `model`.
    """

    model: str
    search: str = ""
    choice: str = ""
    page: str = ""

    @property
    def permission(self) -> str:
        return self.model.replace("_", ".change_")

    @property
    def url(self) -> str:
        url = reverse(f"admin:{self.page or f'{self.model}_changelist'}")
        return f"{url}?{self.search}" if self.search else url


@dataclass(frozen=True)
class Task:
    """What editors or moderators have to do; `names` are singular and plural.

    The front page leaves out a task without names.
    """

    query: Callable[[], QuerySet]
    names: tuple[str, str] | None
    task_list: TaskList | None = None

    @property
    def title(self) -> str:
        return capfirst(self.names[1])

    def is_counted_for(self, user) -> bool:
        return bool(self.names) and user.has_perm(self.task_list.permission)

    def counted(self) -> dict:
        count = self.query().count()
        return {"count": count, "words": self.names[count != 1], "url": self.task_list.url}


TASKS = {
    "waiting notes": Task(
        todo.waiting_notes,
        ("note waiting for approval", "notes waiting for approval"),
        TaskList("annotations_note", "queue=waiting"),
    ),
    "waiting replies": Task(
        todo.waiting_replies,
        ("reply waiting for approval", "replies waiting for approval"),
        TaskList("annotations_reply", "queue=waiting"),
    ),
    "flags": Task(moderate.open_flags, ("open flag", "open flags"), TaskList("annotations_flag")),
    "lost notes": Task(
        todo.lost_notes,
        ("public note that lost its words", "public notes that lost their words"),
        TaskList("annotations_gloss", page="annotations_note_lost"),
    ),
    "lost": Task(
        todo.lost_glosses,
        ("gloss that lost its words", "glosses that lost their words"),
        TaskList("annotations_gloss", "words=orphaned"),
    ),
    "promotions": Task(
        promote.agreed,
        ("note that may become a gloss", "notes that may become glosses"),
        TaskList("annotations_promotion", "gloss=to-make", "gloss to be made"),
    ),
    "drafts": Task(
        todo.drafts, ("draft", "drafts"), TaskList("essays_essay", "status__exact=draft")
    ),
    "bare": Task(
        todo.passages_without_gloss,
        ("passage without a gloss", "passages without a gloss"),
        TaskList("essays_passage", "without=gloss", "no gloss"),
    ),
    "themeless": Task(
        todo.passages_without_theme,
        ("passage after the veil without a theme", "passages after the veil without a theme"),
        TaskList("essays_passage", "without=theme", "after the veil, no theme"),
    ),
    "silent": Task(
        todo.glosses_without_reason,
        ("gloss that does not say why it leads", "glosses that do not say why they lead"),
        TaskList("annotations_gloss", "leads=silent", "without saying why"),
    ),
    "nowhere": Task(
        todo.glosses_without_link,
        ("gloss that leads nowhere", "glosses that lead nowhere"),
        TaskList("annotations_gloss", "leads=none", "nowhere"),
    ),
    "uncited quotations": Task(
        todo.quotations_never_cited,
        ("quotation never cited", "quotations never cited"),
        TaskList("annotations_quotation", "cited=never", "never"),
    ),
    "differing quotations": Task(
        todo.quotations_that_differ,
        ("quotation that differs from its passage", "quotations that differ from their passage"),
        TaskList("annotations_quotation", "words=differ", "differ from its passage"),
    ),
    "uncited themes": Task(
        todo.themes_never_cited, None, TaskList("annotations_theme", "cited=never", "never")
    ),
    "themes on one passage": Task(
        todo.themes_on_one_passage,
        ("theme on one passage only", "themes on one passage only"),
        TaskList("annotations_theme", "passages=one", "one"),
    ),
}

"""The last step of an import: save the essay as a draft with its passages, glosses and works."""

from django.db import transaction
from django.utils.text import slugify

from annotations import revising, search
from annotations.catalogue import slugs
from annotations.models import Gloss
from annotations.revising import Draft
from desk.importing.forms import EssayForm, WorkForms
from desk.importing.looking import Look
from essays.identifiers import free_name
from essays.models import Essay, EssayWork, Passage, Work


@transaction.atomic
def save_draft(
    look: Look, form: EssayForm, works: WorkForms, veil_for: int | None, by
) -> tuple[Essay, int, int]:
    """Save all of it or nothing; return the essay and its numbers of passages and glosses.

    It is not tried again after a deadlock: a first try leaves its ids in the forms' objects. Raises
    RevisingError, or IntegrityError if the slug was taken meanwhile.
    """
    essay = form.save(commit=False)
    veil, essay.veil_text = look.working.veil, essay.veil_text if veil_for is not None else ""
    essay.save()
    about = _save_works(essay, works)
    drafts = [
        Draft(row.unmarked, row.passage.kind, row.passage.runs_on, row.passage.key)
        for row in look.rows
    ]
    revising.revise(essay, drafts, by=by)
    essay = Essay.objects.get(pk=essay.pk)
    passages = list(essay.passages.current())
    if veil is not None and veil_for is not None:
        essay.veil_after, essay.veil_work = passages[veil], about[veil_for]
        essay.save(update_fields=["veil_after", "veil_work"])
    glosses = _save_glosses(essay, look, passages)
    revising.bump_counters(essay, works=about.values())
    search.reindex(essay, works=about.values())
    return essay, len(passages), glosses


def _save_works(essay: Essay, works: WorkForms) -> dict[int, Work]:
    for position, work in works.works.items():
        if work.pk is None:
            work.slug = slugs.slug_from(Work, work.title)
            work.save()
        EssayWork.objects.create(essay=essay, work=work, position=position)
    return works.works


def _save_glosses(essay: Essay, look: Look, passages: list[Passage]) -> int:
    footnotes = {footnote.label: footnote.source for footnote in look.footnotes}
    keys: set[str] = set()
    for row, passage in zip(look.rows, passages, strict=True):
        for mark in row.marks:
            key = _key(mark.label, keys)
            gloss = Gloss(essay=essay, key=key, source=footnotes[mark.label])
            revising.attach(gloss, passage, mark.start, mark.end)
            gloss.save()
    return len(keys)


def _key(label: str, taken: set[str]) -> str:
    """A key for the gloss made from the footnote `label`; adds it to `taken`."""
    stem = f"footnote-{slugify(label)[:24] or 'x'}".rstrip("-")
    key = free_name(stem, taken.__contains__)
    taken.add(key)
    return key

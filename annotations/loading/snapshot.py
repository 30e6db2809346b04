"""The state of the files or of the site, in one form that can be compared and stored.

A State has sections (`essay`, `passages`, `works`, `themes`, `quotations`, `glosses`), each a
mapping of names to JSON values. Passages go by key; a passage of another essay is `essay/key`.
"""

from annotations.models import Gloss, Quotation, Theme
from annotations.text.phrases import Occurrences
from essays.models import Essay, Passage, Work

State = dict[str, dict[str, object]]

SECTIONS = ("essay", "passages", "works", "themes", "quotations", "glosses")
ESSAY_FIELDS = ("title", "dek", "authors", "language", "licence", "colour", "smart")
WORK_FIELDS = ("title", "kind", "creator", "credit", "year")
THEME_FIELDS = ("name", "definition")


def state_of_site(essay: Essay | None, names: dict[str, set[str]]) -> State:
    """The state of an essay on the site, and of these works, themes, quotations and glosses."""
    state: State = {
        "works": {
            work.slug: _fields(work, WORK_FIELDS)
            for work in Work.objects.filter(slug__in=names["works"])
        },
        "themes": {
            theme.slug: _fields(theme, THEME_FIELDS)
            for theme in Theme.objects.filter(slug__in=names["themes"])
        },
        "quotations": {
            quotation.slug: _quotation(quotation, essay)
            for quotation in Quotation.objects.filter(slug__in=names["quotations"]).select_related(
                "work", "passage__essay"
            )
        },
    }
    if essay is None:
        return {**state, "essay": {}, "passages": {}, "glosses": {}}
    current = list(essay.passages.current())
    glosses = essay.glosses.filter(key__in=names["glosses"])
    glosses = glosses.select_related("original__passage").prefetch_related(
        "links__theme", "links__work", "links__quotation", "links__passage__essay"
    )
    return {
        **state,
        "essay": _essay(essay, current),
        "passages": {passage.key: passage_value(passage) for passage in current},
        "glosses": {gloss.key: _gloss(gloss, essay) for gloss in glosses},
    }


def passage_value(passage) -> dict[str, object]:
    """The value of a Passage, or of a CutPassage from a file."""
    return {"kind": passage.kind, "runs_on": passage.runs_on, "source": passage.source}


def name_of(passage: Passage, essay: Essay | None) -> str:
    """A passage's key, or `essay/key` if it is not one of `essay`."""
    own = essay is not None and passage.essay_id == essay.pk
    return passage.key if own else f"{passage.essay.slug}/{passage.key}"


def _fields(row, names) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _essay(essay: Essay, current: list[Passage]) -> dict[str, object]:
    veil = None
    if essay.veil_after and essay.veil_work:
        veil = {
            "after": essay.veil_after.key,
            "work": essay.veil_work.slug,
            "text": essay.veil_text,
        }
    return {
        **_fields(essay, ESSAY_FIELDS),
        "date": essay.date and essay.date.isoformat(),
        "works": [about.work.slug for about in essay.essaywork_set.select_related("work")],
        "veil": veil,
        "order": [passage.key for passage in current],
    }


def _quotation(quotation: Quotation, essay: Essay | None) -> dict[str, object]:
    has_passage = quotation.passage is not None
    phrase = quotation.text if has_passage and not quotation.is_whole_passage else ""
    return {
        "work": quotation.work.slug,
        "speaker": quotation.speaker,
        "place": quotation.place,
        "passage": name_of(quotation.passage, essay) if has_passage else None,
        "phrase": phrase,
        "text": "" if has_passage else quotation.text,
    }


def _gloss(gloss: Gloss, essay: Essay) -> dict[str, object]:
    """By its original: an edit of the text that moves a gloss is not an edit of the gloss."""
    original = gloss.original
    return {
        "passage": original.passage.key,
        "phrase": gloss.exact,
        "occurrence": Occurrences(original.text, gloss.exact).number_at(gloss.original_start),
        "text": gloss.source,
        "links": [
            {
                "to": link.kind,
                "name": name_of(link.passage, essay) if link.passage else link.target.slug,
                "phrase": link.phrase,
                "relation": link.relation,
                "reason": link.reason,
            }
            for link in gloss.links.all()
        ],
    }

"""The reading page of an essay: its runs of passages, its assets, its JSON-LD."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from edition.pages.margin import PassageView, passage_views, themes_of
from edition.pages.score import score_of
from edition.pages.veil import Veil, veil_of
from essays import colour
from essays.models import Correction, Essay, Passage, Work
from essays.site_identity import site_identity

WORDS_PER_MINUTE = 220
SCHEMA_TYPES = {"film": "Movie", "book": "Book", "series": "TVSeries"}
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class EssayAssets:
    """An essay's generated files: the stylesheet of its colour, the picture for link previews."""

    essay: Essay

    @cached_property
    def stylesheet(self) -> str:
        return colour.stylesheet(self.essay.slug, colour.palette(self.essay.colour))

    @cached_property
    def works(self) -> list[Work]:
        return [about.work for about in self.essay.essaywork_set.select_related("work")]

    @property
    def kicker(self) -> str:
        return "On " + ", ".join(map(str, self.works)) if self.works else ""

    @property
    def stylesheet_digest(self) -> str:
        return colour.digest(self.stylesheet)

    @property
    def preview_digest(self) -> str:
        words = [site_identity().name, self.essay.title, self.essay.dek, self.kicker]
        content = "\n".join([settings.RELEASE, *words, self.stylesheet])
        return hashlib.sha256(content.encode()).hexdigest()[:10]

    @property
    def stylesheet_url(self) -> str:
        return reverse("essay_colour", args=[self.essay.slug, self.stylesheet_digest])

    @property
    def preview_url(self) -> str:
        return reverse("essay_preview", args=[self.essay.slug, self.preview_digest])


def runs_of(passages: Sequence[Passage], veil: Veil | None) -> list[list[Passage]]:
    """Passages in reading order; one that runs on joins the next, but never across the veil."""
    runs: list[list[Passage]] = []
    joined = False
    for passage in passages:
        if joined and _hides(veil, runs[-1][-1]) == _hides(veil, passage):
            runs[-1].append(passage)
        else:
            runs.append([passage])
        joined = passage.runs_on
    return runs


def run_of(passage: Passage, reader) -> list[PassageView]:
    """The run that a passage is in, as `reader` sees it; empty for a retired passage."""
    veil = veil_of(passage.essay)
    run = _run_with(passage, passage.essay.passages.current())
    return passage_views(passage.essay, veil, run, reader=reader) if run else []


def run_key(passage: Passage) -> str:
    """The key of the first passage of the run that a passage is in; empty for a retired passage."""
    passages = passage.essay.passages.current().only("key", "number", "runs_on")
    return next((first.key for first in _run_with(passage, passages)), "")


def _run_with(passage: Passage, passages) -> list[Passage]:
    runs = runs_of(list(passages), veil_of(passage.essay))
    return next((run for run in runs if passage in run), [])


def _hides(veil: Veil | None, passage: Passage) -> bool:
    return veil is not None and veil.hides(passage)


class ReadingPage:
    """What the template of the reading page needs; each property queries the database when used."""

    def __init__(self, essay: Essay, reader=None):
        self.essay, self.reader = essay, reader
        self.veil = veil_of(essay)
        self.assets = EssayAssets(essay)

    @property
    def works(self):
        return self.assets.works

    @cached_property
    def views(self) -> list[PassageView]:
        return passage_views(self.essay, self.veil, reader=self.reader)

    @cached_property
    def runs(self) -> list[list[PassageView]]:
        views = {view.passage: view for view in self.views}
        return [[views[passage] for passage in run] for run in runs_of(list(views), self.veil)]

    @property
    def free_runs(self):
        return [run for run in self.runs if not run[0].veiled]

    @property
    def veiled_runs(self):
        return [run for run in self.runs if run[0].veiled]

    @cached_property
    def themes(self):
        return themes_of([gloss for view in self.views for gloss in view.glosses])

    @cached_property
    def score(self):
        return score_of(self.views)

    @cached_property
    def minutes(self) -> int:
        words = sum(len(view.passage.text.split()) for view in self.views)
        return max(1, round(words / WORDS_PER_MINUTE))

    @cached_property
    def corrections(self) -> list[Correction]:
        """The newest first; no query if there are none."""
        return list(self.essay.corrections.all()) if self.essay.corrected_on else []

    @property
    def json_ld(self):
        """The essay as a schema.org Article."""
        site = settings.SITE_URL.rstrip("/")
        article = {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": self.essay.title,
            "description": self.essay.dek,
            "inLanguage": self.essay.language,
            "url": site + self.essay.get_absolute_url(),
            "image": site + self.assets.preview_url,
            "isPartOf": {"@type": "WebSite", "name": site_identity().name, "url": f"{site}/"},
            "about": [_schema_of(work) for work in self.works],
            "author": self.essay.authors and {"@type": "Person", "name": self.essay.authors},
            "datePublished": self.essay.date and self.essay.date.isoformat(),
            "dateModified": self.essay.corrected_on and self.essay.corrected_on.isoformat(),
            "correction": [_schema_of_correction(correction) for correction in self.corrections],
            "isBasedOn": self.essay.canonical_url,
            "license": self.essay.licence,
        }
        filled = {name: value for name, value in article.items() if value}
        return mark_safe(json.dumps(filled, ensure_ascii=False).translate(ESCAPES))


def _schema_of_correction(correction: Correction) -> dict:
    day = correction.date.isoformat()
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": day}


def _schema_of(work) -> dict:
    schema = {"@type": SCHEMA_TYPES[work.kind], "name": work.title}
    if work.creator:
        schema["creator"] = {"@type": "Person", "name": work.creator}
    if work.year:
        schema["dateCreated"] = str(work.year)
    return schema

"""Works, essays, passages and their versions, and the site's own pages."""

from essays.models.correction import Correction
from essays.models.essay import Essay, EssayQuerySet, EssayWork
from essays.models.former_address import FormerAddress
from essays.models.passage import Passage, PassageText
from essays.models.revision import PassageRevision, Revision
from essays.models.site_settings import Site
from essays.models.work import Work, WorkKind

__all__ = [
    "Correction",
    "Essay",
    "EssayQuerySet",
    "EssayWork",
    "FormerAddress",
    "Passage",
    "PassageRevision",
    "PassageText",
    "Revision",
    "Site",
    "Work",
    "WorkKind",
]

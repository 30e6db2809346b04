"""The versions of a passage, each compared with the one before it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Self

from django.db.models import F

from essays.models import Essay, Passage, PassageRevision, Revision
from essays.word_diff import Piece, compare


def publish_versions(essay: Essay) -> None:
    """Let readers see how the passages are now, and the end of those that they knew."""
    versions = PassageRevision.objects.filter(
        passage__in=essay.passages.for_readers(), version=F("passage__version")
    )
    PassageRevision.objects.filter(pk__in=versions.values("pk")).update(was_published=True)


@dataclass(frozen=True)
class PassageVersion:
    """A version of a passage; `previous` is None for the first.

    A subclass says which field to compare and how to name the user who made it, or None.
    """

    version: PassageRevision
    previous: PassageRevision | None

    compared_field: ClassVar[str]
    name_of: ClassVar[Callable[..., str]]

    @classmethod
    def all_of(cls, passage: Passage) -> list[Self]:
        """Every version, the newest first, in one query; only the compared field is read."""
        unread = [name for name in ("source", "html", "text") if name != cls.compared_field]
        versions = cls.shown(passage.versions).select_related("revision__by").defer(*unread)
        newest_first = [*versions.order_by("-version"), None]
        return [cls(version, previous) for version, previous in pairwise(newest_first)]

    @staticmethod
    def shown(versions):
        return versions.all()

    @property
    def author(self) -> str:
        revision = self.version.revision
        from_files = revision.origin == Revision.Origin.FILE
        return "from the files" if from_files else self.name_of(revision.by)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The changes of the compared field; for the first version, all of it as unchanged."""
        versions = (self.previous or self.version, self.version)
        return compare(*(getattr(version, self.compared_field) for version in versions))

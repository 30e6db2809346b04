from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from essays.models import Passage, PassageRevision, Revision
from essays.word_diff import Piece, compare


@dataclass(frozen=True)
class VersionEntry:
    """A version of a passage and what it changed; `previous` is None for the first."""

    version: PassageRevision
    previous: PassageRevision | None
    is_current: bool

    @property
    def author(self) -> str:
        revision = self.version.revision
        if revision.origin == Revision.Origin.FILE:
            return "from the files"
        return str(revision.by) if revision.by else "somebody whose account is gone"

    @cached_property
    def pieces(self) -> list[Piece]:
        """The changes of the source; for the first version, all of it as unchanged."""
        return compare((self.previous or self.version).source, self.version.source)

    @property
    def facts(self) -> list[str]:
        """The passage's number, and what changed apart from its source."""
        version, previous = self.version, self.previous
        if version.number is None:
            return ["Cut from the essay"]
        facts = [f"passage {version.number}"]
        if previous and previous.number is None:
            facts.append("brought back")
        if previous and previous.kind != version.kind:
            kinds = [one.get_kind_display().lower() for one in (previous, version)]
            facts.append(" became ".join(kinds))
        if previous and previous.runs_on != version.runs_on:
            facts.append("runs on now" if version.runs_on else "runs on no more")
        return facts

    @property
    def can_come_back(self) -> bool:
        return not self.is_current and self.version.number is not None


def versions_for_editors(passage: Passage) -> list[VersionEntry]:
    """Every version, the newest first, in one query."""
    versions = passage.versions.select_related("revision__by").defer("html")
    newest_first = [*versions.order_by("-version"), None]
    return [
        VersionEntry(version, previous, version.version == passage.version)
        for version, previous in pairwise(newest_first)
    ]

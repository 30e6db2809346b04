"""The versions of a passage, each beside the one before it."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from essays.models import Passage, PassageRevision, Revision
from essays.word_diff import Piece, compare


@dataclass(frozen=True)
class Version:
    now: PassageRevision
    before: PassageRevision | None
    is_today: bool

    @property
    def who(self) -> str:
        revision = self.now.revision
        if revision.origin == Revision.Origin.FILE:
            return "from the files"
        return str(revision.by) if revision.by else "somebody whose account is gone"

    @cached_property
    def pieces(self) -> list[Piece]:
        """What changed in the source since the version before; of the first, all it says."""
        said = self.now.source if self.before is None else self.before.source
        return compare(said, self.now.source)

    @property
    def facts(self) -> list[str]:
        """What this version did beside the words."""
        now, before = self.now, self.before
        if now.number is None:
            return ["Cut from the essay"]
        facts = [f"passage {now.number}"]
        if before and before.number is None:
            facts.append("brought back")
        if before and before.kind != now.kind:
            kinds = [one.get_kind_display().lower() for one in (before, now)]
            facts.append(" became ".join(kinds))
        if before and before.runs_on != now.runs_on:
            facts.append("runs on now" if now.runs_on else "runs on no more")
        return facts

    @property
    def can_come_back(self) -> bool:
        return not self.is_today and self.now.number is not None


def versions_of(passage: Passage) -> list[Version]:
    """Every version, the newest first, in one query."""
    kept = passage.versions.select_related("revision__by").defer("html")
    newest_first = [*kept.order_by("-version"), None]
    return [
        Version(now, before, now.version == passage.version)
        for now, before in pairwise(newest_first)
        if now
    ]

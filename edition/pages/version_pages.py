"""What became of a text: the versions of a passage, and what the author of a gloss or note saw."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from annotations.models import Anchor
from edition.pages.veil import Veil, veil_over
from essays.models import Passage, PassageRevision, Revision
from essays.word_diff import Piece, compare


@dataclass(frozen=True)
class Version:
    """A version of a passage beside the one before it, if there is one."""

    now: PassageRevision
    before: PassageRevision | None

    @property
    def who(self) -> str:
        """Whoever made it, as others may know them."""
        revision = self.now.revision
        if revision.origin == Revision.Origin.FILE:
            return "from the files"
        return (revision.by and revision.by.pen_name) or "an editor"

    @cached_property
    def pieces(self) -> list[Piece]:
        """What changed since the version before; of the first, all that it says."""
        said = self.now.text if self.before is None else self.before.text
        return compare(said, self.now.text)

    @property
    def summary(self) -> str:
        """What this version did to the passage, where its words alone do not tell."""
        if self.now.number is None:
            return "Cut from the essay"
        if self.before and self.before.number is None:
            return "Brought back"
        if self.before and self.before.text == self.now.text:
            return "The same words in another form"
        return ""


def versions_of(passage: Passage) -> list[Version]:
    """Every version, the newest first, in one query."""
    kept = passage.versions.select_related("revision__by").defer("source", "html")
    newest_first = [*kept.order_by("-version"), None]
    return [Version(now, before) for now, before in pairwise(newest_first) if now]


@dataclass(frozen=True)
class AsWritten:
    """The passage as the author of a gloss or note saw it, around the words that it is about.

    `veil` hides that text where the gloss or note itself is not; `pieces` lead from the words
    as they were to those of today, and are empty where no words stand today.
    """

    version: PassageRevision
    before: str
    words: str
    after: str
    pieces: list[Piece]
    veil: Veil | None


def as_written(anchor: Anchor, over: Veil | None) -> AsWritten | None:
    """What its author saw, if the words changed or are gone; `over` hides the gloss or note.

    Reads `original` with its passage and essay.
    """
    if anchor.is_whole_passage or anchor.state not in (Anchor.State.CHANGED, Anchor.State.ORPHANED):
        return None
    version = anchor.original
    start, end = anchor.original_start, anchor.original_end
    return AsWritten(
        version=version,
        before=version.text[:start],
        words=version.text[start:end],
        after=version.text[end:],
        pieces=compare(anchor.exact, anchor.words) if anchor.state == Anchor.State.CHANGED else [],
        veil=None if over else veil_over(version.passage),
    )

"""The versions of a passage, and the passage as the author of a gloss or note saw it."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from annotations.models import Anchor
from edition.pages.veil import Veil, veil_over
from essays.models import Passage, PassageRevision, Revision
from essays.word_diff import Piece, compare


@dataclass(frozen=True)
class PassageVersion:
    """A version of a passage, with the one before it if there is one."""

    now: PassageRevision
    before: PassageRevision | None

    @property
    def who(self) -> str:
        """Who made it, without names that are not public."""
        revision = self.now.revision
        if revision.origin == Revision.Origin.FILE:
            return "from the files"
        return (revision.by and revision.by.pen_name) or "an editor"

    @cached_property
    def pieces(self) -> list[Piece]:
        """What changed since the version before; for the first version, its whole text."""
        before = self.before or self.now
        return compare(before.text, self.now.text)

    @property
    def summary(self) -> str:
        """What this version did to the passage, where the changed words do not show it."""
        if self.now.number is None:
            return "Cut from the essay"
        if self.before and self.before.number is None:
            return "Brought back"
        if self.before and self.before.text == self.now.text:
            return "The same words in another form"
        return ""


def versions_for_readers(passage: Passage) -> list[PassageVersion]:
    """Every version, the newest first, in one query."""
    versions = passage.versions.select_related("revision__by").defer("source", "html")
    newest_first = [*versions.order_by("-version"), None]
    return [PassageVersion(now, before) for now, before in pairwise(newest_first)]


@dataclass(frozen=True)
class AsWritten:
    """The passage as the author of a gloss or note saw it, split around the annotated words.

    `pieces` compare these words with those of today; they are empty if the words were removed.
    `veil` hides this text if the gloss or note itself is not behind a veil.
    """

    version: PassageRevision
    before: str
    words: str
    after: str
    pieces: list[Piece]
    veil: Veil | None


def passage_as_written(anchor: Anchor, over: Veil | None) -> AsWritten | None:
    """What the author saw, if the words have changed or were removed since.

    `over` is the veil that hides the gloss or note. Load `original` with its passage and essay.
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

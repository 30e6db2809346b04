"""The versions of a passage, and the passage as the author of a gloss or note saw it."""

from dataclasses import dataclass

from annotations.models import Anchor
from edition.pages.veil import Veil, veil_over
from essays.models import PassageRevision
from essays.versions import PassageVersion
from essays.word_diff import Piece, compare
from readers.pen_names import editor_name


class ReadersVersion(PassageVersion):
    """A version that readers could see, with its text, without names that are not public."""

    compared_field = "text"
    name_of = staticmethod(editor_name)

    @staticmethod
    def shown(versions):
        return versions.published()

    @property
    def summary(self) -> str:
        """What this version did to the passage, where the changed words do not show it."""
        version, previous = self.version, self.previous
        if version.number is None:
            return "Cut from the essay"
        if previous and previous.number is None:
            return "Brought back"
        if previous and previous.text == version.text:
            return "The same words in another form"
        return ""


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


def passage_as_written(anchor: Anchor, anchor_veil: Veil | None) -> AsWritten | None:
    """What the author saw, if readers saw it too and the words have changed or are gone since.

    `anchor_veil` is the veil that hides the gloss or note. Load `original` with its
    passage and essay.
    """
    version = anchor.original
    has_changed = anchor.state in (Anchor.State.CHANGED, Anchor.State.ORPHANED)
    if anchor.is_whole_passage or not has_changed or not version.was_published:
        return None
    start, end = anchor.original_start, anchor.original_end
    return AsWritten(
        version=version,
        before=version.text[:start],
        words=version.text[start:end],
        after=version.text[end:],
        pieces=compare(anchor.exact, anchor.words) if anchor.state == Anchor.State.CHANGED else [],
        veil=None if anchor_veil else veil_over(version.passage),
    )

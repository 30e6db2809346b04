"""Cut a Markdown file into the passages of an essay.

The file opens with front matter (YAML between two lines of `---`). Blocks between blank lines
are passages; a list and text indented under a block belong to it, and `:::` lines join several
blocks in one passage. Attributes in braces at a block's end, or on the opening `:::`,
give its key, its kind and whether it runs on: `{#key .film-line .runs-on}`.

A text that no file of ours was made from is taken in by `bring`, with less asked of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from essays.importing.attributes import PASSAGE_KINDS
from essays.importing.errors import CuttingError, UnreadableText
from essays.importing.front_matter import end_of_front, read_front
from essays.importing.import_text import Brought, bring
from essays.importing.passages import CutPassage, passages_of

__all__ = [
    "PASSAGE_KINDS",
    "Brought",
    "CutPassage",
    "CuttingError",
    "Document",
    "UnreadableText",
    "bring",
    "cut",
]


@dataclass(frozen=True)
class Document:
    """A cut file; `front_lines` has the line number of each entry of `front`."""

    front: Mapping[str, object]
    front_lines: Mapping[str, int]
    passages: tuple[CutPassage, ...]


def cut(markdown: str, *, reserved: Collection[str] = ()) -> Document:
    """Cut a file; `reserved` are keys that no passage may have. Raises CuttingError."""
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    end = end_of_front(lines)
    front, front_lines = read_front("\n".join(lines[1:end]))
    passages = passages_of(lines, end + 1, reserved=reserved)
    if not passages:
        raise CuttingError(
            "There is no text below the front matter.", end + 1, "Write the essay there."
        )
    return Document(front, front_lines, passages)

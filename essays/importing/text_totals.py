"""Limits of an imported text as a whole. Each passage may be slow to render; all may not."""

import re
from collections.abc import Collection, Sequence

from essays.importing.passages import CutPassage

MAX_PASSAGES = 2_000
MAX_FOOTNOTES = 1_000
MAX_MARKS = 20_000

# The start of a list item, quote or heading, and what may be a link, emphasis, code or a tag.
_MARK = re.compile(r"^[ \t]*(?:[-+>#]|\d+\.)|[\[*_`<]", re.MULTILINE)


def problem_with_totals(
    passages: Sequence[CutPassage], footnotes: Collection[str], *, is_markdown: bool
) -> str:
    """What there is too much of, and what to do; empty if nothing is."""
    if len(passages) > MAX_PASSAGES:
        return (
            f"These are {len(passages):,} passages, and an essay has at most {MAX_PASSAGES:,}. "
            "Merge some, or bring it in as several essays."
        )
    if len(footnotes) > MAX_FOOTNOTES:
        return (
            f"These are {len(footnotes):,} footnotes, and at most {MAX_FOOTNOTES:,} come along. "
            "Bring it in as several essays, each with its own."
        )
    sources = (*(passage.source for passage in passages), *footnotes)
    marks = sum(len(_MARK.findall(source)) for source in sources)
    if is_markdown and marks > MAX_MARKS:
        return (
            f"Links, emphasis, lists and quotes have {marks:,} marks here, and at most "
            f"{MAX_MARKS:,} are read. Bring it in as several essays."
        )
    return ""

"""The sentences of a passage, for a choice where words cannot be selected."""

import re

from annotations.anchoring.shapes import Span

CONTEXT_LENGTH = 12
# The end of a sentence, with closing quotes and brackets. A space must follow, except in scripts
# without spaces. The end of a line always ends a sentence.
_END = re.compile(
    r"""(?: (?P<mark> [.!?\u2026\u061f\u06d4\u0964]+ ) [\"'\u201d\u2019\u00bb)\]]* (?= \s )
        | [\u3002\uff01\uff1f]+ [\u300d\u300f\u201d\uff09]*
        | \n )""",
    re.VERBOSE,
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|cf|No|pp?|vol|ed|e\.g|i\.e)|\b[A-Z])\Z"
)


def sentences(text: str) -> list[Span]:
    """The spans of the sentences of `text`, in order, without the space around them.

    Together they have every character that is not a space. If it is unclear whether a sentence
    ends, it goes on.
    """
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match["mark"] and _goes_on(text, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the mark only ends an abbreviation, or a small letter follows."""
    if match["mark"] == "." and _SHORT.search(
        text[max(0, match.start() - CONTEXT_LENGTH) : match.start()]
    ):
        return True
    following = text[match.end() : match.end() + CONTEXT_LENGTH].lstrip(
        "\t \u00a0\"'\u201c\u2018\u00ab(["
    )
    return following[:1].islower()


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip())
        spans.append(Span(start, start + len(words.strip())))

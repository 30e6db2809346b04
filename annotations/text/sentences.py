"""A passage's sentences, to be chosen one by one where words cannot be selected."""

import re

from annotations.anchoring.shapes import Span

NEAR = 12
# What ends a sentence, with the quotes and brackets that close after it; a blank must follow,
# except in scripts that write without one. A line always ends the sentence that it holds.
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

    Together they hold every character that is no space. Where it is not clear that a sentence
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
    """Whether a mark only shortens a word, or the next word begins small."""
    if match["mark"] == "." and _SHORT.search(text[max(0, match.start() - NEAR) : match.start()]):
        return True
    following = text[match.end() : match.end() + NEAR].lstrip("\t \u00a0\"'\u201c\u2018\u00ab([")
    return following[:1].islower()


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip())
        spans.append(Span(start, start + len(words.strip())))

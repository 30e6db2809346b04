"""Passages as one sequence of tokens, in which two versions of an essay are compared."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from math import log2

# Scripts without spaces: each character is a token.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:['\u2019][^\W{UNSPACED}]+)*|\S")
SENTENCE_ENDS = frozenset(".!?:;\u2026\u3002\uff01\uff1f")
LOOKS_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


def fold(token: str) -> str:
    """The token without case and typography; equal results are the same word."""
    if token.isascii():
        return token.lower()
    return token.translate(LOOKS_ALIKE).casefold()


class Words:
    """The folded tokens of several passages, with their places.

    A token is a run of letters and digits, or one other visible character. `start` and `end`
    count code points in the passage named by `passage`; `first[p]` is passage p's first token.
    `opens` marks the first word of a sentence.
    """

    def __init__(self, passages: Sequence[str], names: dict[str, int]) -> None:
        self.passages = passages
        self.ids: list[int] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.passage: list[int] = []
        self.is_word: list[bool] = []
        self.opens: list[bool] = []
        self.first: list[int] = []
        for number, text in enumerate(passages):
            self.first.append(len(self.ids))
            opens = True
            for match in TOKEN.finditer(text):
                token = match.group()
                self.ids.append(names.setdefault(fold(token), len(names)))
                self.start.append(match.start())
                self.end.append(match.end())
                self.passage.append(number)
                self.is_word.append(token[0].isalnum() or len(token) > 1)
                self.opens.append(opens and self.is_word[-1])
                opens = token in SENTENCE_ENDS or (opens and not self.is_word[-1])
        self.first.append(len(self.ids))

    def __len__(self) -> int:
        return len(self.ids)

    def size(self, passage: int) -> int:
        """The number of tokens of a passage."""
        return self.first[passage + 1] - self.first[passage]

    def raw(self, index: int) -> str:
        """The token as it is written."""
        return self.passages[self.passage[index]][self.start[index] : self.end[index]]

    def within(self, passage: int, start: int, end: int) -> range:
        """The tokens that share a code point with a span."""
        low, high = self.first[passage], self.first[passage + 1]
        return range(
            bisect_right(self.end, start, low, high), bisect_left(self.start, end, low, high)
        )


def surprise(names: dict[str, int], *texts: Words) -> list[float]:
    """The information of each name in bits: more for rare words.

    Counts in a short text are poor estimates, so each is mixed with an estimate from the length of
    the word.
    """
    counts = Counter(token for text in texts for token in text.ids)
    total = sum(counts.values())
    bits = [0.0] * len(names)
    for name, token in names.items():
        usual = 0.04 if not name[0].isalnum() else 0.5 ** min(5 + len(name), 13)
        bits[token] = -log2((counts[token] + PRIOR * usual) / (total + PRIOR))
    return bits


PRIOR = 500

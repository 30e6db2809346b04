"""Passages as one sequence of tokens, in which two versions of an essay are compared."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2

import regex

# Katakana, which mostly writes one word of another language after another.
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
# Other scripts without spaces: each character is a token.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
IS_UNSPACED = regex.compile(f"[{UNSPACED}]")
# The share of a character's information that the characters before it do not give already.
NEWS_OF_CHARACTER = 0.6
# So many tokens count as seen before the text is.
PRIOR = 500
# What belongs to the character before it: marks, soft hyphens, characters without width.
ATTACHED = r"\p{M}\u00ad\u200b-\u200d\u2060"
LETTERS = rf"[[\w{ATTACHED}]--[{UNSPACED}{KATAKANA}]]++"
TOKEN = regex.compile(
    rf"[{KATAKANA}][{KATAKANA}{ATTACHED}]*+"
    rf"|[{UNSPACED}][{ATTACHED}]*+"
    rf"|{LETTERS}(?:['\u2019]{LETTERS})*+"
    rf"|\S[{ATTACHED}]*+",
    regex.VERSION1,
)
# The same for text of letters that need no such care, which is found in half of the time.
NEEDS_CARE = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0530-\u1fff\u200b-\u200d\u2060\u2c00-\U0010ffff]"
)
PLAIN_TOKEN = re.compile(r"\w+(?:['\u2019]\w+)*|\S")
SENTENCE_ENDS = frozenset(".!?:;\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964")
# After these no space is written.
FULL_STOPS = frozenset("\u3002\uff01\uff1f")
LOOKS_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
# Marks that carry no letter, once letters are composed: accents, the points and vowel signs of
# Hebrew, Arabic and Syriac, the Arabic stretcher, variation selectors; and what has no width.
# The vowel signs of Indic scripts are marks, too, but they are letters.
SILENT = regex.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u0711\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060]"
)


def fold(token: str) -> str:
    """The token as it is compared: without case, typography, width and marks that are no letters.

    Letters are composed first (NFKC), so that “é” stays another letter than “e”.
    """
    if token.isascii():
        return token.lower()
    composed = unicodedata.normalize("NFKC", token)
    letters = SILENT.sub("", composed).translate(LOOKS_ALIKE).casefold()
    return letters or token


def tokens(text: str) -> Iterator[regex.Match[str] | re.Match[str]]:
    """The tokens of a text, in order; see `Words`."""
    return (TOKEN if NEEDS_CARE.search(text) else PLAIN_TOKEN).finditer(text)


class Words:
    """The folded tokens of several passages, with their places.

    A token is a run of letters and digits with their marks, or one other visible character. In
    scripts without spaces it is one character, in katakana a run. `start` and `end`
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
        seen: dict[str, tuple[int, bool]] = {}
        for number, text in enumerate(passages):
            self.first.append(len(self.ids))
            opens = True
            for match in tokens(text):
                token = match.group()
                if token not in seen:
                    name = names.setdefault(fold(token), len(names))
                    seen[token] = name, any(map(str.isalnum, token))
                name, is_word = seen[token]
                self.ids.append(name)
                self.start.append(match.start())
                self.end.append(match.end())
                self.passage.append(number)
                self.is_word.append(is_word)
                self.opens.append(opens and is_word)
                opens = token[0] in SENTENCE_ENDS or (opens and not is_word)
        self.first.append(len(self.ids))

    def __len__(self) -> int:
        return len(self.ids)

    def size(self, passage: int) -> int:
        """The number of tokens of a passage."""
        return self.first[passage + 1] - self.first[passage]

    def sentences(self) -> list[int]:
        """The first token of each sentence and of each passage, and the number of tokens."""
        opening = (at for at, opens in enumerate(self.opens) if opens and self._is_apart(at))
        return sorted({*self.first, *opening})

    def _is_apart(self, at: int) -> bool:
        """Whether a space stands before a token, as none does inside “3.4” or “example.org”."""
        text = self.passages[self.passage[at]]
        for before in reversed(text[max(0, self.start[at] - 8) : self.start[at]]):
            if before.isspace() or before in FULL_STOPS:
                return True
            if before.isalnum():
                return False
        return True

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
        if IS_UNSPACED.match(name):
            bits[token] *= NEWS_OF_CHARACTER
    return bits

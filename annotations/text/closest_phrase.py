"""The words of a text that come closest to a phrase that it does not have."""

import re
from itertools import product

from rapidfuzz import fuzz

from annotations.anchoring.words import LOOKS_ALIKE

# Out of 100; texts that score lower have no more in common than any two.
MIN_RESEMBLANCE = 55.0
TOKEN = re.compile(r"\w+(?:['\u2019]\w+)*|[^\w\s]")
# So many token boundaries around each end of the first guess are tried.
BOUNDARIES_TRIED = 8


def nearest_words(text: str, phrase: str) -> str:
    """The words of `text`, none of them cut, that resemble `phrase` most; empty if none do."""
    guess = fuzz.partial_ratio_alignment(phrase, text, score_cutoff=MIN_RESEMBLANCE)
    if guess is None or not phrase.strip():
        return ""
    tokens = [match.span() for match in TOKEN.finditer(text)]
    starts = sorted((start for start, _ in tokens), key=lambda at: abs(at - guess.dest_start))
    ends = sorted((end for _, end in tokens), key=lambda at: abs(at - guess.dest_end))
    spans = product(starts[:BOUNDARIES_TRIED], ends[:BOUNDARIES_TRIED])
    near = (text[start:end] for start, end in spans if start < end)
    return max(near, key=lambda words: fuzz.ratio(words, phrase), default="")


def spelling_hint(text: str, phrase: str) -> str:
    """A sentence that quotes the text where only case or typography differs; else empty."""
    start = plain(text).find(plain(phrase)) if phrase else -1
    return f"The passage says “{text[start : start + len(phrase)]}”." if start >= 0 else ""


def plain(text: str) -> str:
    """The text in small letters with plain quotes, dashes and spaces, as many code points long."""
    alike = text.translate(LOOKS_ALIKE).replace("\u00a0", " ")
    return "".join(low if len(low := char.lower()) == 1 else char for char in alike)

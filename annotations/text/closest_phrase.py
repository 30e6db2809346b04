"""What a text says that is nearest to some words. Imports nothing from Django."""

import re
from itertools import product

from rapidfuzz import fuzz

# Below this, of 100, two texts have no more in common than any two.
RESEMBLING = 55.0
TOKEN = re.compile(r"\w+(?:['\u2019]\w+)*|[^\w\s]")
# How many words about the ends of the first guess are tried.
ABOUT = 4


def nearest_words(text: str, words: str) -> str:
    """The words of `text`, none of them cut, that resemble `words` most; empty if none do."""
    guess = fuzz.partial_ratio_alignment(words, text, score_cutoff=RESEMBLING)
    if guess is None or not words.strip():
        return ""
    tokens = [match.span() for match in TOKEN.finditer(text)]
    starts = sorted((start for start, _ in tokens), key=lambda at: abs(at - guess.dest_start))
    ends = sorted((end for _, end in tokens), key=lambda at: abs(at - guess.dest_end))
    spans = [pair for pair in product(starts[: 2 * ABOUT], ends[: 2 * ABOUT]) if pair[0] < pair[1]]
    near = (text[start:end] for start, end in spans)
    return max(near, key=lambda said: fuzz.ratio(said, words), default="")

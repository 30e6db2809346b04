"""Which of today's words of an anchor were quoted first, and where words stand verbatim."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from annotations.anchoring.words import Words

# Below this share of the first words, today's words are a text of their own.
MIN_SHARE = 0.34
# So many tokens may stand for one of the first words before they count as an addition.
MAX_GROWTH = 2


def quoted_tokens(first: Sequence[int], today: Sequence[int]) -> list[int]:
    """The places in `today` of the tokens that were quoted first or stand in place of such.

    Both are token ids. What was only added between the first words is left out; all places if
    hardly any of the first words is left.
    """
    blocks = LCSseq.editops(first, today).as_matching_blocks()
    if sum(block.size for block in blocks) < MIN_SHARE * len(first):
        return list(range(len(today)))
    places: list[int] = []
    first_at = today_at = 0
    for block in blocks:
        gone, come = block.a - first_at, block.b - today_at
        if 0 < come <= MAX_GROWTH * gone + 1 and gone:
            places += range(today_at, block.b)
        places += range(block.b, block.b + block.size)
        first_at, today_at = block.a + block.size, block.b + block.size
    return places


def verbatim(text: Words, places: dict[int, list[int]], tokens: list[int]) -> list[int]:
    """The first tokens of all places where these tokens stand in a row in one passage.

    `places` has the positions of each token in the text.
    """
    if not tokens:
        return []
    size = len(tokens)
    rarest = min(range(size), key=lambda at: len(places.get(tokens[at], ())))
    starts = [at - rarest for at in places.get(tokens[rarest], ())]
    return [
        at
        for at in starts
        if at >= 0
        and text.ids[at : at + size] == tokens
        and text.passage[at] == text.passage[at + size - 1]
    ]

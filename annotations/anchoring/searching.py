"""Look for a quote by its words alone, where the alignment does not give its place."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from heapq import nlargest

from rapidfuzz.distance import Indel, LCSseq

from annotations.anchoring.shapes import Candidate, Quote
from annotations.anchoring.words import Words, fold, tokens

MAX_OCCURRENCES = 100
RARE_WORDS_TRIED = 6
MIN_SCORE = 0.5
COST_OF_FOREIGN = 0.5
MAX_QUOTE_TOKENS = 2000
MAX_LENGTH_BY_LETTER = 4000
MAX_WINDOWS = 6
CONTEXT_LENGTH = 32
WEIGHT_OF_WORDS = 0.75


class Index:
    """The places of every word of a text, for searches of many quotes."""

    def __init__(self, words: Words, names: dict[str, int], bits: list[float]) -> None:
        self.words, self.names, self.bits = words, names, bits
        self.places = places_in(words)
        self._tokens: dict[str, list[int]] = {}

    def find(self, quote: Quote, is_free: Callable[[int], bool] | None = None) -> list[Candidate]:
        """A few places that resemble a quote and do not overlap, best first.

        Only words that `is_free` allows lead to one. To bound the time, the search looks up only
        the rarest words of the quote, none that occurs more than MAX_OCCURRENCES times, and finds
        nothing for a quote of more than MAX_QUOTE_TOKENS.
        """
        candidates: list[Candidate] = []
        likely = [
            one
            for window in self._windows(quote, is_free)
            for one in self._inspect(quote, *window)
            if one.score >= MIN_SCORE
        ]
        for one in sorted(likely, key=lambda one: one.score, reverse=True):
            if all(
                one.passage != better.passage or one.end <= better.start or better.end <= one.start
                for better in candidates
            ):
                candidates.append(one)
        return candidates

    def bits_of(self, words: str) -> float:
        """The information of words in bits: chance produces them once in 2 ** bits places."""
        return sum(self.bits[token] for token in self.tokens(words) if token >= 0)

    def tokens(self, words: str) -> list[int]:
        """The token ids of words; -1 for one that is in neither text."""
        if words not in self._tokens:
            folded = folded_tokens(words)
            self._tokens[words] = [self.names.get(token, -1) for token in folded]
        return self._tokens[words]

    def _windows(
        self, quote: Quote, is_free: Callable[[int], bool] | None
    ) -> list[tuple[int, int]]:
        """Ranges of tokens that have words of the quote in about its order."""
        tokens = self.tokens(quote.exact)
        if len(tokens) > MAX_QUOTE_TOKENS:
            return []
        width = max(4, len(tokens) // 2)
        rare = [
            (len(self.places[token]), offset, token)
            for offset, token in enumerate(tokens)
            if 0 < len(self.places.get(token, ())) <= MAX_OCCURRENCES
        ]
        votes: dict[tuple[int, int], float] = defaultdict(float)
        passage_of = self.words.passage
        for _, offset, token in sorted(rare)[:RARE_WORDS_TRIED]:
            bits = self.bits[token]
            for at in self.places[token]:
                if is_free is None or is_free(at):
                    votes[passage_of[at], (at - offset) // width] += bits
        windows = []
        for passage, slot in nlargest(MAX_WINDOWS, votes, key=votes.__getitem__):
            first, last = self.words.first[passage], self.words.first[passage + 1] - 1
            low = max(first, (slot - 1) * width)
            windows.append((low, min(last, (slot + 2) * width + len(tokens))))
        return windows

    def _inspect(self, quote: Quote, first: int, last: int) -> Iterator[Candidate]:
        """The exact places of the quote in a range of tokens, or else the most similar one."""
        words = self.words
        passage = words.passage[first]
        text, limit = words.passages[passage], words.end[last]
        at = text.find(quote.exact, words.start[first], limit)
        if at < 0:
            start, end = self._most_alike(quote, first, last)
            yield Candidate(passage, start, end, resemblance(quote, text, start, end))
        while at >= 0:
            end = at + len(quote.exact)
            yield Candidate(passage, at, end, resemblance(quote, text, at, end))
            at = text.find(quote.exact, end, limit)

    def _most_alike(self, quote: Quote, first: int, last: int) -> tuple[int, int]:
        words, tokens = self.words, self.tokens(quote.exact)
        matches = LCSseq.editops(tokens, words.ids[first : last + 1]).as_matching_blocks()
        pairs = [(one.a + k, first + one.b + k) for one in matches for k in range(one.size)]
        if not pairs:
            return words.start[first], words.end[last]
        (low, at), (high, to) = densest(pairs)
        text = words.passages[words.passage[first]]
        missing = len(tokens) - 1 - high
        spans = [
            (words.start[one], words.end[two])
            for one in {at, max(first, at - low)}
            for two in {to, min(last, to + missing)}
        ]
        return max(spans, key=lambda span: likeness(quote.exact, text[slice(*span)]))


def folded_tokens(text: str) -> list[str]:
    return [fold(match.group()) for match in tokens(text)]


def places_in(words: Words) -> dict[int, list[int]]:
    """The positions of each token in a text."""
    places = defaultdict(list)
    for at, token in enumerate(words.ids):
        places[token].append(at)
    return places


def densest(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and last pair of the part with most matches and fewest foreign tokens."""
    best, best_ends = 0.0, (pairs[0], pairs[0])
    total, start = 0.0, pairs[0]
    for before, pair in zip([pairs[0], *pairs], pairs, strict=False):
        total -= COST_OF_FOREIGN * max(0, pair[1] - before[1] - 1)
        if total <= 0:
            total, start = 0.0, pair
        total += 1
        if total > best:
            best, best_ends = total, (start, pair)
    return best_ends


def likeness(old: str, new: str) -> float:
    """The similarity of two texts, 0 to 1, without case and typography.

    By letters; in long texts by words, since the time grows with the square of the length.
    """
    if old == new:
        return 1.0
    old, new = fold(old), fold(new)
    if min(len(old), len(new)) > MAX_LENGTH_BY_LETTER:
        return Indel.normalized_similarity(folded_tokens(old), folded_tokens(new))
    return Indel.normalized_similarity(old, new)


def resemblance(quote: Quote, text: str, start: int, end: int) -> float:
    """The similarity of a place to a quote, 0 to 1: mostly of its words, partly of the context."""
    alike = likeness(quote.exact, text[start:end])
    prefix, suffix = quote.prefix[-CONTEXT_LENGTH:], quote.suffix[:CONTEXT_LENGTH]
    if not prefix and not suffix:
        return alike
    before = text[max(0, start - len(prefix)) : start]
    around = (
        len(prefix) * likeness(prefix, before)
        + len(suffix) * likeness(suffix, text[end : end + len(suffix)])
    ) / (len(prefix) + len(suffix))
    return WEIGHT_OF_WORDS * alike + (1 - WEIGHT_OF_WORDS) * around

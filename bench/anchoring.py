"""Measure how anchors are carried through an edit: `python -m bench.anchoring`.

Prints time and peak memory against the number of anchors and of passages, each with its ratio
to the row above, and then against the kind of edit. The words are made up, with the
frequencies that words have (Zipf); memory is measured in a run of its own, since that slows.
"""

import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from itertools import accumulate

from annotations.anchoring import AnchorRecord, Span, describe, remap

Essay = list[str]
LETTERS = "etaoinshrdlucmfwypvbgk"


class Writer:
    """Makes up the same prose every time."""

    def __init__(self) -> None:
        self.chance = random.Random(1)
        self.words = ["".join(self.chance.choices(LETTERS, k=2 + n % 8)) for n in range(6000)]
        self.weights = list(accumulate(1 / (3 + n) for n in range(6000)))

    def passage(self) -> str:
        count = self.chance.randint(60, 140)
        words = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        return " ".join(word + "." * (n % 15 == 14) for n, word in enumerate(words)) + "."

    def essay(self, passages: int) -> Essay:
        return [self.passage() for _ in range(passages)]

    def anchors(self, essay: Essay, count: int) -> list[AnchorRecord]:
        made = []
        for number in range(count):
            passage = self.chance.randrange(len(essay))
            text = essay[passage]
            start = text.index(" ", self.chance.randrange(len(text) // 2)) + 1
            end = text.index(" ", start + self.chance.randint(1, 80))
            span = Span(start, end)
            made.append(AnchorRecord(str(number), passage, span, describe(text, span)))
        return made

    def reworded(self, essay: Essay, share: float) -> Essay:
        def word(old: str) -> str:
            return self.chance.choice(self.words) if self.chance.random() < share else old

        return [" ".join(word(old) for old in text.split(" ")) for text in essay]

    def shuffled(self, essay: Essay) -> Essay:
        return self.chance.sample(essay, len(essay))


def measure(
    old: Essay, new: Essay, anchors: list[AnchorRecord]
) -> tuple[float, float, Counter[str]]:
    """Seconds, peak MB, and how many anchors came to each state."""
    began = time.perf_counter()
    outcomes = remap(old, new, anchors)
    seconds = time.perf_counter() - began
    tracemalloc.start()
    remap(old, new, anchors)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak, Counter(outcome.state for outcome in outcomes)


def growth(writer: Writer, name: str, sizes: list[tuple[int, int]]) -> None:
    print(f"\n{name}\npassages  anchors  seconds  ratio  peak MB  ratio")
    before: tuple[float, float] | None = None
    for passages, count in sizes:
        old = writer.essay(passages)
        new = writer.reworded(old, 0.03)
        seconds, peak, _ = measure(old, new, writer.anchors(old, count))
        ratios = (seconds / before[0], peak / before[1]) if before else (1.0, 1.0)
        before = seconds, peak
        print(
            f"{passages:8} {count:8} {seconds:8.2f} {ratios[0]:6.2f} {peak:8.1f} {ratios[1]:6.2f}"
        )


def edits(writer: Writer, passages: int, count: int) -> None:
    kinds: dict[str, Callable[[Essay], Essay]] = {
        "nothing": list,
        "3 % of words": lambda essay: writer.reworded(essay, 0.03),
        "all moved": writer.shuffled,
        "40 % and moved": lambda essay: writer.shuffled(writer.reworded(essay, 0.4)),
        "another text": lambda essay: writer.essay(len(essay)),
    }
    print(f"\nKinds of edit, {passages} passages, {count} anchors")
    print("edit            seconds  peak MB  states")
    old = writer.essay(passages)
    anchors = writer.anchors(old, count)
    for name, edit in kinds.items():
        seconds, peak, states = measure(old, edit(old), anchors)
        summary = ", ".join(f"{number} {state}" for state, number in states.most_common())
        print(f"{name:15} {seconds:7.2f} {peak:8.1f}  {summary}")


def main() -> None:
    writer = Writer()
    growth(writer, "More anchors", [(500, count) for count in (1250, 2500, 5000, 10000)])
    growth(writer, "More passages", [(count, 2500) for count in (125, 250, 500, 1000)])
    edits(writer, 500, 10000)


if __name__ == "__main__":
    main()

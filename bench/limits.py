"""Measure the slowest texts that the limits let through: `python -m bench.limits`.

Prints CPU seconds for the slowest notes and passages, the longest comparisons and a quotation of
thousands of words that no passage holds any more.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import product

from annotations.anchoring import Span, describe, locate
from essays.markup import MarkupError, render_note, render_page, render_passage
from essays.markup.limits import NOTE_LENGTH, PASSAGE_LENGTH
from essays.word_diff import compare

MARKS = [
    *("[", "[a", "![]()", "[](", "[a](", "*[A]: b\n", "# a\n", "```\n", "a\n---\n", "<a "),
    *("<![CDATA[", "<!--", "&", "*a ", "**a ", "***a ", "*a **b ", "_a ", "- ", "> ", "1. "),
    *("- a\n", "- a\n\n", "a\n\n", "> - a\n", "    - a\n", '"', "'", "-", "\\*", "`", "``a`"),
    *("http://a ", "<http://", "<a@b", "{: a", "[a]: b\n", "[a](<", "--", "-->", "&#", "<a b="),
]
# What stands around the marks up to the full length: the parser looks through it for their ends.
FILLERS = ["", "a ", '"', "(", "&", " ", "b=c "]
SLOWEST_SHOWN = 5


def seconds(function: Callable, *arguments) -> float:
    began = time.process_time()
    with suppress(MarkupError):
        function(*arguments)
    return time.process_time() - began


def texts(length: int) -> Iterator[tuple[str, str]]:
    """Texts of many marks, and what they are made of."""
    for mark, filler, count in product(MARKS, FILLERS, (8, 40, 95, 195, 295, 495, 5_000)):
        marks = (mark * count)[:length]
        yield (
            f"{count} {mark!r} and {filler!r}",
            f"{marks}{(filler * length)[: length - len(marks)]}",
        )


def slowest(name: str, length: int, render: Callable[[str], object]) -> None:
    times = [(seconds(render, source), what) for what, source in texts(length)]
    for taken, what in sorted(times, reverse=True)[:SLOWEST_SHOWN]:
        print(f"{name} of {what}: {taken:.3f} s")


def main() -> None:
    slowest("a note", NOTE_LENGTH, render_note)
    slowest("a passage", PASSAGE_LENGTH, partial(render_passage, kind="prose", smart=True))
    slowest("a heading", PASSAGE_LENGTH, partial(render_passage, kind="heading", smart=True))
    slowest("a page", PASSAGE_LENGTH, render_page)
    for unit in ("ab ", "海", "a!? "):
        count = 20_000 // len(unit)
        old = "".join(unit if n % 3 else unit[::-1] for n in range(count))
        new = "".join(unit if n % 7 else f"x{n % 11} " for n in range(count))[:20_000]
        print(f"two versions of 20,000 code points of {unit!r}: {seconds(compare, old, new):.3f} s")
    text = " ".join(f"word{n * n % 997}" for n in range(3_000))
    other = " ".join(f"other{n * n % 991}" for n in range(3_000))
    quote = describe(text, Span(0, len(text)))
    print(f"a quotation of 3,000 words, gone: {seconds(locate, quote, other, 0):.3f} s")


if __name__ == "__main__":
    main()

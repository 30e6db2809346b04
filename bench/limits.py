"""Measure the slowest texts that the limits let through: `python -m bench.limits`.

Prints CPU seconds for the slowest notes, the longest comparisons and a quotation of thousands of
words that no passage holds any more.
"""

import time
from collections.abc import Callable
from contextlib import suppress

from annotations.anchoring import Span, describe, locate
from essays.markup import MarkupError, render_note
from essays.word_diff import compare

MARKS = [
    *("[", "[a", "![]()", "[](", "[a](", "*[A]: b\n", "# a\n", "```\n", "a\n---\n", "<a "),
    *("<![CDATA[", "<!--", "&", "*a ", "**a ", "***a ", "*a **b ", "_a ", "- ", "> ", "1. "),
    *("- a\n", "- a\n\n", "a\n\n", "> - a\n", "    - a\n", '"', "'", "-", "\\*", "`", "``a`"),
    *("http://a ", "<http://", "<a@b", "{: a", "[a]: b\n", "[a](<"),
]
SLOWEST_SHOWN = 5


def seconds(function: Callable, *arguments) -> float:
    began = time.process_time()
    with suppress(MarkupError):
        function(*arguments)
    return time.process_time() - began


def main() -> None:
    notes = [
        (seconds(render_note, (mark * count)[:5_000]), mark)
        for mark in MARKS
        for count in (50, 100, 5_000)
    ]
    for taken, mark in sorted(notes, reverse=True)[:SLOWEST_SHOWN]:
        print(f"a note of {mark!r}: {taken:.3f} s")
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

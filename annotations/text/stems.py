"""The words of a text with their stems, by which the search compares them.

A stem has no case, no accents and no English inflection, so that “samantha programmed” finds
“Samantha’s programming”. Both databases only compare stems, so they find the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, combining, normalize

from snowballstemmer.english_stemmer import EnglishStemmer

from annotations.anchoring.words import UNSPACED
from essays.markup.tokens import text_of

# Combining marks that scripts need; for `re` they are not part of a word.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff"
LETTER = rf"(?:[^\W_{UNSPACED}]|[{MARKS}])"
POSSESSIVE = re.compile(r"['\u2019\u02bc]s\Z", re.IGNORECASE)
WORD = re.compile(rf"[{UNSPACED}]|{LETTER}+(?:['\u2019\u02bc]s(?!{LETTER}))?", re.IGNORECASE)
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
QUERY_PART = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|\S+")
# PostgreSQL refuses lexemes of 2 kB; no real word is near this.
MAX_WORD_LENGTH = 64


@dataclass(frozen=True)
class Word:
    """A word at `[start, end)`, in code points, and its stem."""

    start: int
    end: int
    stem: str


def words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        if word_stem := stem(match.group()):
            yield Word(match.start(), match.end(), word_stem)


def stems(text: str) -> str:
    """The stems of a text, joined by spaces."""
    return " ".join(word.stem for word in words(text))


def stems_of_note(html: str) -> str:
    """The stems of a note, with a space on both sides of each; empty for an empty note."""
    return f" {stems(text_of(html))} " if html else ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word: letters, digits and vowel signs only; may be empty."""
    letters = normalize("NFKD", POSSESSIVE.sub("", word).casefold())[:MAX_WORD_LENGTH]
    plain = "".join(
        c for c in letters if not combining(c) and (c.isalnum() or category(c)[0] == "M")
    )
    # A stemmer has the word as its state, so threads cannot share one.
    stemmed: str = EnglishStemmer().stemWord(plain)
    return stemmed


def query_parts(query: str) -> Iterator[str]:
    """What a query names: the words between quotation marks together, other words one by one."""
    for match in QUERY_PART.finditer(query):
        yield match.group() if match.group(1) is None else match.group(1)


def phrases(query: str) -> tuple[tuple[str, ...], ...]:
    """The runs of stems of a query, one for each of its parts.

    The parts of “isn’t” and “well-known” are one run too. There are no operators.
    """
    runs = (tuple(word.stem for word in words(part)) for part in query_parts(query))
    return tuple(dict.fromkeys(run for run in runs if run))

"""The words of a text as the index knows them, and where they stand in it.

A word is known by its folded stem: no case, no accents, no ending that English inflects, so that
“Samantha’s programming” is found by “samantha programmed”. The databases only compare such stems,
so both find the same. Imports nothing from Django.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, combining, normalize

from snowballstemmer.english_stemmer import EnglishStemmer

from annotations.anchoring.words import UNSPACED
from essays.markup.tokens import text_of

# Combining marks of the scripts that need them; to `re` they are no part of a word.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff"
LETTER = rf"(?:[^\W_{UNSPACED}]|[{MARKS}])"
POSSESSIVE = re.compile(r"['\u2019\u02bc]s\Z", re.IGNORECASE)
WORD = re.compile(rf"[{UNSPACED}]|{LETTER}+(?:['\u2019\u02bc]s(?!{LETTER}))?", re.IGNORECASE)
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
ASKED = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|\S+")
# PostgreSQL refuses lexemes of 2 kB; no word that anyone looks for is near this.
LONGEST = 64


@dataclass(frozen=True)
class Word:
    """A word at `[start, end)`, in code points, and the stem that it is known by."""

    start: int
    end: int
    stem: str


def words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        if known := stem(match.group()):
            yield Word(match.start(), match.end(), known)


def stems(text: str) -> str:
    """What the index keeps of a text: its stems, each after a space."""
    return " ".join(word.stem for word in words(text))


def stems_of_note(html: str) -> str:
    """What the search asks of a note: its stems, each between spaces."""
    return f" {stems(text_of(html))} " if html else ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word; letters, digits and vowel signs only, empty if none is left."""
    letters = normalize("NFKD", POSSESSIVE.sub("", word).casefold())[:LONGEST]
    plain = "".join(
        c for c in letters if not combining(c) and (c.isalnum() or category(c)[0] == "M")
    )
    # A stemmer holds the word that it works on, so threads cannot share one.
    stemmed: str = EnglishStemmer().stemWord(plain)
    return stemmed


def phrases(asked: str) -> tuple[tuple[str, ...], ...]:
    """What is to be found, each a run of stems: words in quotation marks stay together.

    So do the parts of “isn’t” and “well-known”. Everything else that people type is no operator.
    """
    found = []
    for match in ASKED.finditer(asked):
        run = match.group() if match.group(1) is None else match.group(1)
        found.append(tuple(word.stem for word in words(run)))
    return tuple(dict.fromkeys(run for run in found if run))

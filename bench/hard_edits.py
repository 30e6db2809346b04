"""Edits that are hard to follow, made by rule from `bench.prose`, the same every time.

So the right place of each quote is known exactly.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.prose import PROSE

type Essay = list[list[str]]  # Passages of sentences.

TIMES = 60
UNSPACED = ("ja", "zh")


class Place(NamedTuple):
    passage: int
    start: int
    end: int


class Case(NamedTuple):
    """A quote, the texts from one edit to the next, and its right place in the last."""

    texts: list[list[str]]
    quote: Place
    right: Place | None


class Maker:
    """Makes essays and edits of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.space = "" if language in UNSPACED else " "
        self.chance = random.Random(language)

    def sentences(self, count: int) -> list[str]:
        return self.chance.sample(PROSE[self.language], count)

    def essay(self, without: int = 0) -> tuple[Essay, list[str]]:
        """Three passages of three sentences, and other sentences."""
        chosen = self.sentences(9 + without)
        return [chosen[0:3], chosen[3:6], chosen[6:9]], chosen[9:]

    def texts(self, essay: Essay) -> list[str]:
        return [self.space.join(passage) for passage in essay]

    def start_of(self, passage: list[str], at: int) -> int:
        return sum(len(sentence) + len(self.space) for sentence in passage[:at])

    def words(self, text: str) -> list[str]:
        return list(text) if not self.space else text.split(" ")

    def part(self, text: str, least: int) -> tuple[int, int]:
        """The start and end of a random row of at least so many words."""
        words = self.words(text)
        first = self.chance.randrange(len(words) - least + 1)
        last = self.chance.randrange(first + least, len(words) + 1)
        start = len(self.space.join(words[:first])) + (len(self.space) if first else 0)
        return start, start + len(self.space.join(words[first:last]))


def intruder(maker: Maker, *, moves: bool) -> Case:
    """A sentence enters the quote, and is deleted or moved into another passage afterwards."""
    essay, [foreign] = maker.essay(without=1)
    chance = maker.chance
    at, other = chance.sample(range(3), 2)
    pair = chance.choice((0, 1))
    cut = maker.start_of(essay[at], pair + 1) - len(maker.space)
    text = maker.texts(essay)[at]
    start = max(maker.start_of(essay[at], pair), cut - chance.randint(14, 60))
    end = min(len(text), cut + chance.randint(14, 60))
    entered = [list(passage) for passage in essay]
    entered[at].insert(pair + 1, foreign)
    left = [list(passage) for passage in essay]
    if moves:
        left[other].insert(chance.randint(0, 3), foreign)
    place = Place(at, start, end)
    return Case([maker.texts(one) for one in (essay, entered, left)], place, place)


def twins(maker: Maker) -> Case:
    """Two sentences that look alike change places."""
    chance = maker.chance
    essay, _ = maker.essay()
    one, other = chance.sample(range(3), 2)
    sentence = essay[one][chance.randrange(3)]
    row = essay[one].index(sentence)
    words = maker.words(sentence)
    changed = chance.sample(range(1, len(words) - 1), chance.randint(1, 3))
    donor = [word for word in maker.words(chance.choice(essay[other]))[1:-1] if word not in words]
    twin_words = [chance.choice(donor) if at in changed else word for at, word in enumerate(words)]
    twin = maker.space.join(twin_words)
    column = chance.randrange(3)
    essay[other][column] = twin
    swapped = [list(passage) for passage in essay]
    swapped[one][row], swapped[other][column] = twin, sentence
    parts = [maker.part(sentence, 5 if maker.space else 8) for _ in range(20)]
    # Some part that the other sentence does not have.
    start, end = next((part for part in parts if sentence[slice(*part)] not in twin), parts[0])
    before = maker.start_of(essay[one], row)
    after = maker.start_of(swapped[other], column)
    return Case(
        [maker.texts(essay), maker.texts(swapped)],
        Place(one, before + start, before + end),
        Place(other, after + start, after + end),
    )


def clauses(maker: Maker) -> Case:
    """The two halves of the quoted sentence change places."""
    essay, halves = maker.essay(without=2)
    comma, stop = (", ", ".") if maker.space else ("、" if maker.language == "ja" else "，", "。")
    halves = [half[:-1] for half in halves]
    at = maker.chance.randrange(3)

    def joined(first: str, second: str) -> str:
        return first[0].upper() + first[1:] + comma + second[0].lower() + second[1:] + stop

    old, new = joined(*halves), joined(*halves[::-1])
    before, after = ([list(one) for one in essay] for _ in range(2))
    before[at][1], after[at][1] = old, new
    start = maker.start_of(essay[at], 1)
    return Case(
        [maker.texts(before), maker.texts(after)],
        Place(at, start, start + len(old)),
        Place(at, start, start + len(new)),
    )


def decomposed(char: str) -> str:
    return unicodedata.normalize("NFD", char)


def pointed(char: str) -> str:
    """The letter with a vowel sign, if it is Hebrew or Arabic."""
    signs = {"א": "\u05b8", "ب": "\u064e"}
    for first, sign in signs.items():
        if char.isalpha() and abs(ord(char) - ord(first)) < 0x40:
            return char + sign
    return char


def wide(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if "!" < char <= "~" else char


def narrow(char: str) -> str:
    """Katakana in half width."""
    for at in range(0xFF66, 0xFF9E):
        plain = unicodedata.normalize("NFKC", chr(at))
        for mark in ("", "\uff9e", "\uff9f"):
            if unicodedata.normalize("NFKC", chr(at) + mark) == char != plain + mark:
                return chr(at) + mark
    return char


def hyphenated(char: str) -> str:
    return char + "\u00ad" if char in "nrt" else char


def rewritten(maker: Maker, spelling: Callable[[str], str], *, back: bool) -> Case:
    """Every letter is written otherwise, or as usual again."""
    essay, _ = maker.essay()
    at = maker.chance.randrange(3)
    text = maker.texts(essay)[at]
    if maker.language == "ja":
        essay[at][1] = "2013年の" + essay[at][1].replace("フィルム", "OS") + "カメラは寝る。"
        text = maker.texts(essay)[at]
    start, end = maker.part(text, 1 if maker.space else 4)
    plain = Place(at, start, end)
    lengths = [len(spelling(char)) for char in text]
    other = Place(at, sum(lengths[:start]), sum(lengths[:end]))
    texts = maker.texts(essay)
    spelled = ["".join(map(spelling, one)) for one in texts]
    if back:
        return Case([spelled, texts], other, plain)
    return Case([texts, spelled], plain, other)


def short_deleted(maker: Maker) -> Case:
    """The sentence of a short quote goes; some of its characters stand in a new one."""
    essay, [new, gone] = maker.essay(without=2)
    at = maker.chance.randrange(3)
    before = [list(passage) for passage in essay]
    before[at][1] = gone
    size = maker.chance.randint(3, 5)
    start = maker.chance.randrange(len(gone) - size)
    some = gone[start : start + size - 1]
    middle = len(new) // 2
    after = [list(passage) for passage in essay]
    after[at].pop(1)
    after[(at + 1) % 3].append(new[:middle] + some + new[middle:])
    offset = maker.start_of(before[at], 1) + start
    place = Place(at, offset, offset + size)
    return Case([maker.texts(before), maker.texts(after)], place, None)


def one_of_three(maker: Maker, *, deleted: bool) -> Case:
    """Of three equal sentences one is deleted; the quote is on it, or on another."""
    essay, [same] = maker.essay(without=1)
    for passage in essay:
        passage[1] = same
    gone = maker.chance.randrange(3)
    at = gone if deleted else (gone + 1) % 3
    after = [list(passage) for passage in essay]
    after[gone].pop(1)
    start = maker.start_of(essay[at], 1)
    place = Place(at, start, start + len(same))
    return Case([maker.texts(essay), maker.texts(after)], place, None if deleted else place)


SPACED = ("en", "de", "fr", "ar", "he")
ALL = (*SPACED, *UNSPACED)
KINDS: dict[str, tuple[tuple[str, ...], Callable[[Maker], Case]]] = {
    "enters and is deleted": (ALL, lambda maker: intruder(maker, moves=False)),
    "enters and is moved": (ALL, lambda maker: intruder(maker, moves=True)),
    "alike, change places": (ALL, twins),
    "clauses change places": (ALL, clauses),
    "decomposed": (("fr", "de"), lambda maker: rewritten(maker, decomposed, back=False)),
    "composed": (("fr", "de"), lambda maker: rewritten(maker, decomposed, back=True)),
    "soft hyphens": (("en", "de"), lambda maker: rewritten(maker, hyphenated, back=False)),
    "without soft hyphens": (("en", "de"), lambda maker: rewritten(maker, hyphenated, back=True)),
    "points, vowel signs": (("ar", "he"), lambda maker: rewritten(maker, pointed, back=False)),
    "without them": (("ar", "he"), lambda maker: rewritten(maker, pointed, back=True)),
    "full width": (("ja", "en"), lambda maker: rewritten(maker, wide, back=False)),
    "usual width": (("ja", "en"), lambda maker: rewritten(maker, wide, back=True)),
    "half-width katakana": (("ja",), lambda maker: rewritten(maker, narrow, back=False)),
    "short, deleted": (UNSPACED, short_deleted),
    "one of three deleted": (ALL, lambda maker: one_of_three(maker, deleted=True)),
    "others of three": (ALL, lambda maker: one_of_three(maker, deleted=False)),
}


def cases(kind: str, times: int = TIMES) -> Iterator[Case]:
    languages, make = KINDS[kind]
    for language in languages:
        maker = Maker(language)
        for _ in range(times):
            yield make(maker)

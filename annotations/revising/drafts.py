"""The wanted text of an essay as a list of drafts, and how each gets the key of its passage."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from annotations.anchoring import pair
from essays.identifiers import RESERVED_KEYS, free_name
from essays.models import Passage

# A key has at most 24 letters; the rest is for a number.
MAX_STEM_LENGTH = 20


@dataclass(frozen=True)
class Draft:
    """A passage as it should become. One without a key is matched by its words, or is new.

    `absorbs` has the keys of passages merged into it: they retire, and their URLs lead here.
    """

    source: str
    kind: str = Passage.Kind.PROSE
    runs_on: bool = False
    key: str | None = None
    absorbs: tuple[str, ...] = ()


def drafts_of(essay) -> list[Draft]:
    """The current text of the essay."""
    return [draft_of(passage) for passage in essay.passages.current()]


def draft_of(passage: Passage) -> Draft:
    return Draft(passage.source, passage.kind, passage.runs_on, passage.key)


def match_keys(
    old: Sequence[Draft], new: Sequence[Draft], text_of: Callable[[Draft], str]
) -> list[str | None]:
    """For each new draft the key of the old draft that it continues, or None.

    A given key counts first, then an equal source; the rest is aligned by its words.
    """
    keys = [draft.key for draft in new]
    claimed = set(keys)
    free = [draft for draft in old if draft.key not in claimed]
    by_source: dict[str, list[Draft]] = {}
    for draft in free:
        by_source.setdefault(draft.source, []).append(draft)
    for place, draft in enumerate(new):
        if keys[place] is None and by_source.get(draft.source):
            keys[place] = by_source[draft.source].pop(0).key
    claimed = set(keys)
    free = [draft for draft in free if draft.key not in claimed]
    places = [place for place, key in enumerate(keys) if key is None]
    if not free or not places:
        return keys
    old_texts = [text_of(draft) for draft in free]
    new_texts = [text_of(new[place]) for place in places]
    for place, index in zip(places, pair(old_texts, new_texts), strict=True):
        keys[place] = None if index is None else free[index].key
    return keys


def key_from(text: str, taken: Iterable[str]) -> str:
    """A key made of a passage's first long words that is neither taken nor reserved."""
    words = [word.lstrip("0123456789") for word in slugify(text[:400]).split("-")]
    long_words = [word for word in words if len(word) > 3] or [word for word in words if word]
    stem = long_words[0][:MAX_STEM_LENGTH] if long_words else ""
    for word in long_words[1:3]:
        if len(stem) + 1 + len(word) > MAX_STEM_LENGTH:
            break
        stem = f"{stem}-{word}"
    if len(stem) < 2:
        stem = "passage"
    return free_name(stem, {*taken, *RESERVED_KEYS}.__contains__)

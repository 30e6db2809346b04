"""A text between pasting and saving. It is kept nowhere but in the form's fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from django.http import QueryDict

from essays.identifiers import RESERVED_KEYS
from essays.importing import PASSAGE_KINDS, CutPassage, CuttingError
from essays.importing.footnotes import marks_in, without
from essays.importing.import_text import Mode, as_written, joined, recut
from essays.importing.pictures import with_words
from essays.markup import MarkupError
from essays.markup.limits import PASSAGE_LENGTH, checked, with_plain_spaces

VEIL_GONE = "The veil stood before the first passage of all now. Choose again where it stands."


@dataclass(frozen=True)
class Working:
    """A text that is being imported.

    `veil` is the index of the passage before the veil. `chosen` holds the words that the editor
    chose for a footnote's mark, by the footnote's label and the mark's number, from 0. `refused`
    holds the error of each passage that could not be split, by index.
    """

    mode: Mode
    passages: tuple[CutPassage, ...]
    veil: int | None = None
    footnotes: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[tuple[str, int], str] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)
    first_lines: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def labels_in(passage: CutPassage, mode: Mode) -> list[str]:
    """The labels of the footnote marks in a passage, in order."""
    if mode == "plain":
        return []
    try:
        return [mark.label for mark in marks_in(checked(passage.source, PASSAGE_LENGTH))]
    except MarkupError:
        return []


def worked_on(data: QueryDict) -> Working:
    """The Working that the form describes, with its merges, splits and deletions applied."""
    mode: Mode = "plain" if data.get("mode") == "plain" else "markdown"
    dropped = set(data.getlist("drop"))
    given = [_without_all(passage, mode, dropped) for passage in _given(data)]
    footnotes = dict(zip(data.getlist("label"), data.getlist("footnote"), strict=False))
    working = Working(
        mode,
        (),
        footnotes={
            label: " ".join(with_plain_spaces(text).split("\n")).strip()
            for label, text in footnotes.items()
            if label not in dropped
        },
        chosen=_chosen(data),
        first_lines=tuple(data.getlist("first_line")),
    )
    working = _cut_again(working, given, _merges(data), _number(data.get("veil")))
    return _with_first_lines(working) if data.get("put_back") else working


def _given(data: QueryDict) -> list[CutPassage]:
    kinds, keys = data.getlist("kind"), data.getlist("key")
    runs_on = set(data.getlist("runs_on"))
    passages = []
    for place, source in enumerate(data.getlist("source")):
        source = with_plain_spaces(source).strip("\n")
        if words := data.get(f"shows-{place}", "").strip():
            source = with_words(source, words)
        kind = kinds[place] if place < len(kinds) and kinds[place] in PASSAGE_KINDS else "prose"
        key = keys[place] if place < len(keys) else ""
        passages.append(CutPassage(key or None, kind, str(place) in runs_on, source, place + 1))
    return passages


def _without_all(passage: CutPassage, mode: Mode, labels: set[str]) -> CutPassage:
    for label in labels & set(labels_in(passage, mode)):
        passage = replace(passage, source=without(passage.source, label))
    return passage


def _merges(data: QueryDict) -> set[int]:
    """The indexes of passages that are to be merged with the next."""
    return {n for value in data.getlist("merge") if (n := _number(value)) is not None}


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else None


def _chosen(data: QueryDict) -> dict[tuple[str, int], str]:
    chosen: dict[tuple[str, int], str] = {}
    seen: dict[str, int] = {}
    fields = (data.getlist(name) for name in ("mark", "words", "guess"))
    for label, words, guess in zip(*fields, strict=False):
        words = with_plain_spaces(words).strip()
        if words != with_plain_spaces(guess).strip():
            chosen[label, seen.get(label, 0)] = words
        seen[label] = seen.get(label, 0) + 1
    return chosen


def _cut_again(working: Working, given, merges: set[int], veil: int | None) -> Working:
    """`working` with the passages `given` split anew; the veil still hides all that it hid."""
    passages: list[CutPassage] = []
    refused: dict[int, str] = {}
    stands = None
    for group in _groups(len(given), merges):
        if veil in group:
            stands = len(passages) - 1
        merged = reduce(lambda one, two: joined(one, two, working.mode), (given[n] for n in group))
        try:
            passages += recut(merged, working.mode, reserved=RESERVED_KEYS)
        except CuttingError as error:
            refused[len(passages)] = f"{error.message} {error.remedy}"
            passages.append(merged)
        if veil == group[-1]:
            stands = len(passages) - 1
    gone = stands == -1
    return replace(
        working,
        passages=tuple(passages),
        veil=None if gone else stands,
        refused=refused,
        notices=(VEIL_GONE,) if gone else (),
    )


def _groups(count: int, merges: set[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for place in range(count):
        if place - 1 in merges and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _with_first_lines(working: Working) -> Working:
    """`working` with the title and dek put back into the text as its first passages."""
    lines = [CutPassage(None, "prose", False, line, 1) for line in working.first_lines]
    return replace(
        working,
        passages=(*lines, *working.passages),
        veil=None if working.veil is None else working.veil + len(lines),
        refused={place + len(lines): said for place, said in working.refused.items()},
        first_lines=(),
    )


def text_of(working: Working, title: str, dek: str) -> str:
    """The whole text, to be pasted again."""
    marks = ("# ", "") if working.mode == "markdown" else ("", "")
    first = [mark + line for mark, line in zip(marks, (title, dek), strict=True) if line]
    written = [as_written(passage, working.mode) for passage in working.passages]
    notes = [f"[^{label}]: {text}" for label, text in working.footnotes.items()]
    return "\n\n".join([*first, *written, *notes])

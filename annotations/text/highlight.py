"""Mark words of a passage: which parts become links and which are only highlighted.

Offsets are code points of the textContent, end exclusive.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from essays.markup.tokens import Token, tokens_of


@dataclass(frozen=True)
class Mark:
    """The words `[start, end)` of a gloss or note, and the URL of its link.

    `id` is unique among the marks of a passage. A note without an `href` is highlighted only.
    """

    id: str
    start: int
    end: int
    href: str
    kind: Literal["gloss", "note", "own"]
    classes: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True)
class Highlighted:
    """`covered` has, by the id of a linked gloss, the glosses under its link without one.

    A gloss that is wholly inside a link of the text itself is neither linked nor covered.
    """

    html: str
    covered: Mapping[str, tuple[str, ...]]


@dataclass
class _Slice:
    """A part of one run of text with the same marks; `region` spans all parts with them."""

    start: int
    text: str
    region: tuple[int, int]
    glosses: list[Mark]
    notes: list[Mark]
    linkable: bool
    owner: Mark | None = None
    note_href: str = ""


def highlight(html: str, marks: Sequence[Mark], *, marks_url: str = "") -> Highlighted:
    """Wrap the words of `marks` in cleaned HTML; its textContent does not change.

    A gloss is a link once, on its first slice that is not the link of another gloss; otherwise it
    is `covered`. Notes are links where there is no gloss, once each; a slice of several notes
    leads to `{marks_url}{start}-{end}/`. There are no links inside links, and no slice spans a
    tag. Marks are clipped to the text; empty ones are left out.
    """
    tokens = tokens_of(html)
    length = sum(len(token.text) for token in tokens)
    clipped = _clipped(marks, length)
    if not clipped:
        return Highlighted(html, {})
    runs = _sliced(tokens, clipped, length)
    slices = [piece for run in runs if run for piece in run]
    _link_glosses(slices)
    _link_notes(slices, marks_url)
    written = (
        token.html if run is None else "".join(_written(piece) for piece in run)
        for token, run in zip(tokens, runs, strict=True)
    )
    return Highlighted("".join(written), _covered(slices))


def lemma(exact: str, limit: int = 36) -> str:
    """The first words of `exact`, at most `limit` code points, with an ellipsis if cut."""
    words = " ".join(exact.split())
    if len(words) <= limit:
        return words.rstrip(_TRAILING) or words
    head = words[: limit + 1]
    cut = head.rsplit(" ", 1)[0] if " " in head else head[:limit]
    return (cut.rstrip(_TRAILING) or cut) + "…"


_TRAILING = " .,;:…-–—"


def _clipped(marks: Sequence[Mark], length: int) -> list[tuple[int, int, Mark]]:
    """The marks inside the text, sorted by their ends, of two the shorter first."""
    spans = [(max(0, mark.start), min(length, mark.end), mark) for mark in marks]
    spans = [span for span in spans if span[0] < span[1]]
    return sorted(spans, key=lambda span: (span[1], -span[0]))


def _sliced(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int, Mark]], length: int
) -> list[list[_Slice] | None]:
    """For each token of text its slices, for each tag None."""
    edges = sorted({0, length, *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    regions = list(zip(edges, edges[1:], strict=False))
    cover = [[m for s, e, m in spans if s <= a and b <= e] for a, b in regions]
    runs: list[list[_Slice] | None] = []
    offset = links = 0
    for place, token in enumerate(tokens):
        if token.kind != "text":
            links += {"open": 1, "close": -1}.get(token.kind, 0) if token.name == "a" else 0
            runs.append(None)
            continue
        run = []
        end = offset + len(token.text)
        marked = not _between_blocks(tokens, place)
        for index in range(bisect_left(edges, offset + 1) - 1, bisect_left(edges, end)):
            region = regions[index]
            start = max(offset, region[0])
            text = token.text[start - offset : region[1] - offset]
            covering = cover[index] if marked else []
            run.append(
                _Slice(
                    start,
                    text,
                    region,
                    [m for m in covering if m.kind == "gloss"],
                    [m for m in covering if m.kind != "gloss"],
                    linkable=not links and bool(text.strip()),
                )
            )
        runs.append(run)
        offset = end
    return runs


def _between_blocks(tokens: Sequence[Token], place: int) -> bool:
    """Whether the text is only space between blocks, where no inline element may be."""
    neighbours = (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])
    return not tokens[place].text.strip() and any(token.is_block for token in neighbours)


def _link_glosses(slices: Sequence[_Slice]) -> None:
    """Give each slice to the gloss that ends first, which links as many glosses as possible."""
    linked: set[str] = set()
    for piece in slices:
        if piece.linkable:
            free = (mark for mark in piece.glosses if mark.id not in linked)
            if owner := next(free, None):
                piece.owner = owner
                linked.add(owner.id)


def _link_notes(slices: Sequence[_Slice], marks_url: str) -> None:
    linked: set[tuple[str, ...]] = set()
    for piece in slices:
        notes = [note for note in piece.notes if note.href]
        ids = tuple(note.id for note in notes)
        if notes and not piece.glosses and piece.linkable and ids not in linked:
            start, end = piece.region
            several = f"{marks_url}{start}-{end}/"
            piece.note_href = notes[0].href if len(notes) == 1 else several
            linked.add(ids)


def _covered(slices: Sequence[_Slice]) -> dict[str, tuple[str, ...]]:
    linked = {piece.owner.id for piece in slices if piece.owner}
    covered: dict[str, tuple[str, ...]] = {}
    for piece in slices:
        if piece.owner:
            left = tuple(mark.id for mark in piece.glosses if mark.id not in linked)
            linked.update(left)
            if left:
                covered[piece.owner.id] = covered.get(piece.owner.id, ()) + left
    return covered


def _written(piece: _Slice) -> str:
    words = escape(piece.text, quote=False)
    marks = [*piece.glosses, *piece.notes]
    if not marks:
        return words
    ids = _attribute("data-marks", " ".join(mark.id for mark in marks))
    if piece.glosses:
        words = _marked(piece.notes, words, "") if piece.notes else words
        first_mark = piece.owner or piece.glosses[0]
        kind = _attribute("class", " ".join(("gloss", *first_mark.classes)))
        if piece.owner:
            href = _attribute("href", piece.owner.href)
            return f"<a{kind}{href}{ids}>{words}</a>"
        return f"<span{kind}{ids}>{words}</span>"
    if piece.note_href:
        href = _attribute("href", piece.note_href)
        return f'<a class="note"{href}{ids}>{_marked(piece.notes, words, "")}</a>'
    return _marked(piece.notes, words, ids)


def _marked(notes: Sequence[Mark], words: str, ids: str) -> str:
    """One `<mark>` for all notes of a slice, with the look of the reader's own note, if any."""
    first_mark = next((note for note in notes if note.kind == "own"), notes[0])
    name = "mine" if first_mark.kind == "own" else "public"
    kind = _attribute("class", " ".join((name, *first_mark.classes)))
    colour = _attribute("data-colour", first_mark.colour) if first_mark.colour else ""
    return f"<mark{kind}{colour}{ids}>{words}</mark>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"'

"""The common start and end of two texts."""

from collections.abc import Sequence

from annotations.anchoring.words import Words


def equal_ends(old: Words, new: Words) -> tuple[int, int]:
    """The numbers of equal tokens at the start and at the end.

    Only whole passages count, unless one text is the other with a single insertion or deletion:
    then all the rest counts, and no repetition can mislead.
    """
    head = _common(_contents(old), _contents(new))
    tail = _common(_contents(old)[head:][::-1], _contents(new)[head:][::-1])
    first, last = old.first[head], len(old) - old.first[-1 - tail]
    old_rest = [old.raw(at) for at in range(first, len(old) - last)]
    new_rest = [new.raw(at) for at in range(first, len(new) - last)]
    shorter = min(len(old_rest), len(new_rest))
    start = _common(old_rest, new_rest)
    end = min(shorter - start, _common(old_rest[::-1], new_rest[::-1]))
    return (first + start, last + end) if start + end == shorter else (first, last)


def _contents(text: Words) -> list[list[int]]:
    return [text.ids[low:high] for low, high in zip(text.first, text.first[1:], strict=False)]


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many elements two sequences have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))

"""Edits and annotations as JSON lines, for `manage.py remap --lines`.

A line in: {"id", "old": [texts], "new": [texts], "annotations": [{"id", "passage", "start",
"end", "exact", "prefix", "suffix"}]}; a line out: {"id", "annotations": [{"id", "status",
"passage", "start", "end", "score"}]}. Offsets are code points, `end` exclusive. An annotation
that edits have changed before has today's words, and those that were quoted first as "original":
{"exact", "prefix", "suffix"}.
"""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from annotations.anchoring.remapping import remap
from annotations.anchoring.shapes import AnchorRecord, Quote, Span

type Json = dict[str, Any]


def answer_lines(lines: Iterable[bytes], out: TextIO, err: TextIO) -> int:
    """Answer each line at once; return the number of lines with errors, which go to `err`."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        identity = None
        try:
            edit = read(line)
            identity = edit.get("id")
            answer = {"id": identity, "annotations": answers(edit)}
        except (RecursionError, ValueError) as error:
            bad += 1
            answer = {"id": identity, "annotations": [], "error": str(error)}
            err.write(f"Line {number}: {error}\n")
        out.write(json.dumps(answer) + "\n")
        out.flush()
    if bad:
        err.write(f"{bad} of the lines could not be answered; see above.\n")
    return bad


def read(line: bytes) -> Json:
    """One edit. Raises ValueError with a message for the user."""
    try:
        edit = json.loads(line)
    except ValueError as error:
        raise ValueError(f"this is not JSON ({error}). Write one object a line.") from None
    if not isinstance(edit, dict):
        raise ValueError("this is not a JSON object. Write one object a line.")
    return edit


def answers(edit: Json) -> list[Json]:
    old, new = texts(edit, "old"), texts(edit, "new")
    annotations = edit.get("annotations", [])
    if not isinstance(annotations, list):
        raise ValueError('"annotations" has to be a list.')
    outcomes = remap(old, new, [anchor(one) for one in annotations])
    return [
        {
            "id": outcome.id,
            "status": outcome.state,
            "passage": outcome.passage,
            "start": outcome.start,
            "end": outcome.end,
            "score": round(outcome.score, 4),
        }
        for outcome in outcomes
    ]


def texts(edit: Json, name: str) -> list[str]:
    passages = edit.get(name)
    if not isinstance(passages, list) or not all(isinstance(text, str) for text in passages):
        raise ValueError(f'"{name}" has to be a list of passage texts.')
    return passages


def anchor(annotation: object) -> AnchorRecord:
    required = {"passage": int, "start": int, "end": int, "exact": str}
    if not isinstance(annotation, dict) or "id" not in annotation:
        raise ValueError("an annotation has to be an object with an id.")
    for name, kind in required.items():
        if type(annotation.get(name)) is not kind:
            what = "a whole number" if kind is int else "a text"
            raise ValueError(f'annotation {annotation["id"]}: "{name}" has to be {what}.')
    original = annotation.get("original")
    if original is not None and not (
        isinstance(original, dict) and isinstance(original.get("exact"), str)
    ):
        raise ValueError(f'annotation {annotation["id"]}: "original" has to have an "exact" text.')
    return AnchorRecord(
        annotation["id"],
        annotation["passage"],
        Span(annotation["start"], annotation["end"]),
        quote(annotation),
        quote(original) if original else None,
    )


def quote(selector: Json) -> Quote:
    return Quote(selector["exact"], selector.get("prefix") or "", selector.get("suffix") or "")

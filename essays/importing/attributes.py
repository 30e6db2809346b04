"""Attributes in braces at the end of a block: `{#key .kind .runs-on}`."""

import re

from essays.errors import shortened
from essays.importing.errors import CuttingError

PASSAGE_KINDS = ("prose", "heading", "film-line", "book-excerpt", "epigraph", "figure")

KEY_PATTERN = "[a-z][a-z0-9-]{1,23}"
KEY_RULE = "Use 2 to 24 small letters, digits and hyphens, beginning with a letter."
_BRACES = re.compile(r"[ \t]*\{:?([^{}]*)\}[ \t]*\Z")


def attributes_at(line: str) -> re.Match[str] | None:
    """The braces at the end of a line, if they have a key or a class; others are Markdown."""
    before = line[: line.rfind("{")] if line.rstrip(" \t").endswith("}") else line
    # match() from the only possible start: search() would try each space of a long line.
    match = _BRACES.match(line, len(before.rstrip(" \t")))
    if match and not before.endswith("\\") and any(word[0] in "#." for word in match[1].split()):
        return match
    return None


def read_attributes(words: list[str], line: int) -> tuple[str | None, str | None, bool]:
    """Key, kind and `runs_on`, from the words in a pair of braces."""
    key = kind = None
    runs_on = False
    for word in words:
        name = word[1:]
        if word == ".runs-on":
            runs_on = True
        elif word[0] == "." and name in PASSAGE_KINDS and kind in (None, name):
            kind = name
        elif word[0] == "#" and key is None and re.fullmatch(KEY_PATTERN, name):
            key = name
        else:
            raise CuttingError(*_refused(word, key, kind, line))
    return key, kind, runs_on


def _refused(word: str, key: str | None, kind: str | None, line: int) -> tuple[str, int, str]:
    name = shortened(word[1:])
    if word[0] == "#" and key:
        return f"A passage has one key, and here are “{key}” and “{name}”.", line, "Keep one."
    if word[0] == "#":
        return f"“{name}” cannot be a key.", line, KEY_RULE
    if word[0] == "." and word[1:] in PASSAGE_KINDS:
        return f"A passage has one kind, and here are .{kind} and {word}.", line, "Keep one."
    known = ", ".join(f".{name}" for name in (*PASSAGE_KINDS, "runs-on"))
    return (
        f"“{shortened(word)}” means nothing here.",
        line,
        f"Use {known}; give what Markdown is to have braces of its own.",
    )

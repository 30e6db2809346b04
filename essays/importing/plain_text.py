"""Plain text: find its paragraphs, and escape them as Markdown."""

import re

# Signs of Markdown that nobody writes by chance; a line with a hyphen or number is not one.
_SIGNS = re.compile(
    r"""\A---\n | ^[ ]{0,3}\#{1,6}[ ]\S | ^:::+ | ^[ ]{0,3}>[ ]\S
    | \[\^[^\]\s]{1,60}\] | \]\([^)\s]{1,2000}\)
    | (?<![\w*])\*{1,3}[^\s*][^*\n]*\* | (?<![\w_])_{1,2}[^\s_][^_\n]*_(?!\w)""",
    re.MULTILINE | re.VERBOSE,
)
# In characters; lines that a program wrapped are shorter.
_MAX_WRAPPED_LENGTH = 200
_ALWAYS = re.compile(r"[\\`*_\[{]")
_LINE_START = re.compile(r"^[ ]*(?:\d+(?=\.)|(?=[#>+-]))", re.MULTILINE)
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")


def looks_like_markdown(text: str) -> bool:
    return bool(_SIGNS.search(text))


def has_a_paragraph_a_line(text: str) -> bool:
    """Whether there are lines as long as paragraphs without empty lines between them."""
    long = 0
    for line in text.split("\n"):
        long = 0 if not line.strip() else long + (len(line) > _MAX_WRAPPED_LENGTH)
        if long > 1:
            return True
    return False


def paragraphs(text: str) -> list[tuple[str, int]]:
    """The paragraphs between empty lines, without outer space, each with its line number."""
    parts: list[tuple[list[str], int]] = []
    after_blank = True
    for number, line in enumerate(text.split("\n"), 1):
        words = line.replace("\t", " ").strip()
        if words and after_blank:
            parts.append(([words], number))
        elif words:
            parts[-1][0].append(words)
        after_blank = not words
    return [("\n".join(lines), number) for lines, number in parts]


def escaped(text: str) -> str:
    """Markdown that renders as exactly `text`."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return _LINE_START.sub(r"\g<0>\\", text)

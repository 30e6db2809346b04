"""Pictures in a Markdown text: each becomes a figure and needs a text alternative."""

import re

from essays.importing.passages import opens_with_picture

_PICTURE = re.compile(
    r"(?<!\\)!\[(?P<alt>[^\[\]\n]{0,1000})\]\([^()\n]{1,2000}\)(?:\{[^{}\n]{0,200}\})?"
)
_WITHOUT_WORDS = re.compile(r"!\[[ \t]*\](?=\()")


def split_pictures(source: str) -> list[str]:
    """A block's source with each picture as a part by itself; words below one stay with it."""
    pictures = list(_PICTURE.finditer(source))
    if len(pictures) == 1 and opens_with_picture(source.split("\n", 1)[0]):
        return [source]
    parts: list[str] = []
    at = 0
    for picture in pictures:
        parts += [source[at : picture.start()].strip(), picture[0]]
        at = picture.end()
    parts.append(source[at:].strip())
    return [part for part in parts if part]


def lacks_words(source: str) -> bool:
    """Whether the source has a picture without a text alternative."""
    return bool(_WITHOUT_WORDS.search(source))


def with_words(source: str, words: str) -> str:
    """The source with `words` as the text alternative of the first picture without one."""
    words = re.sub(r"[\[\]\\]", r"\\\g<0>", " ".join(words.split()))
    return _WITHOUT_WORDS.sub(lambda _: f"![{words}]", source, count=1)

"""Decode pasted or uploaded text to characters that a page can show."""

from essays.importing.errors import UnreadableText
from essays.markup.errors import MarkupError
from essays.markup.limits import refuse_unshowable, with_plain_spaces

MAX_BYTES = 2 * 1024 * 1024

_AS_TEXT = "Save it as plain text or Markdown, in UTF-8, and bring in that file."
_OTHER_FILES = {
    b"%PDF": "This is a PDF.",
    b"PK\x03\x04": "This is a Word or OpenDocument file, or something else that is packed.",
    b"\xd0\xcf\x11\xe0": "This is an old Word file.",
    b"{\\rtf": "This is an RTF file.",
    b"\x89PNG": "This is a picture.",
    b"\xff\xd8\xff": "This is a picture.",
    b"GIF8": "This is a picture.",
    b"\xff\xfe": "This file is in UTF-16.",
    b"\xfe\xff": "This file is in UTF-16.",
}


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises UnreadableText.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableText("This file is larger than 2 MB. Bring the text in without pictures.")
    for beginning, what in _OTHER_FILES.items():
        if data.startswith(beginning):
            raise UnreadableText(f"{what} {_AS_TEXT}")
    if b"\0" in data:
        raise UnreadableText(f"This is no text file. {_AS_TEXT}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableText(
            f"This file is not in UTF-8: line {line} holds something else. {_AS_TEXT}"
        ) from None


def readable(text: str) -> str:
    """`text` with plain line ends and spaces. Raises UnreadableText."""
    text = with_plain_spaces(text.removeprefix("\ufeff"))
    try:
        refuse_unshowable(text)
    except MarkupError as error:
        raise UnreadableText(str(error)) from None
    if len(text.encode()) > MAX_BYTES:
        raise UnreadableText("This text is larger than 2 MB. Bring it in as several essays.")
    if "\ufffd" in text:
        before = " ".join(text[: text.index("\ufffd")].split()[-3:])
        place = f"after “{before}”" if before else "at its beginning"
        raise UnreadableText(
            f"A character was lost on its way, and � stands for it {place}. Type it again."
        )
    if not text.strip():
        raise UnreadableText("There is no text here. Paste one, or choose a file.")
    return text

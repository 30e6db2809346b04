"""What a name looks like: two names with the same `look` can be taken for each other.

As in Unicode's standard on confusables (UTS 39), characters become the one that stands for all that
look like it, and those that nobody sees are dropped. Beyond that, the case of letters is ignored.
"""

import re
import unicodedata

from confusable_homoglyphs.confusables import confusables_data

# Unicode's property Default_Ignorable_Code_Point.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


def look(name: str) -> str:
    folded = unicodedata.normalize("NFKC", UNSEEN.sub("", name)).casefold()
    alike = "".join(map(_folded, unicodedata.normalize("NFD", folded)))
    # A capital I looks like a small l.
    return " ".join(alike.replace("i", "l").split())


def letters_of(name: str) -> str:
    """The name without signs, digits and spaces, which make no other name of it."""
    return "".join(char for char in name if unicodedata.category(char)[0] in "LM")


def _folded(char: str) -> str:
    """A small letter may look like a Latin one only as a capital: Cyrillic т, whose Т is like T."""
    small, capital = (_representative(one).casefold() for one in (char, char.upper()))
    return capital if capital.isascii() and not small.isascii() else small


def _representative(char: str) -> str:
    """The one character, or the two, that stand for all that look like `char`.

    The table lists the others for it, and for each of the others only it.
    """
    alike = _alike(char)
    if not alike:
        return char
    several = next((one for one in alike if len(one) > 1), "")
    if several or len(alike) > 1:
        return several or char
    [other] = alike
    return other if len(_alike(other)) > 1 else min(char, other)


def _alike(char: str) -> list[str]:
    # The table puts marks of direction around letters that are written from right to left.
    found = confusables_data.get(char) or confusables_data.get(f"\u200e{char}\u200e", [])
    return [UNSEEN.sub("", one["c"]) for one in found]

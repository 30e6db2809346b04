"""Reference links of a Markdown text: `[words][label]` and `[label]: /there`."""

import re

_ADDRESS = re.compile(
    r" {0,3}\[(?P<label>[^\[\]^\n][^\[\]\n]{0,200})\]:[ \t]{1,9}<?(?P<to>[^\s<>]{1,2000})>?"
    r"(?P<title>[ \t]{1,9}\"[^\"\n]{0,500}\")?[ \t]*"
)
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,500})\](?:\[(?P<label>[^\[\]\n]{0,200})\])?(?![\[(:])")


def with_addresses_in_place(lines: list[str]) -> list[str]:
    """The lines with the addresses in the links, and the lines of addresses emptied.

    Each passage is rendered by itself, and would not find an address elsewhere.
    """
    addresses: dict[str, str] = {}
    rest: list[str] = []
    for line in lines:
        match = _ADDRESS.fullmatch(line)
        if match:
            addresses.setdefault(_name(match["label"]), match["to"] + (match["title"] or ""))
        rest.append("" if match else line)
    if not addresses:
        return lines

    def in_place(match: re.Match[str]) -> str:
        address = addresses.get(_name(match["label"] or match["words"]))
        return f"[{match['words']}]({address})" if address else match[0]

    return [_LINK.sub(in_place, line) for line in rest]


def _name(label: str) -> str:
    return " ".join(label.split()).casefold()

"""HTML as a tree of elements, and the text of a page without what closed veils hide."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Element:
    """An element: `attributes`, and `children`, which are elements and strings."""

    def __init__(self, name: str, attributes: dict[str, str], parent: "Element | None" = None):
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text_content(self) -> str:
        return "".join(c if isinstance(c, str) else c.text_content for c in self.children)

    @property
    def text(self) -> str:
        """The text content with white space collapsed; that of a textarea, its value, is not."""
        text = self.text_content
        return text if self.name == "textarea" else " ".join(text.split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def elements(self) -> Iterator["Element"]:
        """All descendants, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def all(self, selector: str) -> list["Element"]:
        """The descendants that match `name.class[attribute=value]`, each part optional."""
        name, classes, tests = _parts(selector)
        return [
            element
            for element in self.elements()
            if name in ("", element.name)
            and classes <= element.classes
            and all(_has(element, test) for test in tests)
        ]

    def one(self, selector: str) -> "Element":
        """The only descendant that matches."""
        [element] = self.all(selector)
        return element


def _parts(selector: str) -> tuple[str, set[str], list[list[str]]]:
    tests = [test.split("=", 1) for test in re.findall(r"\[([^\]]+)\]", selector)]
    name, *classes = re.sub(r"\[[^\]]+\]", "", selector).split(".")
    return name, set(classes), tests


def _has(element: Element, test: list[str]) -> bool:
    name, *value = test
    return name in element.attributes and value in ([], [element.attributes[name]])


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {})

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        # The templates close every element, so a mismatch is an error in a page.
        assert tag == self.open.name, f"</{tag}> closes <{self.open.name}>"
        self.open = self.open.parent

    def handle_data(self, data):
        self.open.children.append(data)


def parse(html: str) -> Element:
    """The tree of a page or fragment; fails if an element is not closed."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open is builder.root, f"<{builder.open.name}> is not closed"
    return builder.root


def of(response) -> Element:
    return parse(response.content.decode())


def flat(html: str) -> str:
    """HTML with each run of white space as one space, to look for parts of it."""
    return " ".join(html.split())


def unveiled(root: Element) -> str:
    """All words of a page, attributes and head included, except those behind a closed veil.

    The rules are those of veil.css: `.veil:has(details:not([open])) ~ .veiled` is hidden, except
    that the passages of a `.run` keep their place without their text.
    """
    words: list[str] = []
    _collect(root, words)
    return " ".join(words)


def _collect(element: Element, words: list[str]) -> None:
    words += [value for name, value in element.attributes.items() if name not in NAMES]
    closed = False
    for child in element.children:
        if isinstance(child, str):
            words.append(child)
            continue
        if not (closed and "veiled" in child.classes):
            _collect(child, words)
        elif "run" in child.classes:
            _collect_places(child, words)
        closed = closed or _is_closed_veil(child)


# These attributes hold names, not text.
NAMES = {"id", "href", "class", "src"}


def _collect_places(run: Element, words: list[str]) -> None:
    for child in run.children:
        if isinstance(child, str):
            words.append(child)
        elif "passage" in child.classes:
            words += [value for name, value in child.attributes.items() if name not in NAMES]
            words += [text for text in child.children if isinstance(text, str)]
        elif "margin" not in child.classes:
            _collect(child, words)


def _is_closed_veil(element: Element) -> bool:
    details = element.all("details")
    return "veil" in element.classes and any("open" not in d.attributes for d in details)

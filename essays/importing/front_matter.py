"""The YAML at the start of a file, between two lines of `---`."""

import yaml

from essays.errors import shortened
from essays.importing.errors import CuttingError
from essays.importing.plain_yaml import YAML_ERRORS, PlainLoader, problem_of

MAX_LENGTH = 20_000


def end_of_front(lines: list[str]) -> int:
    """The index of the line that closes the front matter."""
    if lines[0].rstrip() != "---":
        raise CuttingError(
            "The file does not open with front matter.",
            1,
            "Begin with a line of ---, then “title: …”, then another line of ---.",
        )
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return index
    raise CuttingError(
        "The front matter does not end.", 1, "Put a line of --- between it and the text."
    )


def read_front(
    source: str, *, needs_title: bool = True
) -> tuple[dict[str, object], dict[str, int]]:
    """The entries, and their line numbers; `source` begins on the second line of the file."""
    if len(source) > MAX_LENGTH:
        raise CuttingError(
            f"The front matter is {len(source):,} characters long, and at most {MAX_LENGTH:,} fit.",
            1,
            "Keep what is about the essay, and put its text below the second line of ---.",
        )
    try:
        loader = PlainLoader(source)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise CuttingError("The front matter holds no entries.", 1, "Begin with “title: …”.")
        front = loader.construct_mapping(node, deep=True)
    except YAML_ERRORS as error:
        problem, line = problem_of(error)
        raise CuttingError(
            f"The front matter is not YAML: {problem}.",
            1 if line is None else line + 2,
            "Write one “name: value” on a line, and put values that hold a colon in quotes.",
        ) from None
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in lines:
            raise CuttingError(
                f"“{shortened(key.value)}” is there twice, first on line {lines[key.value]}.",
                line,
                "Keep one of the two.",
            )
        lines[key.value] = line
    title = front.get("title", "" if needs_title else "asked for later")
    if not isinstance(title, str) or not title.strip():
        raise CuttingError(
            "The essay has no title.", lines.get("title", 1), 'Add “title: "…"”, in quotes.'
        )
    return {str(name): value for name, value in front.items()}, lines

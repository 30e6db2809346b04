"""The YAML at the start of a file, between two lines of `---`."""

import yaml

from essays.importing.errors import CuttingError


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
    try:
        node = yaml.compose(source, yaml.SafeLoader)
        front = yaml.safe_load(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise CuttingError(
            f"The front matter is not YAML: {error.problem or error.context}.",
            mark.line + 2 if mark else 1,
            "Write one “name: value” on a line, and put values that hold a colon in quotes.",
        ) from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise CuttingError(
            f"The front matter cannot be read: {type(error).__name__}, {error}.".splitlines()[0],
            1,
            "Look through its values.",
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise CuttingError("The front matter holds no entries.", 1, "Begin with “title: …”.")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in lines:
            raise CuttingError(
                f"“{key.value}” is there twice, first on line {lines[key.value]}.",
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

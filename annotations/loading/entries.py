"""Read YAML with line numbers, and check it field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from annotations.loading.errors import Problem, did_you_mean
from annotations.loading.fields import Field, slug
from annotations.text.phrases import InvalidValue
from essays.errors import shortened
from essays.importing.plain_yaml import YAML_ERRORS, PlainLoader, problem_of

MAX_LENGTH = 5_000_000


@dataclass(frozen=True)
class YamlEntry:
    """One entry of a file: its checked values and their line numbers."""

    file: str
    line: int
    values: dict
    lines: Mapping[str, int]
    parts: tuple["YamlEntry", ...] = ()

    def problem(self, message: str, remedy: str, field: str = "") -> Problem:
        return Problem(self.file, self.lines.get(field, self.line), message, remedy)


class YamlFile:
    """The entries of a YAML file. Mistakes go into `problems`, and their entries are left out."""

    def __init__(self, name: str, source: str, problems: list[Problem]):
        self.name, self.problems = name, problems
        self.root: yaml.Node | None = None
        if len(source) > MAX_LENGTH:
            message = f"This is {len(source):,} characters long, and at most {MAX_LENGTH:,} fit."
            self._refuse(1, message, "Bring the essay in as two, or shorten what is here.")
            return
        try:
            self.loader = PlainLoader(source)
            self.root = self.loader.get_single_node()
        except YAML_ERRORS as error:
            problem, line = problem_of(error)
            self._refuse((line or 0) + 1, f"This is not YAML: {problem}.", QUOTE)

    def mapping_of(self, fields: Mapping[str, Field]) -> dict[str, YamlEntry]:
        """The entries of a file that is one mapping of names."""
        entries = {}
        for key, node in self._pairs(self.root):
            name = self._checked(slug, key)
            entry = self._entry(node, fields)
            if name is not None and entry is not None:
                entries[name] = entry
        return entries

    def list_of(self, fields: Mapping[str, Field], part: str, part_fields) -> Iterator[YamlEntry]:
        """The entries of a file that is one list; `part` names their lists of parts."""
        for node in self._items(self.root):
            entry = self._entry(node, fields, part, part_fields)
            if entry is not None:
                yield entry

    def _entry(self, node, fields, part="", part_fields=None) -> YamlEntry | None:
        before = len(self.problems)
        if not isinstance(node, yaml.MappingNode):
            self._refuse_node(node, "Fields are wanted here.", "Write “name: value” lines.")
            return None
        values = {name: field.default for name, field in fields.items()}
        lines, parts, meant = {}, [], set()
        for key, value in self._pairs(node):
            lines[key.value] = key.start_mark.line + 1
            if part and key.value == part:
                parts = [self._entry(item, part_fields) for item in self._items(value)]
            elif key.value not in fields:
                known = [*fields, part] if part else list(fields)
                remedy = did_you_mean(key.value, known, f"Use {', '.join(known)}.")
                meant.update(name for name in known if f"“{name}”" in remedy)
                self._refuse_node(key, f"There is no field “{shortened(key.value)}”.", remedy)
            elif not self._is_nothing(value):
                values[key.value] = self._checked(fields[key.value].check, value)
        for name, field in fields.items():
            if field.required and name not in lines and name not in meant:
                self._refuse_node(node, f"“{name}” is missing.", f"Add “{name}: …”.")
            elif field.required and name in lines and values[name] == "":
                self._refuse(lines[name], f"“{name}” is empty.", "Write something there.")
        line = node.start_mark.line + 1
        return (
            None
            if len(self.problems) > before
            else YamlEntry(self.name, line, values, lines, tuple(parts))
        )

    def _pairs(self, node) -> list:
        """Keys and values of a mapping, each key once; an empty node is an empty mapping."""
        if node is None or self._is_nothing(node):
            return []
        if not isinstance(node, yaml.MappingNode):
            self._refuse_node(node, "Names are wanted here.", "Write “name:”, fields below it.")
            return []
        entries = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse_node(key, "This is no name.", "Use a word.")
            elif key.value in entries:
                first = entries[key.value][0].start_mark.line + 1
                message = f"“{shortened(key.value)}” is there twice, first on line {first}."
                self._refuse_node(key, message, "Keep one of the two.")
            else:
                entries[key.value] = (key, value)
        return list(entries.values())

    def _items(self, node) -> list:
        if node is None or self._is_nothing(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._refuse_node(node, "A list is wanted here.", "Begin each item with “- ”.")
            return []
        return node.value

    def _is_nothing(self, node) -> bool:
        return node.tag == "tag:yaml.org,2002:null"

    def _checked(self, check, node):
        try:
            return check(self._value(node))
        except (InvalidValue, *YAML_ERRORS) as error:
            remedy = error.remedy if isinstance(error, InvalidValue) else QUOTE
            message = error.message if isinstance(error, InvalidValue) else "This cannot be read."
            self._refuse_node(node, message, remedy)
            return None

    def _value(self, node):
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item) for item in node.value]
        if isinstance(node, yaml.MappingNode) or node.tag.startswith("!"):
            raise InvalidValue("Fields are not wanted here.", "Write a single value.")
        return self.loader.construct_object(node)

    def _refuse_node(self, node, message: str, remedy: str) -> None:
        self._refuse(node.start_mark.line + 1, message, remedy)

    def _refuse(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.name, line, message, remedy))


QUOTE = "Put values that hold a colon, a quote or a hash in quotes, and indent evenly."

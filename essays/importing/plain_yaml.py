"""YAML as people write it: no anchors or aliases, few levels, and not too long.

A few aliases of aliases stand for gigabytes, and PyYAML takes quadratic time for nested brackets,
so both are refused while the text is scanned, before anything is made of it.
"""

import yaml
from yaml.scanner import ScannerError

from essays.errors import shortened

MAX_DEPTH = 10


class PlainLoader(yaml.SafeLoader):
    """Raises yaml.MarkedYAMLError or another of `YAML_ERRORS` for what it does not read."""

    def fetch_anchor(self) -> None:
        self._refuse(f"a value that begins with {self.peek()} needs quotes around it")

    fetch_alias = fetch_anchor

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:
        if self.flow_level >= MAX_DEPTH:
            self._refuse_depth()
        super().fetch_flow_collection_start(TokenClass)

    def add_indent(self, column: int) -> bool:
        if len(self.indents) >= MAX_DEPTH:
            self._refuse_depth()
        return super().add_indent(column)

    def _refuse_depth(self) -> None:
        self._refuse(f"these lists stand in each other more than {MAX_DEPTH} deep")

    def _refuse(self, problem: str) -> None:
        raise ScannerError(None, None, problem, self.get_mark())


# What reading YAML and making values of it can raise.
YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, ArithmeticError, AttributeError)


def problem_of(error: Exception) -> tuple[str, int | None]:
    """What is wrong, in a few words, and in which line, from 0, if that is known."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return shortened(error.problem or error.context, 120), mark.line if mark else None
    return shortened(str(error).split("\n", 1)[0], 120), None

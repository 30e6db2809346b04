from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from essays.errors import shortened


@dataclass(frozen=True)
class Problem:
    """A mistake in a file, and what to do about it."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self):
        return f"{self.file}, line {self.line}: {self.message} {self.remedy}"


class NotLoaded(Exception):
    """Nothing was loaded; `lines` tell the editor why."""

    def __init__(self, lines: Sequence[str]):
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


class LoadError(NotLoaded):
    """Mistakes in the files."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        super().__init__([str(problem) for problem in self.problems])


class EditedOnSite(NotLoaded):
    """Site and files were both edited, and nobody chose which to take."""

    def __init__(self, title: str, items: Sequence[str]):
        self.items = tuple(items)
        super().__init__(
            [
                f"{title}: these were edited on the site, and the files say something else:",
                *(f"  {thing}" for thing in items),
                "Nothing was changed. Choose with --take file (the files win, the site's words "
                "stay in the versions) or --take site (what is listed stays as it is).",
            ]
        )


class WordsLost(NotLoaded):
    """Annotations would lose the words they are about; `effects` list all changes to anchors."""

    def __init__(self, title: str, items: Sequence[str], effects: Sequence[str] = ()):
        self.items = tuple(items)
        super().__init__(
            [
                f"{title}: these would lose the words they are about:",
                *(f"  {thing}" for thing in items),
                *(["All that the load would do to what hangs on the text:"] if effects else []),
                *(f"  {effect}" for effect in effects),
                "Nothing was changed. Add --yes to load all the same: they keep their words and "
                "can be hung on others later.",
            ]
        )


def did_you_mean(name: str, known: Sequence[str], otherwise: str) -> str:
    """A remedy for an unknown name: the closest known one, or `otherwise`."""
    close = get_close_matches(shortened(name), known, n=1)
    return f"Did you mean “{close[0]}”?" if close else otherwise

"""The score: a table of the passages in which each theme appears."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from annotations.models import Theme
from edition.pages.margin import PassageView

MIN_PASSAGES = 6
MIN_THEMES = 2
MAX_COLUMNS = 30


@dataclass(frozen=True)
class Column:
    """The passages numbered `first` to `last`; just one unless the essay is long."""

    first: int
    last: int

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True)
class ThemeRow:
    """A theme and, for each column, its first passage with the theme, or None."""

    theme: Theme
    cells: tuple[PassageView | None, ...]


@dataclass(frozen=True)
class Score:
    columns: tuple[Column, ...]
    rows: tuple[ThemeRow, ...]


def score_of(views: Sequence[PassageView]) -> Score | None:
    """The score of an essay's passages, themes in order of appearance; None if it is too small."""
    themes = {theme.pk: theme for view in views for theme in view.themes}
    if len(views) < MIN_PASSAGES or len(themes) < MIN_THEMES:
        return None
    size = -(-len(views) // MAX_COLUMNS)
    groups = list(batched(views, size, strict=False))
    columns = tuple(Column(g[0].passage.number, g[-1].passage.number) for g in groups)
    rows = tuple(
        ThemeRow(theme, tuple(_first_with(theme, group) for group in groups))
        for theme in themes.values()
    )
    return Score(columns, rows)


def _first_with(theme: Theme, group: Sequence[PassageView]) -> PassageView | None:
    return next((view for view in group if theme in view.themes), None)

"""The theme score: where each theme surfaces in an essay, as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from annotations.models import Theme
from edition.pages.margin import PassageView

LEAST_PASSAGES = 6
LEAST_THEMES = 2
MOST_COLUMNS = 30


@dataclass(frozen=True)
class Column:
    """One passage, or a run of them where the essay is long: `first` to `last`, numbers."""

    first: int
    last: int

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True)
class Row:
    """A theme and, for each column, the first passage in it that carries the theme, or None."""

    theme: Theme
    cells: tuple[PassageView | None, ...]


@dataclass(frozen=True)
class Score:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def score_of(views: Sequence[PassageView]) -> Score | None:
    """The score of an essay's passages, themes in order of appearance; None if it is too small."""
    themes = {theme.pk: theme for view in views for theme in view.themes}
    if len(views) < LEAST_PASSAGES or len(themes) < LEAST_THEMES:
        return None
    size = -(-len(views) // MOST_COLUMNS)
    groups = list(batched(views, size, strict=False))
    columns = tuple(Column(g[0].passage.number, g[-1].passage.number) for g in groups)
    rows = tuple(
        Row(theme, tuple(_first_with(theme, group) for group in groups))
        for theme in themes.values()
    )
    return Score(columns, rows)


def _first_with(theme: Theme, group: Sequence[PassageView]) -> PassageView | None:
    return next((view for view in group if theme in view.themes), None)

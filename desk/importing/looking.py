"""The page of an import: its passages rendered, its footnotes, and the errors in both."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.utils.safestring import SafeString, mark_safe

from annotations.text.phrases import Occurrences
from desk.importing.working import Working, labels_in
from essays.importing import CutPassage
from essays.importing.decode import MAX_BYTES
from essays.importing.footnotes import with_marks_as
from essays.importing.import_text import as_written
from essays.importing.pictures import lacks_words
from essays.importing.place_marks import PlacedMark, place_marks
from essays.importing.plain_text import escaped
from essays.importing.text_totals import MAX_PASSAGES, problem_with_totals
from essays.markup import MarkupError, render_gloss, render_passage
from essays.markup.limits import PASSAGE_LENGTH, checked

NO_TEXT = "There is no text left. Go back to it, and begin again."
TOO_LARGE = "This text is larger than 2 MB. Bring it in as several essays."
SHOWS_NOTHING = "Say below what this picture shows, for those who cannot see it."


# Cached: each step of an import renders the whole text again, and few passages have changed.
placed_marks = lru_cache(MAX_PASSAGES)(place_marks)
rendered = lru_cache(MAX_PASSAGES)(render_passage)


@dataclass(frozen=True)
class Mark:
    """A footnote's mark in a passage; `start` and `end` count code points, 0 and 0 mean all of it.

    `words` is the field's value, `guess` its value before the editor changed it.
    """

    label: str
    guess: str
    words: str
    start: int
    end: int
    error: str = ""


@dataclass
class Row:
    """A passage of the import; `source` is Markdown that contains the marks of footnotes.

    `written` is the text that the editor edits: in mode “plain” it is not Markdown.
    """

    place: int
    passage: CutPassage
    source: str
    written: str
    html: SafeString = mark_safe("")
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lacks_words: bool = False

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def unmarked(self) -> str:
        """The source without marks, as it is saved."""
        return with_marks_as(self.source, [""] * len(self.marks)) if self.marks else self.source

    @property
    def is_open(self) -> bool:
        """Whether the field with the text is shown open, because the text has an error."""
        return bool(self.errors) and not self.lacks_words


@dataclass(frozen=True)
class Footnote:
    label: str
    source: str
    html: SafeString
    numbers: list[int]
    error: str


class Look:
    """A Working rendered, row by row."""

    def __init__(self, working: Working, *, smart: bool = False):
        self.working, self.smart = working, smart

    @cached_property
    def problems(self) -> list[str]:
        """The errors of the text as a whole."""
        working = self.working
        passages = working.passages
        too_much = problem_with_totals(
            passages, working.footnotes.values(), is_markdown=working.mode == "markdown"
        )
        size = sum(len(passage.source.encode(errors="replace")) for passage in passages)
        checks = {
            NO_TEXT: not passages,
            too_much: bool(too_much),
            TOO_LARGE: size > MAX_BYTES,
        }
        return [problem for problem, holds in checks.items() if holds]

    @cached_property
    def rows(self) -> list[Row]:
        rows = [self._row(place, each) for place, each in enumerate(self.working.passages)]
        if not self.problems:
            seen: Counter[str] = Counter()
            for row in rows:
                self._render(row, seen)
            self._refuse_keys_twice(rows)
        return rows

    @cached_property
    def footnotes(self) -> list[Footnote]:
        where: dict[str, list[int]] = {label: [] for label in self.working.footnotes}
        for row in self.rows:
            for label in labels_in(row.passage, self.working.mode):
                where.setdefault(label, []).append(row.number)
        return [self._footnote(label, numbers) for label, numbers in where.items()]

    @property
    def marks(self) -> int:
        return sum(len(row.marks) for row in self.rows)

    @property
    def unsettled(self) -> int:
        """The number of errors; the draft can be saved if it is 0."""
        wrong = [row for row in self.rows if row.errors]
        wrong += [mark for row in self.rows for mark in row.marks if mark.error]
        wrong += [footnote for footnote in self.footnotes if footnote.error]
        return len(wrong) + len(self.problems)

    def _row(self, place: int, passage: CutPassage) -> Row:
        mode = self.working.mode
        source = escaped(passage.source) if mode == "plain" else passage.source
        refused = self.working.refused.get(place)
        written = passage.source if refused else as_written(passage, mode)
        return Row(place, passage, source, written, errors=[refused] if refused else [])

    def _render(self, row: Row, seen: Counter[str]) -> None:
        kind = row.passage.kind
        try:
            source = checked(row.source, PASSAGE_LENGTH)
            if self.working.mode == "plain":
                shown, marks = rendered(source, kind, smart=self.smart), []
            else:
                shown, marks = placed_marks(source, kind, smart=self.smart)
        except MarkupError as error:
            row.lacks_words = self.working.mode == "markdown" and lacks_words(row.source)
            row.errors = row.errors or [SHOWS_NOTHING if row.lacks_words else str(error)]
            seen.update(labels_in(row.passage, self.working.mode))
            return
        row.html, row.text = mark_safe(shown.html), shown.text
        for one in marks:
            row.marks.append(self._mark(row.text, one, seen[one.label]))
            seen[one.label] += 1

    def _mark(self, text: str, one: PlacedMark, nth: int) -> Mark:
        guess = text[one.start : one.end]
        words = self.working.chosen.get((one.label, nth), guess)
        if words == guess:
            return Mark(one.label, guess, words, one.start, one.end)
        if not words:
            return Mark(one.label, guess, "", 0, 0)
        matches = Occurrences(text, words)
        if not matches.count:
            error = f"These words are not in the passage. {matches.remedy}"
            return Mark(one.label, guess, words, 0, 0, error)
        start = min(matches.starts, key=lambda place: abs(place + len(words) - one.at))
        return Mark(one.label, guess, words, start, start + len(words))

    def _footnote(self, label: str, numbers: list[int]) -> Footnote:
        source = self.working.footnotes.get(label, "")
        html, error = "", ""
        try:
            html = render_gloss(source).html if source and not self.problems else ""
        except MarkupError as refused:
            error = str(refused)
        if not source:
            error = "The text has this mark, and no footnote of the name. Write it here."
        elif not numbers:
            error = f"Nothing bears it. Put [^{label}] behind the words that it is about."
        return Footnote(label, source, mark_safe(html), numbers, error)

    def _refuse_keys_twice(self, rows: list[Row]) -> None:
        first: dict[str, Row] = {}
        for row in rows:
            key = row.passage.key
            if key and first.setdefault(key, row) is not row:
                number = first[key].number
                row.errors.append(f"Passage {number} has the key “{key}” already.")

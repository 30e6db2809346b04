"""Read a folder with an essay and its editorial layer, without the database.

`essay.md` has front matter and the text; `works.yaml`, `quotations.yaml` and `themes.yaml` map
names to fields; `glosses.yaml` lists glosses with their links. All but the first are optional.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotations.loading.entries import YamlEntry, YamlFile
from annotations.loading.errors import LoadError, Problem, did_you_mean
from annotations.loading.fields import FRONT, GLOSS, LINK, QUOTATION, THEME, VEIL, WORK
from annotations.loading.fields import slug as check_slug
from annotations.text.phrases import InvalidValue
from essays import markup
from essays.errors import shortened
from essays.identifiers import RESERVED_KEYS
from essays.importing import Brought, CutPassage, CuttingError, Document, cut

TEXT = "essay.md"
LAYER = ("works.yaml", "quotations.yaml", "themes.yaml", "glosses.yaml")


@dataclass(frozen=True)
class Folder:
    """The contents of the files with their line numbers; `texts` are the passages' plain texts."""

    path: Path
    slug: str
    front: YamlEntry
    veil: YamlEntry | None
    passages: tuple[CutPassage, ...]
    texts: tuple[str, ...]
    works: Mapping[str, YamlEntry]
    quotations: Mapping[str, YamlEntry]
    themes: Mapping[str, YamlEntry]
    glosses: Mapping[str, YamlEntry]


def read_folder(path: Path) -> Folder:
    """Raises LoadError with every mistake that shows without the database."""
    problems: list[Problem] = []
    slug = path.resolve().name
    _check_slug(path, slug, problems)
    document = _read_essay(path / TEXT, problems)
    layer = {name: _read_layer(path / name, problems) for name in LAYER}
    _check_other_files(path, problems)
    glosses = _by_key(layer["glosses.yaml"].list_of(GLOSS, "links", LINK), problems)
    works = layer["works.yaml"].mapping_of(WORK)
    quotations = layer["quotations.yaml"].mapping_of(QUOTATION)
    themes = layer["themes.yaml"].mapping_of(THEME)
    if document is None:
        raise LoadError(problems)
    front, veil = front_of(str(path / TEXT), document, problems)
    texts = _render(str(path / TEXT), document, front, problems)
    if problems or front is None:
        raise LoadError(problems)
    return Folder(
        path, slug, front, veil, document.passages, texts, works, quotations, themes, glosses
    )


def _check_slug(path: Path, slug: str, problems: list[Problem]) -> None:
    try:
        check_slug(slug)
        if slug in RESERVED_KEYS:
            raise InvalidValue(
                f"“{slug}” names a place on the site.", "Give the folder another name."
            )
    except InvalidValue as error:
        message = f"The folder's name is the essay's address. {error.message}"
        problems.append(Problem(str(path), 1, message, error.remedy))


def _read(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        if path.name == TEXT:
            message = "There is no such file." if path.parent.is_dir() else "No such folder."
            remedy = f"An essay is a folder that holds {TEXT}. Check the path."
            problems.append(Problem(str(path), 1, message, remedy))
    except OSError as error:
        message = f"This cannot be opened: {error.strerror}."
        problems.append(Problem(str(path), 1, message, "Check what it is and who may read it."))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(str(path), line, "This is not UTF-8.", "Save the file as UTF-8."))
    return None


def _read_layer(path: Path, problems: list[Problem]) -> YamlFile:
    return YamlFile(str(path), _read(path, problems) or "", problems)


def _read_essay(path: Path, problems: list[Problem]) -> Document | None:
    source = _read(path, problems)
    if source is None:
        return None
    try:
        return cut(source, reserved=RESERVED_KEYS)
    except CuttingError as error:
        problems.append(Problem(str(path), error.line, error.message, error.remedy))
        return None


def _check_other_files(path: Path, problems: list[Problem]) -> None:
    for other in sorted([*path.glob("*.yaml"), *path.glob("*.yml")]):
        if other.name not in LAYER:
            remedy = did_you_mean(other.name, LAYER, f"Use {', '.join(LAYER)}.")
            problems.append(Problem(str(other), 1, "Nothing reads a file of this name.", remedy))


def _by_key(glosses, problems: list[Problem]) -> dict[str, YamlEntry]:
    by_key: dict[str, YamlEntry] = {}
    for gloss in glosses:
        key = gloss.values["key"]
        if key in by_key:
            message = f"The key “{key}” is on line {by_key[key].line} already."
            problems.append(gloss.problem(message, "Give this gloss another key.", "key"))
        by_key[key] = gloss
        try:
            markup.render_gloss(gloss.values["text"])
        except markup.MarkupError as error:
            problems.append(gloss.problem("This gloss cannot be shown.", str(error), "text"))
    return by_key


def front_of(
    file: str, document: Document | Brought, problems: list[Problem]
) -> tuple[YamlEntry | None, YamlEntry | None]:
    """The front matter on the essay, and on its veil; None for one that has mistakes."""
    entries, lines = dict(document.front), document.front_lines
    veil = entries.pop("veil", None)
    front = _checked(file, entries, lines, FRONT, problems)
    if veil is None:
        return front, None
    at = {"": lines["veil"]}
    if not isinstance(veil, dict):
        message = "The veil has fields of its own."
        remedy = "Write after, work and text below it, indented."
        problems.append(Problem(file, lines["veil"], message, remedy))
        return front, None
    return front, _checked(file, veil, at, VEIL, problems)


def _checked(file, entries, lines, fields, problems: list[Problem]) -> YamlEntry | None:
    start = lines.get("", 2)
    values = {name: field.default for name, field in fields.items()}
    before = len(problems)
    for name, value in entries.items():
        line = lines.get(name, start)
        if name not in fields:
            known = [*fields, "veil"] if fields is FRONT else list(fields)
            remedy = did_you_mean(str(name), known, f"Use {', '.join(known)}.")
            problems.append(Problem(file, line, f"There is no field “{shortened(name)}”.", remedy))
        elif value is not None:
            try:
                values[name] = fields[name].check(value)
            except InvalidValue as error:
                message = f"“{shortened(name)}”: {error.message}"
                problems.append(Problem(file, line, message, error.remedy))
    for name, field in fields.items():
        if field.required and values[name] == "":
            message = f"“{name}” is missing."
            problems.append(Problem(file, start, message, f"Add “{name}: …”."))
    return None if len(problems) > before else YamlEntry(file, start, values, lines)


def _render(file, document: Document, front: YamlEntry | None, problems) -> tuple[str, ...]:
    smart = front is not None and front.values["smart"]
    texts = []
    for passage in document.passages:
        try:
            texts.append(markup.render_passage(passage.source, passage.kind, smart=smart).text)
        except markup.MarkupError as error:
            message = "This passage cannot be shown."
            problems.append(Problem(file, passage.line, message, str(error)))
    return tuple(texts)

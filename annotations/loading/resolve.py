"""Turn the contents of the files into a State, with every name and phrase looked up."""

from collections.abc import Sequence

from annotations.catalogue.slugs import current_names
from annotations.loading.entries import YamlEntry
from annotations.loading.errors import LoadError, Problem, did_you_mean
from annotations.loading.folder import Folder
from annotations.loading.snapshot import THEME_FIELDS, WORK_FIELDS, State, passage_value
from annotations.models import GlossLink, Quotation, Theme
from annotations.text.phrases import InvalidValue, Occurrences, find_phrase
from essays.errors import shortened
from essays.models import Essay, Passage, Work

MODELS = {"work": Work, "theme": Theme, "quotation": Quotation}
HOMES = {"work": "works.yaml", "theme": "themes.yaml", "quotation": "quotations.yaml"}


def state_of_files(folder: Folder, keys: Sequence[str], base: State) -> State:
    """The state of the files; `keys` are those of their passages. Raises LoadError.

    Works, themes and quotations may also be on the site only, unless `base`, the state of the
    files at the last load, shows that they were removed from the files.
    """
    resolver = Resolver(folder, keys, base)
    state = resolver.state()
    for section in ("works", "themes", "quotations", "glosses"):
        path = folder.path / f"{section}.yaml"
        if base.get(section) and not path.exists():
            message = "This file was there last time and is missing now."
            remedy = "Put it back, or leave an empty one to take them out."
            resolver.problems.append(Problem(str(path), 1, message, remedy))
    if resolver.problems:
        raise LoadError(resolver.problems)
    return state


class Resolver:
    def __init__(self, folder: Folder, keys: Sequence[str], base: State):
        self.folder, self.keys, self.base = folder, list(keys), base
        self.texts = dict(zip(keys, folder.texts, strict=True))
        self.problems: list[Problem] = []
        self.current_names = current_names()
        self.known = {kind: self._known(kind) for kind in MODELS}

    def state(self) -> State:
        folder = self.folder
        cut = zip(self.keys, folder.passages, strict=True)
        return {
            "essay": self._essay(),
            "passages": {key: passage_value(passage) for key, passage in cut},
            "works": {n: _only(entry, WORK_FIELDS) for n, entry in folder.works.items()},
            "themes": {n: _only(entry, THEME_FIELDS) for n, entry in folder.themes.items()},
            "quotations": {n: self._quotation(entry) for n, entry in folder.quotations.items()},
            "glosses": {key: self._gloss(entry) for key, entry in folder.glosses.items()},
        }

    def _known(self, kind: str) -> set[str]:
        section = f"{kind}s"
        in_files = set(getattr(self.folder, section))
        names_of_kind = self.current_names[kind]
        taken_out = set(self.base.get(section, {})) - in_files
        taken_out -= {names_of_kind[name].slug for name in in_files if name in names_of_kind}
        on_site = {*MODELS[kind].objects.values_list("slug", flat=True), *names_of_kind}
        return in_files | (on_site - taken_out)

    def _refuse(self, entry: YamlEntry, message: str, remedy: str, field: str = "") -> None:
        self.problems.append(entry.problem(message, remedy, field))

    def _name(self, kind: str, entry: YamlEntry, field: str, name: str) -> str:
        if name not in self.known[kind]:
            remedy = did_you_mean(name, sorted(self.known[kind]), f"Add it to {HOMES[kind]}.")
            self._refuse(entry, f"There is no {kind} “{name}”.", remedy, field)
        return name

    def _passage(self, entry: YamlEntry, field: str, name: str | int, *, own: bool = False) -> str:
        """The key, or `essay/key` unless it must be `own`."""
        if isinstance(name, int) and 1 <= name <= len(self.keys):
            return self.keys[name - 1]
        if name in self.texts:
            return str(name)
        if not own and self._text_elsewhere(name) is not None:
            return self._name_today(str(name))
        remedy = did_you_mean(str(name), self.keys, "Give the key of a passage of essay.md.")
        self._refuse(entry, f"There is no passage “{shortened(name)}”.", remedy, field)
        return str(name)

    def _text_elsewhere(self, name: str | int) -> str | None:
        slug, _, key = str(name).partition("/")
        passages = Passage.objects.current().filter(essay__in=Essay.objects.at(slug), key=key)
        return passages.values_list("text", flat=True).first()

    def _name_today(self, name: str) -> str:
        """`essay/key` with the slug that the essay has today."""
        slug, _, key = name.partition("/")
        return f"{Essay.objects.at(slug).get().slug}/{key}"

    def _start(self, entry: YamlEntry, passage: str, occurrence: int | None = None) -> int | None:
        """The start of an entry's phrase in its passage; None, with a problem noted, if unclear."""
        text = self.texts.get(passage)
        if text is None:
            text = self._text_elsewhere(passage)
        if text is None:
            return None
        try:
            return find_phrase(text, entry.values["phrase"], occurrence)
        except InvalidValue as error:
            self._refuse(entry, error.message, error.remedy, "phrase")
            return None

    def _essay(self) -> dict[str, object]:
        front, veil = self.folder.front, None
        if self.folder.veil:
            entry = self.folder.veil
            veil = {
                "after": self._passage(entry, "after", entry.values["after"], own=True),
                "work": self._name("work", entry, "work", entry.values["work"]),
                "text": entry.values["text"],
            }
        works = [self._name("work", front, "works", name) for name in front.values["works"]]
        return {**front.values, "works": works, "veil": veil, "order": self.keys}

    def _quotation(self, entry: YamlEntry) -> dict[str, object]:
        values = entry.values
        passage = values["passage"]
        if (passage is None) == (not values["text"]):
            remedy = "Name the passage that prints it, or give its text if none does."
            self._refuse(entry, "A quotation needs either a passage or a text.", remedy)
        elif passage is None and values["phrase"]:
            self._refuse(entry, "A phrase needs its passage.", "Add “passage: …”.", "phrase")
        elif passage is not None:
            passage = self._passage(entry, "passage", passage)
            if values["phrase"]:
                self._start(entry, passage)
        return {
            "work": self._name("work", entry, "work", values["work"]),
            "speaker": values["speaker"],
            "place": values["place"],
            "passage": passage,
            "phrase": "" if self.texts.get(passage) == values["phrase"] else values["phrase"],
            "text": values["text"],
        }

    def _gloss(self, entry: YamlEntry) -> dict[str, object]:
        values = entry.values
        phrase, occurrence = values["phrase"], values["occurrence"]
        passage = self._passage(entry, "passage", values["passage"], own=True)
        if phrase:
            start = self._start(entry, passage, occurrence)
            if start is not None:
                occurrence = Occurrences(self.texts[passage], phrase).number_at(start)
        elif occurrence is not None:
            remedy = "Add “phrase: …”, or take it out."
            self._refuse(entry, "An occurrence needs its phrase.", remedy, "occurrence")
        return {
            "passage": passage,
            "phrase": phrase,
            "occurrence": occurrence,
            "text": values["text"],
            "links": [self._link(part) for part in entry.parts],
        }

    def _link(self, entry: YamlEntry) -> dict[str, object]:
        values = entry.values
        kinds = [kind for kind in GlossLink.TARGETS if values[kind] is not None]
        kind = kinds[0] if kinds else ""
        if len(kinds) != 1:
            remedy = f"Give one of {', '.join(GlossLink.TARGETS)}."
            self._refuse(entry, "A link points to one thing.", remedy)
            return {}
        if values["phrase"] and kind != "passage":
            remedy = "Take it out, or point to a passage."
            self._refuse(entry, "Only a link to a passage names a phrase.", remedy, "phrase")
        if kind == "passage":
            name = self._passage(entry, kind, values[kind])
            if values["phrase"]:
                self._start(entry, name, None)
        else:
            name = self._name(kind, entry, kind, values[kind])
        return {
            "to": kind,
            "name": name,
            "phrase": values["phrase"],
            "relation": values["relation"],
            "reason": values["reason"],
        }


def _only(entry: YamlEntry, fields) -> dict[str, object]:
    return {name: entry.values[name] for name in fields}

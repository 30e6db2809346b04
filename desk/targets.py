"""What a gloss may lead to, found by what an editor types."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Model, Q

from annotations.models import GlossLink, Quotation, Theme
from annotations.text.highlight import lemma
from essays.identifiers import safe_id
from essays.models import Essay, Passage, Work

MOST = 6
MOST_NAMES = 500
LONGEST = 72
THINGS = {
    "theme": Theme.objects.all(),
    "quotation": Quotation.objects.select_related("work"),
    "work": Work.objects.all(),
    "passage": Passage.objects.select_related("essay"),
}


@dataclass(frozen=True)
class Target:
    """A thing with its name in a list; `value` is its kind and id, as in `theme:3`."""

    kind: str
    thing: Model
    label: str
    detail: str = ""
    essay: Essay | None = None

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.thing.pk}"

    @property
    def as_json(self) -> dict[str, str]:
        names = ("value", "kind", "label", "detail")
        return {name: str(getattr(self, name)) for name in names}

    def is_named(self, words: str) -> bool:
        """Whether `words` say exactly this: its label, its name in files, its number."""
        own = self.kind == "passage" and self.thing.essay_id == self.essay.pk
        if own and self.thing.number == _number(words):
            return True
        names = [self.label, getattr(self.thing, "slug", None), getattr(self.thing, "key", None)]
        names.append(getattr(self.thing, "title", None))
        return words.casefold() in [name.casefold() for name in names if name]


def target_of(kind: str, thing: Model, essay: Essay) -> Target:
    """A thing as `essay`'s editors call it."""
    if kind == "theme":
        return Target(kind, thing, thing.name, lemma(thing.definition, limit=LONGEST))
    if kind == "quotation":
        source = ", ".join(filter(None, [thing.speaker, str(thing.work)]))
        return Target(kind, thing, f"“{lemma(thing.text, limit=LONGEST)}”", source)
    if kind == "work":
        return Target(kind, thing, str(thing), thing.creator)
    place = f"Passage {thing.number}" if thing.number else "A passage that was cut"
    if thing.essay_id != essay.pk:
        place = f"{thing.essay.title}, {place[0].lower()}{place[1:]}"
    return Target(kind, thing, f"{place}: {lemma(thing.text, limit=48)}", essay=essay)


def target_by_value(value: str, essay: Essay) -> Target | None:
    kind, _, pk = value.partition(":")
    thing = THINGS[kind].filter(pk=safe_id(pk)).first() if kind in THINGS else None
    return thing and target_of(kind, thing, essay)


def target_of_link(link: GlossLink, essay: Essay) -> Target:
    return target_of(link.kind, link.target, essay)


def targets_like(words: str, essay: Essay) -> list[Target]:
    """Up to MOST of each kind, those that begin with the words first; one query a kind."""
    words, found = words.strip(), []
    if not words:
        return []
    for kind, wanted in _wanted(words).items():
        things = THINGS[kind].filter(wanted)
        if kind == "passage":
            things = things.filter(number__isnull=False).order_by("essay", "number")
        targets = [target_of(kind, thing, essay) for thing in things[: MOST * 8]]
        found += sorted(targets, key=lambda target: _rank(target, words))[:MOST]
    return sorted(found, key=lambda target: _rank(target, words))


def target_named(words: str, chosen: str, essay: Essay) -> tuple[Target | None, list[Target]]:
    """What typed words mean, and what they may mean where that is not clear.

    `chosen` is the value that was picked from a list; it holds unless other words were typed.
    """
    picked = target_by_value(chosen, essay)
    if picked and words.strip() in ("", picked.label):
        return picked, []
    found = targets_like(words, essay)
    named = [target for target in found if target.is_named(words.strip())]
    if picked in found and len(named) != 1:
        return picked, []
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0], []
    return None, found


def remedy_for(words: str) -> str:
    """What to do about a name that nothing bears."""
    names = [*Theme.objects.values_list("name", flat=True)[:MOST_NAMES]]
    names += Work.objects.values_list("title", flat=True)[:MOST_NAMES]
    known = {part.casefold(): name for name in names for part in (*name.split(), name)}
    close = get_close_matches(words.casefold(), known, n=1, cutoff=0.75)
    if close:
        return f"Did you mean “{known[close[0]]}”?"
    return "Type a part of its name or words, or make it first."


def _wanted(words: str) -> dict[str, Q]:
    number = _number(words)
    passages = Q(text__icontains=words) | Q(key=words.lower())
    if number:
        passages |= Q(number=number)
    named = Q(slug=words.lower())
    quoted = Q(text__icontains=words.strip("“”…")) | Q(speaker__icontains=words)
    made = Q(title__icontains=YEAR.sub("", words)) | Q(creator__icontains=words)
    return {
        "theme": named | Q(name__icontains=words) | Q(definition__icontains=words),
        "quotation": named | quoted | Q(work__title__icontains=words),
        "work": named | made,
        "passage": passages,
    }


YEAR = re.compile(r"\s*\(\d{1,4}\)\Z")
NUMBERED = re.compile(r"(?:passage\s*)?#?(\d{1,5})(?::.*)?", re.IGNORECASE | re.DOTALL)


def _number(words: str) -> int | None:
    """The number of the passage that is meant by `7`, `#7` or `Passage 7: I saw …`."""
    match = NUMBERED.fullmatch(words.strip())
    return int(match[1]) if match else None


def _rank(target: Target, words: str) -> tuple[bool, bool]:
    label = target.label.casefold().lstrip("“")
    return not target.is_named(words), not label.startswith(words.casefold())

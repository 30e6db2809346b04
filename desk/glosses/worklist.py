"""What is to be done on glosses, one after the other."""

from dataclasses import dataclass
from functools import partial

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from annotations.editorial import todo
from annotations.models import Gloss
from essays.identifiers import safe_id
from essays.models import Essay

GLOSSES = {
    "lost": ("Glosses that lost their words", todo.lost_glosses),
    "changed": (
        "Glosses whose words changed since",
        partial(Gloss.objects.filter, state="changed"),
    ),
    "moved": ("Glosses whose words moved", partial(Gloss.objects.filter, state="moved")),
    "nowhere": ("Glosses that lead nowhere", todo.glosses_without_link),
    "silent": ("Glosses that do not say why they lead", todo.glosses_without_reason),
}
PASSAGES = {
    "bare": ("Passages without a gloss", todo.passages_without_gloss),
    "themeless": ("Passages after the veil without a theme", todo.passages_without_theme),
}
KINDS = {**GLOSSES, **PASSAGES, "all": ("Every gloss", Gloss.objects.all)}
READING_ORDER = ["essay", F("passage__number").asc(nulls_last=True), "start", "pk"]


@dataclass(frozen=True)
class Worklist:
    """Glosses or passages of one kind of work, in reading order, and the one at hand."""

    kind: str
    essay: Essay | None
    ids: list[int]
    at: int | None

    @classmethod
    def asked(cls, query, *, writing: bool = False) -> "Worklist":
        """As an address asks for it; without a kind, the first that has work.

        Who is `writing` stays with what they write on, though somebody else has done it meanwhile.
        """
        slug = query.get("essay", "")[:60].replace("\0", "")
        essay = Essay.objects.filter(slug=slug).first()
        kind = query.get("kind", "")
        if kind not in KINDS:
            kind = next((k for k in KINDS if ids_of(k, essay)), "all")
        ids, at = ids_of(kind, essay), safe_id(query.get("at"))
        if writing and at and at not in ids:
            ids.append(at)
        return cls(kind, essay, ids, at if at in ids else (ids or [None])[0])

    @property
    def title(self) -> str:
        return KINDS[self.kind][0]

    @property
    def is_of_passages(self) -> bool:
        return self.kind in PASSAGES

    @property
    def position(self) -> int:
        return self.ids.index(self.at) + 1

    @property
    def url(self) -> str:
        return self._to(self.at)

    @property
    def next_url(self) -> str:
        """To the one after; from the last, to the first. Where it is the only one, to the list."""
        return self._to(self._beside(1))

    @property
    def previous_url(self) -> str:
        return self._to(self._beside(-1))

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(name, said) for name, (said, _) in KINDS.items()]

    def _beside(self, step: int) -> int | None:
        other = self.ids[(self.position - 1 + step) % len(self.ids)]
        return other if other != self.at else None

    def _to(self, at: int | None) -> str:
        query = {"kind": self.kind, "essay": self.essay.slug if self.essay else "", "at": at}
        asked = urlencode({name: value for name, value in query.items() if value})
        return f"{reverse('admin:annotations_gloss_worklist')}?{asked}"


def ids_of(kind: str, essay: Essay | None) -> list[int]:
    of_passages = kind in PASSAGES
    things = KINDS[kind][1]().order_by(*(["essay", "number"] if of_passages else READING_ORDER))
    if essay:
        things = things.filter(essay=essay)
    return list(things.values_list("pk", flat=True))

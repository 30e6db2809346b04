"""What a load did to all that hangs on the text, line by line for the terminal."""

from dataclasses import replace

from annotations.models import Anchor, Gloss
from annotations.revising import (
    PRIVATE_COUNTS,
    AnchorImpact,
    ChangeImpact,
    Effect,
    Report,
    counts_text,
    impact_of,
)
from annotations.revising.report import Fate
from essays.models import Essay


def account_after(essay: Essay, report: Report) -> ChangeImpact:
    """What it came to, once the files have hung their glosses where they say."""
    glosses = essay.glosses.select_related("passage").in_bulk()
    fates = [_ended(fate, glosses) for fate in report.fates]
    return impact_of(essay, replace(report, fates=tuple(fate for fate in fates if fate)))


def _ended(fate: Fate, glosses: dict[int, Gloss]) -> Fate | None:
    if not isinstance(fate.anchor, Gloss):
        return fate
    gloss = glosses.get(fate.anchor.pk)
    if gloss is None:
        return None
    words = "" if gloss.state == Anchor.State.ORPHANED else gloss.words
    return replace(fate, anchor=gloss, new_passage=gloss.passage, new_words=words)


def lost_lines(account: ChangeImpact) -> list[str]:
    """Each gloss and public note that lost its words; of private notes the number."""
    lines = [_named(item) for item in account.having(Effect.LOST)]
    if count := account.private["lost"]:
        lines.append(f"private notes: {count}")
    return lines


def effect_lines(account: ChangeImpact) -> list[str]:
    """What became of each, those first that need attention; what kept its words is counts_text."""
    lines = [f"lost its words: {_named(item)}" for item in account.having(Effect.LOST)]
    lines += [_changed(item) for item in account.having(Effect.CHANGED)]
    lines += [_moved(item) for item in account.having(Effect.MOVED)]
    lines += [f"found its words again: {_named(item)}" for item in account.having(Effect.BACK)]
    if kept := account.having(Effect.KEPT):
        lines.append(f"as before: {counts_text(kept)}")
    if sum(account.private.values()):
        numbers = ", ".join(f"{account.private[name]} {name}" for name in PRIVATE_COUNTS)
        lines.append(f"private notes: {numbers}")
    return lines


def _named(item: AnchorImpact) -> str:
    name = f"gloss {item.anchor}" if item.kind == "gloss" else f"public note {item.anchor.pk}"
    words = item.fate.old_words
    return f"{name}, about “{words}”" if words else f"{name}, about the whole passage"


def _changed(item: AnchorImpact) -> str:
    return f"has other words: {_named(item)} → “{item.fate.new_words or 'the whole passage'}”"


def _moved(item: AnchorImpact) -> str:
    old, new = item.fate.old_passage.key, item.fate.new_passage.key
    return f"moved: {_named(item)}, from passage {old} to {new}"

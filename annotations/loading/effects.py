"""What a load did to the anchors, as lines for the terminal."""

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


def impact_after(essay: Essay, report: Report) -> ChangeImpact:
    """What the load did in all, after it attached the glosses as the files say."""
    glosses = essay.glosses.select_related("passage").in_bulk()
    fates = [_final_fate(fate, glosses) for fate in report.fates]
    return impact_of(essay, replace(report, fates=tuple(fate for fate in fates if fate)))


def _final_fate(fate: Fate, glosses: dict[int, Gloss]) -> Fate | None:
    if not isinstance(fate.anchor, Gloss):
        return fate
    gloss = glosses.get(fate.anchor.pk)
    if gloss is None:
        return None
    words = "" if gloss.state == Anchor.State.ORPHANED else gloss.words
    return replace(fate, anchor=gloss, new_passage=gloss.passage, new_words=words)


def lost_lines(impact: ChangeImpact) -> list[str]:
    """Each gloss and public note that lost its words; of private notes the number."""
    lines = [_name(item) for item in impact.having(Effect.LOST)]
    if count := impact.private["lost"]:
        lines.append(f"private notes: {count}")
    return lines


def effect_lines(impact: ChangeImpact) -> list[str]:
    """A line for each change, the most urgent first, and the number of unchanged anchors."""
    lines = [f"lost its words: {_name(item)}" for item in impact.having(Effect.LOST)]
    lines += [_changed(item) for item in impact.having(Effect.CHANGED)]
    lines += [_moved(item) for item in impact.having(Effect.MOVED)]
    lines += [f"found its words again: {_name(item)}" for item in impact.having(Effect.BACK)]
    if unchanged := impact.having(Effect.KEPT):
        lines.append(f"as before: {counts_text(unchanged)}")
    if sum(impact.private.values()):
        numbers = ", ".join(f"{impact.private[name]} {name}" for name in PRIVATE_COUNTS)
        lines.append(f"private notes: {numbers}")
    return lines


def _name(item: AnchorImpact) -> str:
    name = f"gloss {item.anchor}" if item.kind == "gloss" else f"public note {item.anchor.pk}"
    words = item.fate.old_words
    return f"{name}, about “{words}”" if words else f"{name}, about the whole passage"


def _changed(item: AnchorImpact) -> str:
    return f"has other words: {_name(item)} → “{item.fate.new_words or 'the whole passage'}”"


def _moved(item: AnchorImpact) -> str:
    old, new = item.fate.old_passage.key, item.fate.new_passage.key
    return f"moved: {_name(item)}, from passage {old} to {new}"

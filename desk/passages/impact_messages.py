"""What a change did to glosses and notes, in words."""

from annotations.models import Anchor
from annotations.revising import PRIVATE_COUNTS, AnchorImpact, ChangeImpact, Effect, counts_text

# For one and for several.
OUTCOME_PHRASES = {
    "kept": ("kept its words", "kept their words"),
    "back": ("is back on its own words", "are back on their own words"),
    "changed": ("is about other words now", "are about other words now"),
    "moved": ("stands in another passage", "stand in another passage"),
    "lost": ("lost its words", "lost their words"),
}


def saved_message(impact: ChangeImpact) -> str:
    """The message once a change and the editor's decisions are saved."""
    by_outcome: dict[str, list[AnchorImpact]] = {name: [] for name in OUTCOME_PHRASES}
    for item in impact.items:
        outcome = item.effect.value
        if item.anchor.state == Anchor.State.ORPHANED:
            outcome = "lost"
        elif item.effect == Effect.LOST:
            outcome = "changed"
        by_outcome[outcome].append(item)
    parts = [
        f"{counts_text(items)} {OUTCOME_PHRASES[name][len(items) > 1]}"
        for name, items in by_outcome.items()
        if items
    ]
    return f"Saved. {'; '.join(parts)}." if parts else "Saved."


def summary_of(impact: ChangeImpact) -> list[tuple[str, str]]:
    """Each effect that occurs, with how many glosses and notes it concerns; losses first."""
    return [
        (effect.value, counts_text(items)) for effect in Effect if (items := impact.having(effect))
    ]


def private_summary(impact: ChangeImpact) -> str:
    """The four numbers of private notes; empty if there are no private notes."""
    if not sum(impact.private.values()):
        return ""
    return ", ".join(f"{impact.private[name]} {name}" for name in PRIVATE_COUNTS)

"""Keep the veil before all that it hid, even if the passage before it goes."""

from annotations.revising.errors import RevisingError
from annotations.revising.plan import Plan
from essays.models import Passage


def veil_after(plan: Plan) -> Passage | None:
    """The passage before the veil once `plan` is written; None if the essay has no veil.

    Raises RevisingError if hidden words would come first in the essay.
    """
    edge = plan.essay.veil_after
    if edge is None:
        return None
    free = _free_passages(plan, edge)
    if edge in free:
        return edge
    if free:
        return free[-1]
    raise RevisingError(
        "This would leave nothing before the veil, and show what stands behind it. "
        "Set the veil after another passage first."
    )


def _free_passages(plan: Plan, edge: Passage) -> list[Passage]:
    """The passages before the first hidden words; new passages are left out."""
    number = next((old.number for old in plan.old if old.passage == edge), None) or 0
    hidden = [old.passage for old in plan.old if old.number is None or old.number > number]
    hidden += [into for retired, into in plan.absorbed.items() if retired in hidden]
    free = []
    for passage in plan.new:
        if any(passage is one for one in hidden):
            break
        if passage.pk:
            free.append(passage)
    return free

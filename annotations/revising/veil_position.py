"""Keep the veil where it hides all that it hid, whatever happens to the passage before it."""

from annotations.revising.errors import RevisingError
from annotations.revising.plan import Plan
from essays.models import Passage


def veil_after(plan: Plan) -> Passage | None:
    """The passage after which the veil of the essay stands once `plan` is carried out.

    Raises RevisingError if words that were behind it would come before every other.
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
    """The passages, not counting new ones, that come before any words that were hidden."""
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

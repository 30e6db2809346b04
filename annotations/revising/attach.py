from annotations import anchoring
from annotations.models import Anchor
from annotations.revising.errors import RevisingError
from essays.models import Passage

MAX_CONTEXT_LENGTH = Anchor._meta.get_field("prefix").max_length


def attach(anchor: Anchor, passage: Passage, start: int, end: int) -> None:
    """Set the place and the original of an anchor to words of a passage's current version.

    `start` and `end` are code points of its text; 0 and 0 mean the whole passage. Does not save.
    Raises RevisingError if the passage has no such words.
    """
    if passage.number is None:
        raise RevisingError("This passage is not in the essay today. Choose words that are.")
    span = anchoring.Span(start, end)
    quote = anchoring.Quote("")
    if (start, end) != (0, 0):
        if not 0 <= start < end <= len(passage.text):
            raise RevisingError("There are no such words in this passage. Choose others.")
        quote = anchoring.describe(passage.text, span)
    anchor.passage, anchor.start, anchor.end = passage, start, end
    anchor.original = passage.versions.get(version=passage.version)
    anchor.original_start, anchor.original_end = start, end
    anchor.exact = quote.exact
    anchor.prefix, anchor.suffix = (
        quote.prefix[-MAX_CONTEXT_LENGTH:],
        quote.suffix[:MAX_CONTEXT_LENGTH],
    )
    anchor.state, anchor.score, anchor.candidates = Anchor.State.KEPT, 1.0, []

from essays.errors import Refusal


class RevisingError(Refusal):
    """A change of the text, or of an anchor, that cannot be made."""


class StaleEdit(RevisingError):
    """Somebody else changed `passage` first; it has today's text."""

    def __init__(self, passage):
        super().__init__(
            f"Passage {passage.number or passage.key} was changed while you were editing it. "
            "Compare your text with today's and save again."
        )
        self.passage = passage

class RevisingError(Exception):
    """A change of text that cannot be made; `message` says why and what to do next."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class StaleEdit(RevisingError):
    """Somebody else changed `passage` first: it carries today's text."""

    def __init__(self, passage):
        super().__init__(
            f"Passage {passage.number or passage.key} was changed while you were editing it. "
            "Compare your text with today's and save again."
        )
        self.passage = passage

"""What people are told about something that cannot be done."""

MAX_QUOTED_LENGTH = 60


class Refusal(Exception):
    """What cannot be done; `message` says why, and what to do instead, in words for the page."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def shortened(value: object, length: int = MAX_QUOTED_LENGTH) -> str:
    """A refused value for a message: its first characters, with an ellipsis if it is longer."""
    try:
        words = str(value)
    except ValueError:
        # Python writes no numbers of more than 4,300 digits.
        return "a very long number"
    return words if len(words) <= length else f"{words[:length]}…"

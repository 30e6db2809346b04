class CuttingError(ValueError):
    """A mistake in a file, with its line number, from 1, and what to do about it."""

    def __init__(self, message: str, line: int, remedy: str) -> None:
        super().__init__(f"Line {line}: {message} {remedy}")
        self.message = message
        self.line = line
        self.remedy = remedy


class UnreadableText(ValueError):
    """A file or pasted text that cannot be imported; the message says what to do about it."""

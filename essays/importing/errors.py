class CuttingError(ValueError):
    """What is wrong, on which line of the file (the first is 1), and what to do about it."""

    def __init__(self, message: str, line: int, remedy: str) -> None:
        super().__init__(f"Line {line}: {message} {remedy}")
        self.message = message
        self.line = line
        self.remedy = remedy


class UnreadableText(ValueError):
    """Why a file or what was pasted is no text to bring in, and what to do about it."""

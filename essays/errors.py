class Refusal(Exception):
    """What cannot be done; `message` says why, and what to do instead, in words for the page."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message

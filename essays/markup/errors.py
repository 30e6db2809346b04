class MarkupError(ValueError):
    """A text that cannot be shown; the message tells its author what to do."""

class MarkupError(ValueError):
    """A text that cannot be shown; its message says in plain words what to do."""

def excerpt(text: str, length: int) -> str:
    """`text` up to the last space within `length` code points, with an ellipsis if it was cut."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]}…"

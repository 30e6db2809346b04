def counted(count: int, noun: str) -> str:
    """As in “2 glosses” and “1 note”; for nouns with a regular plural, not those in -y."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"

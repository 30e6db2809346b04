"""Find the words that a file names in the passage that is to say them."""


class Refused(Exception):
    """`message` and `remedy`, as in a Problem."""

    def __init__(self, message: str, remedy: str):
        super().__init__(message)
        self.message, self.remedy = message, remedy


def find_phrase(text: str, phrase: str, occurrence: int | None = None) -> int:
    """Where `phrase` starts in `text`, in code points: its only place, or its nth from 1.

    Raises Refused if it is not there, or there more than once and nobody said which.
    """
    places = places_of(text, phrase)
    if not places:
        raise Refused(
            f"“{phrase}” is not in its passage.",
            nearest(text, phrase) or "Copy the words from the passage, quotes and dashes too.",
        )
    if occurrence is None and len(places) > 1:
        raise Refused(
            f"“{phrase}” is in its passage {len(places)} times.",
            f"Name more words, or add “occurrence:” with a number from 1 to {len(places)}.",
        )
    if occurrence is not None and occurrence > len(places):
        raise Refused(
            f"“{phrase}” is not in its passage {occurrence} times.",
            f"Use an occurrence from 1 to {len(places)}.",
        )
    return places[(occurrence or 1) - 1]


def occurrence_at(text: str, phrase: str, start: int) -> int | None:
    """Which of the places of `phrase` starts at `start`; None if it has no other."""
    places = places_of(text, phrase)
    return places.index(start) + 1 if len(places) > 1 and start in places else None


def places_of(text: str, phrase: str) -> list[int]:
    """Where `phrase` starts in `text`, each time, in code points."""
    places = []
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        places.append(at)
        at = text.find(phrase, at + 1)
    return places


PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def nearest(text: str, phrase: str) -> str:
    """A remedy where only case or typography differs."""
    at = text.translate(PLAIN).lower().find(phrase.translate(PLAIN).lower())
    if at < 0 or not phrase or len(text.lower()) != len(text):
        return ""
    return f"The passage says “{text[at : at + len(phrase)]}”."

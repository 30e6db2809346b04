"""What editors find on readers' pages beyond them: ways to the desk, and back."""

from dataclasses import dataclass, field

from django.contrib.messages import get_messages

from edition.requests.personal import is_personal


@dataclass(frozen=True)
class Editing:
    """What whoever asks may change. `here` is where they come back to; empty: to the passage.

    `said` is what the desk says of what was just done there.
    """

    glosses: bool
    passages: bool
    new_glosses: bool
    here: str = ""
    said: list[str] = field(default_factory=list)


def editing(request, here: str = "") -> Editing | None:
    """None for everybody who does not edit; reads nothing for who is known by no session."""
    if not is_personal(request) or not request.user.is_staff:
        return None
    asked = ["annotations.change_gloss", "essays.change_passage", "annotations.add_gloss"]
    may = [request.user.has_perm(permission) for permission in asked]
    if not any(may):
        return None
    return Editing(*may, here, [str(message) for message in get_messages(request)])

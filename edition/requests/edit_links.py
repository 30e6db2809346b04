"""The links from readers' pages to the desk, for editors."""

from dataclasses import dataclass, field

from django.contrib.messages import get_messages

from edition.requests.personal import is_personal


@dataclass(frozen=True)
class Editing:
    """What the editor may change or add.

    The desk returns to `back`, or to the passage if it is empty. `messages` are what the desk
    reports of the last change.
    """

    glosses: bool
    passages: bool
    new_glosses: bool
    back: str = ""
    messages: list[str] = field(default_factory=list)


def editing(request, back: str = "") -> Editing | None:
    """None for everybody but editors; makes no query for requests without a cookie."""
    if not is_personal(request) or not request.user.is_staff:
        return None
    permissions = ["annotations.change_gloss", "essays.change_passage", "annotations.add_gloss"]
    granted = [request.user.has_perm(permission) for permission in permissions]
    if not any(granted):
        return None
    return Editing(*granted, back, [str(message) for message in get_messages(request)])

"""What was typed into a form that could not be saved, and whose words they are.

A form of the desk, or of a reader's own words, says in `signed_in_as` who opened it, signed. If
their session has ended when the form is sent, its fields go through every step of signing in as
one signed hidden field, `typed`, and are shown again to that person only. A request with `unsaved`
shows a form with what was typed into it, and saves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, QueryDict

PERSON, SEALED, UNSAVED = "signed_in_as", "carried", "unsaved"
# In the session: the form that was saved, until the next page of the desk has told its scripts.
SAVED = "saved_form"
MAX_BYTES = 256 * 1024
MAX_AGE = timedelta(days=1)
SALT = "what was typed"
NEVER_CARRIED = {"csrfmiddlewaretoken", "token", PERSON, SEALED, UNSAVED}
# What scripts and forms keep beside the words: nothing that somebody would copy.
MACHINERY = ("seen", "version", "order", "digest", "initial-", "action", "index", "_", "person")
CHOICES = {"colour", "audience", "choice", "original", "place"}

_people = signing.Signer(salt="the person of a form")


@dataclass(frozen=True)
class TypedWords:
    """The fields that a person sent to the form at `path`."""

    person: int
    path: str
    fields: list[tuple[str, str]]

    @property
    def is_too_long(self) -> bool:
        return (
            sum(len(name.encode()) + len(value.encode()) for name, value in self.fields) > MAX_BYTES
        )

    def sealed(self) -> str:
        content = [self.person, self.path, self.fields]
        return signing.dumps(content, salt=SALT, compress=True)

    def as_post(self) -> QueryDict:
        """The data of a request that shows them in their form and saves nothing."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        data[UNSAVED] = "1"
        return data


def sign_person(user) -> str:
    return _people.sign(str(user.pk))


def words_sent(request: HttpRequest) -> TypedWords | None:
    """What was typed into the form that a request sends, if it names its person."""
    try:
        person = int(_people.unsign(request.POST.get(PERSON, "")))
    except signing.BadSignature:
        return None
    return TypedWords(person, request.get_full_path(), carried_fields(request.POST))


def unsealed(request: HttpRequest) -> TypedWords | None:
    """The words that a request carries through signing in."""
    try:
        person, path, fields = signing.loads(
            request.POST.get(SEALED, ""), salt=SALT, max_age=MAX_AGE
        )
    except signing.BadSignature:
        return None
    return TypedWords(person, path, [(name, value) for name, value in fields])


def carried_fields(data: QueryDict) -> list[tuple[str, str]]:
    """All fields but passwords and tokens; files are none of them."""
    return [
        (name, value)
        for name, values in data.lists()
        if name not in NEVER_CARRIED and "password" not in name.lower()
        for value in values
    ]


def words_to_copy(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What somebody may have typed, each with a label: without the fields that scripts fill in."""
    return [
        (name.replace("-", " ").replace("_", " ").capitalize(), value)
        for name, value in fields
        if value.strip() and not value.isdecimal()
        if not name.startswith(MACHINERY) and name not in CHOICES
    ]


def carries_words[V: Callable](view: V) -> V:
    """Decorator: what is typed into a form on this page goes through signing in, as at the desk."""
    view.carries_words = True
    return view


def is_at_desk(request: HttpRequest | None) -> bool:
    match = getattr(request, "resolver_match", None)
    return match is not None and match.app_name == "admin"


def keeps_words(request: HttpRequest | None) -> bool:
    """Whether the request is for a form whose words go through signing in."""
    match = getattr(request, "resolver_match", None)
    return is_at_desk(request) or getattr(getattr(match, "func", None), "carries_words", False)


def is_only_shown(request: HttpRequest) -> bool:
    return UNSAVED in request.POST


def as_get(request: HttpRequest) -> HttpRequest:
    """The same request, as if it asked for the page and sent nothing."""
    request.method, request.POST = "GET", QueryDict()
    return request

"""What readers of the tests wrote, and browsers that are guests."""

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from annotations import revising
from annotations.models import Audience, Note, Reply, Standing
from essays.models import Essay
from readers import guests
from readers.models import Reader, User


def note(reader: Reader, body: str = "", *, key: str = "fresh", public=False, **fields) -> Note:
    """A note on the whole of a passage of the essay “her”; a public one is shown to anyone."""
    essay = Essay.objects.get(slug="her")
    if public:
        shown = {"audience": Audience.PUBLIC, "standing": Standing.SHOWN}
        fields = {**shown, "published_at": timezone.now(), **fields}
    made = Note(essay=essay, reader=reader, body=body, **fields)
    revising.attach(made, essay.passages.get(key=key), 0, 0)
    made.save()
    return made


def reply(to: Note, reader: Reader, body: str) -> Reply:
    """An answer that anyone can see."""
    made = Reply.objects.create(note=to, reader=reader, body=body, standing=Standing.SHOWN)
    to.count_replies()
    return made


def guest() -> Reader:
    made = Reader.new_guest()
    made.save()
    return made


def reader_of(user: User) -> Reader:
    return Reader.objects.get_or_create(user=user)[0]


def be(client: Client, guest: Reader) -> Client:
    """Give a client the cookie of a guest, as the site would."""
    response = HttpResponse()
    guests.keep_guest(response, guest)
    client.cookies.update(response.cookies)
    return client


def is_guest_of(client: Client) -> bool:
    cookie = client.cookies.get(settings.GUEST_COOKIE_NAME)
    return bool(cookie and cookie.value)

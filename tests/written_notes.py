"""Notes and replies for tests, and clients that are guests."""

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
    """A saved note on a whole passage of the essay “her”; if `public`, visible to anyone."""
    essay = Essay.objects.get(slug="her")
    if public:
        published = {"audience": Audience.PUBLIC, "standing": Standing.SHOWN}
        fields = {**published, "published_at": timezone.now(), **fields}
    made = Note(essay=essay, reader=reader, body=body, **fields)
    revising.attach(made, essay.passages.get(key=key), 0, 0)
    made.save()
    return made


def reply(to: Note, reader: Reader, body: str) -> Reply:
    """A saved reply that anyone can see."""
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
    """Set the guest's cookie on a client, as the site does."""
    response = HttpResponse()
    guests.keep_guest(response, guest)
    client.cookies.update(response.cookies)
    return client


def is_guest_of(client: Client) -> bool:
    cookie = client.cookies.get(settings.GUEST_COOKIE_NAME)
    return bool(cookie and cookie.value)

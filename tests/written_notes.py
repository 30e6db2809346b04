"""Essays, notes and replies for tests, and clients that are guests."""

import uuid

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from annotations import revising
from annotations.models import Audience, Note, Reply, Standing
from annotations.revising import Draft
from essays.models import Essay, Passage
from readers import guests
from readers.models import Reader, User

PUBLIC = {"audience": "public", "standing": "shown"}


def write_essay(slug: str, texts: list[str], **fields) -> Essay:
    """A published essay with these passages."""
    essay = Essay.objects.create(slug=slug, **{"title": slug, "status": "published", **fields})
    revising.revise(essay, [Draft(text, "prose") for text in texts])
    return essay


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


def note_on(essay: Essay, reader: Reader, words: str, body: str = "", **fields) -> Note:
    """A note on words of the first passage that has them."""
    passage = next(one for one in essay.passages.current() if words in one.text)
    made = Note(essay=essay, reader=reader, body=body, **fields)
    start = passage.text.index(words)
    revising.attach(made, passage, start, start + len(words))
    made.save()
    return made


def make_notes(number: int, reader: Reader, key: str = "opening", **fields) -> list[Note]:
    """Notes on words of a passage, created in bulk."""
    passage = Passage.objects.get(essay__slug="her", key=key)
    version = passage.versions.get(version=passage.version)
    place = {"original": version, "original_start": 0, "original_end": 20, "start": 0, "end": 20}
    notes = [
        Note(
            essay=passage.essay,
            passage=passage,
            exact=passage.text[:20],
            reader=reader,
            token=uuid.uuid4(),
            body=f"Words {n}.",
            html=f"<p>Words {n}.</p>",
            **place,
            **fields,
        )
        for n in range(number)
    ]
    made = Note.objects.bulk_create(notes)
    revising.bump_counters(passage.essay)
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

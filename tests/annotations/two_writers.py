"""What people do at the same time in the tests of locks: each does three things, one by one."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client

from annotations import revising
from annotations.catalogue import merge
from annotations.models import Gloss, GlossLink, Note, Theme
from annotations.moderation import moderate
from annotations.notes import claim, leave
from essays.models import Essay, Passage
from readers.models import Reader, User
from tests import cast, dom
from tests.written_notes import guest, note, reader_of, reply

KEY = "opening"
TIMES = 3
WORDS = "written by somebody"
SENTENCE = "Put in before all else. "


@dataclass(frozen=True)
class Writer:
    """Somebody's work, and a check that it was done whatever others did meanwhile."""

    work: Callable[[], None]
    check: Callable[[], bool]


def person(name: str) -> User:
    return User.objects.create_user(name, password=cast.PASSWORD, pen_name=name)


def posting(user: User, posts: list[tuple[str, dict[str, str]]]) -> Callable[[], None]:
    """Send these forms, signed in."""
    client = Client()
    client.force_login(user)

    def work():
        for address, data in posts:
            response = client.post(address, data)
            assert response.status_code == 303, (address, response.status_code)

    return work


def editor_saving() -> Writer:
    def work():
        for _ in range(TIMES):
            passage = Passage.objects.get(essay__slug="her", key=KEY)
            revising.edit(passage, SENTENCE + passage.source)

    def check():
        text = Passage.objects.get(essay__slug="her", key=KEY).text
        return text.startswith(SENTENCE * TIMES)

    return Writer(work, check)


def editor_publishing() -> Writer:
    essay, client = Essay.objects.get(slug="salt-ledger"), Client()
    client.force_login(cast.editor())

    def work():
        for step in ("unpublish", "publish") * TIMES:
            address = f"/admin/essays/essay/{essay.pk}/{step}/"
            seen = dom.of(client.get(address)).one("input[name=seen]")["value"]
            assert client.post(address, {"seen": seen}).status_code == 302

    def check():
        return Essay.objects.get(pk=essay.pk).published_at > essay.published_at

    return Writer(work, check)


def reader_editing() -> Writer:
    user = person("editing")
    notes = [note(reader_of(user), WORDS, key=KEY, public=True) for _ in range(TIMES)]
    form = {"body": "Edited.", "seen": "new", "colour": "amber"}
    posts = [(f"{one.get_absolute_url()}edit/", form) for one in notes]
    pks = [one.pk for one in notes]
    return Writer(
        posting(user, posts),
        lambda: Note.objects.filter(pk__in=pks, body="Edited.").count() == TIMES,
    )


def reader_publishing() -> Writer:
    user = person("publishing")
    notes = [note(reader_of(user), WORDS, key=KEY) for _ in range(TIMES)]
    posts = [(f"{one.get_absolute_url()}audience/", {"audience": "public"}) for one in notes]
    return Writer(
        posting(user, posts),
        lambda: Note.objects.filter(reader__user=user, audience="public").count() == TIMES,
    )


def moderator_approving() -> Writer:
    author, mona = reader_of(person("approved")), person("approving")
    notes = [note(author, WORDS, key=KEY, audience="public") for _ in range(TIMES)]
    pks = [one.pk for one in notes]

    def work():
        for pk in pks:
            assert moderate.approve(Note.objects.filter(pk=pk), mona) == 1

    return Writer(work, lambda: Note.objects.filter(pk__in=pks, standing="shown").count() == TIMES)


def guest_claiming() -> Writer:
    reader = reader_of(person("claiming"))
    guests = [guest() for _ in range(TIMES)]
    for one in guests:
        note(one, WORDS, key=KEY)

    def work():
        for one in guests:
            claim.claim(one, reader)

    def check():
        left = Reader.objects.filter(pk__in=[one.pk for one in guests]).exists()
        return not left and Note.objects.filter(reader=reader).count() == TIMES

    return Writer(work, check)


def account_leaving() -> Writer:
    answered = note(reader_of(person("answered")), WORDS, key=KEY, public=True)
    users = [person(f"leaving{number}") for number in range(TIMES)]
    for user in users:
        note(reader_of(user), WORDS, key=KEY, public=True)
        note(reader_of(user), WORDS, key=KEY)
        reply(answered, reader_of(user), WORDS)
    readers = [reader_of(user).pk for user in users]

    def work():
        for user in users:
            leave.leave(user, keep_public=False)

    def check():
        left = Note.objects.filter(reader__in=readers).exists()
        return not left and Note.objects.get(pk=answered.pk).reply_count == 0

    return Writer(work, check)


def theme_merged() -> Writer:
    """Themes that glosses of both essays link to."""
    target = Theme.objects.first()
    names = [f"merged{number}" for number in range(TIMES)]
    for name in names:
        theme = Theme.objects.create(slug=name, name=name, definition=name)
        for slug in ("her", "salt-ledger"):
            gloss = Gloss.objects.filter(essay__slug=slug).first()
            GlossLink.objects.create(gloss=gloss, theme=theme, relation="echo", reason=name)

    def work():
        for name in names:
            merge.merge(Theme.objects.get(slug=name), target)

    return Writer(work, lambda: not Theme.objects.filter(slug__in=names).exists())


WRITERS: dict[str, Callable[[], Writer]] = {
    "editor saving": editor_saving,
    "editor publishing": editor_publishing,
    "reader editing": reader_editing,
    "reader publishing": reader_publishing,
    "moderator approving": moderator_approving,
    "guest claiming": guest_claiming,
    "account leaving": account_leaving,
    "theme merged": theme_merged,
}

# As in the docstring of annotations/revising/revise.py; a reader's account goes with the reader.
ORDER = {
    **{"essays_site": 0, "essays_work": 1, "annotations_theme": 2, "annotations_quotation": 3},
    **{"essays_essay": 4, "essays_passage": 5, "annotations_gloss": 6, "annotations_note": 7},
    **{"annotations_reply": 8, "readers_reader": 9},
}
LOCKING = re.compile(
    r'(?:UPDATE|DELETE FROM) "(?P<written>\w+)"'
    r'|SELECT .* FROM "(?P<locked>\w+)".* FOR [A-Z ]*UPDATE',
    re.DOTALL,
)


@contextmanager
def locks_taken() -> Iterator[list[list[str]]]:
    """The tables of ORDER whose rows each transaction locks, in the order of its first locks."""
    transactions: list[list[str]] = []
    is_open = False

    def close():
        nonlocal is_open
        is_open = False

    def watch(execute, sql, params, many, context):
        nonlocal is_open
        found = LOCKING.match(sql)
        table = found and (found["written"] or found["locked"])
        if connection.in_atomic_block and table in ORDER:
            if not is_open:
                is_open = True
                transactions.append([])
                transaction.on_commit(close)
            if table not in transactions[-1]:
                transactions[-1].append(table)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield transactions


@contextmanager
def after_each_commit(work: Callable[[], object]) -> Iterator[None]:
    """Do some work whenever a transaction of this connection has been committed."""

    def watch(execute, sql, params, many, context):
        if connection.in_atomic_block and not connection.run_on_commit:
            transaction.on_commit(work)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield

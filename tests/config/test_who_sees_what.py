"""Every URL of the site, requested by every role: a table has the expected answers.

A URL that is not in the table fails the test, so that nobody forgets to decide who may use it. On
the way, htmx is found to heed no attribute in what readers wrote.
"""

import re
from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLResolver

from annotations.models import Flag, ModerationAct, Note, Promotion, Quotation, Reply, Theme
from annotations.moderation import moderate
from edition.pages.reading_page import EssayAssets
from essays.models import Essay
from readers.models import User
from tests import cast, dom
from tests.all_caches import clear_caches
from tests.config.who_sees_what import DESK, TABLE
from tests.written_notes import be, guest, note, reader_of, reply

pytestmark = pytest.mark.django_db

# On PostgreSQL it is enough that these have asked for everything.
ON_EVERY_DATABASE = {"reader", "superuser"}
ROLES = "nobody guest other_guest reader other_reader moderator editor superuser".split()
GROUPS = {
    "accounts": ["reader", "other_reader", "moderator", "editor", "superuser"],
    "guests": ["guest", "other_guest"],
    "desk": ["moderator", "editor", "superuser"],
    "editors": ["editor", "superuser"],
    "moderators": ["moderator", "superuser"],
}

# Each word with the roles that may see it anywhere, and those that may see it at the desk only.
WORDS = {
    "rosa-keeps-this": (["reader"], []),
    "the-guest-keeps-this": (["guest"], []),
    "anyone-reads-this": (ROLES, []),
    "marek-answers-this": (ROLES, []),
    "this-waits": (["reader"], GROUPS["moderators"]),
    "this-is-hidden": (["reader"], GROUPS["moderators"]),
    "hidden-because-of-this": (["reader"], GROUPS["moderators"]),
    "this-was-deleted": ([], []),
    "marek-waits-with-this": (["other_reader"], GROUPS["moderators"]),
    "flagged-for-this": (["other_reader"], GROUPS["moderators"]),
}


@pytest.fixture
def world():
    """The objects in the URLs, by their names in the table."""
    her = cast.her()
    draft = cast.second()
    Essay.objects.filter(pk=draft.pk).update(status="draft", preview_token="a-secret-of-the-draft")
    rosa, elsa = cast.reader(), cast.editor()
    marek = User.objects.create_user("marek", password=cast.PASSWORD, pen_name="Marek")
    mona, sue = cast.moderator(), cast.superuser()
    someone, other = guest(), guest()
    author, answers = reader_of(rosa), reader_of(marek)
    private = note(author, "rosa-keeps-this", key="opening")
    guests = note(someone, "the-guest-keeps-this", key="opening")
    published = note(author, "anyone-reads-this", key="opening", public=True)
    answer = reply(published, answers, "marek-answers-this")
    late = Reply.objects.create(note=published, reader=answers, body="marek-waits-with-this")
    waiting = note(author, "this-waits", key="opening", audience="public")
    hidden = note(author, "this-is-hidden", key="opening", public=True)
    moderate.hide(Note.objects.filter(pk=hidden.pk), mona, "hidden-because-of-this")
    deleted = note(author, "this-was-deleted", key="opening", public=True)
    deleted.remove()
    flag = Flag.objects.create(
        note=published, reader=answers, reason="other", remark="flagged-for-this"
    )
    promotion = Promotion.objects.create(note=published)
    clients = {
        "nobody": Client(),
        "guest": be(Client(), someone),
        "other_guest": be(Client(), other),
    }
    people = [rosa, marek, mona, elsa, sue]
    for role, user in zip(GROUPS["accounts"], people, strict=True):
        clients[role] = Client()
        clients[role].force_login(user)
    assets = EssayAssets(her)
    return clients, {
        **{"private": private, "guests": guests, "shown": published, "waiting": waiting},
        **{"hidden": hidden, "deleted": deleted, "answer": answer, "late": late},
        **{"promotion": promotion.pk},
        **{"flag": flag.pk, "act": ModerationAct.objects.get().pk, "reader": author.pk},
        **{"gloss": her.glosses.first().pk, "theme": Theme.objects.get(slug="programming").pk},
        **{"quotation": Quotation.objects.get(slug="costanza-on-going-in").pk},
        **{"work": her.works.first().pk, "work_slug": her.works.first().slug, "essay": her.pk},
        **{"passage": her.passages.first().pk, "group": Group.objects.first().pk},
        **{"email": EmailAddress.objects.create(user=rosa, email="rosa@example.org").pk},
        **{"note_type": ContentType.objects.get_for_model(Note).pk, "none": 9999},
        **{"flag_note": "?app_label=annotations&model_name=flag&field_name=note"},
        **{"token": "a-secret-of-the-draft", "draft_gloss": draft.glosses.first().pk},
        **{"draft_work": draft.works.first().slug},
        **{"colour": assets.stylesheet_digest, "preview": assets.preview_digest},
    }


def rows():
    """Each URL of the table, with the expected answers to GET and POST by role."""
    for line in filter(None, TABLE.splitlines()):
        address, get, post = (part.strip() for part in line.split("|"))
        yield address, expected(get), expected(get if post == "same" else post)
    for line in filter(None, DESK.splitlines()):
        model, pk, may = (part.strip() for part in line.split("|"))
        yield from desk_rows(f"/admin/{model}/", pk, expected(may))


def desk_rows(base: str, pk: str, may: dict[str, str]):
    """The standard admin pages of a model; for the letters see `DESK`."""

    def answers(**by_letter: str) -> dict[str, str]:
        by_role = dict.fromkeys(ROLES, "302")
        for role in GROUPS["desk"]:
            allowed = [answer for letter, answer in by_letter.items() if letter in may[role]]
            by_role[role] = [*allowed, "403"][0]
        return by_role

    look, add, delete = answers(v="200"), answers(a="200"), answers(d="200", x="200")
    yield base, look, look
    yield f"{base}add/", add, answers(b="422", a="200")
    yield f"{base}{pk}/change/", look, answers(s="409", w="302!", c="409", i="422")
    history = answers(h="302", v="200")
    yield f"{base}{pk}/history/", history, history
    yield f"{base}{pk}/delete/", delete, answers(d="409", x="409")
    if "x" in "".join(may.values()):
        yield f"{base}{pk}/merge/", answers(x="200"), answers(x="422")
    # The old URL of a change page redirects there, and that page checks the permission.
    yield f"{base}{pk}/", expected("302"), expected("302")


def expected(cell: str) -> dict[str, str]:
    """The answer for each role, from a cell such as `404 reader=200`."""
    everybody, *others = cell.split()
    answers = dict.fromkeys(ROLES, everybody)
    for other in others:
        who, answer = other.split("=")
        for role in GROUPS.get(who, [who]):
            answers[role] = answer
    return answers


@contextmanager
def rolled_back():
    """Roll back whatever is written; yields the tables that were written to.

    “a lock” is among them if a transaction began or rows were locked.
    """
    written = set()

    def watch(execute, sql, params, many, context):
        if found := re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', sql):
            written.add(found[1])
        if sql.startswith("SAVEPOINT") or re.search(" FOR (NO KEY )?UPDATE", sql):
            written.add("a lock")
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            yield written
        transaction.set_rollback(True)


def request(client: Client, method: str, address: str, **headers) -> tuple[str, str]:
    """The status, with “!” if something was written, and the text of the answer.

    Of a POST, a session and a lock do not count; a GET takes no lock at all.
    """
    clear_caches()
    copy = Client(raise_request_exception=False)
    copy.cookies = client.cookies.copy()
    with rolled_back() as written:
        response = getattr(copy, method)(address, headers=headers)
        words = response.getvalue().decode(errors="replace")
    if method == "post":
        written -= {"django_session", "a lock"}
    return f"{response.status_code}{'!' if written else ''}", words


def patterns(resolver, before=""):
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route.replace("^", "")


def test_the_table_has_every_url(world):
    _, named = world
    paths = [address.format(**named).partition("?")[0] for address, _, _ in rows()]
    known = {resolve(path).route.replace("^", "") for path in paths}
    assert set(patterns(get_resolver())) - known == set()


SENT_BY_HTMX = {f"data-hx-{verb}" for verb in ("get", "post", "put", "patch", "delete")}
# The roles whose pages are looked through for words that htmx would read.
LOOKED_THROUGH = ["guest", "reader", "other_reader", "superuser"]
READERS_WORDS = {*WORDS, "Rosa Reader", "Marek"}


def within(element: dom.Element | None, attribute: str) -> bool:
    while element is not None and attribute not in element.attributes:
        element = element.parent
    return element is not None


def open_to_htmx(page: dom.Element) -> list[str]:
    """The texts that readers wrote, where htmx would heed an attribute in them."""
    return [
        text
        for element in page.elements()
        if element.name != "title" and not within(element, "data-hx-ignore")
        for text in element.children
        if isinstance(text, str) and any(word in text for word in READERS_WORDS)
    ]


def faults_for_htmx(page: dom.Element) -> tuple[list[str], int]:
    """What htmx would wrongly heed or ignore, and how many elements it is told to ignore."""
    faults, elements = open_to_htmx(page), page.all("[data-hx-ignore]")
    for element in elements:
        for inner in (element, *element.elements()):
            if SENT_BY_HTMX & inner.attributes.keys():
                faults.append(f"htmx ignores our <{inner.name}>")
    return faults, len(elements)


HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=[] if role in ON_EVERY_DATABASE else pytest.mark.one_database)
        for role in ROLES
    ],
)
def test_each_role_gets_the_expected_answers_and_sees_only_permitted_words(world, role, settings):
    settings.EXPORTS_A_MINUTE = settings.EXPORTS_A_MINUTE_BY_ADDRESS = 1_000
    clients, named = world
    client, wrong, seen, ignored = clients[role], [], set(), 0
    for address, get, post in rows():
        url = address.format(**named)
        at_the_desk = url.startswith("/admin/")
        requests = [("get", get, {}), ("post", post, {})]
        if not at_the_desk:  # Where htmx is told nothing else.
            requests.append(("get", get, HTMX))
        for method, wanted, headers in requests:
            status, text = request(client, method, url, **headers)
            if status != wanted[role]:
                wrong.append(f"{method} {address}: {status}, not {wanted[role]}")
            if role in LOOKED_THROUGH and text.lstrip().startswith("<") and text[:5] != "<?xml":
                faults, count = faults_for_htmx(dom.parse(text))
                wrong += [f"{method} {address}: {fault}" for fault in faults]
                ignored += count
            # The marks around matches would split words.
            text = re.sub("</?mark>", "", text)
            for word, (anywhere, desk) in WORDS.items():
                if word in text:
                    seen.add(word)
                    if role not in anywhere and not (at_the_desk and role in desk):
                        wrong.append(f"{method} {address} shows “{word}”")
    assert wrong == [], "\n".join(wrong)
    assert seen == {word for word, (sees, desk) in WORDS.items() if role in (*sees, *desk)}
    assert bool(ignored) == (role in LOOKED_THROUGH)

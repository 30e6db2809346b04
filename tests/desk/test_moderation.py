"""The moderators' desk: it shows only public notes and replies, and logs every decision."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client

from annotations.models import Audience, Flag, ModerationAct, Note, Reply, Standing
from annotations.moderation import moderate
from essays.models import Essay
from readers.models import Reader, User
from tests import cast, dom
from tests.written_notes import note, reader_of, reply

pytestmark = pytest.mark.django_db
NOTES = "/admin/annotations/note/"
REPLIES = "/admin/annotations/reply/"
FLAGS = "/admin/annotations/flag/"
READERS = "/admin/readers/reader/"
ACTS = "/admin/annotations/moderationact/"
PAGES = [NOTES, REPLIES, FLAGS, READERS, ACTS]


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def rosa(her):
    return reader_of(cast.reader())


@pytest.fixture
def marek(her):
    """Another reader with an account."""
    user = User.objects.create_user("marek", password=cast.PASSWORD, pen_name="Marek")
    return reader_of(user)


@pytest.fixture
def mona(client, her):
    """Mona, who moderates, at the desk."""
    mona = cast.moderator()
    client.force_login(mona)
    return mona


def waiting(reader, body="Let me in", **fields) -> Note:
    given = {"audience": Audience.PUBLIC, "standing": Standing.WAITING, **fields}
    return note(reader, body, **given)


def flag(item, reader, remark="") -> Flag:
    return Flag.objects.create(
        **{item._meta.model_name: item}, reader=reader, reason="abuse", remark=remark
    )


def act(client, place: str, action: str, *items, **values):
    data = {"action": action, "_selected_action": [item.pk for item in items], **values}
    response = client.post(place, data)
    assert response.status_code in (200, 302)
    return response


def decide(client, item, **values):
    return client.post(f"/admin/annotations/{item._meta.model_name}/{item.pk}/change/", values)


def listed_pks(client, place: str) -> list[int]:
    response = client.get(place)
    assert response.status_code == 200
    return [int(pk) for pk in re.findall(r'name="_selected_action" value="(\d+)"', response.text)]


def log() -> list[tuple]:
    return list(ModerationAct.objects.order_by("pk").values_list("verb", "what", "reason"))


def seen_by_others(item) -> bool:
    return type(item).objects.visible_to(None).filter(pk=item.pk).exists()


def counter() -> int:
    return Essay.objects.get(slug="her").counter


def test_the_queue_holds_what_waits_and_what_is_flagged(client, mona, rosa, marek):
    to_approve = waiting(rosa)
    fine = note(rosa, "Shown", public=True)
    flagged = note(rosa, "Shown and flagged", public=True)
    flag(flagged, marek)
    assert set(listed_pks(client, NOTES)) == {to_approve.pk, flagged.pk}
    assert listed_pks(client, f"{NOTES}?queue=waiting") == [to_approve.pk]
    assert listed_pks(client, f"{NOTES}?queue=flagged") == [flagged.pk]
    assert fine.pk in listed_pks(client, f"{NOTES}?queue=all")
    assert set(listed_pks(client, f"{NOTES}?queue=nonsense")) == {to_approve.pk, flagged.pk}


def test_the_front_page_counts_what_waits(client, mona, rosa, marek):
    flag(waiting(rosa), marek)
    waiting(rosa, "Second")
    tasks = dom.of(client.get("/admin/")).all("section.desk-tasks")
    assert [" ".join(task.text.split()) for task in tasks[0].all("a")] == [
        "2 notes waiting for approval",
        "1 open flag",
        "0 replies waiting for approval",
    ]


def test_approving_shows_a_note_to_others_and_settles_its_flags(client, mona, rosa, marek):
    one = waiting(rosa)
    flag(one, marek)
    before = counter()
    act(client, NOTES, "approve", one)
    assert seen_by_others(one)
    assert counter() > before
    assert not moderate.open_flags().exists()
    assert log() == [("approve", f"note {one.public_id}", "")]
    made = ModerationAct.objects.get()
    assert (made.by, made.reader) == (mona, rosa)


def test_hiding_asks_for_a_reason_first(client, mona, rosa):
    one = note(rosa, "Shown", public=True)
    page = act(client, NOTES, "hide", one, queue="all")
    assert "Say why" in page.text
    assert seen_by_others(one)
    empty = act(client, NOTES, "hide", one, reason=" ")
    assert "Give a reason." in empty.text
    assert f'value="{one.pk}"' in empty.text
    assert seen_by_others(one)


def test_hiding_hides_a_note_from_others_and_tells_its_author_why(client, mona, rosa):
    one = note(rosa, "Shown", public=True)
    before = counter()
    act(client, f"{NOTES}?queue=all", "hide", one, reason="It names a neighbour.")
    assert not seen_by_others(one)
    assert counter() > before
    assert log() == [("hide", f"note {one.public_id}", "It names a neighbour.")]
    author = Client()
    author.force_login(rosa.user)
    for page in ("/notebook/", one.get_absolute_url()):
        assert "It names a neighbour." in author.get(page).text, page
    assert "Shown" not in Client().get("/her/").text


def test_a_decision_can_be_made_on_the_page_of_a_note(client, mona, rosa):
    one = waiting(rosa, "Long words " * 100)
    page = client.get(f"{NOTES}{one.pk}/change/").text
    assert "Long words " * 99 in page
    assert decide(client, one, decision="hide", reason="").status_code == 200
    assert log() == []
    assert decide(client, one, decision="", reason="").status_code == 302
    assert log() == []
    assert decide(client, one, decision="hide", reason="Too long.").status_code == 302
    one.refresh_from_db()
    assert (one.standing, one.hidden_because) == ("hidden", "Too long.")
    decide(client, one, decision="approve")
    one.refresh_from_db()
    assert (one.standing, one.hidden_because) == ("shown", "")


def test_a_reply_is_decided_on_and_its_note_counts_it(client, mona, rosa, marek):
    one = note(rosa, "Ask", public=True)
    answer = Reply.objects.create(note=one, reader=marek, body="Answer")
    assert listed_pks(client, REPLIES) == [answer.pk]
    act(client, REPLIES, "approve", answer)
    one.refresh_from_db()
    assert (one.reply_count, seen_by_others(answer)) == (1, True)
    act(client, f"{REPLIES}?queue=all", "hide", answer, reason="Rude.")
    one.refresh_from_db()
    assert (one.reply_count, seen_by_others(answer)) == (0, False)


def test_a_flag_is_settled_and_the_words_stay(client, mona, rosa, marek):
    one = note(rosa, "Shown", public=True)
    raised = flag(one, marek, remark="It hurts.")
    assert "It hurts." in client.get(FLAGS).text
    before = counter()
    act(client, FLAGS, "settle_flags", raised)
    assert listed_pks(client, FLAGS) == []
    assert listed_pks(client, f"{FLAGS}?flags=settled") == [raised.pk]
    assert seen_by_others(one)
    assert counter() == before
    assert log() == [("settle", f"note {one.public_id}", "")]


def test_a_blocked_reader_is_hidden_from_others_and_writes_for_themselves(
    client, mona, rosa, marek
):
    one = note(rosa, "Shown", public=True)
    theirs = note(marek, "Ask", public=True)
    answer = reply(theirs, rosa, "Answer")
    before = counter()
    act(client, READERS, "block", rosa)
    assert not seen_by_others(one)
    assert not seen_by_others(answer)
    theirs.refresh_from_db()
    assert theirs.reply_count == 0
    assert counter() > before
    author = Client()
    author.force_login(rosa.user)
    html = author.get("/notebook/").text
    assert "A moderator has hidden from others" in html
    assert "Shown" in html
    written = author.post("/her/fresh/write/", {"choice": "whole", "body": "For me alone"})
    assert written.status_code == 303
    assert "For me alone" in author.get("/notebook/").text
    act(client, READERS, "unblock", rosa)
    assert seen_by_others(one)
    theirs.refresh_from_db()
    assert theirs.reply_count == 1
    assert [verb for verb, _, _ in log()] == ["block", "unblock"]


def test_the_author_of_a_note_can_be_blocked_from_the_list_of_notes(client, mona, rosa):
    act(client, NOTES, "block", waiting(rosa))
    rosa.refresh_from_db()
    assert rosa.is_blocked
    act(client, NOTES, "block", waiting(rosa, "Again"))
    assert [verb for verb, _, _ in log()] == ["block"]


def test_the_log_says_who_did_what_and_quotes_nothing(client, mona, rosa):
    one = waiting(rosa, "The words themselves", key="opening")
    act(client, NOTES, "approve", one)
    html = client.get(ACTS).text
    assert f"approved note {one.public_id}" in html
    assert mona.pen_name in html
    assert mona.username not in main(html)
    assert "The words themselves" not in html
    assert not LogEntry.objects.exists()
    [change] = re.findall(rf'href="({ACTS}\d+/change/)', html)
    assert "The words themselves" not in client.get(change).text


def main(html: str) -> str:
    return html[html.index('id="content"') :]


def test_the_history_of_a_note_shows_what_moderators_did_with_it(client, mona, rosa):
    one, other = waiting(rosa), waiting(rosa, "Other")
    act(client, NOTES, "approve", one, other)
    response = client.get(f"{NOTES}{one.pk}/history/", follow=True)
    assert f"approved note {one.public_id}<" in response.text
    assert f"approved note {other.public_id}<" not in response.text


PRIVATE = "Nobody else may read this"
ROUTES = [
    "{}?queue=all",
    "{}?q=nobody",
    "{}?queue=all&audience=private",
    "{}?queue=all&audience__exact=private",
    "{}{{pk}}/change/",
    "{}{{pk}}/history/",
    "{}{{pk}}/delete/",
    "{}?_popup=1&queue=all",
    "{}?queue=all&_to_field=id&_popup=1",
]


@pytest.mark.parametrize("route", [route.format(NOTES) for route in ROUTES])
def test_not_even_a_superuser_sees_a_private_note_at_the_desk(client, rosa, route):
    client.force_login(cast.superuser())
    mine = note(rosa, PRIVATE)
    assert note(rosa, "For others", public=True).pk in listed_pks(client, f"{NOTES}?queue=all")
    response = client.get(route.format(pk=mine.pk), follow=True)
    assert PRIVATE not in response.text
    assert f'name="_selected_action" value="{mine.pk}"' not in response.text


def test_choosing_a_note_by_typing_offers_public_ones_alone(client, rosa):
    client.force_login(cast.superuser())
    note(rosa, PRIVATE)
    public = note(rosa, "For others", public=True)
    query = {"app_label": "annotations", "model_name": "flag", "field_name": "note", "term": ""}
    results = client.get("/admin/autocomplete/", query).json()["results"]
    assert [one["id"] for one in results] == [str(public.pk)]


def test_a_note_that_its_author_withdrew_leaves_the_desk_with_its_flags(client, mona, rosa, marek):
    one = note(rosa, "No more for others", public=True)
    flag(one, marek, "A remark on it")
    one.withdraw()
    for page in PAGES:
        html = client.get(f"{page}?queue=all").text if page == NOTES else client.get(page).text
        assert "No more for others" not in html
        assert "A remark on it" not in html
    act(client, NOTES, "approve", one)
    assert log() == []
    assert "Rosa" not in main(client.get(READERS).text)


def test_a_deleted_note_is_not_at_the_desk(client, mona, rosa):
    waiting(rosa, "Deleted words").remove()
    assert listed_pks(client, NOTES) == []


@pytest.mark.parametrize(
    "lookup",
    [
        "/admin/essays/essay/?notes={pk}",
        "/admin/essays/essay/?notes__isnull=0",
        "/admin/essays/passage/?note={pk}",
        "/admin/readers/reader/?note_set={pk}",
        "/admin/readers/reader/?note={pk}",
        "/admin/readers/reader/?note__body__contains=Nobody",
        "/admin/annotations/note/?changes__isnull=0",
    ],
)
def test_no_filter_in_an_address_reveals_a_private_note(client, rosa, lookup):
    client.force_login(cast.superuser())
    mine = note(rosa, PRIVATE)
    note(rosa, "x", public=True)
    response = client.get(lookup.format(pk=mine.pk))
    assert response.status_code in (302, 400)
    if response.status_code == 302:
        assert "e=1" in response.headers["Location"]


def test_nothing_can_be_added_or_deleted_or_reworded_at_the_desk(client, rosa):
    client.force_login(cast.superuser())
    one = note(rosa, "As I said", public=True)
    for page in PAGES:
        assert client.get(f"{page}add/").status_code == 403
    for page, item in ((NOTES, one), (READERS, rosa)):
        assert client.get(f"{page}{item.pk}/delete/").status_code == 403
        assert client.post(f"{page}{item.pk}/delete/", {"post": "yes"}).status_code == 403
    decide(client, one, decision="", reason="", body="Something else", audience="private")
    one.refresh_from_db()
    assert (one.body, one.audience) == ("As I said", "public")
    assert Reader.objects.filter(pk=rosa.pk).exists()


def test_an_editor_who_is_not_a_moderator_has_no_access(client, rosa):
    client.force_login(cast.editor())
    one = waiting(rosa)
    for page in PAGES:
        assert client.get(page).status_code == 403
    assert client.post(NOTES, {"action": "approve", "_selected_action": one.pk}).status_code == 403
    assert "waiting for approval" not in client.get("/admin/").text
    assert not seen_by_others(one)


def test_a_user_who_may_only_view_notes_decides_nothing(client, rosa):
    lou = User.objects.create_user("lou", password=cast.PASSWORD, is_staff=True)
    names = ["view_note", "view_flag", "view_reader", "view_moderationact"]
    group = Group.objects.get(name="Moderators")
    lou.user_permissions.add(*group.permissions.filter(codename__in=names))
    client.force_login(lou)
    one = waiting(rosa)
    assert client.get(f"{NOTES}{one.pk}/change/").status_code == 200
    act(client, NOTES, "approve", one)
    assert decide(client, one, decision="approve").status_code == 403
    act(client, READERS, "block", rosa)
    rosa.refresh_from_db()
    assert not seen_by_others(one)
    assert not rosa.is_blocked
    assert log() == []


def test_markup_in_notes_is_escaped(client, mona, rosa):
    one = waiting(rosa, "<script>alert(1)</script> & more")
    for page in (NOTES, f"{NOTES}{one.pk}/change/"):
        html = client.get(page).text
        assert "<script>alert" not in html
        assert "<script>alert(1)</script> & more" in unescape(html)


def test_the_lists_take_no_more_queries_with_more_notes(
    client, mona, rosa, marek, django_assert_max_num_queries
):
    def fill(count):
        for number in range(count):
            one = waiting(rosa, f"Number {number}")
            flag(one, marek)
            Reply.objects.create(note=one, reader=marek, body="Answer")
            reader_of(User.objects.create_user(f"reader-{Reader.objects.count()}"))
        act(client, NOTES, "approve", *Note.objects.all()[:1])

    fill(2)
    counts = {}
    for page in (*PAGES, f"{NOTES}?queue=all", "/admin/"):
        with django_assert_max_num_queries(30) as few:
            client.get(page)
        counts[page] = len(few)
    fill(20)
    for page, most in counts.items():
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200


def test_many_are_decided_at_once_in_few_queries(client, mona, rosa, django_assert_max_num_queries):
    for number in range(60):
        waiting(rosa, f"Number {number}")
    with django_assert_max_num_queries(40):
        act(client, NOTES, "approve", Note.objects.first(), select_across="1", index="0")
    assert not Note.objects.filter(standing="waiting").exists()
    assert len(log()) == 60

"""Publishing an essay at the desk: now, at a time, and taking it down again."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations import loading
from annotations.editorial import publish
from annotations.models import Note
from essays.models import Essay
from tests import cast, dom, written_notes

pytestmark = pytest.mark.django_db
IN_A_DAY = timedelta(days=1)


@pytest.fixture
def draft():
    return loading.load(cast.HER, draft=True).essay


@pytest.fixture
def elsa(client):
    client.force_login(cast.editor())
    return client


def at(essay, step=""):
    return f"/admin/essays/essay/{essay.pk}/{step}"


def typed(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def fresh(essay):
    return Essay.objects.get(pk=essay.pk)


def due(essay):
    """Set the time of publishing to five minutes ago."""
    then = timezone.now() - timedelta(minutes=5)
    Essay.objects.filter(pk=essay.pk).update(publish_at=then)
    return then


def assert_deleted(reader, note):
    """Check that an author can delete a note on an essay that was unpublished."""
    address = f"/notes/{note.pk}/delete/"
    assert "not published at present" in reader.get(address).content.decode()
    assert Client().post(address).status_code == 404
    response = reader.post(address)
    assert (response.status_code, response.headers["Location"]) == (303, "/notebook/")
    assert note.body not in reader.get("/notebook/").content.decode()


# It works


def test_an_essay_is_published_from_its_page_with_a_summary_before(elsa, draft):
    change = elsa.get(at(draft, "change/"))
    assert at(draft, "publish/") in [
        a["href"] for a in dom.of(change).one("section.publication-status").all("a")
    ]
    asked = elsa.get(at(draft, "publish/")).content.decode()
    assert "15 passages" in asked
    assert "Its veil stands after passage 3, for who has not seen Her." in asked
    assert Client().get("/her/").status_code == 404
    response = elsa.post(at(draft, "publish/"))
    assert (response.status_code, response.url) == (302, at(draft, "change/"))
    assert Client().get("/her/").status_code == 200
    for path in ["/", "/sitemap.xml", "/search/?q=future"]:
        assert "/her/" in Client().get(path).content.decode()
    assert fresh(draft).history.first().history_user.username == "elsa"


def test_it_is_taken_down_and_readers_keep_what_they_wrote(elsa, draft):
    publish.publish(draft)
    someone = written_notes.guest()
    written_notes.note(someone, "I keep this.", key="opening")
    summary = elsa.get(at(draft, "unpublish/")).content.decode()
    assert "keep their notebooks" in summary
    assert "I keep this." not in summary
    elsa.post(at(draft, "unpublish/"))
    assert Client().get("/her/").status_code == 404
    reader = written_notes.be(Client(), someone)
    notebook = dom.of(reader.get("/notebook/"))
    assert "I keep this." in notebook.text
    assert "is not published at present" in notebook.text
    assert "/her/" not in [a["href"] for a in notebook.all("a")]
    exported = reader.get("/notebook/export/md/").getvalue().decode()
    assert "I keep this." in exported
    assert "the essay is not published at present" in exported
    assert_deleted(reader, written_notes.note(someone, "I let this go.", key="opening"))
    publish.publish(fresh(draft))
    assert "I keep this." in reader.get("/her/").content.decode()
    assert Note.objects.present().count() == 1


def test_what_comes_back_keeps_its_date_or_counts_as_new(elsa, draft):
    first = publish.publish(draft).published_at
    publish.unpublish(draft)
    assert "as its date" in elsa.get(at(draft, "publish/")).content.decode()
    elsa.post(at(draft, "publish/"), {"keep_date": "on"})
    assert fresh(draft).published_at == first
    publish.unpublish(draft)
    elsa.post(at(draft, "publish/"))
    assert fresh(draft).published_at > first


def test_a_time_is_set_shown_changed_and_taken_back(elsa, draft):
    then = timezone.now() + IN_A_DAY
    asked = elsa.get(at(draft, "schedule/")).content.decode()
    assert "In the site&#x27;s time, UTC" in asked
    elsa.post(at(draft, "schedule/"), {"at": typed(then)})
    assert fresh(draft).publish_at == then.replace(second=0, microsecond=0)
    said = f"{then.day} {then:%B %Y at %H:%M} UTC"
    assert said in elsa.get(at(draft, "change/")).content.decode()
    assert said in elsa.get("/admin/essays/essay/").content.decode()
    assert Client().get("/her/").status_code == 404
    assert said in elsa.get(at(draft, "unschedule/")).content.decode()
    elsa.post(at(draft, "unschedule/"))
    assert fresh(draft).publish_at is None
    assert fresh(draft).is_draft


SHOWS = [
    *("/her/", "/her/opening/", "/her/themes/growth/", "/her/6/", "/her/feed/", "/", "/themes/"),
    *("/themes/growth/", "/works/her/", "/search/?q=future", "/sitemap.xml"),
]


@pytest.mark.parametrize("path", SHOWS)
def test_the_first_who_asks_once_its_time_has_come_publishes_it(draft, path):
    then = due(draft)
    response = Client().get(path)
    assert response.status_code in (200, 302)
    essay = fresh(draft)
    assert (essay.is_published, essay.published_at, essay.publish_at) == (True, then, None)
    assert essay.counter > draft.counter
    assert "her" in response.content.decode().lower() or response.status_code == 302


def test_its_gloss_is_there_too(draft):
    due(draft)
    assert Client().get(draft.glosses.first().get_absolute_url()).status_code == 200


def test_who_happened_to_ask_is_not_who_published_it(draft):
    due(draft)
    rosa = Client()
    rosa.force_login(cast.reader())
    rosa.get("/her/")
    last = fresh(draft).history.first()
    assert last.history_user is None
    assert last.history_change_reason == "Its time had come"


def test_it_is_published_once_however_many_ask(draft):
    due(draft)
    assert publish.publish_due() is True
    before = fresh(draft)
    assert publish.publish_due() is False
    assert publish._publish_due(draft.pk) is False
    assert fresh(draft).counter == before.counter
    assert fresh(draft).history.count() == before.history.count()


def test_an_operator_may_publish_what_is_due_by_the_clock(draft, capsys):
    call_command("tick")
    assert not fresh(draft).is_published
    due(draft)
    call_command("tick")
    assert capsys.readouterr().out == ""
    assert fresh(draft).is_published


@pytest.mark.usefixtures("face_kept")
def test_a_stored_page_of_another_essay_pays_nothing_for_it(draft):
    cast.second()
    Client().get("/salt-ledger/")
    due(draft)
    with CaptureQueriesContext(connection) as asked:
        Client().get("/salt-ledger/")
    assert len(asked) == 1
    assert fresh(draft).is_draft


# A stranger, a wrong method

STEPS = ["publish/", "schedule/", "unschedule/", "unpublish/", "preview/"]


@pytest.mark.parametrize("step", STEPS)
def test_only_editors_take_a_step(client, draft, step):
    values = {"at": typed(timezone.now() + IN_A_DAY)}
    assert client.post(at(draft, step), values).status_code == 302
    for user in (cast.reader(), cast.moderator()):
        client.force_login(user)
        assert client.get(at(draft, step)).status_code in (302, 403)
        assert client.post(at(draft, step), values).status_code in (302, 403, 405)
    for change in ("make/", "withdraw/"):
        assert client.post(at(draft, f"preview/{change}")).status_code == 403
    essay = fresh(draft)
    assert (essay.is_draft, essay.publish_at, essay.preview_token) == (True, None, "")


def test_an_essay_that_is_not_there_takes_no_step(elsa):
    for step in STEPS:
        assert elsa.get(f"/admin/essays/essay/999/{step}").status_code == 404


def test_looking_changes_nothing_and_links_are_made_by_a_button(elsa, draft):
    for step in STEPS:
        assert elsa.get(at(draft, step)).status_code == 200
    assert elsa.get(at(draft, "preview/make/")).status_code == 405
    assert elsa.get(at(draft, "preview/withdraw/")).status_code == 405
    assert fresh(draft).history.count() == draft.history.count()


def test_a_step_without_its_token_is_refused(draft):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.editor())
    assert strict.post(at(draft, "publish/")).status_code == 403
    assert fresh(draft).is_draft


def test_the_link_is_made_shown_made_anew_and_withdrawn(elsa, draft):
    elsa.post(at(draft, "preview/make/"))
    first = dom.of(elsa.get(at(draft, "preview/"))).one("input[id=preview-link]")["value"]
    assert first.endswith(f"/her/preview/{fresh(draft).preview_token}/")
    elsa.post(at(draft, "preview/make/"))
    second = dom.of(elsa.get(at(draft, "preview/"))).one("input[id=preview-link]")["value"]
    assert second != first
    elsa.post(at(draft, "preview/withdraw/"))
    assert not dom.of(elsa.get(at(draft, "preview/"))).all("input[id=preview-link]")
    assert fresh(draft).preview_token == ""


# Bad input


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "Give a day and a time."),
        ("tomorrow", "Give a day and a time, as in 2030-03-28 09:00."),
        ("2001-01-01T10:00", "That time has passed."),
    ],
)
def test_a_time_that_is_none_is_refused_in_words_and_stays_in_the_form(elsa, draft, value, said):
    response = elsa.post(at(draft, "schedule/"), {"at": value})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert dom.of(response).one("input[name=at]").attributes.get("value", "") == value
    assert fresh(draft).publish_at is None


def test_what_is_done_already_is_said(elsa, draft):
    publish.publish(draft)
    for step in ("publish/", "schedule/", "unschedule/"):
        response = elsa.post(at(draft, step), {"at": typed(timezone.now() + IN_A_DAY)})
        assert response.status_code == 409
        assert "It is published already." in response.content.decode()
    elsa.post(at(draft, "preview/make/"))
    assert fresh(draft).preview_token == ""


def test_an_essay_without_a_passage_is_not_published(elsa):
    empty = Essay.objects.create(slug="empty", title="Empty")
    response = elsa.post(at(empty, "publish/"))
    assert response.status_code == 409
    assert "It has no passage yet." in response.content.decode()
    assert fresh(empty).is_draft

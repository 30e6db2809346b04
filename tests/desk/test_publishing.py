"""Publishing an essay at the desk: now, at a time, and taking it down again."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.editorial import publish
from annotations.models import Note
from desk.essays import publish_messages
from essays.models import Essay
from tests import cast, dom, written_notes

pytestmark = pytest.mark.django_db
IN_A_DAY = timedelta(days=1)


@pytest.fixture
def draft():
    return cast.her(draft=True)


@pytest.fixture
def elsa(client):
    client.force_login(cast.editor())
    return client


def step_url(essay, step=""):
    return f"/admin/essays/essay/{essay.pk}/{step}"


def form_value(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def reload(essay):
    return Essay.objects.get(pk=essay.pk)


def make_due(essay):
    """Set the time of publishing to five minutes ago."""
    then = timezone.now() - timedelta(minutes=5)
    Essay.objects.filter(pk=essay.pk).update(publish_at=then)
    return then


def assert_deleted(reader, note):
    """Check that an author can delete a note on an essay that was unpublished."""
    address = f"/notes/{note.public_id}/delete/"
    assert "not published at present" in reader.get(address).content.decode()
    assert Client().post(address).status_code == 404
    response = reader.post(address)
    assert (response.status_code, response.headers["Location"]) == (303, "/notebook/")
    assert note.body not in reader.get("/notebook/").content.decode()


# It works


def test_an_essay_is_published_from_its_page_with_a_summary_before(elsa, draft):
    change = elsa.get(step_url(draft, "change/"))
    assert step_url(draft, "publish/") in [
        a["href"] for a in dom.of(change).one("section.publication-status").all("a")
    ]
    summary = elsa.get(step_url(draft, "publish/")).content.decode()
    assert "15 passages" in summary
    assert "Its veil stands after passage 3, for who has not seen Her." in summary
    assert Client().get("/her/").status_code == 404
    response = elsa.post(step_url(draft, "publish/"))
    assert (response.status_code, response.url) == (302, step_url(draft, "change/"))
    assert Client().get("/her/").status_code == 200
    for path in ["/", "/sitemap.xml", "/search/?q=future"]:
        assert "/her/" in Client().get(path).content.decode()
    assert reload(draft).history.first().history_user.username == "elsa"


def test_readers_keep_their_notes_on_an_unpublished_essay(elsa, draft):
    publish.publish(draft)
    someone = written_notes.guest()
    written_notes.note(someone, "I keep this.", key="opening")
    summary = elsa.get(step_url(draft, "unpublish/")).content.decode()
    assert "keep their notebooks" in summary
    assert "I keep this." not in summary
    elsa.post(step_url(draft, "unpublish/"))
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
    publish.publish(reload(draft))
    assert "I keep this." in reader.get("/her/").content.decode()
    assert Note.objects.present().count() == 1


def test_republishing_keeps_the_first_date_only_if_asked_to(elsa, draft):
    first = publish.publish(draft).published_at
    publish.unpublish(draft)
    assert "as its date" in elsa.get(step_url(draft, "publish/")).content.decode()
    elsa.post(step_url(draft, "publish/"), {"keep_date": "on"})
    assert reload(draft).published_at == first
    publish.unpublish(draft)
    elsa.post(step_url(draft, "publish/"))
    assert reload(draft).published_at > first


def test_a_time_of_publication_is_set_shown_and_removed(elsa, draft):
    then = timezone.now() + IN_A_DAY
    form = elsa.get(step_url(draft, "schedule/")).content.decode()
    assert "In the site&#x27;s time, UTC" in form
    elsa.post(step_url(draft, "schedule/"), {"at": form_value(then)})
    assert reload(draft).publish_at == then.replace(second=0, microsecond=0)
    time_text = f"{then.day} {then:%B %Y at %H:%M} UTC"
    assert time_text in elsa.get(step_url(draft, "change/")).content.decode()
    assert time_text in elsa.get("/admin/essays/essay/").content.decode()
    assert Client().get("/her/").status_code == 404
    assert time_text in elsa.get(step_url(draft, "unschedule/")).content.decode()
    elsa.post(step_url(draft, "unschedule/"))
    assert reload(draft).publish_at is None
    assert reload(draft).is_draft


PUBLIC_PATHS = [
    *("/her/", "/her/opening/", "/her/themes/growth/", "/her/6/", "/her/feed/", "/", "/themes/"),
    *("/themes/growth/", "/works/her/", "/search/?q=future", "/sitemap.xml"),
]


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_after_its_time_an_essay_is_on_every_page_once_the_clock_ticks(draft, path):
    then = make_due(draft)
    before = Client().get(path)
    assert "/her/" not in getattr(before, "url", before.text).replace(path, "")
    assert not reload(draft).is_published
    call_command("tick")
    response = Client().get(path)
    assert response.status_code in (200, 302)
    essay = reload(draft)
    assert (essay.is_published, essay.published_at, essay.publish_at) == (True, then, None)
    assert essay.counter > draft.counter
    page = response.url if response.status_code == 302 else response.text
    assert "/her/" in page or "/themes/growth/" in page


def test_the_glosses_of_an_essay_are_published_with_it(draft):
    make_due(draft)
    call_command("tick")
    assert Client().get(draft.glosses.first().get_absolute_url()).status_code == 200


def test_the_history_names_nobody_who_published_an_essay_at_its_time(draft):
    make_due(draft)
    call_command("tick")
    last = reload(draft).history.first()
    assert last.history_user is None
    assert last.history_change_reason == "Its time had come"


def test_an_essay_is_published_only_once(draft):
    make_due(draft)
    publish.publish_due()
    before = reload(draft)
    assert before.is_published
    publish.publish_due()
    publish._publish_due(draft)
    assert reload(draft).counter == before.counter
    assert reload(draft).history.count() == before.history.count()


def test_the_tick_command_publishes_what_is_due(draft, capsys):
    call_command("tick")
    assert not reload(draft).is_published
    make_due(draft)
    call_command("tick")
    assert capsys.readouterr().out == ""
    assert reload(draft).is_published


@pytest.mark.usefixtures("cached_site_identity")
def test_a_cached_page_of_another_essay_needs_no_extra_query(draft):
    cast.second()
    Client().get("/salt-ledger/")
    make_due(draft)
    with CaptureQueriesContext(connection) as queries:
        Client().get("/salt-ledger/")
    assert len(queries) == 1
    assert reload(draft).is_draft


# A stranger, a wrong method

STEPS = ["publish/", "schedule/", "unschedule/", "unpublish/", "preview/"]


@pytest.mark.parametrize("step", STEPS)
def test_only_editors_publish(client, draft, step):
    values = {"at": form_value(timezone.now() + IN_A_DAY)}
    assert client.post(step_url(draft, step), values).status_code == 302
    for user in (cast.reader(), cast.moderator()):
        client.force_login(user)
        assert client.get(step_url(draft, step)).status_code in (302, 403)
        assert client.post(step_url(draft, step), values).status_code in (302, 403, 405)
    for change in ("make/", "withdraw/"):
        assert client.post(step_url(draft, f"preview/{change}")).status_code == 403
    essay = reload(draft)
    assert (essay.is_draft, essay.publish_at, essay.preview_token) == (True, None, "")


def test_the_pages_of_a_missing_essay_are_not_found(elsa):
    for step in STEPS:
        assert elsa.get(f"/admin/essays/essay/999/{step}").status_code == 404


def test_a_get_request_changes_nothing(elsa, draft):
    for step in STEPS:
        assert elsa.get(step_url(draft, step)).status_code == 200
    assert elsa.get(step_url(draft, "preview/make/")).status_code == 405
    assert elsa.get(step_url(draft, "preview/withdraw/")).status_code == 405
    assert reload(draft).history.count() == draft.history.count()


def test_publishing_without_a_csrf_token_is_refused(draft):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.editor())
    assert strict.post(step_url(draft, "publish/")).status_code == 403
    assert reload(draft).is_draft


@pytest.mark.parametrize(("days", "expected"), [("7", 7), ("90", 90), ("", 30), ("no end", None)])
def test_an_editor_chooses_how_long_a_preview_link_works(elsa, draft, days, expected):
    before = timezone.now()
    elsa.post(step_url(draft, "preview/make/"), {"days": days} if days else {})
    end = reload(draft).preview_expires_at
    text = dom.of(elsa.get(step_url(draft, "preview/"))).one("div.step").text
    if expected is None:
        assert end is None and "expires" not in text
    else:
        assert before <= end - timedelta(days=expected) <= timezone.now()
        assert f"until it expires {publish_messages.when(end)}" in text


def test_an_unknown_period_is_refused_and_makes_no_link(elsa, draft):
    response = elsa.post(step_url(draft, "preview/make/"), {"days": "8000"})
    assert (response.status_code, reload(draft).preview_token) == (422, "")
    assert "Select a valid choice" in response.text


def test_the_desk_says_that_a_preview_link_has_expired(elsa, draft):
    elsa.post(step_url(draft, "preview/make/"), {"days": "7"})
    Essay.objects.filter(pk=draft.pk).update(preview_expires_at=timezone.now())
    assert "This link expired" in elsa.get(step_url(draft, "preview/")).text
    assert ": expired" in elsa.get(f"/admin/essays/essay/{draft.pk}/change/").text


def test_a_preview_link_is_made_replaced_and_withdrawn(elsa, draft):
    elsa.post(step_url(draft, "preview/make/"))
    first = dom.of(elsa.get(step_url(draft, "preview/"))).one("input[id=preview-link]")["value"]
    assert first.endswith(f"/her/preview/{reload(draft).preview_token}/")
    elsa.post(step_url(draft, "preview/make/"))
    second = dom.of(elsa.get(step_url(draft, "preview/"))).one("input[id=preview-link]")["value"]
    assert second != first
    elsa.post(step_url(draft, "preview/withdraw/"))
    assert not dom.of(elsa.get(step_url(draft, "preview/"))).all("input[id=preview-link]")
    assert reload(draft).preview_token == ""


# Bad input


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "Give a day and a time."),
        ("tomorrow", "Give a day and a time, as in 2030-03-28 09:00."),
        ("2001-01-01T10:00", "That time has passed."),
    ],
)
def test_an_invalid_time_is_refused_and_stays_in_the_form(elsa, draft, value, message):
    response = elsa.post(step_url(draft, "schedule/"), {"at": value})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert dom.of(response).one("input[name=at]").attributes.get("value", "") == value
    assert reload(draft).publish_at is None


def test_a_published_essay_cannot_be_published_or_scheduled_again(elsa, draft):
    publish.publish(draft)
    for step in ("publish/", "schedule/", "unschedule/"):
        response = elsa.post(step_url(draft, step), {"at": form_value(timezone.now() + IN_A_DAY)})
        assert response.status_code == 409
        assert "It is published already." in response.content.decode()
    elsa.post(step_url(draft, "preview/make/"))
    assert reload(draft).preview_token == ""


def test_an_essay_without_a_passage_is_not_published(elsa):
    empty = Essay.objects.create(slug="empty", title="Empty")
    response = elsa.post(step_url(empty, "publish/"))
    assert response.status_code == 409
    assert "It has no passage yet." in response.content.decode()
    assert reload(empty).is_draft

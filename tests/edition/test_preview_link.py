"""Drafts: readable with their preview link, or by editors."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from annotations.editorial import publish
from annotations.models import Quotation
from edition.pages.reading_page import EssayAssets
from essays.models import Essay, FormerAddress
from tests import cast, dom, page_urls, written_notes
from tests.server import settings_with

pytestmark = pytest.mark.django_db
PAGES = [
    *("/her/", "/her/opening/", "/her/themes/growth/", "/her/opening/marks/0-20/"),
    *("/works/her/", "/themes/growth/"),
]


@pytest.fixture
def draft():
    return publish.make_link(cast.her(draft=True))


@pytest.fixture
def guest(draft):
    """A browser without an account that opened the preview link."""
    client = Client()
    client.get(link_to(draft))
    return client


def link_to(draft):
    return f"/{draft.slug}/preview/{draft.preview_token}/"


def pages_of(draft):
    gloss = draft.glosses.first()
    quotation = Quotation.objects.filter(passage__essay=draft).first()
    return [*PAGES, gloss.get_absolute_url(), quotation.get_absolute_url()]


def statuses(client, draft):
    return {client.get(path).status_code for path in pages_of(draft)}


# It works


def test_the_link_leads_to_the_draft_and_opens_all_its_pages(draft):
    client = Client()
    assert statuses(client, draft) == {404}
    response = client.get(link_to(draft))
    assert (response.status_code, response.url) == (302, "/her/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert statuses(client, draft) == {200}
    assert client.get("/her/6/").status_code == 302


def test_its_cookie_is_http_only_and_lasts_for_the_session(draft):
    cookie = Client().get(link_to(draft)).cookies[settings.PREVIEW_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"] and not cookie["expires"]
    assert draft.preview_token in cookie.value


def test_a_forged_cookie_opens_nothing(draft):
    client = Client()
    client.cookies[settings.PREVIEW_COOKIE_NAME] = f"{draft.preview_token}:made:up"
    assert statuses(client, draft) == {404}


def test_every_page_says_that_it_is_a_draft_and_is_private(guest, draft):
    for path in ["/her/", "/her/opening/", "/her/themes/growth/", "/her/opening/versions/"]:
        response = guest.get(path)
        page = dom.of(response)
        assert "A draft, not published" in page.one("aside.draft-banner").text
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "private" in response.headers["Cache-Control"]
        assert "Cookie" in response.headers["Vary"]
    for url in (EssayAssets(draft).stylesheet_url, EssayAssets(draft).preview_url):
        assert "public" not in guest.get(url).headers["Cache-Control"]


def test_pages_that_list_drafts_mark_them_and_are_private(guest, draft):
    for path in ["/works/her/", "/themes/growth/"]:
        response = guest.get(path)
        assert "private" in response.headers["Cache-Control"]
        assert dom.of(response).all("span.draft-mark")


def test_htmx_gets_its_cards(guest, draft):
    for path in [
        "/themes/growth/",
        "/her/themes/growth/",
        draft.glosses.first().get_absolute_url(),
    ]:
        card = guest.get(path, headers=page_urls.CARD)
        assert card.status_code == 200
        assert "<html" not in card.content.decode()


def test_passages_of_the_draft_link_to_each_other(guest, draft):
    gloss = draft.glosses.first()
    gloss.links.create(relation="echo", reason="Again.", passage=draft.passages.get(number=9))
    assert "/her/#" in guest.get(gloss.get_absolute_url()).content.decode()


def test_a_draft_is_in_no_list_of_essays(guest, draft):
    elsa = Client()
    elsa.force_login(cast.editor())
    for client in (guest, elsa):
        for path in ["/", "/search/?q=future", "/sitemap.xml", "/nowhere/"]:
            assert "Not About the Future" not in client.get(path).content.decode()
        assert client.get("/her/feed/").status_code == 404


def test_editors_and_moderators_need_no_link(draft):
    for user in (cast.editor(), cast.moderator()):
        client = Client()
        client.force_login(user)
        assert statuses(client, draft) == {200}
        banner = dom.of(client.get("/her/")).one("aside.draft-banner")
        assert banner.one("a")["href"] == f"/admin/essays/essay/{draft.pk}/change/"


def test_a_withdrawn_or_replaced_link_stops_working_at_once(guest, draft):
    old_link = link_to(draft)
    publish.withdraw_link(draft)
    assert statuses(guest, draft) == {404}
    assert guest.get(old_link).status_code == 404
    renewed = publish.make_link(draft)
    assert renewed.preview_token != draft.preview_token
    assert guest.get("/her/").status_code == 404
    assert guest.get(link_to(renewed)).status_code == 302
    assert guest.get("/her/").status_code == 200


def test_a_link_cannot_be_guessed(draft):
    assert len(draft.preview_token) >= 32
    assert publish.make_link(draft).preview_token != draft.preview_token


def test_a_browser_may_have_the_links_of_two_drafts(guest, draft):
    other = cast.second()
    publish.unpublish(other)
    other = publish.make_link(other)
    guest.get(link_to(other))
    assert {guest.get(path).status_code for path in ("/her/", "/salt-ledger/")} == {200}
    publish.withdraw_link(other)
    assert guest.get("/her/").status_code == 200
    assert guest.get("/salt-ledger/").status_code == 404


def test_after_publication_the_link_leads_to_the_essay_without_a_banner(guest, draft):
    publish.publish(draft)
    response = Client().get(link_to(draft))
    assert (response.status_code, response.url) == (302, "/her/")
    assert not response.cookies
    assert not dom.of(guest.get("/her/")).all("aside.draft-banner")
    publish.unpublish(draft)
    assert guest.get("/her/").status_code == 404


def test_the_link_still_works_after_a_change_of_address(draft):
    FormerAddress.objects.create(slug="her", essay=draft)
    Essay.objects.filter(pk=draft.pk).update(slug="elle")
    client = Client()
    assert client.get(link_to(draft)).url == "/elle/"
    assert client.get("/her/opening/").url == "/elle/opening/"
    assert Client().get("/her/opening/").status_code == 404


def test_the_token_is_not_in_the_history(draft):
    assert not hasattr(draft.history.first(), "preview_token")


def test_only_pages_for_a_guest_with_a_link_are_private(guest, draft):
    cast.second()
    one, other = Client().get("/salt-ledger/"), guest.get("/salt-ledger/")
    assert one.headers["Cache-Control"] == "no-cache"
    assert "private" in other.headers["Cache-Control"]


# Notes


def test_nobody_can_write_notes_on_a_draft(guest, draft):
    page = guest.get("/her/").content.decode()
    assert "/write/" not in page
    for method in (guest.get, guest.post):
        response = method("/her/opening/write/")
        assert response.status_code == 403
        assert "once it is published" in response.content.decode()


def test_notes_from_before_stay_out_of_a_draft(draft):
    publish.publish(draft)
    made = written_notes.note(written_notes.guest(), "Said in public.", key="opening", public=True)
    publish.unpublish(draft)
    elsa = Client()
    elsa.force_login(cast.editor())
    for path in [*PAGES, f"/her/opening/marks/0-{len(made.passage.text)}/"]:
        assert "Said in public." not in elsa.get(path).content.decode()
    assert made.__class__.objects.filter(pk=made.pk).exists()


# A stranger, a wrong method, bad input


@pytest.mark.parametrize("token", ["x", "", "None", "0" * 32])
def test_another_token_opens_nothing(draft, token):
    client = Client()
    assert client.get(f"/her/preview/{token}/").status_code == 404
    publish.withdraw_link(draft)
    assert client.get(f"/her/preview/{token}/").status_code == 404
    assert client.get("/her/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_the_link_refuses_other_methods(draft, method):
    assert Client(enforce_csrf_checks=True).generic(method, link_to(draft)).status_code == 405


def test_a_reader_with_an_account_sees_no_draft(draft):
    client = Client()
    client.force_login(cast.reader())
    assert statuses(client, draft) == {404}


def test_a_reader_with_an_account_causes_few_queries(draft, django_assert_max_num_queries):
    cast.second()
    client = Client()
    client.force_login(cast.reader())
    client.get("/salt-ledger/")
    with django_assert_max_num_queries(12):
        client.get("/salt-ledger/")


def test_the_cookie_of_a_secure_site_is_bound_to_its_host(tmp_path):
    name = settings_with(["PREVIEW_COOKIE_NAME"], tmp_path, SITE_URL="https://essays.example.org")
    assert name == "['__Host-preview']"


# Its end


def set_end(draft, **ago):
    end = timezone.now() - timedelta(**ago)
    Essay.objects.filter(pk=draft.pk).update(preview_expires_at=end)


def test_an_expired_link_says_what_to_do_and_opens_nothing(draft):
    set_end(draft, seconds=1)
    client = Client()
    response = client.get(link_to(draft))
    assert response.status_code == 410
    assert "This link has expired" in response.text and "Ask whoever gave it" in response.text
    assert "Her" not in dom.of(response).one("main").text
    assert response.headers["Cache-Control"] == "no-store"
    assert settings.PREVIEW_COOKIE_NAME not in client.cookies
    assert statuses(client, draft) == {404}


def test_a_link_that_expires_ends_reading_too(guest, draft):
    set_end(draft, days=-1)
    assert statuses(guest, draft) == {200}
    set_end(draft, seconds=1)
    assert statuses(guest, draft) == {404}


def test_an_expired_link_leads_to_the_essay_once_it_is_published(draft):
    set_end(draft, seconds=1)
    publish.publish(draft)
    assert Client().get(link_to(draft)).url == "/her/"


def test_a_wrong_token_does_not_tell_that_a_link_expired(draft):
    set_end(draft, seconds=1)
    assert Client().get(f"/{draft.slug}/preview/guessed/").status_code == 404

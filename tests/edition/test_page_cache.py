import gzip
import hashlib

import brotli
import pytest
from django.test import override_settings

from annotations import revising
from annotations.models import Gloss, Theme
from edition.requests.page_cache import StoredPage
from essays.models import Essay
from tests import cast, dom, page_urls
from tests.all_caches import clear_caches

pytestmark = pytest.mark.django_db
PLAIN = {"Accept-Encoding": "identity"}
LENS = "/her/themes/growth/"
# Queries for a page with an empty cache, and with the site's name in the cache.
COLD_QUERIES, WARM_QUERIES = 8, 7


@pytest.fixture
def essay():
    return cast.her()


def tag_of(client, path="/her/", **headers):
    return client.get(path, headers=headers).headers["ETag"]


def test_the_entity_tag_is_a_digest_of_the_body(client, essay):
    response = client.get("/her/", headers=PLAIN)
    digest = hashlib.sha256(response.content).hexdigest()
    assert response.headers["ETag"] == f'W/"{digest[:32]}"'
    assert response.headers["Cache-Control"] == "no-cache"


def test_an_unchanged_page_is_not_sent_again(client, essay):
    for path in ["/her/", LENS]:
        tag = tag_of(client, path)
        response = client.get(path, headers={"If-None-Match": tag})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag
        assert "Accept-Encoding" in response.headers["Vary"]
        strong = {"If-None-Match": f'"other", {tag.removeprefix("W/")}'}
        assert client.get(path, headers=strong).status_code == 304
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_malformed_tag_gets_the_page(client, essay):
    for header in ["", "x", '"', 'W/"', "é", ","]:
        assert client.get("/her/", headers={"If-None-Match": header}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/themes/", "/works/her/", "/her/opening/"])
def test_other_pages_have_a_tag_too(client, essay, path):
    tag = tag_of(client, path, **PLAIN)
    response = client.get(path, headers={**PLAIN, "If-None-Match": tag})
    assert response.status_code == 304


# When it changes


def test_a_second_request_gets_the_same_tag(client, essay):
    assert tag_of(client) == tag_of(client)
    revising.bump_counters(essay)
    assert tag_of(client) == tag_of(client)


def test_a_bumped_counter_alone_keeps_the_tag(client, essay):
    before = tag_of(client)
    Essay.objects.bump_counters()
    assert tag_of(client) == before


def test_loading_the_same_files_again_keeps_the_tag(client, essay):
    before = tag_of(client)
    cast.her()
    assert tag_of(client) == before


def edit_a_gloss(essay):
    gloss = essay.glosses.first()
    gloss.source = "Another note."
    gloss.save()
    revising.bump_counters(essay)


def edit_a_passage(essay):
    revising.edit(essay.passages.get(number=1), "Another beginning.")


def cut_a_passage(essay):
    revising.retire(essay.passages.get(number=9))


def rename_a_theme(essay):
    Theme.objects.filter(slug="growth").update(name="Growing")
    revising.bump_counters(themes=[Theme.objects.get(slug="growth")])


def rename_a_work(essay):
    work = essay.works.get()
    work.title = "Elle"
    work.save()
    revising.bump_counters(works=[work])


def recolour(essay):
    Essay.objects.filter(pk=essay.pk).update(colour="#336699")
    revising.bump_counters(essay)


CHANGES = [
    edit_a_gloss,
    edit_a_passage,
    cut_a_passage,
    rename_a_theme,
    rename_a_work,
    recolour,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_visible_change_changes_the_tag(client, essay, change):
    before, lens = tag_of(client), tag_of(client, LENS)
    change(essay)
    assert tag_of(client) != before
    assert tag_of(client, LENS) != lens
    assert client.get("/her/", headers={"If-None-Match": before}).status_code == 200


def test_a_change_of_one_essay_keeps_the_tag_of_another(client, essay):
    cast.second()
    before = tag_of(client, "/salt-ledger/")
    edit_a_passage(essay)
    assert tag_of(client, "/salt-ledger/") == before


def test_renaming_the_site_changes_the_tag(client, essay):
    before = tag_of(client)
    with override_settings(SITE_NAME="Third Viewing"):
        assert tag_of(client) != before
        assert "Third Viewing" in dom.of(client.get("/her/", headers=PLAIN)).one("title").text
    assert tag_of(client) == before


# Content encodings


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("identity;q=1", ""),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR;q=0.5", "br"),
        ("gzip", "gzip"),
        ("gzip;q=0.8, br;q=0", "gzip"),
        ("gzip;q=0.8, br; q=0.000", "gzip"),
        ("gzip;q=0, br;q=0.001", "br"),
        ("deflate, br;q=0", ""),
        ("brotli", ""),
        (";;;,q=0,,", ""),
    ],
)
def test_an_encoding_is_used_only_if_it_is_accepted(client, essay, accepts, coding):
    response = client.get("/her/", headers={"Accept-Encoding": accepts})
    assert response.headers.get("Content-Encoding", "") == coding
    assert "Accept-Encoding" in response.headers["Vary"]


def test_every_encoding_has_the_same_page_and_tag(client, essay):
    plain = client.get("/her/", headers=PLAIN)
    packed = client.get("/her/", headers={"Accept-Encoding": "gzip"})
    brotlied = client.get("/her/", headers={"Accept-Encoding": "br"})
    assert gzip.decompress(packed.content) == plain.content
    assert brotli.decompress(brotlied.content) == plain.content
    assert len({answer.headers["ETag"] for answer in (plain, packed, brotlied)}) == 1
    assert len(brotlied.content) < len(packed.content) < len(plain.content)


def test_the_tag_of_a_page_depends_on_its_body_alone():
    one, same, other = (StoredPage.of(body) for body in (b"<p>One</p>", b"<p>One</p>", b"<p>2</p>"))
    assert one == same
    assert one.etag != other.etag


# The number of queries, and what a stored page may not contain


def test_the_page_takes_eight_queries_and_one_once_it_is_stored(
    client, essay, django_assert_num_queries
):
    for path, stored in {"/her/": 1, LENS: 2}.items():
        clear_caches()
        with django_assert_num_queries(stored + COLD_QUERIES - 1):
            client.get(path)
        with django_assert_num_queries(stored):
            client.get(path)


@pytest.mark.usefixtures("cached_site_identity")
def test_the_page_takes_no_more_queries_with_more_glosses(client, essay, django_assert_num_queries):
    for passage in essay.passages.current():
        for number in range(20):
            gloss = Gloss(essay=essay, key=f"more-{passage.number}-{number}", source="More.")
            revising.attach(gloss, passage, number, number + 5)
            gloss.save()
            gloss.links.create(
                relation="echo", reason="Again.", theme=Theme.objects.get(slug="growth")
            )
    revising.bump_counters(essay)
    with django_assert_num_queries(WARM_QUERIES):
        client.get("/her/")


def test_the_page_holds_nothing_that_is_only_for_one_reader(client, essay):
    for path in ["/her/", LENS, *page_urls.with_cards()[:3]]:
        response = client.get(path)
        html = response.content.decode()
        assert "csrf" not in html
        assert "nonce" not in html
        assert not response.cookies
        assert "nonce" not in response.headers["Content-Security-Policy"]

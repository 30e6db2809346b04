"""An essay's corrections, and where it was first published."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations import revising
from essays.models import Correction, Essay
from tests import cast, dom
from tests.desk_pages import essay_form, fields_of_essay

pytestmark = pytest.mark.django_db
FIRST = "https://www.example.org/films/her?page=1"


@pytest.fixture
def essay():
    return cast.her()


@pytest.fixture
def elsa(client):
    client.force_login(cast.editor())
    return client


def save(elsa, essay, **values):
    url = f"/admin/essays/essay/{essay.pk}/change/"
    return elsa.post(url, essay_form(elsa, essay, **values))


def correct(elsa, essay, words, day="2026-03-28", number=0):
    row = {f"corrections-{number}-source": words, f"corrections-{number}-date": day}
    return save(elsa, essay, **row)


def article(page):
    return json.loads(dom.of(page).one("script[type=application/ld+json]").text)


# It works


def test_a_correction_stands_at_the_end_with_its_day(elsa, essay):
    before = Client().get("/her/").headers["ETag"]
    assert correct(elsa, essay, "The year of *Her* is 2013, not 2014.").status_code == 302
    page = Client().get("/her/")
    assert page.headers["ETag"] != before
    section = dom.of(page).one("section.corrections")
    assert section.one("h2").text == "Corrections"
    assert section.one("time")["datetime"] == "2026-03-28"
    assert section.one("em").text == "Her"
    metadata = article(page)
    assert metadata["dateModified"] == "2026-03-28"
    assert metadata["correction"][0]["text"] == "The year of Her is 2013, not 2014."


def test_the_newest_correction_comes_first_and_dates_the_essay(elsa, essay):
    correct(elsa, essay, "The first.", "2026-01-02")
    correct(elsa, essay, "The second.", "2026-03-04", number=1)
    page = Client().get("/her/")
    days = [time["datetime"] for time in dom.of(page).one("section.corrections").all("time")]
    assert days == ["2026-03-04", "2026-01-02"]
    assert article(page)["dateModified"] == "2026-03-04"


def test_a_correction_can_be_deleted(elsa, essay):
    correct(elsa, essay, "A slip.")
    save(elsa, essay, **{"corrections-0-DELETE": "on"})
    page = Client().get("/her/")
    assert not dom.of(page).all("section.corrections")
    assert "dateModified" not in article(page)
    assert Correction.history.count() == 2


def test_an_essay_without_corrections_needs_no_query_for_them(essay):
    with CaptureQueriesContext(connection) as queries:
        Client().get("/her/")
    assert not any("essays_correction" in query["sql"] for query in queries)


def test_a_text_that_was_first_published_elsewhere_says_so(elsa, essay):
    save(elsa, essay, canonical_url=FIRST)
    page = Client().get("/her/")
    reading = dom.of(page)
    assert reading.one("link[rel=canonical]")["href"] == FIRST
    assert reading.one("meta[property=og:url]")["content"].endswith("/her/")
    link = reading.one("p.first-home").one("a")
    assert (link["href"], link.text) == (FIRST, "example.org")
    assert article(page)["isBasedOn"] == FIRST
    own = dom.of(Client().get("/her/opening/")).one("link[rel=canonical]")["href"]
    assert own.endswith("/her/opening/")
    assert "8000/her/</loc>" not in Client().get("/sitemap.xml").content.decode()


def test_the_rest_of_the_form_is_saved_and_shown(elsa, essay):
    book = essay.works.model.objects.get(slug="the-book")
    values = {"title": "Elle", "authors": "A. Writer", "language": "pt-BR", "colour": "#336699"}
    works = {"essaywork_set-1-work": book.pk, "essaywork_set-1-position": 2}
    assert save(elsa, essay, **values, **works).status_code == 302
    page = dom.of(Client().get("/her/"))
    assert page.one("h1").text == "Elle"
    assert page.one("article.essay")["lang"] == "pt-BR"
    assert "The Book" in page.one("p.kicker").text
    last = Essay.objects.get().history.first()
    assert (last.title, last.history_user.username) == ("Elle", "elsa")


def test_the_veil_can_be_moved_and_removed(elsa, essay):
    fifth = essay.passages.get(number=5)
    save(elsa, essay, veil_after=fifth.pk)
    assert Essay.objects.get().veil_after == fifth
    save(elsa, essay, veil_after="", veil_work="", veil_text="")
    assert not dom.of(Client().get("/her/")).all("details.veil")


def test_a_change_of_typography_renders_every_passage_and_keeps_its_glosses(elsa, essay):
    plain = {passage.key: passage.text for passage in essay.passages.current()}
    assert save(elsa, essay, smart="on").status_code == 302
    typeset = {passage.key: passage.text for passage in essay.passages.current()}
    assert any("'" in text for text in plain.values())
    assert not any("'" in text for text in typeset.values())
    states = set(essay.glosses.values_list("state", flat=True))
    assert "orphaned" not in states
    for gloss in essay.glosses.filter(start__isnull=False):
        assert gloss.passage.text[gloss.start : gloss.end] == gloss.words


# A stranger


def test_only_editors_save_the_form(client, essay):
    for user in (cast.reader(), cast.moderator()):
        client.force_login(user)
        response = client.post(f"/admin/essays/essay/{essay.pk}/change/", {"title": "Mine"})
        assert response.status_code in (302, 403)
    assert Essay.objects.get().title == essay.title


# Bad input


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"language": "english"}, "Give the language by its code"),
        ({"colour": "red"}, "Give the colour as # and six digits"),
        ({"canonical_url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"canonical_url": "ftp://example.org/x"}, "Enter a valid URL"),
        ({"veil_work": ""}, "Say which film, book or series the veil is for."),
        ({"veil_after": ""}, "Say after which passage the veil stands."),
        ({"title": ""}, "This field is required."),
        (
            {"corrections-0-source": "One.\n\nTwo.", "corrections-0-date": "2026-01-01"},
            "empty lines",
        ),
        ({"corrections-0-source": "One.", "corrections-0-date": "soon"}, "Enter a valid date."),
    ],
)
def test_an_invalid_value_is_refused_and_stays_in_the_form(elsa, essay, values, message):
    response = save(elsa, essay, dek="Typed already", **values)
    assert response.status_code == 200
    page = dom.of(response)
    assert message in page.text
    assert page.one("input[name=dek]")["value"] == "Typed already"
    assert Essay.objects.get().dek != "Typed already"
    assert not Correction.objects.exists()


def test_unsafe_markup_is_removed(elsa, essay):
    correct(elsa, essay, '<script>x</script><b onclick="x">b</b> [a](javascript:x) </script>')
    page = Client().get("/her/")
    section = dom.of(page).one("section.corrections")
    assert not section.all("script")
    assert not section.all("a")
    assert not any("onclick" in one.attributes for one in section.elements())
    assert len(dom.of(page).all("script[type=application/ld+json]")) == 1


def test_an_outdated_form_does_not_move_the_veil_back(elsa, essay):
    stale = essay_form(elsa, essay, dek="Another dek.")
    revising.move(essay.passages.get(number=3), 10)
    edge = Essay.objects.get().veil_after
    assert edge.number == 2
    refused = elsa.post(f"/admin/essays/essay/{essay.pk}/change/", stale)
    assert refused.status_code == 409
    again = elsa.post(f"/admin/essays/essay/{essay.pk}/change/", fields_of_essay(refused))
    assert again.status_code == 302
    now = Essay.objects.get()
    assert (now.dek, now.veil_after) == ("Another dek.", edge)

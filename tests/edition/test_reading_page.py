import json

import pytest
from django.test import Client

from essays.models import Essay
from tests import cast, dom, page_urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def essay():
    return cast.her()


@pytest.fixture
def reading(client, essay):
    return dom.of(client.get("/her/"))


def content(reading, **attribute):
    [[name, value]] = attribute.items()
    return reading.one(f"meta[{name}={value}]")["content"]


def test_the_page_has_the_plain_text_of_every_passage_in_order(reading, essay):
    texts = [element.text_content for element in reading.all("[data-text]")]
    assert texts == [passage.text for passage in essay.passages.current()]
    assert len(texts) == 15


def test_text_with_inline_markup_is_shown_exactly(client):
    essay = cast.second()
    texts = [
        element.text_content for element in dom.of(client.get("/salt-ledger/")).all("[data-text]")
    ]
    assert texts == [passage.text for passage in essay.passages.current()]


def test_each_passage_has_its_key_and_number(reading, essay):
    sections = reading.all("section.passage")
    current = list(essay.passages.current())
    assert [section["id"] for section in sections] == [passage.key for passage in current]
    for section, passage in zip(sections, current, strict=True):
        number = section.one("a.number")
        assert number["href"] == f"#{passage.key}"
        assert number.text == f"Passage {passage.number}, link to here"


def test_no_two_elements_share_an_id(reading):
    ids = [element["id"] for element in reading.elements() if "id" in element.attributes]
    assert len(ids) == len(set(ids))


def test_the_line_and_the_excerpt_are_figures_with_their_sources(reading, essay):
    texts = [passage.text for passage in essay.passages.filter(number__in=[6, 14])]
    figures = reading.all("figure")
    assert [figure.one("blockquote").text for figure in figures] == texts
    captions = [figure.one("figcaption").text for figure in figures]
    assert captions[0].strip() == "Samantha, in Her"
    assert captions[1].startswith("Alan Watts, The Book: On the Taboo")
    assert captions[1].strip().endswith("(1966)")


def test_a_quotation_that_is_part_of_a_passage_gives_it_no_caption(reading):
    assert not reading.one("section[id=fresh]").all("figcaption")


def test_a_quotation_is_in_one_run_with_its_introduction(reading):
    runs = [[one["id"] for one in run.all(".passage")] for run in reading.all("section.run")]
    joined = [run for run in runs if len(run) > 1]
    assert joined == [["beginnings", "a-story"], ["where-to", "excerpt"]]


def test_every_gloss_is_in_the_margin_of_its_passage(reading, essay):
    margins = {aside["data-margin"]: aside for aside in reading.all("aside.margin")}
    assert list(margins) == [passage.key for passage in essay.passages.current()]
    for gloss in essay.glosses.select_related("passage"):
        item = margins[gloss.passage.key].one(f"div[id=gloss-{gloss.pk}]")
        assert item.text.strip().endswith(dom.parse(gloss.html).text.strip())


def test_the_title_field_describes_the_essay(reading):
    field = reading.one("header.title-field")
    assert field.one("h1").text == "“Her” Is Not About the Future"
    assert field.one("p.dek").text == "My thoughts (with spoilers) on the Spike Jonze film"
    assert field.one("p.kicker").text == "On Her (2013), written and directed by Spike Jonze"
    assert "15 passages" in field.text
    assert "8 themes" in field.text


def test_metadata_have_absolute_addresses(reading):
    assert reading.one("title").text == "“Her” Is Not About the Future · Second Viewing"
    assert reading.one("link[rel=canonical]")["href"] == "http://localhost:8000/her/"
    assert content(reading, property="og:url") == "http://localhost:8000/her/"
    assert content(reading, property="og:title") == "“Her” Is Not About the Future"
    assert content(reading, name="description") == content(reading, property="og:description")
    image = content(reading, property="og:image")
    assert image.startswith("http://localhost:8000/her/preview-")
    assert Client().get(image.removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Second Viewing"),
        ("/her/where-to/", "Passage 13 in “Her” Is Not About the Future"),
        ("/her/themes/growth/", "Learning to grow in “Her” Is Not About the Future"),
        ("/themes/", "Themes"),
        ("/themes/growth/", "Learning to grow"),
        ("/works/her/", "Her"),
    ],
)
def test_every_page_has_metadata_of_its_own(client, essay, path, title):
    reading = dom.of(client.get(path))
    assert content(reading, property="og:title") == title
    assert content(reading, property="og:site_name") == "Second Viewing"
    here = f"http://localhost:8000{path}"
    assert content(reading, property="og:url") == here
    assert reading.one("link[rel=canonical]")["href"] == here
    if path.startswith("/her/"):
        assert "/her/preview-" in content(reading, property="og:image")


def test_the_structured_data_describe_an_article(reading):
    metadata = json.loads(reading.one("script[type=application/ld+json]").text)
    assert metadata["@type"] == "Article"
    assert metadata["headline"] == "“Her” Is Not About the Future"
    assert metadata["url"] == "http://localhost:8000/her/"
    assert [work["name"] for work in metadata["about"]] == ["Her"]
    assert metadata["about"][0]["@type"] == "Movie"
    assert "author" not in metadata


def test_author_date_and_licence_are_in_the_structured_data(client):
    cast.second()
    reading = dom.of(client.get("/salt-ledger/"))
    metadata = json.loads(reading.one("script[type=application/ld+json]").text)
    assert metadata["author"]["name"] == "Ines Aldow"
    assert metadata["datePublished"] == "2019-05-02"
    assert metadata["license"] == "CC BY 4.0"
    assert "Ines Aldow" in reading.one("header.title-field").text


def test_a_title_that_looks_like_markup_ends_no_script(client, essay):
    Essay.objects.update(title="</script><b>&amp; so on")
    reading = dom.of(client.get("/her/"))
    assert json.loads(reading.one("script[type=application/ld+json]").text)["headline"] == (
        "</script><b>&amp; so on"
    )
    assert reading.one("h1").text == "</script><b>&amp; so on"


def test_an_essay_without_a_dek_a_work_or_a_gloss_is_served(client, essay):
    essay.glosses.all().delete()
    essay.essaywork_set.all().delete()
    Essay.objects.update(dek="", veil_after=None, veil_work=None)
    reading = dom.of(client.get("/her/"))
    assert len(reading.all("[data-text]")) == 15
    assert not reading.all("p.kicker")
    assert not reading.all("details.score")
    assert not reading.all("meta[name=description]")


# With htmx, with HEAD, with more


@pytest.mark.parametrize("headers", [page_urls.CARD, page_urls.WHOLE_BY_HTMX])
def test_htmx_gets_the_whole_page_as_it_has_no_card(client, essay, headers):
    plain = client.get("/her/")
    assert client.get("/her/", headers=headers).content == plain.content
    assert set(plain.headers["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}


def test_head_has_the_headers_of_get(client, essay):
    got, head = client.get("/her/"), client.head("/her/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]


def test_unknown_parameters_are_ignored(client, essay):
    plain = client.get("/her/")
    assert client.get("/her/?utm=x&page=-1&q=%00&veil=open").content == plain.content


def test_a_reader_with_an_account_reads_the_same_page(client, essay):
    plain = dom.flat(client.get("/her/").text)
    client.force_login(cast.reader())
    # Drafts that a browser keeps are theirs alone, so the page says whose it is.
    response = client.get("/her/")
    own = f' data-person="{dom.of(response).one("body")["data-person"]}"'
    signed_in = dom.flat(response.text)
    assert signed_in.count(own) == 1
    assert signed_in.replace(own, "") == plain


# What is not there, and what cannot be done


def test_a_draft_is_not_there(client):
    cast.her(draft=True)
    assert client.get("/her/").status_code == 404


@pytest.mark.parametrize(
    "slug", ["hers", "HER", "her%20", "h" * 3000, "-", "%F0%9F%8E%AC", "her%00"]
)
def test_an_unknown_essay_is_not_there(client, essay, slug):
    assert client.get(f"/{slug}/").status_code == 404


def test_an_address_without_a_final_slash_redirects(client, essay):
    response = client.get("/her?a=b")
    assert (response.status_code, response.url) == (301, "/her/?a=b")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PATCH", "OPTIONS"])
def test_the_page_refuses_other_methods(essay, method):
    assert Client(enforce_csrf_checks=True).generic(method, "/her/").status_code == 405

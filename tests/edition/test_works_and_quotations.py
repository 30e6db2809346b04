import pytest
from django.test import Client

from annotations import revising
from annotations.models import Quotation
from essays.models import Work
from tests import cast, dom, page_urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def essay():
    return cast.her()


def quotation(slug):
    return Quotation.objects.get(slug=slug)


def hrefs(element):
    return [a["href"] for a in element.all("a")]


def test_the_page_of_a_quotation_says_who_speaks_and_where(client, essay):
    watts = quotation("watts-on-the-universe")
    reading = dom.of(client.get(watts.get_absolute_url()))
    assert reading.one("h1").text == "Alan Watts"
    assert reading.one("blockquote").text.strip() == watts.text
    caption = reading.one("figcaption").text
    assert caption.startswith("Alan Watts, The Book: On the Taboo")
    assert caption.endswith("(1966)")
    assert "/her/#excerpt" in hrefs(reading)
    assert "/works/the-book/" in hrefs(reading)


def test_a_quotation_names_every_place_that_cites_it(client, essay):
    costanza = quotation("costanza-on-going-in")
    reading = dom.of(client.get(costanza.get_absolute_url()))
    cited = [href for threads in reading.all("div.threads") for href in hrefs(threads)]
    assert "/her/#fresh" in cited
    assert essay.get_absolute_url() in cited


def test_the_title_of_a_quotation_does_not_quote_it(client, essay):
    for one in Quotation.objects.all():
        reading = dom.of(client.get(one.get_absolute_url()))
        about = reading.one("title").text + reading.one("meta[name=description]")["content"]
        assert one.text[:20] not in about
        assert one.work.title in about


def test_a_quotation_whose_passage_was_cut_still_has_its_page(client, essay):
    watts = quotation("watts-on-the-universe")
    revising.retire(watts.passage)
    response = client.get(watts.get_absolute_url())
    assert response.status_code == 200
    assert "None" not in dom.of(response).text


def test_the_page_of_a_work_lists_essays_quotations_and_places(client, essay):
    reading = dom.of(client.get("/works/seinfeld/"))
    assert reading.one("h1").text == "Seinfeld"
    assert reading.one("p.dek").text == "1989, created by Larry David and Jerry Seinfeld"
    assert quotation("costanza-on-going-in").get_absolute_url() in hrefs(reading.one("main"))
    assert "Essays on it" not in reading.text
    her = dom.of(client.get("/works/her/"))
    assert "Essays on it" in her.text
    assert "/her/" in hrefs(her.one("main"))


def test_a_quotation_that_no_passage_prints_is_listed_where_it_is_cited(client, essay):
    work = Work.objects.get(slug="the-book")
    unprinted = Quotation.objects.create(slug="unprinted", text="Words of no passage.", work=work)
    assert client.get(unprinted.get_absolute_url()).status_code == 404
    assert "Words of no passage" not in client.get("/works/the-book/").content.decode()
    essay.glosses.first().links.create(relation="echo", reason="Compare.", quotation=unprinted)
    assert "Words of no passage" in dom.of(client.get(unprinted.get_absolute_url())).text
    for headers in ({}, page_urls.CARD):
        assert "Words of no passage" in dom.of(client.get("/works/the-book/", headers=headers)).text


def test_an_unused_work_is_not_found(client, essay):
    Work.objects.create(slug="unseen", title="Unseen")
    assert client.get("/works/unseen/").status_code == 404


def test_a_work_without_a_year_or_a_maker_has_a_page(client, essay):
    Work.objects.filter(slug="seinfeld").update(year=None, creator="", credit="")
    reading = dom.of(client.get("/works/seinfeld/"))
    assert "None" not in reading.text
    assert reading.one("title").text == "Seinfeld · Second Viewing"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
def test_works_quotations_and_glosses_refuse_other_methods(essay, method):
    strict = Client(enforce_csrf_checks=True)
    objects = [Work.objects.first(), Quotation.objects.first(), essay.glosses.first()]
    for one in objects:
        assert strict.generic(method, one.get_absolute_url()).status_code == 405


@pytest.mark.usefixtures("cached_site_identity")
def test_more_citations_take_no_more_queries(client, essay, django_assert_num_queries):
    costanza = quotation("costanza-on-going-in")
    work = costanza.work
    costs = {costanza.get_absolute_url(): 2, work.get_absolute_url(): 4}
    for path, number in costs.items():
        with django_assert_num_queries(number):
            client.get(path)
    for number in range(20):
        passage = essay.passages.get(number=number % 15 + 1)
        more = Quotation.objects.create(
            slug=f"more-{number}", text=passage.text[:9], work=work, passage=passage
        )
        more.links.create(gloss=essay.glosses.first(), relation="echo", reason="Again.")
        for target in ({"quotation": costanza}, {"work": work}):
            gloss = essay.glosses.all()[number]
            gloss.links.create(relation="echo", reason="Again.", **target)
    for path, number in costs.items():
        with django_assert_num_queries(number):
            client.get(path)


def test_the_page_of_a_gloss_says_the_same_as_its_card(client, essay):
    for gloss in essay.glosses.all()[:6]:
        path = gloss.get_absolute_url()
        page, card = (dom.of(client.get(path, headers=h)) for h in ({}, page_urls.CARD))
        reasons = [p.text for p in card.all("p.reason")]
        assert [p.text for p in page.all("p.reason")] == reasons
        assert len(reasons) == gloss.links.count()
        assert page.one("title").text.startswith(f"A gloss on passage {gloss.passage.number} of ")

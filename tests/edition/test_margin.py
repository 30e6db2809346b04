"""The marks and margins of the reading page."""

import pytest

from annotations import revising
from annotations.models import Gloss, Theme
from tests import cast, dom

pytestmark = pytest.mark.django_db


@pytest.fixture
def essay():
    return cast.her()


def add_gloss(essay, key, passage, words, source="A note."):
    start = passage.text.index(words) if words else 0
    gloss = Gloss(essay=essay, key=key, source=source)
    revising.attach(gloss, passage, start, start + len(words))
    gloss.save()
    revising.bump_counters(essay)
    return gloss


def section_of(client, key):
    return dom.of(client.get("/her/")).one(f"section[id={key}]")


def test_every_phrase_with_a_gloss_is_one_link_to_it(client, essay):
    reading = dom.of(client.get("/her/"))
    links = [a["href"] for text in reading.all("[data-text]") for a in text.all("a.gloss")]
    phrases = [gloss for gloss in essay.glosses.all() if not gloss.is_whole_passage]
    assert sorted(links) == sorted(gloss.get_absolute_url() for gloss in phrases)


def test_a_gloss_begins_with_the_words_that_it_is_about(client, essay):
    reading = dom.of(client.get("/her/"))
    for gloss in essay.glosses.all():
        lemma = reading.one(f"[id=gloss-{gloss.pk}]").one("b").text.rstrip("…")
        assert " ".join(gloss.words.split()).startswith(lemma) or lemma == "The passage"
        assert gloss.is_whole_passage == (lemma == "The passage")


def test_a_gloss_on_the_whole_passage_is_opened_from_the_margin(client, essay):
    whole = next(gloss for gloss in essay.glosses.all() if gloss.is_whole_passage)
    item = dom.of(client.get("/her/")).one(f"[id=gloss-{whole.pk}]")
    assert item.one("b").one("a")["href"] == whole.get_absolute_url()


def test_a_link_says_whether_it_leads_to_themes_or_nowhere(client, essay):
    passage = essay.passages.get(number=2)
    nowhere = add_gloss(essay, "nowhere", passage, "please")
    themed = add_gloss(essay, "themed", passage, "preconceived notions")
    themed.links.create(relation="echo", reason="x", theme=Theme.objects.first())
    cited = add_gloss(essay, "cited", passage, "good film")
    cited.links.create(relation="echo", reason="x", work=essay.works.get())
    links = {a["href"]: a.classes for a in section_of(client, "unseen").all("a.gloss")}
    assert links[nowhere.get_absolute_url()] == {"gloss", "plain"}
    assert links[themed.get_absolute_url()] == {"gloss", "theme"}
    assert links[cited.get_absolute_url()] == {"gloss"}


def test_overlapping_glosses_have_one_link_each_and_change_no_word(client, essay):
    passage = essay.passages.get(number=2)
    one = add_gloss(essay, "one", passage, "please don’t read any further")
    two = add_gloss(essay, "two", passage, "any further. Like any good film")
    section = section_of(client, "unseen")
    assert section.one("[data-text]").text_content == passage.text
    links = {a["href"]: a for a in section.all("a.gloss")}
    assert set(links) == {one.get_absolute_url(), two.get_absolute_url()}
    assert all(not a.all("a") for a in links.values())
    marked = [e for e in section.elements() if "data-marks" in e.attributes]
    marked_words = {str(one.pk): "", str(two.pk): ""}
    for element in marked:
        for pk in element["data-marks"].split():
            marked_words[pk] += element.text_content
    assert marked_words == {str(one.pk): one.words, str(two.pk): two.words}


def test_a_gloss_whose_words_are_gone_is_not_shown(client, essay):
    gloss = essay.glosses.get(key="oscars")
    revising.edit(gloss.passage, "Something else was said here, about nothing of the kind.")
    html = client.get("/her/").content.decode()
    assert f'id="gloss-{gloss.pk}"' not in html
    assert gloss.get_absolute_url() not in html


def test_markup_in_a_gloss_is_cleaned(client, essay):
    passage = essay.passages.get(number=2)
    source = "*Yes* <script>alert(1)</script> <b onclick='x'>no</b> [x](javascript:alert(1))"
    gloss = add_gloss(essay, "unsafe", passage, "please", source)
    item = dom.of(client.get("/her/")).one(f"[id=gloss-{gloss.pk}]")
    assert item.one("em").text == "Yes"
    assert not item.all("script")
    assert not [e for e in item.elements() if "onclick" in e.attributes]
    assert not [a for a in item.all("a") if "javascript" in a.attributes.get("href", "")]


def test_the_margin_names_the_themes_of_its_passage_once_each(client, essay):
    reading = dom.of(client.get("/her/"))
    for passage in essay.passages.current():
        margin = reading.one(f"aside[data-margin={passage.key}]")
        named = [a["href"].split("/")[-2] for p in margin.all("p.theme-names") for a in p.all("a")]
        links = [
            link for gloss in essay.glosses.filter(passage=passage) for link in gloss.links.all()
        ]
        themes = list(dict.fromkeys(link.theme.slug for link in links if link.theme))
        assert named == themes
        assert reading.one(f"section[id={passage.key}]")["data-themes"].split() == themes

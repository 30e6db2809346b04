"""No page reveals what is behind a closed veil (product law 8)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client

from annotations import revising
from annotations.models import Gloss, Theme
from essays.models import Essay, Passage, Work
from tests import cast, dom, page_urls

pytestmark = pytest.mark.django_db

# A sequence of this many words reveals something; shorter ones may occur by chance.
LENGTH = 4


def runs_of_words(*texts):
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        yield from (" ".join(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1))


def texts_of_glosses(glosses):
    for gloss in glosses:
        yield dom.parse(gloss.html).text
        yield from (link.reason for link in gloss.links.all())


def free_texts():
    """The texts that no veil hides: titles, themes, works and the search page."""
    for essay in Essay.objects.all():
        yield from (essay.title, essay.dek)
    for theme in Theme.objects.all():
        yield from (theme.name, theme.definition)
    for work in Work.objects.all():
        yield from (work.title, work.byline)
    yield dom.of(Client().get("/search/")).text


def texts_of(passages):
    glosses = Gloss.objects.filter(passage__in=passages).prefetch_related("links")
    return [*(passage.text for passage in passages), *texts_of_glosses(glosses)]


def secrets_of(essay):
    """The word sequences that only veiled passages contain."""
    free = Passage.objects.filter(number__lte=F("essay__veil_after__number"))
    hidden = essay.passages.exclude(pk__in=free)
    return {*runs_of_words(*texts_of(hidden))} - {*runs_of_words(*texts_of(free), *free_texts())}


def revealed_words(page, secrets):
    return sorted(secrets & set(runs_of_words(dom.unveiled(page))))


SEARCHES = [
    f"/search/?q={words}"
    for words in ["universe", "interesting", "loss", "ledger", "lamp", "solvent"]
]


def every_answer(client):
    for path in [*page_urls.pages_only(), *page_urls.with_cards(), *SEARCHES]:
        yield path, dom.of(client.get(path))
    for path in page_urls.with_cards():
        yield f"the card of {path}", dom.of(client.get(path, headers=page_urls.CARD))


@pytest.fixture
def both():
    return cast.her(), cast.second()


@pytest.mark.one_database
def test_no_page_and_no_card_reveals_what_is_behind_a_veil(client, both):
    secrets = set().union(*map(secrets_of, both))
    assert len(secrets) > 1000
    revealed = {path: revealed_words(page, secrets) for path, page in every_answer(client)}
    assert {path: words for path, words in revealed.items() if words} == {}


def test_veiled_text_is_in_the_page(client, both):
    for essay in both:
        page = dom.of(client.get(essay.get_absolute_url()))
        assert secrets_of(essay) & set(runs_of_words(page.text))


def test_an_essay_without_a_veil_shows_everything(client, both):
    her, _ = both
    secrets = secrets_of(her)
    Essay.objects.filter(pk=her.pk).update(veil_after=None, veil_work=None)
    revising.bump_counters(her)
    page = dom.of(client.get("/her/"))
    assert not page.all(".veil")
    assert not page.all(".veiled")
    assert len(page.all("[data-text]")) == 15
    assert len(revealed_words(page, secrets)) > 500


def test_the_veil_names_its_film_and_explains_itself(client, both):
    veil = dom.of(client.get("/her/")).one("div[id=text]").one(".veil")
    assert veil.one("p.veil-text").text.startswith("From here on the essay gives away")
    assert veil.one("summary").text.startswith("Read anyway")
    details = veil.one("details")
    assert details["data-work"] == "her"
    assert "open" not in details.attributes
    assert [child.name for child in details.elements() if child.parent is details] == ["summary"]
    assert details.text == details.one("summary").text


def test_veiled_passages_are_siblings_of_the_veil_and_not_hidden_by_attributes(client, both):
    page = dom.of(client.get("/her/"))
    text = page.one("div[id=text]")
    siblings = [child for child in text.children if isinstance(child, dom.Element)]
    kinds = ["veil" if "veil" in one.classes else sorted(one.classes) for one in siblings]
    assert kinds == [["run"]] * 3 + ["veil"] + [["run", "veiled"]] * 10
    assert not text.all("[hidden]")
    assert not text.all("[aria-hidden]")


def test_the_stylesheet_has_the_rules_that_these_tests_assume():
    sheet = (Path(settings.BASE_DIR) / "static/css/reading/veil.css").read_text()
    rules = " ".join(re.sub(r"/\*.*?\*/", "", sheet.split("\n}\n", 1)[1], flags=re.DOTALL).split())
    assert rules.startswith(
        ".veil:has(details:not([open])) ~ .veiled:not(.run), "
        ".veil:has(details:not([open])) ~ .run.veiled > .passage > *, "
        ".veil:has(details:not([open])) ~ .run.veiled > .margin { display: none; }"
    )


def test_revealed_words_are_those_that_no_closed_veil_covers(both):
    veil = "<section class='veil'><details><summary>Read anyway</summary></details></section>"
    open_veil = veil.replace("<details>", "<details open>")
    secrets = {"the ending is sad"}
    text = "The ending is sad"
    for html in [
        f"<p>{text}</p>",
        f"<p class='veiled'>{text}</p>{veil}",
        f"<div>{veil}</div><p class='veiled'>{text}</p>",
        f"{open_veil}<p class='veiled'>{text}</p>",
        f"{veil}<p>{text}</p>",
        f"{veil}<div class='run veiled'><section class='passage' title='{text}'></section></div>",
        f"<img alt='{text}'>",
    ]:
        assert revealed_words(dom.parse(html), secrets), html
    for veiled_html in [
        f"{veil}<p class='veiled'>{text}</p>",
        f"{veil}<p>Free</p><div class='veiled'><p><b>{text}</b></p></div>",
        f"{veil}<div class='run veiled'><section class='passage'><p>{text}</p></section></div>",
    ]:
        assert not revealed_words(dom.parse(veiled_html), secrets), veiled_html


# Glosses before the veil that lead behind it, and from one essay into another


def link(gloss, **target):
    return gloss.links.create(relation="echo", reason="See there.", position=9, **target)


def test_a_free_gloss_that_links_behind_the_veil_has_a_veil_in_its_card(client, both):
    her, _ = both
    gloss = her.glosses.get(key="going-in-fresh")
    behind = her.passages.get(number=14)
    link(gloss, passage=behind, phrase="isolated “egos” inside bags of skin")
    link(gloss, quotation=behind.quotations.get())
    link(gloss, passage=her.passages.get(number=15))
    secrets = secrets_of(her)
    for headers in ({}, page_urls.CARD):
        card = dom.of(client.get(gloss.get_absolute_url(), headers=headers))
        assert len(card.all(".veil")) >= 3
        assert revealed_words(card, secrets) == []
        assert "inside bags of skin" in card.text


def test_opening_the_veil_of_one_essay_does_not_lift_that_of_another(client, both):
    her, other = both
    theme = other.glosses.filter(links__theme__isnull=False).last().links.first().theme
    gloss = her.glosses.filter(passage__number=15).first()
    link(gloss, theme=theme)
    card = dom.of(client.get(gloss.get_absolute_url(), headers=page_urls.CARD))
    for details in card.all("details[data-work=her]"):
        details.attributes["open"] = ""
    assert revealed_words(card, secrets_of(her))
    assert revealed_words(card, secrets_of(other)) == []


def test_a_card_behind_the_veil_has_only_one_veil(client, both):
    her, _ = both
    gloss = her.glosses.filter(passage__number=15, links__theme__isnull=False).first()
    card = dom.of(client.get(gloss.get_absolute_url(), headers=page_urls.CARD))
    assert len(card.all(".veil")) == 1


# When the text changes


def test_the_veil_hides_everything_if_the_passage_before_it_is_gone(client, both):
    her, _ = both
    Passage.objects.filter(pk=her.veil_after_id).update(number=None)
    her.refresh_from_db()
    revising.bump_counters(her)
    secrets = {*runs_of_words(*(passage.text for passage in her.passages.current()))}
    page = dom.of(client.get("/her/"))
    assert revealed_words(page, secrets - {*runs_of_words(*free_texts())}) == []
    assert len(page.all("[data-text]")) == 14


def test_cutting_the_passage_before_the_veil_moves_the_veil_up(client, both):
    her, _ = both
    secrets = secrets_of(her)
    revising.retire(her.passages.get(number=3))
    text = dom.of(client.get("/her/")).one("div[id=text]")
    assert [
        len(run.all("section.passage"))
        for run in text.all("section.run")
        if "veiled" not in run.classes
    ]
    assert revealed_words(text, secrets) == []


def test_a_passage_that_was_cut_stays_behind_the_veil(client, both):
    her, _ = both
    passage = her.passages.get(number=11)
    secrets = secrets_of(her)
    revising.retire(passage)
    for path in [passage.get_absolute_url(), "/her/", f"{passage.get_absolute_url()}?a=b"]:
        assert revealed_words(dom.of(client.get(path)), secrets) == []

"""Browsers' reader modes show the whole essay, without veils."""

import pytest

from annotations import revising
from annotations.models import Gloss
from tests import cast, reader_mode

pytestmark = pytest.mark.django_db


def words(text):
    return " ".join(text.split())


def test_a_reader_mode_shows_all_fifteen_passages_and_both_sources(client):
    essay = cast.her()
    article = reader_mode.readable(client.get("/her/").content.decode())
    text = words(article["text"])
    assert article["title"].startswith("“Her” Is Not About the Future")
    places = [text.find(words(passage.text)) for passage in essay.passages.current()]
    assert len(places) == 15
    assert -1 not in places
    assert places == sorted(places)
    assert "Samantha, in Her" in text
    assert "Alan Watts, The Book: On the Taboo Against Knowing Who You Are (1966)" in text


def test_a_reader_mode_shows_an_essay_with_a_heading_and_an_epigraph(client):
    essay = cast.second()
    article = reader_mode.readable(client.get("/salt-ledger/").content.decode())
    text = words(article["text"])
    for passage in essay.passages.current():
        assert words(passage.text) in text, passage
    assert "Marit, in The Salt Ledger, in the boathouse" in text


def test_a_page_that_is_no_article_is_none():
    assert reader_mode.readable("<!doctype html><title>x</title><p>Short") is None


def test_a_reader_mode_keeps_passages_of_which_every_word_is_glossed(client):
    essay = cast.her()
    for passage in essay.passages.current():
        gloss = Gloss(essay=essay, key=f"all-{passage.number}", source="On all of it.")
        revising.attach(gloss, passage, 0, len(passage.text))
        gloss.save()
    essay.glosses.exclude(source="On all of it.").delete()
    revising.bump_counters(essay)
    article = reader_mode.readable(client.get("/her/").content.decode())
    text = words(article["text"])
    assert [p.number for p in essay.passages.current() if words(p.text) not in text] == []

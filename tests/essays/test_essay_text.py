"""The shipped essay: digests of its fifteen passages, and rules for its annotations."""

import hashlib
import re
from itertools import chain

import pytest

from annotations.models import GlossLink, Theme
from tests import cast

pytestmark = pytest.mark.django_db

SHA_256 = [
    "6676f7de73bc13bec74cedffb49acfd61450b06618f6201ae1cd0a1e4481ddae",
    "b465e8f09cfc4ba11af23d3aff6411daf084667aede1cc4e048f9a85ae85a1f2",
    "15125e11777bfa5c689c05ac2fe09cf08e77961e48f56e0ddd890d42530ea4d6",
    "7d2a1b600d46394b3169fb06cffd35e816d973ca23ea36f0e02d44bede029b1d",
    "52418245f322f72a29b56dfff00017e7b77dfdab3de79af5050285f5d8628c01",
    "910b70a9b999fb40a56683687329f593fe46b74730f8e7bb00eee9c076aca0b0",
    "26b77273c87cc751c56b46d7be37d98f3957d62c6eed730ef5ae76a2b2f665cd",
    "8db09eff6d44c05b0763bb2b3f675481e881b47d5a083928abe6b742671d72a5",
    "7615bf8109091689adc441758366611c41859df429b52ac2806706a9932c9424",
    "997da2ff8d8f01285d09734b052c08a9f8c785e0aa611ed84f681520f8838c75",
    "e8f195d3ab9372220a17e77bb1950f6bf038cfd894e16e460d086754646f60d6",
    "8d5f1e7824349a807450acee47cb73db7f12e341897ac773ec66014118d44c72",
    "45dfa3ad9a33be8561c7323bd9aa2110ffe3e17f9aa1a8ab9e8a58e3fd102e2c",
    "f34d68e53ee17817f855205f14ce63719e580dd367f417829b072b46706865ec",
    "ad9b9edd80a925c3ba02600cf781d8307e45baee9c429f176ca6a7bc134832d0",
]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_fifteen_passages_are_the_owners_text_to_the_character():
    essay = cast.her()
    assert [digest(passage.text) for passage in essay.passages.current()] == SHA_256
    assert [passage.number for passage in essay.passages.current()] == list(range(1, 16))


def test_title_and_dek_are_the_owners_with_typeset_quotes():
    essay = cast.her()
    assert essay.title == "“Her” Is Not About the Future"
    assert essay.dek == "My thoughts (with spoilers) on the Spike Jonze film"
    assert essay.authors == ""


def test_the_film_line_and_the_excerpt_are_quotations_of_whole_passages():
    essay = cast.her()
    kinds = {passage.kind: passage for passage in essay.passages.exclude(kind="prose")}
    assert set(kinds) == {"film-line", "book-excerpt"}
    assert [kinds["film-line"].number, kinds["book-excerpt"].number] == [6, 14]
    for passage in kinds.values():
        assert [quotation.text for quotation in passage.quotations.all()] == [passage.text]


def test_the_passages_that_lead_into_a_quotation_run_on():
    essay = cast.her()
    running_on = essay.passages.filter(runs_on=True).values_list("number", flat=True)
    assert list(running_on) == [5, 13]


def test_the_veil_stands_after_the_third_passage():
    essay = cast.her()
    assert essay.veil_after.number == 3
    assert essay.veil_work.title == "Her"


def test_every_passage_has_a_gloss_and_every_one_behind_the_veil_a_theme():
    essay = cast.her()
    for passage in essay.passages.current():
        glosses = essay.glosses.filter(passage=passage)
        assert glosses.exists(), passage
        if passage.number > 3:
            assert glosses.filter(links__theme__isnull=False).exists(), passage


def test_every_gloss_stands_on_the_words_that_its_file_names():
    essay = cast.her()
    for gloss in essay.glosses.select_related("passage"):
        assert gloss.state == "kept"
        assert gloss.words == gloss.exact


def test_the_margin_quotes_nothing_that_the_essay_does_not_say():
    essay = cast.her()
    essay_text = "\n".join(passage.text for passage in essay.passages.current()).lower()
    reasons = GlossLink.objects.values_list("reason", flat=True)
    margin = chain(essay.glosses.values_list("source", flat=True), reasons)
    quoted = [words for text in margin for words in re.findall("“([^”]+)”", text)]
    assert len(quoted) > 20
    assert [words for words in quoted if words.lower() not in essay_text] == []


def test_the_margin_has_a_readable_size():
    essay = cast.her()
    assert 20 <= essay.glosses.count() <= 35
    assert 6 <= Theme.objects.count() <= 9
    assert all(len(gloss.source.split()) <= 40 for gloss in essay.glosses.all())


@pytest.mark.parametrize(
    ("words", "relation", "number", "answer"),
    [
        ("We do not “come into” this world", "contrast", 8, "we come into this world with"),
        ("isolated “egos” inside bags of skin", "echo", 13, "illusions of the individual self"),
        ("a unique action of the total universe", "echo", 13, "already a part of everything"),
    ],
)
def test_the_excerpt_is_tied_to_the_phrases_that_it_answers(words, relation, number, answer):
    essay = cast.her()
    ties = {14: (words, number, answer), number: (answer, 14, words)}
    for stands_in, (phrase, leads_to, target) in ties.items():
        glosses = essay.glosses.filter(passage__number=stands_in, exact__contains=phrase)
        links = GlossLink.objects.filter(gloss__in=glosses, passage__number=leads_to)
        [link] = links.filter(phrase__contains=target)
        assert link.relation == relation
        assert link.reason

"""Edits that are hard to follow: words that come and go, look alike, or are written otherwise."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotations.anchoring import AnchorRecord, AnchorState, Quote, Span, describe, remap
from bench import hard_edits
from bench.rewriting import carried, verdict
from tests.annotations.made_essays import anchored, essays, is_placed, sentences


@pytest.mark.parametrize("kind", hard_edits.KINDS)
def test_every_quote_is_found_after_a_hard_edit(kind):
    made = list(hard_edits.cases(kind, times=12))
    answers = [verdict(carried(case), case.right) for case in made]
    assert len(made) >= 12
    assert [
        case for case, answer in zip(made, answers, strict=True) if answer not in ("exact", "near")
    ] == []


@given(sentences, sentences, st.text("ab .,\n", max_size=60), st.data())
@settings(max_examples=120)
def test_what_enters_a_quote_and_leaves_again_changes_nothing(before, quoted, foreign, data):
    assume(quoted not in before and len(quoted.split()) >= 5)
    old = [f"{before} {quoted} That was all."]
    start = len(before) + 1
    span = Span(start, start + len(quoted))
    quote = describe(old[0], span)
    at = data.draw(st.integers(start + 1, span.end - 1))
    grown = [f"{old[0][:at]}{foreign}{old[0][at:]}"]
    [first] = remap(old, grown, [AnchorRecord("note", 0, span, quote)])
    place = Span(first.start, first.end) if is_placed(first) else None
    words = describe(grown[0], place) if place else quote
    [second] = remap(grown, old, [AnchorRecord("note", 0, place, words, quote)])
    assert (second.passage, second.start, second.end) == (0, span.start, span.end)
    assert second.state == AnchorState.KEPT


def on(texts: list[str], passage: int, words: str) -> AnchorRecord:
    start = texts[passage].index(words)
    span = Span(start, start + len(words))
    return AnchorRecord(words, passage, span, describe(texts[passage], span))


@given(essays, st.data())
@settings(max_examples=120)
def test_of_sentences_that_change_places_each_keeps_its_anchor(old, data):
    places = [
        (passage, sentence + ".")
        for passage, text in enumerate(old)
        for sentence in text.rstrip(".").split(". ")
    ]
    whole = " ".join(old)
    once = [
        (passage, sentence)
        for passage, sentence in places
        if whole.count(sentence) == 1 and len(set(sentence.split())) > 5
    ]
    assume(len(once) > 1)
    (here, one), (there, other) = data.draw(st.lists(st.sampled_from(once), min_size=2, max_size=2))
    assume(here != there)
    new = list(old)
    new[here], new[there] = old[here].replace(one, other), old[there].replace(other, one)
    assume(sum(text.count(sentence) for text in new for sentence in (one, other)) == 2)
    anchors = [on(old, here, one), on(old, there, other)]
    for outcome in remap(old, new, anchors):
        assert new[outcome.passage][outcome.start : outcome.end] == outcome.id


@pytest.mark.parametrize(("before", "after"), [("NFC", "NFD"), ("NFD", "NFC")])
@given(case=anchored())
@settings(max_examples=60)
def test_composing_letters_changes_no_word_that_a_reader_sees(before, after, case):
    texts, anchors = case
    old = [unicodedata.normalize(before, text) for text in texts]
    new = [unicodedata.normalize(after, text) for text in texts]
    # The same words, in the text as it is written before.
    placed = [
        AnchorRecord(one.id, one.passage, span, describe(old[one.passage], span))
        for one in anchors
        if one.span and one.quote.exact
        for span in [_whole_words(old[one.passage], one.span)]
        if span
    ]
    for anchor, outcome in zip(placed, remap(old, new, placed), strict=True):
        words = new[outcome.passage][outcome.start : outcome.end]
        assert unicodedata.normalize("NFC", words) == unicodedata.normalize(
            "NFC", anchor.quote.exact
        )


def _whole_words(text: str, span: Span) -> Span | None:
    """The span, with the words that it cuts."""
    start, end = min(span.start, len(text) - 1), min(span.end, len(text))
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start, end) if start < end else None


def test_the_first_quote_decides_whether_an_anchor_is_kept():
    first = Quote("the rain on the screen had stopped")
    old = ["Nobody saw that the snow on the screen had stopped."]
    new = ["Nobody saw that the rain on the screen had stopped."]
    today = Span(16, 50)
    record = AnchorRecord("note", 0, today, describe(old[0], today), first)
    [outcome] = remap(old, new, [record])
    assert (outcome.state, outcome.start, outcome.end) == (AnchorState.KEPT, 16, 50)


def test_an_unchanged_place_does_not_give_way_to_the_first_words_elsewhere():
    first = Quote("the rain on the screen had stopped")
    today = "Nobody saw that the snow on the screen had melted away."
    span = Span(16, 54)
    record = AnchorRecord("note", 0, span, describe(today, span), first)
    new = [today, "An earlier draft had: the rain on the screen had stopped."]
    [outcome] = remap([today], new, [record])
    assert (outcome.passage, outcome.start, outcome.end) == (0, 16, 54)

"""Quotes: describe words of a text and locate them again, in any script."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.anchoring import Quote, Span, describe, locate
from annotations.anchoring.graphemes import is_boundary, widen

HARBOUR = (
    "The ferry leaves at six, and the gulls leave with it. Nobody waves. "
    "The harbour master counts the cars; the harbour master always counts the cars."
)


@st.composite
def spans(draw, alphabet="ab \u0301\u05d0\U0001f30d\r\n\u00a0"):
    text = draw(st.text(alphabet, min_size=1, max_size=120))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def words(text, phrase, after=0):
    start = text.index(phrase, after)
    return Span(start, start + len(phrase))


@given(spans())
@example(("aaaa", Span(1, 2)))
@example(("ab" * 300, Span(299, 301)))
@settings(max_examples=200)
def test_any_words_are_located_by_their_description(case):
    text, span = case
    assert locate(describe(text, span), text) == span


def test_a_phrase_that_occurs_once_needs_no_context():
    assert locate(Quote("Nobody waves"), HARBOUR) == words(HARBOUR, "Nobody waves")


def test_context_tells_two_occurrences_apart():
    second = words(HARBOUR, "the harbour master", HARBOUR.index(";"))
    assert locate(Quote("the harbour master", "the cars; ", ""), HARBOUR) == second


def test_the_hint_tells_two_occurrences_apart():
    both = "a bell rang. a bell rang."
    assert locate(Quote("a bell"), both, hint=10) == Span(13, 19)


def test_an_ambiguous_phrase_is_not_located():
    assert locate(Quote("counts the cars"), HARBOUR) is None


def test_the_hint_helps_where_context_is_truncated():
    text = "tide " * 400
    span = Span(1000, 1004)
    quote = describe(text, span)
    cut = Quote(quote.exact, quote.prefix[-400:], quote.suffix[:400])
    assert locate(cut, text) is None
    assert locate(cut, text, hint=span.start) == span


def test_a_misquoted_phrase_is_located_at_the_closest_words():
    quote = Quote("The ferry leaves at seven, and the gulls leave with it.")
    span = locate(quote, HARBOUR)
    assert span is not None
    assert HARBOUR[span.start : span.end].startswith("The ferry leaves at six")


def test_a_missing_phrase_is_not_located():
    assert locate(Quote("A lighthouse keeper slept."), HARBOUR) is None


def test_an_empty_quote_is_the_whole_passage():
    assert describe(HARBOUR, Span(0, 0)) == Quote("")
    assert locate(Quote(""), HARBOUR) == Span(0, 0)


@pytest.mark.parametrize("span", [Span(5, 5), Span(7, 3), Span(-1, 4), Span(0, 999)])
def test_an_invalid_span_cannot_be_described(span):
    with pytest.raises(ValueError, match="No words stand"):
        describe(HARBOUR, span)


def test_a_description_of_a_unique_phrase_has_short_context():
    quote = describe(HARBOUR, words(HARBOUR, "Nobody waves"))
    assert len(quote.prefix) == len(quote.suffix) == 32


@pytest.mark.parametrize(
    "whole",
    [
        "\r\n",
        "e\u0301",
        "\U0001f1eb\U0001f1ee",
        "\U0001f469\u200d\U0001f680",
        "\U0001f44b\U0001f3fd",
        "\u1112\u1161\u11ab",
        "\ud558\u11ab",
        "\u2764\ufe0f",
        "\u0928\u093f",
    ],
)
def test_a_grapheme_cluster_is_not_split(whole):
    text = f"x{whole}y"
    inside = range(2, 1 + len(whole))
    assert [at for at in inside if is_boundary(text, at)] == []
    assert is_boundary(text, 1)
    assert is_boundary(text, 1 + len(whole))
    for at in inside:
        assert widen(text, 1, at) == (1, 1 + len(whole))


def test_two_flags_are_two_characters():
    flags = "\U0001f1eb\U0001f1ee\U0001f1f8\U0001f1ea"
    assert [at for at in range(5) if is_boundary(flags, at)] == [0, 2, 4]


@given(st.text("ae\u0301\u200d\U0001f469\U0001f1eb\r\n\u1112\u1161", max_size=30), st.data())
@settings(max_examples=100)
def test_widening_ends_on_boundaries_and_stays_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = widen(text, start, end)
    assert 0 <= low <= start <= end <= high <= len(text)
    assert is_boundary(text, low)
    assert is_boundary(text, high)

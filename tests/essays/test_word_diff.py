import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.word_diff import Piece, compare

SOME = "the a film Marit’s don't weighs, salt. 👩‍🚀 e\u0301t\u0301e 海が \n\n של"
WORDS = st.lists(st.sampled_from(SOME.split(" ")), max_size=30).map(" ".join)
TEXTS = st.one_of(WORDS, st.text(max_size=60))


def diff(old: str, new: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in compare(old, new))


def joined(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one two three", "one two three", "one two three"),
        ("one two three", "one too three", "one [-two-][+too+] three"),
        ("the film ends", "the long film ends", "the [+long +]film ends"),
        ("the long film ends", "the film ends", "the [-long -]film ends"),
        ("He doesn't see.", "He doesn’t see.", "He [-doesn't-][+doesn’t+] see."),
        ("It ends. We leave.", "It ends, we leave.", "It ends[-. We-][+, we+] leave."),
        ("", "Words.", "[+Words.+]"),
        ("Words.", "", "[-Words.-]"),
        ("", "", ""),
    ],
)
def test_changes_are_whole_words(old, new, expected):
    assert diff(old, new) == expected


def test_a_small_word_between_two_changes_counts_as_changed():
    assert diff("the account of nights", "the story of watches") == (
        "the [-account of nights-][+story of watches+]"
    )


def test_a_long_word_between_two_small_changes_stays():
    assert diff("a bookkeeping of", "the bookkeeping by") == (
        "[-a-][+the+] bookkeeping [-of-][+by+]"
    )


def test_a_grapheme_cluster_is_one_letter():
    assert diff("un e\u0301te\u0301 long", "un e\u0301te long") == (
        "un [-e\u0301te\u0301-][+e\u0301te+] long"
    )
    assert diff("Go 👩‍🚀 now", "Go 👩‍🔬 now") == "Go [-👩‍🚀-][+👩‍🔬+] now"


def test_a_script_without_spaces_is_compared_by_characters():
    assert diff("雪が静かに降る", "雨が静かに降る") == "[-雪-][+雨+]が静かに降る"


@given(TEXTS, TEXTS)
def test_the_pieces_add_up_to_both_texts(old, new):
    pieces = compare(old, new)
    assert joined(pieces, "same", "removed") == old
    assert joined(pieces, "same", "new") == new


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_or_follows_one_of_its_kind(old, new):
    pieces = compare(old, new)
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(one != next_one for one, next_one in zip(kinds, kinds[1:], strict=False))
    assert ("new", "removed") not in zip(kinds, kinds[1:], strict=False)


@given(TEXTS)
def test_a_text_compared_with_itself_is_the_same(text):
    assert compare(text, text) == ([Piece("same", text)] if text else [])


@pytest.mark.parametrize("unit", ["ab ", "海", "a!? "])
def test_very_long_passages_are_compared_as_a_whole(unit):
    count = 20_000 // len(unit)
    old = "".join(unit if n % 3 else unit[::-1] for n in range(count))
    new = "".join(unit if n % 7 else f"x{n % 11} " for n in range(count))[:20_000]
    pieces = compare(old, new)
    assert [piece.kind for piece in pieces if piece.kind != "same"] == ["removed", "new"]
    assert joined(pieces, "same", "removed") == old

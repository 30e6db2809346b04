import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.sentences import sentences


def words_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("“Why?” she asks. He leaves.", ["“Why?” she asks.", "He leaves."]),
        ("She says “stop.” He does.", ["She says “stop.”", "He does."]),
        (
            "Mr. Twombly and e.g. Dr. Who came. Good.",
            ["Mr. Twombly and e.g. Dr. Who came.", "Good."],
        ),
        ("It cost 3.50 then… and now? More.", ["It cost 3.50 then… and now?", "More."]),
        ("A line\nand another", ["A line", "and another"]),
        ("他走了。她笑了！真的？", ["他走了。", "她笑了！", "真的？"]),
        ("هل رحلت؟ نعم.", ["هل رحلت؟", "نعم."]),
        ("  \n ", []),
        ("𝄞 plays. 👩‍👩‍👧 listens.", ["𝄞 plays.", "👩‍👩‍👧 listens."]),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text, expected):
    assert words_of(text) == expected


@given(st.text(st.sampled_from("ab A.?!…”)(\n\t 。é𝄞\u0301\u00a0")))
def test_the_spans_are_in_order_and_cover_everything_but_space(text):
    spans = sentences(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in spans)

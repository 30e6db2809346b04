"""Essays and anchors that Hypothesis makes up."""

from hypothesis import strategies as st

from annotations.anchoring import AnchorRecord, Span, describe

VOCABULARY = (
    "the a of and rain city street light camera shot cut noon door sky wet dry he she it is was "
    "slow caf\u00e9 cafe\u0301 \U0001f327\ufe0f \u05d2\u05e9\u05dd \u2018so\u2019 ten\u00a0frames"
).split(" ")
sentences = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
passages = st.lists(sentences, min_size=1, max_size=5).map(" ".join)
essays = st.lists(passages, min_size=1, max_size=6)
anything = st.lists(
    st.text("ab .\u0301\u200d\U0001f469\U0001f1eb\r\n\u05d0", max_size=40), max_size=5
)


@st.composite
def anchored(draw, texts=essays):
    """An essay and anchors on it, some on whole passages, some without a place."""
    old = draw(texts)
    anchors = []
    for number in range(draw(st.integers(0, 8)) if old else 0):
        passage = draw(st.integers(0, len(old) - 1))
        text = old[passage]
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        whole = start == end
        span = Span(0, 0) if whole else Span(start, end)
        placed = draw(st.integers(0, 5)) > 0
        anchors.append(
            AnchorRecord(str(number), passage, span if placed else None, describe(text, span))
        )
    return old, anchors


def is_placed(outcome):
    return outcome.passage is not None

"""Properties that hold for every edit and every anchor."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.anchoring import AnchorRecord, AnchorState, Quote, Span, describe, remap
from annotations.anchoring.graphemes import is_boundary

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


@given(anchored(), essays)
@settings(max_examples=60)
def test_there_is_one_outcome_for_each_anchor_in_order(case, new):
    old, anchors = case
    assert [one.id for one in remap(old, new, anchors)] == [one.id for one in anchors]


@given(anchored(st.one_of(essays, anything)), st.one_of(essays, anything))
@settings(max_examples=120)
def test_every_outcome_is_within_the_new_text(case, new):
    old, anchors = case
    for anchor, outcome in zip(anchors, remap(old, new, anchors), strict=True):
        for place in (outcome, *outcome.candidates) if is_placed(outcome) else outcome.candidates:
            assert 0 <= place.passage < len(new)
            assert 0 <= place.start <= place.end <= len(new[place.passage])
            assert 0 <= place.score <= 1
            assert (place.start < place.end) == bool(anchor.quote.exact)
        assert is_placed(outcome) == (outcome.state != AnchorState.ORPHANED)


@given(anchored(st.one_of(essays, anything)), st.one_of(essays, anything))
@settings(max_examples=120)
def test_remapping_splits_no_grapheme_cluster(case, new):
    old, anchors = case
    for anchor, outcome in zip(anchors, remap(old, new, anchors), strict=True):
        if anchor.span is None or not is_placed(outcome):
            continue
        was, now = old[anchor.passage], new[outcome.passage]
        if is_boundary(was, anchor.span.start):
            assert is_boundary(now, outcome.start)
        if is_boundary(was, anchor.span.end):
            assert is_boundary(now, outcome.end)


@given(anchored(st.one_of(essays, anything)))
@settings(max_examples=120)
def test_an_edit_without_changes_keeps_every_anchor(case):
    old, anchors = case
    for anchor, outcome in zip(anchors, remap(old, old, anchors), strict=True):
        # Only passages with words count: `essays.markup` refuses the others.
        if anchor.span is not None and old[anchor.passage].strip():
            assert outcome.state == AnchorState.KEPT
            assert (outcome.passage, outcome.start, outcome.end) == (
                anchor.passage,
                anchor.span.start,
                anchor.span.end,
            )


FOREIGN = "Quite unrelated marginalia arrived overnight"


@given(anchored(), st.data())
@settings(max_examples=120)
def test_text_inserted_elsewhere_does_not_change_an_anchors_words(case, data):
    old, anchors = case
    passage = data.draw(st.integers(0, len(old) - 1))
    gaps = [at for at, char in enumerate(old[passage]) if char == " "]
    at = data.draw(st.sampled_from([0, len(old[passage]), *gaps]))
    new = list(old)
    new[passage] = f"{old[passage][:at]} {FOREIGN} {old[passage][at:]}"
    for anchor, outcome in zip(anchors, remap(old, new, anchors), strict=True):
        if anchor.span is None or not anchor.quote.exact:
            continue
        if anchor.passage == passage and anchor.span.start < at < anchor.span.end:
            continue
        assert is_placed(outcome)
        assert new[outcome.passage][outcome.start : outcome.end] == anchor.quote.exact


@given(anchored(), passages, st.data())
@settings(max_examples=120)
def test_an_inserted_passage_does_not_change_an_anchors_words(case, put_in, data):
    old, anchors = case
    at = data.draw(st.integers(0, len(old)))
    new = [*old[:at], put_in, *old[at:]]
    for anchor, outcome in zip(anchors, remap(old, new, anchors), strict=True):
        if anchor.span is not None and anchor.quote.exact:
            assert is_placed(outcome)
            assert new[outcome.passage][outcome.start : outcome.end] == anchor.quote.exact


@given(essays, essays, passages)
@settings(max_examples=120)
def test_orphans_are_placed_only_on_new_text(start, end, put_in):
    old, new = [*start, *end], [*start, put_in, *end]
    lost = [AnchorRecord(text, 0, None, Quote(text)) for text in (*old, put_in)]
    for outcome in remap(old, new, lost):
        assert not is_placed(outcome) or new[outcome.passage] == put_in
    assert not any(map(is_placed, remap(old, old, lost)))

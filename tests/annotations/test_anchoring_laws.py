"""Properties that hold for every edit and every anchor."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.anchoring import AnchorRecord, AnchorState, Quote, remap
from annotations.anchoring.graphemes import is_boundary
from tests.annotations.made_essays import anchored, anything, essays, is_placed, passages


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

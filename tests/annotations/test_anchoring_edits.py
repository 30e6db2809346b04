"""What happens to anchors when an essay is edited, by examples."""

from dataclasses import replace

import pytest

from annotations.anchoring import AnchorRecord, AnchorState, Quote, Span, describe, pair, remap
from annotations.anchoring.searching import likeness

ESSAY = [
    "Every film about a city is also about the weather in it.",
    "The street is wet before anybody has walked there. Water carries the neon down from the "
    "signs, and the pavement becomes a second, softer sky. We read the light twice.",
    "A detective crosses the square without an umbrella. He has stopped keeping dry, and the "
    "camera, which is fond of him, lets the drops stand on the lens.",
    "Compare the bright cities. In them nobody is followed, since everybody can be seen. A "
    "chase at noon is a kind of parade.",
    "Rain, then, is not a mood laid over the plot. It is the reason why a door is opened, why "
    "a stranger shares a doorway, why two people who would have passed each other stop.",
    "It stops, of course. The last shot is of the same street, dry, at seven in the morning, "
    "with a man hosing it down.",
]


def anchor_on(passage, phrase, texts=ESSAY, after=0):
    start = texts[passage].index(phrase, after)
    span = Span(start, start + len(phrase))
    return AnchorRecord(phrase, passage, span, describe(texts[passage], span))


def essay_with(old, new):
    """ESSAY with one phrase put for another."""
    assert sum(text.count(old) for text in ESSAY) == 1
    return [text.replace(old, new) for text in ESSAY]


def outcome_of(new, anchor, old=ESSAY, **given):
    outcomes = remap(old, new, [anchor], **given)
    assert len(outcomes) == 1
    return outcomes[0]


def words(outcome, texts):
    return texts[outcome.passage][outcome.start : outcome.end]


def test_words_after_an_insertion_are_kept_at_another_offset():
    new = essay_with("A detective", "Late that night a detective")
    outcome = outcome_of(new, anchor_on(2, "fond of him"))
    assert (outcome.state, outcome.passage, outcome.score) == (AnchorState.KEPT, 2, 1.0)
    assert words(outcome, new) == "fond of him"


def test_a_passage_inserted_in_front_keeps_all_anchors():
    new = ["A preface nobody asked for.", *ESSAY]
    outcome = outcome_of(new, anchor_on(3, "a kind of parade"))
    assert (outcome.state, outcome.passage) == (AnchorState.KEPT, 4)
    assert words(outcome, new) == "a kind of parade"


def test_an_anchor_on_edited_words_is_changed_and_covers_the_new_ones():
    new = essay_with("becomes a second, softer sky", "turns into a second and softer sky")
    outcome = outcome_of(new, anchor_on(1, "the pavement becomes a second, softer sky"))
    assert outcome.state == AnchorState.CHANGED
    assert words(outcome, new) == "the pavement turns into a second and softer sky"
    assert 0.5 < outcome.score < 1


@pytest.mark.parametrize(
    ("phrase", "now"),
    [("umbrella", "umbrela"), ("detective", "Detective"), ("doorway", "door-way")],
)
def test_a_respelled_word_is_changed(phrase, now):
    new = essay_with(phrase, now)
    passage = next(n for n, text in enumerate(ESSAY) if phrase in text)
    outcome = outcome_of(new, anchor_on(passage, phrase))
    assert outcome.state == AnchorState.CHANGED
    assert words(outcome, new) == now


def test_a_word_split_in_two_is_changed():
    new = essay_with("without an umbrella", "with out an umbrella")
    outcome = outcome_of(new, anchor_on(2, "without"))
    assert (outcome.state, words(outcome, new)) == (AnchorState.CHANGED, "with out")


def test_a_change_of_typography_is_a_change_of_words():
    old = ["He said 'the rain's here' and left us standing."]
    new = ["He said \u2018the rain\u2019s here\u2019 and left us standing."]
    outcome = outcome_of(new, anchor_on(0, "the rain's here", old), old)
    assert (outcome.state, words(outcome, new)) == (AnchorState.CHANGED, "the rain\u2019s here")


def test_words_in_the_second_part_of_a_split_passage_are_moved():
    first, second = ESSAY[2].split(" He has", 1)
    new = [*ESSAY[:2], first, "He has" + second, *ESSAY[3:]]
    unchanged, moved = remap(ESSAY, new, [anchor_on(2, "an umbrella"), anchor_on(2, "fond of him")])
    assert (unchanged.state, unchanged.passage) == (AnchorState.KEPT, 2)
    assert (moved.state, moved.passage, words(moved, new)) == (AnchorState.MOVED, 3, "fond of him")


def test_words_of_the_second_of_two_merged_passages_are_moved():
    new = [*ESSAY[:2], ESSAY[2] + " " + ESSAY[3], *ESSAY[4:]]
    unchanged, moved = remap(
        ESSAY, new, [anchor_on(2, "fond of him"), anchor_on(3, "a kind of parade")]
    )
    assert (unchanged.state, unchanged.passage) == (AnchorState.KEPT, 2)
    assert (moved.state, moved.passage) == (AnchorState.MOVED, 2)
    assert words(moved, new) == "a kind of parade"


def test_anchors_move_with_their_passage():
    new = [ESSAY[4], *ESSAY[:4], ESSAY[5]]
    outcome = outcome_of(new, anchor_on(4, "a stranger shares a doorway"))
    assert (outcome.state, outcome.passage) == (AnchorState.KEPT, 0)


def test_a_sentence_that_goes_to_another_passage_is_moved():
    sentence = " A chase at noon is a kind of parade."
    new = [text.replace(sentence, "") for text in ESSAY]
    new[5] += sentence
    outcome = outcome_of(new, anchor_on(3, "a kind of parade"))
    assert (outcome.state, outcome.passage, words(outcome, new)) == (
        AnchorState.MOVED,
        5,
        "a kind of parade",
    )


def test_words_that_were_cut_are_orphaned():
    new = essay_with(" We read the light twice.", "")
    outcome = outcome_of(new, anchor_on(1, "We read the light twice."))
    assert outcome.state == AnchorState.ORPHANED
    assert outcome.passage is outcome.start is outcome.end is None
    assert outcome.score == 0


def test_similar_words_that_were_there_before_are_only_a_candidate():
    old = [*ESSAY, "Nobody remembers who read the light twice."]
    new = [text.replace(" We read the light twice.", "") for text in old]
    outcome = outcome_of(new, anchor_on(1, "We read the light twice.", old), old)
    assert outcome.state == AnchorState.ORPHANED
    assert words(outcome.candidates[0], new) == "who read the light twice."


def test_a_common_word_of_a_cut_sentence_is_orphaned():
    new = essay_with(" We read the light twice.", "")
    assert outcome_of(new, anchor_on(1, "the light")).state == AnchorState.ORPHANED


def test_two_equally_good_new_places_are_only_candidates():
    old = [text.replace(" A chase at noon is a kind of parade.", "") for text in ESSAY]
    sentence = "A chase at noon is a kind of parade."
    new = [f"{old[0]} {sentence}", *old[1:5], f"{old[5]} {sentence}"]
    lost = AnchorRecord("lost", 3, None, Quote("at noon is a kind of parade"))
    outcome = outcome_of(new, lost, old)
    assert outcome.state == AnchorState.ORPHANED
    assert [one.passage for one in outcome.candidates][:2] == [0, 5]


def test_two_equally_good_places_in_one_passage_are_only_candidates():
    new = [*ESSAY, "Nobody reads it. A parade at noon passes, and later a parade at noon passes."]
    lost = AnchorRecord("lost", 0, None, Quote("parade at noon passes"))
    outcome = outcome_of(new, lost)
    assert outcome.state == AnchorState.ORPHANED
    assert [one.passage for one in outcome.candidates][:2] == [6, 6]


def test_an_anchor_split_into_equal_halves_is_orphaned_with_both_as_candidates():
    first, second = "He keeps the light on all night.", "Nobody ever asks him about the oil bill."
    old = [*ESSAY, f"{first} {second}", "The harbour sleeps."]
    new = [first, *ESSAY, second, "The harbour sleeps."]
    both = anchor_on(6, f"{first} {second}", old)
    mostly = anchor_on(6, f"{first} Nobody", old)
    refused, moved = remap(old, new, [both, mostly])
    assert refused.state == AnchorState.ORPHANED
    assert {one.passage for one in refused.candidates} == {0, 7}
    assert words(moved, new) == first


def test_anchors_on_a_refrain_stay_when_another_line_changes():
    old = ["The same line is sung again."] * 300
    new = [*old[:150], "A verse is sung.", *old[151:]]
    anchors = [anchor_on(place, "line is sung", old) for place in range(300)]
    outcomes = remap(old, new, anchors)
    stand = [
        n for n, one in enumerate(outcomes) if (one.state, one.passage) == (AnchorState.KEPT, n)
    ]
    assert stand == [n for n in range(300) if n != 150]


def test_an_insertion_among_equal_words_shifts_only_later_anchors():
    old, new = ["rain " * 4000], ["rain " * 2000 + "snow " + "rain " * 2000]
    early, late = Span(5000, 5009), Span(15000, 15009)
    anchors = [AnchorRecord(str(span), 0, span, Quote(old[0][5000:5009])) for span in (early, late)]
    first, second = remap(old, new, anchors)
    assert (first.state, first.start, first.end) == (AnchorState.KEPT, 5000, 5009)
    assert (second.state, second.start, second.end) == (AnchorState.KEPT, 15005, 15014)


def test_many_anchors_on_the_same_words_have_an_outcome_each():
    new = essay_with(" We read the light twice.", "")
    one, other = anchor_on(1, "We read the light twice."), anchor_on(2, "fond of him")
    many = [replace(anchor, id=f"{anchor.id} {n}") for n in range(50) for anchor in (one, other)]
    outcomes = remap(ESSAY, new, many)
    assert [outcome.id for outcome in outcomes] == [anchor.id for anchor in many]
    assert [outcome.state for outcome in outcomes] == [AnchorState.ORPHANED, AnchorState.KEPT] * 50


def test_a_long_passage_is_compared_by_the_word():
    long = " ".join(f"word{n * n % 997}" for n in range(900))
    assert likeness(long, long) == 1
    assert 0.99 < likeness(long, long.replace("word16 ", "letter ", 1)) < 1
    assert likeness(long, " ".join(f"other{n}" for n in range(900))) == 0


def test_a_quote_of_thousands_of_words_that_is_gone_is_orphaned():
    long = [" ".join(f"word{n * n % 997}" for n in range(3000))]
    new = [" ".join(f"other{n * n % 991}" for n in range(3000))]
    whole = AnchorRecord("all", 0, Span(0, len(long[0])), describe(long[0], Span(0, len(long[0]))))
    assert outcome_of(new, whole, long).state == AnchorState.ORPHANED


def test_an_orphan_is_placed_again_when_its_words_return():
    old = [text for text in ESSAY if not text.startswith("Rain")]
    lost = AnchorRecord("lost", 0, None, anchor_on(4, "a stranger shares a doorway").quote)
    outcome = outcome_of(ESSAY, lost, old)
    assert outcome.passage == 4
    assert words(outcome, ESSAY) == "a stranger shares a doorway"


def test_an_orphan_does_not_take_words_that_were_there_before():
    lost = AnchorRecord("lost", 0, None, Quote("a stranger shares a doorway"))
    outcome = outcome_of([*ESSAY, "An afterword."], lost)
    assert outcome.state == AnchorState.ORPHANED
    assert outcome.candidates[0].passage == 4


def test_the_remaining_half_of_the_words_is_a_candidate():
    old = ["In the words of the great Frank Costanza, it should be fresh.", *ESSAY]
    new = ["In the words of a certain Mr Costanza, called Frank, it should be fresh.", *ESSAY]
    outcome = outcome_of(new, anchor_on(0, "Frank Costanza", old), old)
    assert outcome.state == AnchorState.ORPHANED
    assert [words(one, new) for one in outcome.candidates] == ["Frank"]


def test_candidates_are_three_at_most_and_best_first():
    wet = ["The street was wet.", "A street is wet.", "The streets are wet.", "The street is wet!"]
    lost = AnchorRecord("lost", 0, None, Quote("The street is wet now"))
    scores = [one.score for one in outcome_of(wet, lost, wet).candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_undoing_an_edit_restores_the_anchor():
    new = essay_with("softer sky", "kinder sky")
    first = anchor_on(1, "a second, softer sky")
    changed = outcome_of(new, first)
    again = AnchorRecord("x", 1, Span(changed.start, changed.end), first.quote)
    assert changed.state == AnchorState.CHANGED
    assert outcome_of(ESSAY, again, new).state == AnchorState.KEPT


def test_words_that_no_longer_resemble_their_quote_are_orphaned():
    old = ["The lamp over the tall green gate was burning."]
    new = ["The lamp over the low green gate was burning."]
    anchor = AnchorRecord(
        "x", 0, anchor_on(0, "tall green gate", old).span, Quote("quick brown fox")
    )
    assert outcome_of(new, anchor, old).state == AnchorState.ORPHANED


def test_the_caller_can_say_which_passages_are_the_same():
    new = [ESSAY[1], ESSAY[0], *ESSAY[2:]]
    anchor = anchor_on(0, "the weather")
    assert outcome_of(new, anchor).state == AnchorState.KEPT
    assert outcome_of(new, anchor, same={0: 0, 1: 1}).state == AnchorState.MOVED


def test_a_whole_passage_is_kept_moved_or_orphaned():
    whole = [AnchorRecord(str(n), n, Span(0, 0), Quote("")) for n in (1, 2, 3, 4)]
    merged = ESSAY[2] + " " + ESSAY[3]
    new = [ESSAY[0], ESSAY[1].replace("wet", "soaked"), merged, ESSAY[5]]
    unchanged, first, second, cut = remap(ESSAY, new, whole)
    assert [one.state for one in (unchanged, first, second, cut)] == [
        AnchorState.KEPT,
        AnchorState.KEPT,
        AnchorState.MOVED,
        AnchorState.ORPHANED,
    ]
    assert (unchanged.passage, first.passage, second.passage) == (1, 2, 2)
    assert (unchanged.start, unchanged.end) == (0, 0)


def test_pairs_follow_splits_merges_moves_and_cuts():
    first, second = ESSAY[2].split(" He has", 1)
    split = [*ESSAY[:2], first, "He has" + second, *ESSAY[3:]]
    assert pair(ESSAY, split) == [0, 1, 2, None, 3, 4, 5]
    merged = [ESSAY[0], ESSAY[1] + " " + ESSAY[2], *ESSAY[3:]]
    assert pair(ESSAY, merged) == [0, 1, 3, 4, 5]
    assert pair(ESSAY, [ESSAY[5], *ESSAY[:5]]) == [5, 0, 1, 2, 3, 4]
    assert pair(ESSAY, [*ESSAY[:3], "Something else altogether.", *ESSAY[4:]]) == [
        *(0, 1, 2, None, 4, 5)
    ]


def test_a_span_outside_the_old_text_is_an_error_that_names_its_anchor():
    anchor = AnchorRecord("note 7", 0, Span(3, 999), Quote("film"))
    with pytest.raises(ValueError, match="note 7: no words stand from 3 to 999 in passage 0"):
        remap(ESSAY, ESSAY, [anchor])


@pytest.mark.parametrize(
    ("old", "phrase", "new"),
    [
        ("One \U0001f327\ufe0f and one \U0001f302 more.", "one \U0001f302", "\U0001f327 "),
        ("Cafe\u0301 noir, encore un cafe\u0301.", "un cafe\u0301", "E\u0301t "),
        ("\u05d4\u05d2\u05e9\u05dd \u05d9\u05d5\u05e8\u05d3 \u05e2\u05dc \u05d4\u05e2\u05d9\u05e8",
         "\u05d9\u05d5\u05e8\u05d3", "\u05d0\u05d6 "),
        ("Ten\u00a0frames a\u00a0second, no more.", "a\u00a0second", "\u00a0 "),
        ("First line\r\nsecond line\r\nthird line", "second line\r\n", "Zero\r\n"),
        ("\u96e8\u304c\u964d\u3063\u3066\u3044\u308b\u8857\u3067\u3001"
         "\u7537\u304c\u7acb\u3063\u3066\u3044\u308b\u3002", "\u7537\u304c", "\u305d\u3057\u3066"),
    ],
)  # fmt: skip
def test_offsets_count_code_points_in_every_script(old, phrase, new):
    texts = [new + old]
    outcome = outcome_of(texts, anchor_on(0, phrase, [old]), [old])
    assert outcome.state == AnchorState.KEPT
    assert words(outcome, texts) == phrase


def test_an_accent_added_to_the_last_letter_is_included():
    new = essay_with("hosing it down", "hosing it down\u0301")
    outcome = outcome_of(new, anchor_on(5, "it down"))
    assert (outcome.state, words(outcome, new)) == (AnchorState.CHANGED, "it down\u0301")


def test_an_anchor_that_splits_a_grapheme_cluster_stays_as_it_was():
    old = ["The cafe\u0301 was shut all week."]
    new = ["Alas: the cafe\u0301 was shut all week."]
    outcome = outcome_of(new, anchor_on(0, "cafe", old), old)
    assert (outcome.state, words(outcome, new)) == (AnchorState.KEPT, "cafe")

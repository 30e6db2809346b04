"""Finding the words that a reader selected in the current text of a passage."""

import pytest

from annotations import revising
from annotations.anchoring import Span
from annotations.notes.selection import NotPlaced, Selection, place, place_sentence, place_typed
from essays.models import Passage
from tests import cast

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in. The tide goes out. “It’s late,” says Ada – and the 𝄞 plays."


@pytest.fixture
def passage() -> Passage:
    essay = cast.second()
    passage = essay.passages.get(number=2)
    revising.edit(passage, TEXT)
    return Passage.objects.select_related("essay").get(pk=passage.pk)


def words(passage: Passage, span: Span) -> str:
    return passage.text[span.start : span.end]


def test_words_that_occur_once_need_no_hint(passage):
    assert words(passage, place(passage, Selection("comes in"))) == "comes in"


def test_context_tells_two_occurrences_apart(passage):
    second = place(passage, Selection("The tide", "in. ", " goes"))
    assert second.start == passage.text.rindex("The tide")


def test_the_hint_tells_two_occurrences_apart(passage):
    at = passage.text.rindex("tide")
    assert place(passage, Selection("tide", start=at, version=passage.version)).start == at


def test_offsets_count_code_points(passage):
    at = passage.text.index("𝄞")
    assert place(passage, Selection("𝄞 plays", start=at)) == Span(at, at + len("𝄞 plays"))


def test_an_empty_selection_is_the_whole_passage(passage):
    assert place(passage, Selection("")) == Span(0, 0)


def test_missing_words_are_refused_even_if_similar_ones_exist(passage):
    with pytest.raises(NotPlaced, match="The text has changed"):
        place(passage, Selection("“It’s late,” said Ada"))


def test_ambiguous_words_are_refused(passage):
    with pytest.raises(NotPlaced, match="more than once"):
        place(passage, Selection("The tide"))


def test_a_hint_for_an_older_version_is_ignored(passage):
    at = passage.text.rindex("tide")
    with pytest.raises(NotPlaced, match="more than once"):
        place(passage, Selection("tide", start=at, version=1))


def test_a_selection_in_a_retired_passage_is_refused(passage):
    revising.retire(passage)
    passage.refresh_from_db()
    with pytest.raises(NotPlaced, match="taken out of the essay"):
        place(passage, Selection("tide goes"))


@pytest.mark.parametrize("typed", ["goes out", "GOES   out", '"it\'s late,"', "ada - and"])
def test_typed_words_are_found_whatever_their_quotes_spaces_and_case(passage, typed):
    assert len(words(passage, place_typed(passage, typed))) == len(" ".join(typed.split()))


def test_ambiguous_typed_words_are_refused_with_their_number(passage):
    with pytest.raises(NotPlaced, match="stand here 2 times"):
        place_typed(passage, "the tide")


def test_missing_typed_words_are_refused(passage):
    with pytest.raises(NotPlaced, match="not in this passage"):
        place_typed(passage, "the sea")


def test_a_sentence_of_an_older_version_is_found_in_todays(passage):
    old = passage.version
    revising.edit(passage, f"Before. {TEXT}")
    passage.refresh_from_db()
    start = TEXT.index("The tide goes")
    span = place_sentence(passage, start, start + len("The tide goes out."), old)
    assert words(passage, span) == "The tide goes out."


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 9999), (900, 999)])
def test_an_invalid_sentence_is_refused(passage, start, end):
    with pytest.raises(NotPlaced, match="no such sentence"):
        place_sentence(passage, start, end, passage.version)

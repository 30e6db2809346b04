"""The notebook shows everything that a reader wrote, and nothing of anybody else."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations import revising
from annotations.models import Audience, Note, Standing
from annotations.notes.notebook import fold, terms_of
from annotations.revising import Draft
from essays.models import Essay
from tests import cast, dom
from tests.written_notes import be, guest, note, note_on, reader_of, reply, write_essay

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def rosa(client, her):
    user = cast.reader()
    client.force_login(user)
    return reader_of(user)


def notebook(client, **query) -> str:
    response = client.get("/notebook/", query)
    assert response.status_code == 200
    return dom.flat(response.text)


def ids(html: str) -> list[str]:
    """The ids of the notes and replies on a page, in order."""
    return re.findall(r'class="notebook-entry" id="([^"]+)"', html)


def test_it_shows_what_i_wrote_with_the_words_and_their_place(client, rosa, her):
    mine = note_on(her, rosa, "Best Picture", "A **year** later.", colour="rose")
    html = notebook(client)
    assert ids(html) == [f"note-{mine.public_id}"]
    assert '<mark class="mine" data-colour="rose">Best Picture</mark>' in html
    assert "A <strong>year</strong> later." in html
    assert f'href="/her/#note-{mine.public_id}"' in html
    assert "only you" in html
    for name in ("edit_note", "delete_note"):
        assert reverse(name, args=[mine.public_id]) in html


def test_a_guest_has_a_notebook_that_says_how_long_it_lasts(client, her):
    someone = guest()
    mine = note(someone, "As a guest")
    html = notebook(be(client, someone))
    assert ids(html) == [f"note-{mine.public_id}"]
    assert "Kept for this browser" in html


def test_an_empty_notebook_explains_itself(client, her):
    html = notebook(client)
    assert "There is nothing yet." in html
    assert reverse("account_login") in html


def test_it_has_no_notes_of_others(client, rosa, her):
    other = guest()
    note(other, "A secret of another", key="opening")
    note(other, "For anyone to read", key="opening", public=True)
    mine = note(rosa, "Mine")
    html = notebook(client)
    assert ids(html) == [f"note-{mine.public_id}"]
    assert "secret" not in html
    assert ids(notebook(client, q="secret")) == []


def test_no_shared_cache_may_store_it(client, rosa):
    response = client.get("/notebook/")
    assert "Cookie" in response["Vary"]
    assert "private" in response["Cache-Control"]
    assert "no-cache" in response["Cache-Control"]


def test_it_refuses_post(client, rosa):
    assert client.post("/notebook/").status_code == 405


def test_a_deleted_note_is_not_in_it(client, rosa):
    deleted = note(rosa, "Gone")
    deleted.remove()
    present = note(rosa, "Kept")
    assert ids(notebook(client)) == [f"note-{present.public_id}"]


def test_a_reply_comes_in_the_place_of_the_note_it_answers(client, rosa, her):
    theirs = note_on(her, guest(), "Oscars", "What of it?", audience="public", standing="shown")
    before = note_on(her, rosa, "Best Picture", "Before it")
    after = note(rosa, "Later in the essay")
    mine = reply(theirs, rosa, "My answer")
    expected = [f"note-{before.public_id}", f"reply-{mine.public_id}", f"note-{after.public_id}"]
    html = notebook(client)
    assert ids(html) == expected
    assert "What of it?" not in html
    assert theirs.get_absolute_url() in html


def test_it_is_in_reading_order_or_newest_first(client, rosa, her):
    texts = ["One cat here.", "Two dogs there."]
    essay = write_essay("animals", texts, published_at=timezone.now())
    notes = [note_on(essay, rosa, words, "x") for words in ("dogs", "there", "cat", "One")]
    dogs, there, cat, one = (f"note-{made.public_id}" for made in notes)
    assert ids(notebook(client)) == [one, cat, dogs, there]
    assert ids(notebook(client, order="newest")) == [one, cat, there, dogs]


def test_the_search_looks_in_notes_and_in_the_words_they_quote(client, rosa, her):
    quoting = note_on(her, rosa, "Best Picture", "About the prize")
    saying = note(rosa, "The picture at home")
    note(rosa, "Nothing of it", key="opening")
    expected = {f"note-{quoting.public_id}", f"note-{saying.public_id}"}
    assert set(ids(notebook(client, q="picture"))) == expected
    assert ids(notebook(client, q="picture prize")) == [f"note-{quoting.public_id}"]


EQUIVALENT = [
    ("cafe", "Ein Café"),
    ("CAFÉ", "cafe\u0301"),
    ("isn't", "It isn’t"),
    ("isn’t", "It isn't"),
    ("strasse", "Straße"),
    ("“the sea”", "By the  \n sea"),
    ("日本", "日本語の本"),
    ("%", "50 % of it"),
    ("_", "a_b"),
    ("'; --", "x'; -- y"),
    ("🎬", "A 🎬 film"),
]


@pytest.mark.parametrize(("query", "body"), EQUIVALENT)
def test_the_search_ignores_case_and_accents(client, rosa, query, body):
    mine = note(rosa, body)
    note(rosa, "Something else")
    assert ids(notebook(client, q=query)) == [f"note-{mine.public_id}"]


def test_words_in_quotation_marks_must_be_adjacent(client, rosa):
    together = note(rosa, "the open sea")
    note(rosa, "the sea, open")
    assert ids(notebook(client, q='"open sea"')) == [f"note-{together.public_id}"]
    assert len(ids(notebook(client, q="open sea"))) == 2


def test_terms_of_a_query_are_folded():
    assert terms_of('“” " ') == []
    assert terms_of("  a  b ") == ["a", "b"]
    assert fold("Éa\u0301 ’S  x") == "ea 's x"


def test_markup_in_a_query_is_escaped(client, rosa):
    note(rosa, "x")
    html = notebook(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_it_can_be_filtered_by_colour_audience_essay_and_state(client, rosa, her):
    other = cast.second()
    rose = note_on(her, rosa, "Best Picture", colour="rose")
    public = note(rosa, "For anyone", public=True)
    elsewhere = note_in(other, rosa)
    changed = note_on(her, rosa, "Oscars", "x")
    Note.objects.filter(pk=changed.pk).update(state="changed")
    answer = reply(public, rosa, "And more")
    assert ids(notebook(client, colour="rose")) == [f"note-{rose.public_id}"]
    assert ids(notebook(client, audience="public")) == [
        f"note-{public.public_id}",
        f"reply-{answer.public_id}",
    ]
    assert ids(notebook(client, essay=other.slug)) == [f"note-{elsewhere.public_id}"]
    assert ids(notebook(client, state="changed")) == [f"note-{changed.public_id}"]
    assert ids(notebook(client, state="orphaned")) == []
    assert ids(notebook(client, essay="her", audience="private", q="x")) == [
        f"note-{changed.public_id}"
    ]


def note_in(essay, reader) -> Note:
    return note_on(essay, reader, essay.passages.current()[0].text[:10], "Elsewhere")


@pytest.mark.parametrize("query", [{"colour": "mauve"}, {"essay": "x"}, {"order": "'"}])
def test_an_unknown_filter_value_is_refused_with_a_message(client, rosa, query):
    note(rosa, "x")
    response = client.get("/notebook/", query)
    assert response.status_code == 400
    assert "There is no such choice. Take one of these." in response.text


@pytest.mark.parametrize("words", ["x" * 201, "a\0b"])
def test_an_invalid_query_is_refused_with_a_message(client, rosa, words):
    note(rosa, "x")
    response = client.get("/notebook/", {"q": words})
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.text
    assert "\0" not in response.text


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 30])
def test_a_missing_page_is_404_and_links_back(client, rosa, page):
    note(rosa, "x")
    response = client.get("/notebook/", {"page": page, "order": "newest"})
    assert response.status_code == 404
    assert 'href="?order=newest"' in response.text


def test_an_unknown_parameter_is_ignored(client, rosa):
    note(rosa, "x")
    assert len(ids(notebook(client, utm_source="x"))) == 1


def test_the_link_to_the_next_fifty_keeps_the_query(client, rosa):
    for number in range(51):
        note(rosa, f"number {number}", key="opening")
    html = notebook(client, q="number", order="newest")
    assert len(ids(html)) == 50
    assert "51 found, page 1 of 2" in html
    way = unescape(re.search(r'rel="next" href="([^"]+)"', html)[1])
    assert len(ids(client.get(f"/notebook/{way}").text)) == 1


def test_notes_behind_the_veil_are_veiled_here_too(client, rosa, her):
    free = note_on(her, rosa, "Best Picture", "Before it")
    hidden = note(rosa, "Behind it", key=her.passages.get(number=10).key)
    for order in ("", "newest"):
        html = notebook(client, order=order)
        before, after = html.split('<div class="veil"')
        assert ids(before) == [f"note-{free.public_id}"]
        assert ids(after) == [f"note-{hidden.public_id}"]
        assert '<ul class="veiled">' in after
        assert "Behind it" not in before


def test_notes_whose_words_changed_or_are_gone_say_so(client, rosa):
    essay = write_essay(
        "sea", ["The sea is wide and the boat is old.", "Another day, another boat."]
    )
    changed = note_on(essay, rosa, "the boat is old", "Changed")
    lost = note_on(essay, rosa, "Another day", "Gone")
    drafts = [Draft("The sea is wide and the boat is very old."), Draft("Rain all week long.")]
    revising.revise(essay, drafts)
    html = notebook(client)
    assert ids(notebook(client, state="changed")) == [f"note-{changed.public_id}"]
    assert ids(notebook(client, state="orphaned")) == [f"note-{lost.public_id}"]
    assert "The text changed since you wrote this" in html
    assert "These words are no longer in the essay" in html
    assert "Another day" in html
    assert reverse("reattach_note", args=[lost.public_id]) in html


def test_a_candidate_is_chosen_with_one_click(client, rosa):
    essay = write_essay("sea", ["The sea is wide.", "The boat is old."])
    lost = note_on(essay, rosa, "The sea is wide", "Gone")
    target = essay.passages.get(number=2)
    one = {"passage": target.pk, "start": 4, "end": 8, "score": 0.7}
    state = {"state": "orphaned", "start": None, "end": None, "candidates": [one]}
    Note.objects.filter(pk=lost.pk).update(**state)
    html = notebook(client)
    form = html[html.index('<ul class="candidates">') :].split("</form>")[0]
    assert "<q>boat</q>" in form
    values = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    response = client.post(reverse("reattach_note", args=[lost.public_id]), values)
    assert response.status_code in (302, 303)
    lost.refresh_from_db()
    assert (lost.state, lost.passage, lost.words) == ("kept", target, "boat")


def test_a_candidate_behind_the_veil_is_veiled(client, rosa, her):
    lost = note_on(her, rosa, "Best Picture", "Gone")
    far = her.passages.get(number=10)
    one = {"passage": far.pk, "start": 0, "end": 30, "score": 0.7}
    state = {"state": "orphaned", "start": None, "end": None, "candidates": [one]}
    Note.objects.filter(pk=lost.pk).update(**state)
    before, after = notebook(client).split('<div class="veil"')
    assert far.text[:20] not in unescape(before)
    assert far.text[:20] in unescape(after)


def test_public_notes_say_whether_others_see_them_and_why_not(client, rosa):
    waiting = note(rosa, "Waits", public=True)
    hidden = note(rosa, "Hidden", public=True)
    Note.objects.filter(pk=waiting.pk).update(standing=Standing.WAITING)
    why = {"standing": Standing.HIDDEN, "hidden_because": "It names <b>a person</b>"}
    Note.objects.filter(pk=hidden.pk).update(**why)
    html = notebook(client)
    assert "Others will see this once a moderator has approved it." in html
    reason = "<bdi data-hx-ignore>It names &lt;b&gt;a person&lt;/b&gt;</bdi>"
    assert f"A moderator hid this from others: {reason}" in html


def test_notes_on_an_unpublished_essay_stay_in_the_notebook(client, rosa, her):
    note(rosa, "Still mine")
    Essay.objects.update(status="draft")
    html = notebook(client)
    assert "Still mine" in html
    assert "This essay is not published at present." in html
    assert 'href="/her/' not in html


def test_a_note_among_many_links_to_its_own_page(client, rosa):
    notes = [note(rosa, "x", key="opening") for _ in range(51)]
    assert f'<a href="{notes[0].get_absolute_url()}">Passage 1</a>' in notebook(client)


def test_it_takes_no_more_queries_with_more_notes(client, rosa, django_assert_max_num_queries):
    public = note(rosa, "x", public=True)
    reply(public, rosa, "x")
    notebook(client)
    with django_assert_max_num_queries(14) as few:
        notebook(client, q="x")
    for number in range(60):
        one = {"passage": public.passage_id, "start": 0, "end": 5, "score": 0.7}
        note(rosa, f"x {number}", state="orphaned", candidates=[one])
        reply(public, rosa, f"x {number}")
    with django_assert_max_num_queries(len(few)):
        notebook(client, q="x")


def test_ten_thousand_notes_are_searched_and_shown(client, rosa, her):
    first = note(rosa, "A needle of words")
    copies = [
        Note(
            essay=her, reader=rosa, body=f"Note {number}", html=f"<p>Note {number}</p>",
            passage=first.passage, original=first.original, start=0, end=0,
            original_start=0, original_end=0, audience=Audience.PRIVATE,
        )
        for number in range(10_000)
    ]  # fmt: skip
    Note.objects.bulk_create(copies, batch_size=500)
    assert len(ids(notebook(client))) == 50
    assert ids(notebook(client, q="NEEDLE")) == [f"note-{first.public_id}"]

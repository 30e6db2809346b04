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
from tests.written_notes import be, guest, note, reader_of, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def rosa(client, her):
    user = cast.reader()
    client.force_login(user)
    return reader_of(user)


def write(slug: str, texts, **fields) -> Essay:
    """A published essay with these passages."""
    essay = Essay.objects.create(slug=slug, **{"title": slug, "status": "published", **fields})
    revising.revise(essay, [Draft(text, "prose") for text in texts])
    return essay


def on(essay: Essay, reader, words: str, body: str = "", **fields) -> Note:
    """A note on words of the first passage that has them."""
    passage = next(one for one in essay.passages.current() if words in one.text)
    made = Note(essay=essay, reader=reader, body=body, **fields)
    start = passage.text.index(words)
    revising.attach(made, passage, start, start + len(words))
    made.save()
    return made


def show(client, **asked) -> str:
    response = client.get("/notebook/", asked)
    assert response.status_code == 200
    return dom.flat(response.text)


def ids(html: str) -> list[str]:
    """The ids of the notes and replies on a page, in order."""
    return re.findall(r'class="kept-note" id="([^"]+)"', html)


def test_it_shows_what_i_wrote_with_the_words_and_their_place(client, rosa, her):
    mine = on(her, rosa, "Best Picture", "A **year** later.", colour="rose")
    html = show(client)
    assert ids(html) == [f"note-{mine.pk}"]
    assert '<mark class="mine" data-colour="rose">Best Picture</mark>' in html
    assert "A <strong>year</strong> later." in html
    assert f'href="/her/#note-{mine.pk}"' in html
    assert "only you" in html
    for name in ("edit_note", "delete_note"):
        assert reverse(name, args=[mine.pk]) in html


def test_a_guest_has_one_too_and_is_told_how_long_it_is_kept(client, her):
    someone = guest()
    mine = note(someone, "As a guest")
    html = show(be(client, someone))
    assert ids(html) == [f"note-{mine.pk}"]
    assert "Kept for this browser" in html


def test_who_wrote_nothing_is_told_what_it_is_and_how_it_starts(client, her):
    html = show(client)
    assert "There is nothing yet." in html
    assert reverse("account_login") in html


def test_nobody_elses_words_are_in_it(client, rosa, her):
    other = guest()
    note(other, "A secret of another", key="opening")
    note(other, "For anyone to read", key="opening", public=True)
    mine = note(rosa, "Mine")
    html = show(client)
    assert ids(html) == [f"note-{mine.pk}"]
    assert "secret" not in html
    assert ids(show(client, q="secret")) == []


def test_it_is_kept_by_no_cache_that_others_share(client, rosa):
    response = client.get("/notebook/")
    assert "Cookie" in response["Vary"]
    assert "private" in response["Cache-Control"]
    assert "no-cache" in response["Cache-Control"]


def test_only_reading_is_answered(client, rosa):
    assert client.post("/notebook/").status_code == 405


def test_what_was_deleted_is_not_in_it(client, rosa):
    gone = note(rosa, "Gone")
    gone.remove()
    kept = note(rosa, "Kept")
    assert ids(show(client)) == [f"note-{kept.pk}"]


def test_a_reply_stands_after_the_note_it_answers(client, rosa, her):
    theirs = on(her, guest(), "Oscars", "What of it?", audience="public", standing="shown")
    before = on(her, rosa, "Best Picture", "Before it")
    after = note(rosa, "Later in the essay")
    mine = reply(theirs, rosa, "My answer")
    expected = [f"note-{before.pk}", f"reply-{mine.pk}", f"note-{after.pk}"]
    html = show(client)
    assert ids(html) == expected
    assert "What of it?" not in html
    assert theirs.get_absolute_url() in html


def test_it_is_in_reading_order_or_newest_first(client, rosa, her):
    texts = ["One cat here.", "Two dogs there."]
    essay = write("animals", texts, published_at=timezone.now())
    notes = [on(essay, rosa, words, "x") for words in ("dogs", "there", "cat", "One")]
    dogs, there, cat, one = (f"note-{made.pk}" for made in notes)
    assert ids(show(client)) == [one, cat, dogs, there]
    assert ids(show(client, order="newest")) == [one, cat, there, dogs]


def test_words_are_found_in_what_i_wrote_and_in_what_i_quoted(client, rosa, her):
    quoting = on(her, rosa, "Best Picture", "About the prize")
    saying = note(rosa, "The picture at home")
    note(rosa, "Nothing of it", key="opening")
    found = {f"note-{quoting.pk}", f"note-{saying.pk}"}
    assert set(ids(show(client, q="picture"))) == found
    assert ids(show(client, q="picture prize")) == [f"note-{quoting.pk}"]


ALIKE = [
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


@pytest.mark.parametrize(("asked", "body"), ALIKE)
def test_words_are_found_whatever_their_case_and_accents(client, rosa, asked, body):
    mine = note(rosa, body)
    note(rosa, "Something else")
    assert ids(show(client, q=asked)) == [f"note-{mine.pk}"]


def test_words_in_quotation_marks_have_to_stand_side_by_side(client, rosa):
    together = note(rosa, "the open sea")
    note(rosa, "the sea, open")
    assert ids(show(client, q='"open sea"')) == [f"note-{together.pk}"]
    assert len(ids(show(client, q="open sea"))) == 2


def test_no_words_are_folded_to_nothing():
    assert terms_of('“” " ') == []
    assert terms_of("  a  b ") == ["a", "b"]
    assert fold("Éa\u0301 ’S  x") == "ea 's x"


def test_what_was_looked_for_is_shown_as_text(client, rosa):
    note(rosa, "x")
    html = show(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_it_is_narrowed_by_colour_audience_essay_and_state(client, rosa, her):
    other = cast.second()
    rose = on(her, rosa, "Best Picture", colour="rose")
    public = note(rosa, "For anyone", public=True)
    elsewhere = note_in(other, rosa)
    changed = on(her, rosa, "Oscars", "x")
    Note.objects.filter(pk=changed.pk).update(state="changed")
    answer = reply(public, rosa, "And more")
    assert ids(show(client, colour="rose")) == [f"note-{rose.pk}"]
    assert ids(show(client, audience="public")) == [f"note-{public.pk}", f"reply-{answer.pk}"]
    assert ids(show(client, essay=other.slug)) == [f"note-{elsewhere.pk}"]
    assert ids(show(client, state="changed")) == [f"note-{changed.pk}"]
    assert ids(show(client, state="orphaned")) == []
    assert ids(show(client, essay="her", audience="private", q="x")) == [f"note-{changed.pk}"]


def note_in(essay, reader) -> Note:
    return on(essay, reader, essay.passages.current()[0].text[:10], "Elsewhere")


@pytest.mark.parametrize("asked", [{"colour": "mauve"}, {"essay": "x"}, {"order": "'"}])
def test_a_choice_that_is_none_is_refused_in_plain_words(client, rosa, asked):
    note(rosa, "x")
    response = client.get("/notebook/", asked)
    assert response.status_code == 400
    assert "There is no such choice. Take one of these." in response.text


@pytest.mark.parametrize("words", ["x" * 201, "a\0b"])
def test_words_that_cannot_be_looked_for_are_refused_in_plain_words(client, rosa, words):
    note(rosa, "x")
    response = client.get("/notebook/", {"q": words})
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.text
    assert "\0" not in response.text


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 30])
def test_a_page_that_is_none_is_404_and_leads_back(client, rosa, page):
    note(rosa, "x")
    response = client.get("/notebook/", {"page": page, "order": "newest"})
    assert response.status_code == 404
    assert 'href="?order=newest"' in response.text


def test_a_parameter_that_it_does_not_know_is_ignored(client, rosa):
    note(rosa, "x")
    assert len(ids(show(client, utm_source="x"))) == 1


def test_fifty_are_on_a_page_and_the_way_on_keeps_what_was_asked(client, rosa):
    for number in range(51):
        note(rosa, f"number {number}", key="opening")
    html = show(client, q="number", order="newest")
    assert len(ids(html)) == 50
    assert "51 found, page 1 of 2" in html
    way = unescape(re.search(r'rel="next" href="([^"]+)"', html)[1])
    assert len(ids(client.get(f"/notebook/{way}").text)) == 1


def test_what_stands_behind_a_veil_stands_behind_it_here(client, rosa, her):
    free = on(her, rosa, "Best Picture", "Before it")
    hidden = note(rosa, "Behind it", key=her.passages.get(number=10).key)
    for order in ("", "newest"):
        html = show(client, order=order)
        before, after = html.split('<div class="veil"')
        assert ids(before) == [f"note-{free.pk}"]
        assert ids(after) == [f"note-{hidden.pk}"]
        assert '<ul class="veiled">' in after
        assert "Behind it" not in before


def test_words_that_changed_or_are_gone_say_so(client, rosa):
    essay = write("sea", ["The sea is wide and the boat is old.", "Another day, another boat."])
    changed = on(essay, rosa, "the boat is old", "Changed")
    gone = on(essay, rosa, "Another day", "Gone")
    drafts = [Draft("The sea is wide and the boat is very old."), Draft("Rain all week long.")]
    revising.revise(essay, drafts)
    html = show(client)
    assert ids(show(client, state="changed")) == [f"note-{changed.pk}"]
    assert ids(show(client, state="orphaned")) == [f"note-{gone.pk}"]
    assert "The text changed since you wrote this" in html
    assert "These words are no longer in the essay" in html
    assert "Another day" in html
    assert reverse("reattach_note", args=[gone.pk]) in html


def test_the_candidates_for_lost_words_are_one_click_each(client, rosa):
    essay = write("sea", ["The sea is wide.", "The boat is old."])
    gone = on(essay, rosa, "The sea is wide", "Gone")
    target = essay.passages.get(number=2)
    one = {"passage": target.pk, "start": 4, "end": 8, "score": 0.7}
    state = {"state": "orphaned", "start": None, "end": None, "candidates": [one]}
    Note.objects.filter(pk=gone.pk).update(**state)
    html = show(client)
    form = html[html.index('<ul class="candidates">') :].split("</form>")[0]
    assert "<q>boat</q>" in form
    values = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    response = client.post(reverse("reattach_note", args=[gone.pk]), values)
    assert response.status_code in (302, 303)
    gone.refresh_from_db()
    assert (gone.state, gone.passage, gone.words) == ("kept", target, "boat")


def test_a_candidate_behind_the_veil_is_behind_it(client, rosa, her):
    gone = on(her, rosa, "Best Picture", "Gone")
    far = her.passages.get(number=10)
    one = {"passage": far.pk, "start": 0, "end": 30, "score": 0.7}
    state = {"state": "orphaned", "start": None, "end": None, "candidates": [one]}
    Note.objects.filter(pk=gone.pk).update(**state)
    before, after = show(client).split('<div class="veil"')
    assert far.text[:20] not in unescape(before)
    assert far.text[:20] in unescape(after)


def test_public_words_say_whether_others_see_them_and_why_not(client, rosa):
    waiting = note(rosa, "Waits", public=True)
    hidden = note(rosa, "Hidden", public=True)
    Note.objects.filter(pk=waiting.pk).update(standing=Standing.WAITING)
    why = {"standing": Standing.HIDDEN, "hidden_because": "It names <b>a person</b>"}
    Note.objects.filter(pk=hidden.pk).update(**why)
    html = show(client)
    assert "Others will see this once a moderator has approved it." in html
    assert "A moderator hid this from others: It names &lt;b&gt;a person&lt;/b&gt;" in html


def test_an_essay_that_was_taken_down_leaves_my_notes_to_me(client, rosa, her):
    note(rosa, "Still mine")
    Essay.objects.update(status="draft")
    html = show(client)
    assert "Still mine" in html
    assert "This essay is not published at present." in html
    assert 'href="/her/' not in html


def test_a_note_in_a_crowd_leads_to_its_own_page(client, rosa):
    notes = [note(rosa, "x", key="opening") for _ in range(51)]
    assert f'<a href="{notes[0].get_absolute_url()}">Passage 1</a>' in show(client)


def test_its_queries_do_not_grow_with_what_i_wrote(client, rosa, django_assert_max_num_queries):
    public = note(rosa, "x", public=True)
    reply(public, rosa, "x")
    show(client)
    with django_assert_max_num_queries(14) as few:
        show(client, q="x")
    for number in range(60):
        one = {"passage": public.passage_id, "start": 0, "end": 5, "score": 0.7}
        note(rosa, f"x {number}", state="orphaned", candidates=[one])
        reply(public, rosa, f"x {number}")
    with django_assert_max_num_queries(len(few)):
        show(client, q="x")


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
    assert len(ids(show(client))) == 50
    assert ids(show(client, q="NEEDLE")) == [f"note-{first.pk}"]

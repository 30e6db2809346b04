"""The editors' list of public notes that lost their words, and how each gets a place."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from annotations import revising
from annotations.models import Note
from annotations.revising import RevisingError, StaleEdit
from essays.models import Essay, Passage
from tests import cast, dom
from tests.written_notes import note, reader_of

pytestmark = pytest.mark.django_db

LOST = "/admin/annotations/note/lost/"
WORDS = "Frank Costanza"
ORIGINAL = ("original_id", "original_start", "original_end", "exact", "prefix", "suffix")


def passage(key: str = "fresh") -> Passage:
    return Passage.objects.select_related("essay").get(essay__slug="her", key=key)


def note_on(reader, body: str, words: str = WORDS, **fields) -> Note:
    made = note(reader, body, **fields)
    start = passage().text.index(words)
    revising.reattach(made, passage(), start, start + len(words))
    return Note.objects.get(pk=made.pk)


@pytest.fixture
def rosa():
    cast.her()
    return reader_of(cast.reader())


@pytest.fixture
def lost(rosa) -> Note:
    """Rosa's public note, whose words were then cut."""
    made = note_on(rosa, "Who is *Frank*?", public=True)
    cut_words()
    return Note.objects.get(pk=made.pk)


@pytest.fixture
def elsa(client: Client, rosa):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def cut_words() -> None:
    revising.edit(passage(), "Somebody once sang of summer rain.")


def place_url(of: Note) -> str:
    return f"/admin/annotations/note/{of.pk}/place/"


def form_of(page: str, number: int = -1) -> dict[str, str]:
    """The hidden fields of a form of the page that is sent by POST."""
    form = re.findall(r'<form method="post".*?</form>', page, re.DOTALL)[number]
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form)
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def choose(client, of: Note, page: str = "", **given):
    page = page or client.get(place_url(of)).text
    return client.post(place_url(of), {**form_of(page), **given})


def page_text(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", response.text)).split())


def reload(one: Note) -> Note:
    return Note.objects.select_related("passage").get(pk=one.pk)


def original(one: Note) -> list:
    return [getattr(one, name) for name in ORIGINAL]


def with_candidate(one: Note, words: str = "summer rain") -> None:
    start = passage().text.index(words)
    there = {"passage": passage().pk, "start": start, "end": start + len(words), "score": 0.6}
    Note.objects.filter(pk=one.pk).update(candidates=[there])


# It works


def test_the_list_has_the_public_notes_that_lost_their_words_and_no_other(client, elsa, rosa):
    lost_note = note_on(rosa, "This one is lost", public=True)
    private = note_on(rosa, "Mine alone")
    waiting = note_on(rosa, "Not approved yet", audience="public")
    deleted = note_on(rosa, "Taken back", public=True)
    cut_words()
    deleted.remove()
    standing = note(rosa, "This one stands", key="opening", public=True)
    page = client.get(LOST).text
    assert f'id="note-{lost_note.public_id}"' in page and "This one is lost" in page
    assert f"<q>{WORDS}</q> in passage 3" in page
    for other in (private, waiting, deleted, standing):
        assert f'id="note-{other.public_id}"' not in page and other.body not in page
        assert client.get(place_url(other)).status_code == (302 if other == standing else 404)


def test_one_click_puts_a_note_on_a_candidate_and_keeps_its_original_words(client, elsa, lost):
    with_candidate(lost)
    before, counter = original(lost), Essay.objects.get(slug="her").counter
    page = client.get(LOST).text
    assert re.search(r"<mark\s*>summer rain</mark>", page)
    response = client.post(place_url(lost), form_of(page, -1))
    assert response.url == LOST
    saved = reload(lost)
    assert (saved.words, saved.state, saved.candidates) == ("summer rain", "changed", [])
    assert original(saved) == before
    assert Essay.objects.get(slug="her").counter > counter
    row = saved.changes.first()
    assert (row.revision, row.old_words, row.new_words) == (None, WORDS, "summer rain")
    text = page_text(client.get(LOST))
    assert "The note stands beside “summer rain”, in passage 3." in text
    assert "Every public note has its words." in text


def test_words_can_be_typed_without_a_script(client, elsa, lost):
    page = client.get(f"{place_url(lost)}?passage=opening").text
    words = passage("opening").text[:20].strip()
    assert choose(client, lost, page, words=f" {words}\r\n").status_code == 302
    saved = reload(lost)
    assert (saved.words, saved.passage.key, saved.exact) == (words, "opening", WORDS)


def test_the_same_words_in_another_passage_are_moved(client, elsa, lost):
    opening = passage("opening")
    revising.edit(opening, f"{opening.source} Thus sang Frank, not the other Costanza.")
    words = f"{passage('opening').source} Ask {WORDS}."
    Note.objects.filter(pk=lost.pk).update(state="kept", start=0, end=8)
    revising.edit(passage("opening"), words)
    Note.objects.filter(pk=lost.pk).update(state="orphaned", start=None, end=None)
    page = client.get(f"{place_url(lost)}?passage=opening").text
    assert choose(client, lost, page, words=WORDS).status_code == 302
    assert (reload(lost).state, reload(lost).score) == ("moved", 1.0)


def test_later_edits_carry_a_note_from_where_an_editor_put_it(client, elsa, lost):
    choose(client, lost, words="summer rain")
    revising.edit(passage(), "They say: somebody once sang of summer rain, in a film.")
    assert (reload(lost).words, reload(lost).state) == ("summer rain", "changed")
    assert reload(lost).exact == WORDS


def test_a_note_on_a_whole_passage_that_was_cut_gets_a_passage(client, elsa, rosa):
    whole = note(rosa, "On all of it", public=True)
    revising.retire(passage())
    text = page_text(client.get(LOST))
    assert "the whole of a passage that was cut from “Her” Is Not About the Future" in text
    assert "I like to go in Fresh!" in text
    page = client.get(f"{place_url(whole)}?passage=opening").text
    assert 'name="words"' not in page
    assert choose(client, whole, page).status_code == 302
    saved = reload(whole)
    assert (saved.passage.key, saved.state, saved.is_whole_passage) == ("opening", "moved", True)


def test_readers_see_the_new_place_and_the_original_words(client, elsa, lost):
    choose(client, lost, words="summer rain")
    page = dom.of(Client().get(lost.get_absolute_url()))
    assert page.one("blockquote.quoting").text == "summer rain"
    assert "The text has changed since this was written" in page.text
    assert [mark.text for mark in page.all("mark")] == [WORDS]


def test_the_editors_choice_is_logged(client, elsa, lost):
    choose(client, lost, words="summer rain")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (elsa, str(lost.pk))
    assert entry.change_message == "Its words stand today at “summer rain”, in passage 3."


def test_moderators_who_edit_reach_the_list_from_the_notes_and_filter_them(client, lost):
    client.force_login(cast.superuser())
    notes = "/admin/annotations/note/"
    assert f'href="{LOST}"' in client.get(notes).text
    assert f"/{lost.pk}/change/" in client.get(f"{notes}?queue=all&words=orphaned").text
    assert f"/{lost.pk}/change/" not in client.get(f"{notes}?queue=all&words=kept").text
    assert place_url(lost) in client.get(f"{notes}{lost.pk}/change/").text


def test_the_list_takes_no_more_queries_with_more_notes(
    client, elsa, rosa, django_assert_max_num_queries
):
    for number in range(30):
        note_on(rosa, f"Note {number}", public=True)
    cut_words()
    Note.objects.update(candidates=[{"passage": passage().pk, "start": 0, "end": 8, "score": 0.6}])
    with django_assert_max_num_queries(12):
        page = client.get(LOST).text
    assert page.count('class="candidates"') == 25 and "Page 1 of 2" in page
    assert client.get(f"{LOST}?p=2").text.count('class="candidates"') == 5


# Permissions


def test_only_editors_put_notes_on_words(client, lost):
    for user in (None, cast.reader, cast.moderator):
        if user is not None:
            client.force_login(reader_of(lost.reader.user).user if user is cast.reader else user())
        for url in (LOST, place_url(lost)):
            assert client.get(url).status_code in (302, 403)
            assert "/admin/login/" in (client.get(url).headers.get("Location") or "/admin/login/")
        client.post(place_url(lost), {"words": "summer rain"})
    assert reload(lost).state == "orphaned"
    assert not reload(lost).changes.filter(revision=None, new_words="summer rain").exists()


def test_other_methods_are_refused(client, elsa, lost):
    assert client.delete(place_url(lost)).status_code == 405
    assert client.post(LOST).status_code == 405


def test_nothing_is_placed_without_a_token(elsa, lost):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(elsa)
    assert choose(strict, lost, words="summer rain").status_code == 403
    assert reload(lost).state == "orphaned"


# Bad input


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"words": "winter rain"}, "These words are not in the passage."),
        ({"words": "so", "occurrence": "9"}, "Give a number from 1 to"),
        ({"words": ""}, "Say which words"),
        ({"words": "summer rain", "version": "999"}, "This passage is not in the essay today."),
    ],
)
def test_invalid_input_is_refused_and_stays_in_the_form(client, elsa, lost, given, message):
    revising.edit(passage(), "So somebody once sang of summer rain, and so did I, so.")
    response = choose(client, lost, **given)
    assert response.status_code == 422
    assert message in page_text(response)
    assert f">\n{given['words']}</textarea>" in response.text
    assert reload(lost).state == "orphaned"


def test_an_edit_meanwhile_is_shown(client, elsa, lost):
    page = client.get(place_url(lost)).text
    revising.edit(passage(), "Somebody once sang of heavy summer rain.")
    response = choose(client, lost, page, words="summer rain")
    assert response.status_code == 409
    assert "[added: heavy ]" in page_text(response)
    assert choose(client, lost, response.text, words="summer rain").status_code == 302


def test_the_second_of_two_editors_learns_that_the_note_has_a_place(client, elsa, lost):
    page = client.get(place_url(lost)).text
    choose(client, lost, page, words="summer rain")
    response = choose(client, lost, page, words="Somebody")
    assert response.status_code == 409
    assert "gave it its place meanwhile" in response.text and "Somebody" in response.text
    assert reload(lost).words == "summer rain"


# The function behind the form


def test_a_note_gets_a_place_only_once_and_only_in_its_own_essay(lost):
    cast.second()
    elsewhere = Passage.objects.filter(essay__slug="salt-ledger").first()
    with pytest.raises(RevisingError, match="another essay"):
        revising.confirm(lost, elsewhere, 0, 4)
    for span in ((0, 0), (5, 5), (0, 999)):
        with pytest.raises(RevisingError, match="no such words"):
            revising.confirm(lost, passage(), *span)
    with pytest.raises(StaleEdit):
        revising.confirm(lost, passage(), 0, 8, expect=1)
    revising.confirm(lost, passage(), 0, 8, expect=2)
    with pytest.raises(RevisingError, match="have a place again"):
        revising.confirm(lost, passage(), 0, 8)

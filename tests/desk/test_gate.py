"""The gate: it shows what a change does to glosses and notes before the change is saved."""

import sqlite3

import pytest
from django.contrib.admin.models import LogEntry
from django.db import OperationalError, connection
from django.test import Client

from annotations import revising
from annotations.models import Gloss, Note
from annotations.moderation import moderate
from essays.models import Essay, PassageRevision
from tests import cast
from tests.desk_pages import desk_url, fields_of, note_on, page_text, passage
from tests.shared_database import once_something_is_read_from
from tests.written_notes import guest, reader_of

pytestmark = pytest.mark.django_db

SAVED = "Saved."
GATE = "Before it is saved"
FRESH = "In the words of the great Frank Costanza, “I like to go in Fresh!”"

COPIED = [
    *("essay", "passage", "start", "end", "original", "original_start", "original_end"),
    *("exact", "prefix", "suffix", "audience", "standing", "published_at"),
]


@pytest.fixture
def rosa():
    cast.her()
    return reader_of(cast.reader())


@pytest.fixture
def elsa(client, rosa):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def edit(client, source: str, key: str = "fresh", **given):
    """Save `source` as the text of a passage."""
    place = desk_url(passage(key))
    sent = fields_of(client.get(place), "writing")
    return client.post(place, {**sent, "source": source, **given}, follow=True)


def save(client, gate, key: str = "fresh", **given):
    """Save at the gate, with these choices: each `__` in a name stands for a hyphen."""
    return client.post(
        desk_url(passage(key)), {**fields_of(gate), **field_names(given)}, follow=True
    )


def field_names(choices: dict) -> dict:
    return {name.replace("__", "-"): value for name, value in choices.items()}


def gloss(key: str) -> Gloss:
    return Gloss.objects.select_related("passage").get(key=key)


def reload(one):
    return type(one).objects.select_related("passage").get(pk=one.pk)


# It works


def test_a_change_that_disturbs_no_anchor_is_saved_at_once_with_a_summary(client, elsa, rosa):
    note_on(rosa, "Who?", "fresh", "Frank Costanza", public=True)
    note_on(rosa, "mine", "fresh", "Frank Costanza")
    response = edit(client, f"As I said before: {FRESH}")
    assert "Saved. 1 gloss and 1 note kept their words." in page_text(response)
    assert passage("fresh").source.startswith("As I said")
    assert GATE not in page_text(response)


def test_nothing_is_saved_before_the_editor_has_seen_what_changes(client, elsa, rosa):
    mine = note_on(rosa, "Who is that?", "fresh", "great Frank Costanza", public=True)
    response = edit(client, FRESH.replace("great Frank", "grumpy old Frank"))
    assert response.status_code == 200
    page = page_text(response)
    assert GATE in page and "Their words change" in page and "Who is that?" in page
    assert "great Frank Costanza" in page and "[added: grumpy old" in page
    assert passage("fresh").source == FRESH and passage("fresh").version == 1
    assert reload(mine).state == "kept"
    assert not LogEntry.objects.exists()


def test_lost_notes_come_before_changed_ones(client, elsa, rosa):
    note_on(rosa, "lost-one", "fresh", "I like to go in", public=True)
    note_on(rosa, "changed-one", "fresh", "the great Frank Costanza", public=True)
    note_on(rosa, "kept-one", "fresh", "In the words of", public=True)
    page = page_text(
        edit(client, "In the words of the grumpy Frank Costanza, something else.", "fresh")
    )
    places = [page.index(word) for word in ("lost-one", "changed-one", "In the words of the")]
    assert places[0] < places[1]
    assert "Their words are gone" in page and "as before" in page


def test_an_accepted_gloss_moves_to_the_proposed_words(client, elsa):
    changed = FRESH.replace("I like to go in Fresh!", "I love to go in Fresh!")
    gate = edit(client, changed)
    assert GATE in page_text(gate)
    name = f"gloss-{gloss('going-in-fresh').pk}"
    assert fields_of(gate)[f"{name}-choice"] == "accept"
    response = save(client, gate)
    assert SAVED in page_text(response)
    saved = gloss("going-in-fresh")
    assert "love" in saved.words and (saved.words, saved.state) == (saved.exact, "kept")
    assert passage("fresh").source == changed


def test_a_lost_gloss_can_be_put_on_other_words(client, elsa):
    gate = edit(client, "Somebody once sang of summer rain.")
    name = f"gloss-{gloss('going-in-fresh').pk}"
    sent = fields_of(gate)
    assert sent[f"{name}-choice"] == "lost"
    wrong = {f"{name}-choice": "words", f"{name}-words": "winter rain", f"{name}-number": "3"}
    refused = client.post(desk_url(passage("fresh")), {**sent, **wrong})
    assert refused.status_code == 422
    assert "These words are not in passage 3." in page_text(refused)
    assert fields_of(refused)[f"{name}-words"] == "winter rain"
    assert passage("fresh").source == FRESH
    right = {**wrong, f"{name}-words": "summer rain"}
    client.post(desk_url(passage("fresh")), {**fields_of(refused), **right})
    saved = gloss("going-in-fresh")
    assert (saved.words, saved.exact, saved.state) == ("summer rain", "summer rain", "kept")


def test_a_lost_public_note_moves_to_a_candidate_and_keeps_its_original_words(client, elsa, rosa):
    mine = note_on(rosa, "Yes.", "fresh", "I like to go in Fresh!", public=True)
    written = (mine.original_id, mine.original_start, mine.exact)
    unseen = passage("unseen")
    revising.edit(unseen, f"{unseen.source} Others like to go in fresh.")
    gate = edit(client, "In the words of the great Frank Costanza.")
    name = f"note-{mine.pk}"
    assert fields_of(gate)[f"{name}-choice"] == "lost"
    assert "These, in passage 2: " in page_text(gate)
    save(client, gate, **{f"{name}-choice": "place-0"})
    saved = reload(mine)
    assert (saved.state, saved.words) == ("changed", "like to go in fresh")
    assert (saved.original_id, saved.original_start, saved.exact) == written
    assert saved.changes.first().new_words == saved.words


def test_a_changed_note_can_be_called_lost(client, elsa, rosa):
    mine = note_on(rosa, "Who?", "fresh", "great Frank Costanza", public=True)
    gate = edit(client, FRESH.replace("great", "grumpy"))
    response = save(client, gate, **{f"note-{mine.pk}-choice": "lost"})
    assert "1 note lost its words" in page_text(response)
    saved = reload(mine)
    assert (saved.state, saved.start, saved.exact) == ("orphaned", None, "great Frank Costanza")


def test_going_back_keeps_what_was_typed_and_saves_nothing(client, elsa):
    typed = "Somebody once sang of  summer rain.\r\n\r\n*Twice.*"
    gate = edit(client, typed)
    back = client.post(desk_url(passage("fresh")), {**fields_of(gate), "again": "1"})
    assert back.status_code == 200
    source = fields_of(back, "writing")["source"]
    assert source.replace("\r\n", "\n") == typed.replace("\r\n", "\n")
    assert passage("fresh").source == FRESH


# Private notes: four numbers and nothing else


def test_private_notes_appear_only_as_four_numbers(client, elsa, rosa):
    note_on(rosa, "rosa-keeps-this", "fresh", "great Frank Costanza")
    note_on(guest(), "guest-keeps-this", "fresh", "In the words of")
    deleted = note_on(rosa, "was-deleted", "fresh", "In the words of")
    Note.objects.get(pk=deleted.pk).remove()
    gate = edit(client, FRESH.replace("great", "grumpy"))
    page = page_text(gate)
    assert (
        "Private notes, which are their authors’ alone: 1 kept, 0 moved, 1 changed, 0 lost." in page
    )
    assert "keeps-this" not in gate.text and "Rosa" not in gate.text
    response = save(client, gate)
    assert "note" not in page_text(response).partition("Saved.")[2].partition(".")[0]
    messages = [entry.change_message for entry in LogEntry.objects.all()]
    assert messages and not any("note" in message for message in messages)


def test_a_note_waiting_for_approval_is_listed_without_its_text(client, elsa, rosa):
    waiting = note_on(rosa, "this-waits", "fresh", "great Frank Costanza", audience="public")
    gate = edit(client, FRESH.replace("great", "grumpy"))
    assert "A note that is not shown to others today" in page_text(gate)
    assert f"note-{waiting.pk}" in gate.text
    assert "this-waits" not in gate.text and "Rosa" not in gate.text
    client.force_login(cast.superuser())
    assert "this-waits" in page_text(edit(client, FRESH.replace("great", "grumpy")))


# Changes made meanwhile


def test_the_gate_opens_again_when_a_new_note_changes_the_outcome(client, elsa, rosa):
    note_on(rosa, "first", "fresh", "great Frank Costanza", public=True)
    gate = edit(client, FRESH.replace("great", "grumpy"))
    note_on(rosa, "second", "fresh", "the great Frank", public=True)
    second_gate = save(client, gate)
    assert second_gate.status_code == 409
    assert "is not any more what you were shown" in page_text(
        second_gate
    ) and "second" in page_text(second_gate)
    assert passage("fresh").source == FRESH
    assert SAVED in page_text(save(client, second_gate))


def test_a_new_note_that_is_not_disturbed_does_not_open_the_gate_again(client, elsa, rosa):
    note_on(rosa, "first", "fresh", "great Frank Costanza", public=True)
    gate = edit(client, FRESH.replace("great", "grumpy"))
    note_on(rosa, "second", "opening", "Oscars", public=True)
    note_on(rosa, "third", "fresh", "In the words", public=True)
    assert SAVED in page_text(save(client, gate))


def test_readers_write_while_the_anchors_of_a_change_are_computed(shared_database):
    """That takes seconds for many notes, so it is over before the gate locks anything."""
    note_on(guest(), "There before.", "fresh", "Frank Costanza")
    client, place = Client(), desk_url(passage("fresh"))
    client.force_login(cast.editor())
    sent = {**fields_of(client.get(place), "writing"), "source": f"As I said before: {FRESH}"}

    def write():
        form = {"body": "Written meanwhile.", "choice": "whole", "audience": "private"}
        return Client().post("/her/fresh/write/", form).status_code

    with once_something_is_read_from("annotations_note", write) as statuses:
        assert client.post(place, sent).status_code == 302
    assert statuses == [303]
    assert passage("fresh").source == sent["source"]
    assert Note.objects.get(body="Written meanwhile.").original.version == 1


def test_an_editor_sees_what_another_saved_meanwhile_and_keeps_their_own_text(client, elsa):
    place = desk_url(passage("fresh"))
    sent = fields_of(client.get(place), "writing")
    revising.edit(passage("fresh"), FRESH.replace("the great", "their great"))
    response = client.post(place, {**sent, "source": FRESH.replace("great", "late")})
    assert response.status_code == 409
    page = page_text(response)
    assert "Somebody else changed this meanwhile" in page
    assert FRESH.replace("the great", "their great") in page
    assert "[removed: their great" in page and "[added: the late" in page
    typed = fields_of(response, "writing")
    assert typed["source"] == FRESH.replace("great", "late") and typed["version"] == "2"
    assert SAVED in page_text(client.post(place, {**typed}, follow=True))


def test_the_gate_refuses_a_passage_that_was_changed_meanwhile(client, elsa, rosa):
    note_on(rosa, "first", "fresh", "great Frank Costanza", public=True)
    gate = edit(client, FRESH.replace("great", "grumpy"))
    revising.edit(passage("fresh"), FRESH.replace("In the", "By the"))
    response = client.post(desk_url(passage("fresh")), fields_of(gate))
    assert response.status_code == 409
    assert "Somebody else changed this meanwhile" in page_text(response)
    assert passage("fresh").source == FRESH.replace("In the", "By the")


def test_a_failure_while_saving_rolls_everything_back(client, elsa, rosa):
    note_on(rosa, "first", "fresh", "great Frank Costanza", public=True)
    gate = edit(client, FRESH.replace("great", "grumpy"))
    before = [list(m.objects.order_by("pk").values()) for m in (Note, Gloss, PassageRevision)]

    def fail_at_the_last_rows(execute, sql, *rest):
        if sql.startswith('INSERT INTO "annotations_notechange"'):
            raise RuntimeError("disk full")
        return execute(sql, *rest)

    with (
        connection.execute_wrapper(fail_at_the_last_rows),
        pytest.raises(RuntimeError, match="disk full"),
    ):
        save(client, gate)
    after = [list(m.objects.order_by("pk").values()) for m in (Note, Gloss, PassageRevision)]
    assert before == after


def test_a_save_that_is_tried_again_keeps_what_was_decided(shared_database, client):
    client.force_login(cast.editor())
    rosa = reader_of(cast.reader())
    note_on(rosa, "first", "fresh", "great Frank Costanza", public=True)
    gate = edit(client, FRESH.replace("great Frank Costanza", "grumpy old man"))
    indexed, failed = [], []

    def deadlock(execute, sql, *rest):
        if sql.startswith('UPDATE "annotations_searchentry"'):
            indexed.append(sql)
        # Once the text is changed, the decisions are saved in a savepoint of their own.
        if indexed and sql.startswith("SAVEPOINT") and not failed:
            failed.append(sql)
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT
            raise OperationalError(str(error)) from error
        return execute(sql, *rest)

    with connection.execute_wrapper(deadlock):
        response = save(client, gate)
    assert failed and SAVED in page_text(response)
    assert "grumpy" in passage("fresh").source


# Every kind of change goes through the gate


def test_the_gate_for_a_cut_shows_notes_that_lose_their_words(client, elsa, rosa):
    whole = note_on(rosa, "on-the-words", "fresh", "Costanza", public=True)
    here = passage("fresh")
    Essay.objects.update(veil_after=passage("unseen"))
    gate = client.post(desk_url(here, "cut"), {"version": 1})
    assert "Their words are gone" in page_text(gate) and "on-the-words" in page_text(gate)
    assert passage("fresh").number == 3
    client.post(desk_url(here, "cut"), fields_of(gate))
    assert passage("fresh").number is None and reload(whole).state == "orphaned"


def test_the_gate_for_a_merge_and_a_split_shows_notes_that_move(client, elsa, rosa):
    first, second = passage("baseline"), passage("experience")
    mine = note_on(
        rosa, "on-the-second", "experience", "afraid of going through any pain", public=True
    )
    gate = client.post(desk_url(first, "merge"), {"pair": f"{second.pk}:1:1"})
    assert "Their words move to another passage" in page_text(gate)
    assert "Passage 9" in page_text(gate) and "on-the-second" in page_text(gate)
    client.post(desk_url(first, "merge"), fields_of(gate))
    assert reload(mine).passage.key == "baseline"
    place = desk_url(passage("baseline"), "split")
    source = passage("baseline").source.replace(" But for Theo", "\n\nBut for Theo")
    gate = client.post(place, {"source": source, "version": 2})
    assert "Their words move to another passage" in page_text(gate)
    client.post(place, fields_of(gate))
    assert reload(mine).passage.number == 9 and reload(mine).words.startswith("afraid")


def test_bringing_an_old_version_back_goes_through_the_gate(client, elsa, rosa):
    mine = note_on(rosa, "Who?", "fresh", "the great Frank Costanza", public=True)
    revising.edit(passage("fresh"), FRESH.replace("great Frank", "grumpy Frank"), by=elsa)
    note_on(rosa, "On grumpy.", "fresh", "grumpy Frank", public=True)
    history = client.get(desk_url(passage("fresh"), "history"))
    assert "Version 2: today’s" in page_text(history) and "[added: grumpy" in page_text(history)
    place = desk_url(passage("fresh"), "versions/1/bring-back")
    gate = client.post(place, {"version": 2})
    assert "On grumpy." in page_text(gate) and "Bring this version back" in page_text(gate)
    assert passage("fresh").version == 2
    response = client.post(place, fields_of(gate), follow=True)
    assert SAVED in page_text(response) and "is back on its own words" in page_text(response)
    assert (passage("fresh").version, passage("fresh").source) == (3, FRESH)
    assert reload(mine).state == "kept"
    assert LogEntry.objects.get().change_message == "Brought version 1 back."


def test_a_quotation_that_is_no_longer_printed_opens_the_gate(client, elsa):
    Gloss.objects.filter(passage__key="a-story").delete()
    gate = edit(client, "Something else altogether, in other words.", "a-story")
    assert "Printed nowhere any more" in page_text(gate)


# Permissions and invalid input


def test_moderators_can_read_and_change_nothing(client, rosa):
    client.force_login(cast.moderator())
    here = passage("fresh")
    page = client.get(desk_url(here))
    assert page.status_code == 200 and "Save the change" not in page.text
    sent = {"source": "Other words.", "kind": "prose", "version": 1}
    assert client.post(desk_url(here), sent).status_code == 403
    assert client.post(desk_url(here, "cut"), {"version": 1}).status_code == 403
    assert client.post(desk_url(here, "versions/1/bring-back"), {"version": 1}).status_code == 403
    assert passage("fresh").source == FRESH


def test_invalid_text_is_refused_and_stays_in_the_form(client, elsa):
    place = desk_url(passage("fresh"))
    for bad, why in [("", "Write some words."), ("![x](/a.png)", "A picture needs a passage")]:
        response = client.post(place, {"source": bad, "kind": "prose", "version": 1})
        assert response.status_code == 422 and why in page_text(response)
        assert fields_of(response, "writing")["source"] == bad


def test_hidden_public_notes_count_too(client, elsa, rosa):
    hidden = note_on(rosa, "is-hidden", "fresh", "great Frank Costanza", public=True)
    moderate.hide(Note.objects.filter(pk=hidden.pk), cast.moderator(), "because")
    gate = edit(client, FRESH.replace("great", "grumpy"))
    assert f"note-{hidden.pk}" in gate.text and "is-hidden" not in gate.text


def test_many_notes_are_listed_in_part_and_counted_in_full(client, elsa, rosa):
    like = note_on(rosa, "x", "fresh", "I like to go in Fresh!", public=True)
    copies = [
        Note(**{name: getattr(like, name) for name in COPIED}, reader=rosa, body=f"copy {n}")
        for n in range(249)
    ]
    Note.objects.bulk_create(copies)
    gate = edit(client, "Somebody once sang of summer rain.")
    page = page_text(gate)
    assert "1 gloss and 250 notes without words" in page and "51 more like these" in page
    response = save(client, gate)
    assert response.status_code == 200 and "1 gloss and 250 notes lost their words" in page_text(
        response
    )
    assert Note.objects.orphaned().count() == 250

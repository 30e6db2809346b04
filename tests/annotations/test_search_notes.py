"""The search finds public notes and no private ones."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import UNDO_PERIOD, Note
from annotations.moderation import moderate
from essays.models import Essay
from readers.models import Reader
from tests import cast, dom, written_notes
from tests.search_pages import behind, hits, marked_words, outside, search

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


@pytest.fixture
def rosa() -> Reader:
    return written_notes.reader_of(cast.reader())


def test_a_public_note_is_found_with_who_wrote_it_and_where(client, rosa):
    note = written_notes.note(rosa, "Why do *zebras* run? See #4.", public=True)
    html = search(client, "zebra running")
    assert hits(html) == [f"/notes/{note.public_id}/"]
    assert marked_words(html) == ["zebras run"]
    assert "Found: 1 note." in html
    section = next(one for one in dom.parse(html).all("section") if "Notes" in one.text)
    assert "Rosa Reader on passage 3 of “Her” Is Not About the Future" in section.text


def test_prefixes_and_quoted_phrases_are_found_in_notes(client, rosa):
    written_notes.note(rosa, "Some zebrafish swim.", public=True)
    assert len(hits(search(client, "zebra"))) == 1
    assert len(hits(search(client, "“zebrafish swim”"))) == 1
    assert hits(search(client, "“zebrafish some”")) == []


def test_an_approved_note_is_found_and_no_search_entry_is_read_or_written(client, rosa):
    note = written_notes.note(rosa, "A zebra that waits.", audience="public")
    mona, counter = cast.moderator(), note.essay.counter
    with CaptureQueriesContext(connection) as queries:
        moderate.approve(Note.objects.filter(pk=note.pk), mona)
    assert [query for query in queries if "searchentry" in query["sql"]] == []
    assert Essay.objects.get(pk=note.essay_id).counter == counter + 1
    assert hits(search(client, "zebra")) == [f"/notes/{note.public_id}/"]


def test_a_note_that_others_may_not_see_is_not_found_by_its_author_either(client, rosa):
    mona = cast.moderator()
    written_notes.note(rosa, "A zebra for me alone.")
    written_notes.note(rosa, "A zebra that waits.", audience="public")
    hidden = written_notes.note(rosa, "A zebra that is hidden.", public=True)
    moderate.hide(Note.objects.filter(pk=hidden.pk), mona, "Stripes.")
    written_notes.note(rosa, "A zebra that is deleted.", public=True).remove()
    someone = written_notes.reader_of(cast.editor())
    written_notes.note(someone, "A zebra of somebody blocked.", public=True)
    moderate.block(Reader.objects.filter(pk=someone.pk), mona)
    signed_in = Client()
    signed_in.force_login(rosa.user)
    for who in (client, signed_in):
        assert hits(search(who, "zebra")) == []


def test_a_note_is_found_by_its_current_text(client, rosa, settings):
    settings.PUBLIC_NOTES = "open"
    note = written_notes.note(rosa, "A zebra.", public=True)
    note.edit("A quagga.")
    assert hits(search(client, "zebra")) == []
    assert len(hits(search(client, "quagga"))) == 1
    note.withdraw()
    assert hits(search(client, "quagga")) == []


def test_a_note_behind_the_veil_is_found_only_behind_it(client, rosa):
    before = search(client, "zebra")
    note = written_notes.note(rosa, "A zebra.", key="a-choice", public=True)
    html = search(client, "zebra")
    assert outside(html, "zebra") == outside(before, "zebra")
    assert "A zebra." not in dom.unveiled(dom.parse(html))
    assert behind(html)[0].startswith("Found behind it: 1 place.")
    assert f"/notes/{note.public_id}/" in hits(html)


def test_the_results_behind_a_veil_are_limited(client, rosa):
    for _ in range(60):
        written_notes.note(rosa, "A choice.", key="a-choice", public=True)
    assert len(hits(behind_html := search(client, "choice"))) <= 20 + 50
    assert "These are the 50 that fit best." in behind_html


def test_the_notes_of_a_draft_are_not_found(client, rosa):
    written_notes.note(rosa, "A zebra.", public=True)
    Essay.objects.update(status="draft")
    assert hits(search(client, "zebra")) == []


def test_a_purged_note_has_no_stems(rosa):
    note = written_notes.note(rosa, "A zebra.", public=True)
    written_notes.reply(note, written_notes.guest(), "Stripes.")
    note.remove()
    Note.objects.filter(pk=note.pk).update(deleted_at=timezone.now() - UNDO_PERIOD)
    call_command("tick")
    assert Note.objects.get(pk=note.pk).stems == ""


def test_the_command_indexes_notes_again(client, rosa):
    written_notes.note(rosa, "A zebra.", public=True)
    Note.objects.update(stems="")
    assert hits(search(client, "zebra")) == []
    call_command("index")
    assert len(hits(search(client, "zebra"))) == 1

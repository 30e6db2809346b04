"""An editor who edits a passage while readers write on it: nobody waits for ever, nothing is lost.

In processes of their own: the database of the tests is one connection, where nobody waits.
"""

import subprocess
import sys

from tests.server import ROOT, environment

EDITS, NOTES = 3, 5

TWO_WRITERS = f"""
import sys, threading, uuid
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from annotations import revising
from annotations.anchoring import Span
from annotations.models import Note
from annotations.notes import create
from essays.models import Passage
from tests import cast, written_notes

WORDS = "bookkeeping"
failures = []
call_command("migrate", verbosity=0)
cast.second()
PASSAGE = Passage.objects.get(key="bookkeeping")
guests = [written_notes.guest() for _ in range(2)]

def find(passage):
    start = passage.text.index(WORDS)
    return Span(start, start + len(WORDS))

def edit():
    for number in range({EDITS}):
        passage = Passage.objects.get(pk=PASSAGE.pk)
        revising.edit(passage, f"Sentence {{number}}. " + passage.source)

def write(reader):
    for number in range({NOTES}):
        create.create_note(
            Passage.objects.select_related("essay").get(pk=PASSAGE.pk), find,
            reader_for=lambda: reader, token=uuid.uuid4(), body="Mine.", colour="amber",
        )

def run(work, *arguments):
    try:
        work(*arguments)
    except BaseException as error:
        failures.append(repr(error))
    finally:
        connection.close()

writers = [(edit,), (write, guests[0]), (write, guests[1])]
threads = [threading.Thread(target=run, args=work) for work in writers]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

text = Passage.objects.get(pk=PASSAGE.pk).text
assert failures == [], failures
assert text.startswith("Sentence {EDITS - 1}. "), text
assert Note.objects.count() == {2 * NOTES}
assert {{text[note.start : note.end] for note in Note.objects.all()}} == {{WORDS}}
"""


def test_notes_written_while_a_passage_is_edited_keep_their_words(tmp_path, site_database):
    done = subprocess.run(
        [sys.executable, "-c", TWO_WRITERS],
        cwd=ROOT,
        env=environment(tmp_path, **site_database.variables),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr

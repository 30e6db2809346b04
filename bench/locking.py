"""Measure how long a change of text keeps other writers out: `python -m bench.locking [notes]`.

An editor rewords a passage with as many notes on it (10,000 unless told otherwise), on SQLite in a
folder of its own. Meanwhile another connection tries to write every few milliseconds.
"""

import os
import random
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

POLL_SECONDS = 0.002


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="config.settings")
        os.environ.pop("DATABASE_URL", None)
        import django  # With the settings above.

        django.setup()
        passage = write_notes(count)
        from annotations import revising

        words = passage.source.split(" ")
        for place in (len(words) // 3, len(words) // 2):
            words[place] = "reworded"
        with watching(Path(folder) / "db.sqlite3") as locked:
            began = time.perf_counter()
            revising.edit(passage, " ".join(words))
            seconds = time.perf_counter() - began
        print(f"{count} notes on one passage: {seconds:.2f} s, locked for {max(locked):.2f} s")


def write_notes(count: int):
    """Notes of one guest on stretches of the longest passage of “Her”."""
    from django.core.management import call_command

    from annotations import revising
    from annotations.models import Note
    from essays.models import Passage
    from readers.models import Reader

    call_command("migrate", verbosity=0)
    call_command("load_essay", Path("content/her"), verbosity=0)
    passage = max(Passage.objects.select_related("essay"), key=lambda one: len(one.text))
    guest = Reader.new_guest()
    guest.save()
    chance = random.Random(1)
    notes = []
    for _ in range(count):
        start = chance.randrange(len(passage.text) - 60)
        note = Note(essay=passage.essay, reader=guest, body="Words.", html="<p>Words.</p>")
        revising.attach(note, passage, start, start + chance.randint(5, 60))
        notes.append(note)
    Note.objects.bulk_create(notes, batch_size=500)
    return passage


class watching:
    """In the block, collects for how many seconds at a stretch nobody else could write."""

    def __init__(self, database: Path):
        self.database, self.locked, self.done = database, [0.0], threading.Event()

    def __enter__(self) -> list[float]:
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self.locked

    def __exit__(self, *error) -> None:
        self.done.set()
        self.thread.join()

    def _watch(self) -> None:
        with closing(sqlite3.connect(self.database, timeout=0, isolation_level=None)) as writer:
            since = None
            while not self.done.is_set():
                now = time.perf_counter()
                try:
                    writer.execute("BEGIN IMMEDIATE")
                    writer.execute("ROLLBACK")
                    since = None
                except sqlite3.OperationalError:
                    since = since or now
                    self.locked.append(now - since)
                time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    main()

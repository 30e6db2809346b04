"""Readers who read and write while something fails: what they were told, and what is saved."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from http.client import HTTPException

from tests.served_form import first_save, request
from tests.server import get

WRITERS = 4
PAUSE = 0.05  # Seconds before somebody tries again.
SAVED = 303


class Load:
    """Writers who send the real form again until it is saved, and a reader of the essay.

    `acknowledged` maps the words of each note that the site said to have saved to when it did.
    """

    def __init__(self, url: str):
        self.url = url
        self.over = threading.Event()
        self.acknowledged: dict[str, float] = {}
        self.unsure: set[str] = set()
        self.answers: list[tuple[float, str]] = []
        self.reads: list[tuple[float, str]] = []
        self.threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]
        self.threads.append(threading.Thread(target=self._read))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def wait_for(self, number: int, seconds: float = 600) -> bool:
        """Wait until that many notes are acknowledged; False if that takes too long."""
        end = time.monotonic() + seconds
        while len(self.acknowledged) < number and time.monotonic() < end:
            time.sleep(PAUSE)
        return len(self.acknowledged) >= number

    def recovered(self, since: float, seconds: float = 120) -> float | None:
        """Seconds from `since` until every writer had a note saved that was sent after it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            later = [at for at in list(self.acknowledged.values()) if at > since]
            if len(later) > WRITERS:
                return sorted(later)[WRITERS] - since
            time.sleep(PAUSE)
        return None

    def _write(self, writer: int) -> None:
        number = 0
        while not self.over.is_set():
            words = f"Note {number} of writer {writer}."
            form = self._form(words)
            if form:
                self._send(words, form)
            number += 1

    def _form(self, words: str) -> tuple[str, dict] | None:
        while not self.over.is_set():
            try:
                return first_save(self.url, {"choice": "whole", "body": words})
            except (OSError, HTTPException, TypeError, IndexError):
                time.sleep(PAUSE)  # An error page has no form.
        return None

    def _send(self, words: str, form: tuple[str, dict]) -> None:
        self.unsure.add(words)
        while not self.over.is_set():
            status = self._attempt(lambda: request(self.url, "POST", *form)[0])
            self.answers.append((time.monotonic(), status))
            if status == str(SAVED):
                self.acknowledged[words] = time.monotonic()
                self.unsure.discard(words)
                return
            time.sleep(PAUSE)

    def _read(self) -> None:
        while not self.over.is_set():
            begun = time.monotonic()
            self.reads.append((begun, self._attempt(lambda: get(self.url, "/her/").status)))
            time.sleep(PAUSE)

    @staticmethod
    def _attempt(ask) -> str:
        try:
            return str(ask())
        except (OSError, HTTPException):
            return "no answer"


def counted(events: Iterable[tuple[float, str]], since: float, until: float) -> str:
    """How often each status was answered in that time, as in “303: 12, no answer: 2”."""
    counts = Counter(status for at, status in list(events) if since <= at <= until)
    return ", ".join(f"{status}: {number}" for status, number in sorted(counts.items())) or "none"

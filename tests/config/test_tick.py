"""`manage.py tick`: scheduled work, done by a process beside the server."""

import contextlib
import re
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations.models import UNDO_PERIOD, Note
from essays.models import Essay
from tests import cast, written_notes
from tests.server import ROOT, START_SECONDS, environment, free_port

APPS = ["essays", "readers", "annotations", "edition", "desk", "config", "scripts"]


def tick(folder, *options, **streams) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "tick", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment(folder), text=True, **streams)


def wait_for_response(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=5).close()
        time.sleep(0.1)
    raise AssertionError(f"Nothing answers at {url}")


@pytest.mark.django_db
def test_one_tick_publishes_and_purges():
    cast.her()
    second = cast.second()
    past = timezone.now() - timedelta(minutes=1)
    Essay.objects.filter(pk=second.pk).update(status="draft", publish_at=past)
    expired = written_notes.note(
        written_notes.guest(), "Gone by now.", deleted_at=timezone.now() - UNDO_PERIOD
    )
    call_command("tick")
    assert Essay.objects.get(pk=second.pk).is_published
    assert not Note.objects.filter(pk=expired.pk).exists()


def test_a_failing_task_is_logged_in_one_line_and_tried_again(tmp_path):
    """The tasks fail because the database has no tables yet."""
    once = tick(tmp_path, stderr=subprocess.PIPE)
    lines = once.communicate(timeout=START_SECONDS)[1].splitlines()
    assert once.returncode == 1
    assert ["publish_due failed" in lines[0], "purge_deleted failed" in lines[1]] == [True, True]
    assert len(lines) == 2
    again = tick(tmp_path, "--every", "1", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert sum("purge_deleted failed" in again.stderr.readline() for _ in range(4)) == 2
    again.communicate(timeout=START_SECONDS)
    assert again.returncode == 0


def test_the_tick_process_ends_with_the_server(tmp_path):
    """communicate() returns only when no process holds the output open any more."""
    for stop in (signal.SIGTERM, signal.SIGINT):
        port = str(free_port())
        server = subprocess.Popen(
            [sys.executable, "-m", "scripts.read"],
            cwd=ROOT,
            env=environment(tmp_path, PORT=port, WORKERS="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert any("is at http" in line for line in server.stdout)
            wait_for_response(f"http://localhost:{port}/")
            server.send_signal(stop)
            output = server.communicate(timeout=START_SECONDS)[0]
        finally:
            server.kill()
        assert "Traceback" not in output and "failed" not in output


def test_only_tick_and_leaving_purge_deleted_notes():
    """So a failing purge cannot change the response to a note that was saved."""
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    imports = re.compile(r"^\s*(?:from|import) .*\bpurge_deleted\b", re.MULTILINE)
    importing = {path for path in sources if imports.search(path.read_text())}
    allowed = ["config/management/commands/tick.py", "annotations/notes/leave.py"]
    assert importing == {ROOT / path for path in allowed}

"""`manage.py tick`: scheduled work, done by a process beside the server."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from annotations.models import UNDO_PERIOD, Note
from essays.models import Essay
from tests import cast, prepared_site, written_notes
from tests.house_rules import imports_of
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
    tasks = ["publish_due", "purge_deleted", "clear_sessions", "purge_limit_counters"]
    assert [json.loads(line)["message"].split()[0] for line in lines] == tasks
    again = tick(tmp_path, "--every", "1", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert sum("purge_deleted failed" in again.stderr.readline() for _ in range(6)) == 2
    again.communicate(timeout=START_SECONDS)
    assert again.returncode == 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such a date")
def test_an_unexpected_failure_is_logged_and_the_other_task_is_done(caplog):
    """Nothing would restart a process that it ends. Here it is a date that no calendar has."""
    cast.her()
    expired = written_notes.note(
        written_notes.guest(), "Gone.", deleted_at=timezone.now() - UNDO_PERIOD
    )
    with connection.cursor() as cursor:
        never = "UPDATE essays_essay SET status = 'draft', publish_at = '2020-02-30 12:00:00'"
        cursor.execute(never)
    with pytest.raises(SystemExit):
        call_command("tick")
    [record] = caplog.records
    assert (record.message, record.exc_info[0]) == ("publish_due failed", ValueError)
    assert not Note.objects.filter(pk=expired.pk).exists()


def test_the_tick_process_ends_with_the_server(tmp_path, prepared_data):
    """communicate() returns only when no process holds the output open any more."""
    prepared_site.copy(prepared_data, tmp_path)
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


def children(pid: int) -> list[int]:
    """The processes that this one started, where /proc tells."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(number) for number in found.split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_a_tick_process_that_dies_is_started_again(tmp_path):
    command = [sys.executable, "-m", "scripts.keep_ticking"]
    streams = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    keeper = subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path), text=True, **streams)
    for _ in range(2):
        # It says that the tasks failed, since the database has no tables yet.
        assert all(" failed: " in keeper.stderr.readline() for _ in range(3))
        [child] = children(keeper.pid)
        os.kill(child, signal.SIGKILL)
    keeper.communicate(timeout=START_SECONDS)
    assert keeper.returncode == 0


def test_only_tick_and_leaving_purge_deleted_notes():
    """So a failing purge cannot change the response to a note that was saved."""

    def imports_purge(path: Path) -> bool:
        return any("purge_deleted" in name.split(".") for name in imports_of(path))

    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    importing = {path for path in sources if imports_purge(path)}
    allowed = ["config/management/commands/tick.py", "annotations/notes/leave.py"]
    assert importing == {ROOT / path for path in allowed}

"""The commands behind make: each sets up what it needs and reports clearly what is wrong."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from scripts import provision
from scripts.editor import GROUPS, create_editor
from tests import prepared_site
from tests.server import ROOT, environment, get, serving


def run(module: str, folder: Path, typed: str = "", **variables: str):
    """Run a module of scripts/ on the site in `folder`, with lines typed into it."""
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{module}"],
        cwd=ROOT,
        env=environment(folder, **variables),
        input=typed,
        capture_output=True,
        text=True,
        timeout=600,
    )


def test_make_has_every_target_that_its_help_lists():
    help_text = subprocess.check_output(["make", "help"], cwd=ROOT, text=True)
    targets = re.findall(r"^make ([\w-]+)", help_text, re.MULTILINE)
    assert targets
    for target in targets:
        subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=True)


def test_libraries_are_locked_with_hashes_and_without_a_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[a-z0-9][^ ]*==", text, re.MULTILINE)
        assert len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) == len(pinned) > 10
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "find-links" not in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_a_missing_or_old_program_is_not_used(tmp_path):
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    old.chmod(0o755)
    assert not provision.TOOLS["java"].works(str(old))
    assert provision.at_least(11, "-version")(str(old))
    assert not provision.TOOLS["java"].works(str(tmp_path / "none"))


def test_a_uv_on_the_path_that_does_not_run_is_not_used(tmp_path):
    broken = tmp_path / "uv"
    broken.write_text("#!/bin/sh\necho 'no version is set for uv' >&2\nexit 126\n")
    fallback = tmp_path / "site" / ".uv" / "bin" / "uv"
    fallback.parent.mkdir(parents=True)
    fallback.write_text('#!/bin/sh\necho "private uv: $*"\n')
    broken.chmod(0o755)
    fallback.chmod(0o755)
    process = subprocess.run(
        [ROOT / "scripts" / "uv", "pip", "list"],
        cwd=tmp_path / "site",
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert process.stdout == "private uv: pip list\n", process.stderr


def test_an_editors_account_is_created_from_two_lines_or_refused(tmp_path, prepared_data):
    prepared_site.copy(prepared_data, tmp_path)
    made = run("editor", tmp_path, "iris\nnineteen-sixty-six\n")
    assert "iris can sign in" in made.stdout, made.stderr
    poor = run("editor", tmp_path, "vera\n123\n")
    assert (poor.returncode, "too short" in poor.stderr) == (1, True)
    taken = run("editor", tmp_path, "iris\nnineteen-sixty-seven\n")
    assert (taken.returncode, "already exists" in taken.stderr) == (1, True)


def test_a_created_editor_also_moderates_and_a_moderator_only_moderates(db):
    for kind, names in GROUPS.items():
        made = create_editor(kind, "nineteen-sixty-six", names)
        assert made.has_perm("annotations.change_note")
        assert made.has_perm("essays.change_work") == (kind == "editor")


def test_the_site_sets_itself_up_and_a_second_one_reports_the_port_in_use(tmp_path):
    with serving(tmp_path) as url:
        with urllib.request.urlopen(f"{url}/") as answer:
            assert answer.status == 200
            assert "Set-Cookie" not in answer.headers
            page = answer.read().decode()
        # Loaded and published without a question.
        assert 'href="/her/"' in page and get(url, "/her/").status == 200
        style = re.search(r'href="(/static/css/[^"]+\.[0-9a-f]{12}\.css)"', page)[1]
        request = urllib.request.Request(f"{url}{style}", headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request) as answer:
            assert answer.headers["Content-Encoding"] == "br"
            assert "immutable" in answer.headers["Cache-Control"]
        port = url.rsplit(":", 1)[1]
        second = run("read", tmp_path, PORT=port)
    assert second.returncode == 1
    assert f"port {port}: Address already in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_the_printed_address_is_that_of_the_site(tmp_path, prepared_data):
    prepared_site.copy(prepared_data, tmp_path)
    with serving(tmp_path, SITE_URL="http://essays.example.org"):
        log = (tmp_path / "server.log").read_text()
    assert "Second Viewing is at http://essays.example.org/ (Ctrl-C stops it)" in log


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_an_invalid_port_is_refused(tmp_path, port):
    process = run("read", tmp_path, PORT=port)
    assert process.returncode == 1
    assert "Give a number from 1 to 65535" in process.stderr

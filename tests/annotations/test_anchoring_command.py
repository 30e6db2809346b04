"""`manage.py remap --lines`, as another program would use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-W", "error", "manage.py", "remap", "--lines"]
EDIT = {
    "id": "first",
    "old": ["The street is wet before anybody has walked there.", "We read the light twice."],
    "new": ["At night the street is wet before anybody has walked there."],
    "annotations": [
        {"id": "a", "passage": 0, "start": 11, "end": 17, "exact": "is wet"},
        {"id": "b", "passage": 1, "start": 3, "end": 17, "exact": "read the light"},
    ],
}


def start_process(tmp_path):
    environ = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/absent/db.sqlite3"}
    environ |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(COMMAND, cwd=ROOT, env=environ, text=True, **pipes)


def test_each_line_is_answered_before_the_next(tmp_path):
    with start_process(tmp_path) as process:
        for name in ("first", "second"):
            process.stdin.write(json.dumps(EDIT | {"id": name}) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["id"] == name
            unchanged, lost = answer["annotations"]
            assert unchanged == {
                **{"id": "a", "status": "kept", "passage": 0},
                **{"start": 20, "end": 26, "score": 1.0},
            }
            assert (lost["id"], lost["status"], lost["passage"]) == ("b", "orphaned", None)
        process.stdin.close()
        assert process.wait(600) == 0
        assert process.stderr.read() == ""
    assert list(tmp_path.rglob("*.sqlite3")) == []


def test_an_invalid_line_is_reported_and_the_others_are_answered(tmp_path):
    outside = {"id": "far", "passage": 0, "start": 0, "end": 999, "exact": "The"}
    lines = [
        "not JSON",
        json.dumps(EDIT),
        json.dumps({"id": "bare", "old": "a text", "new": []}),
        json.dumps(EDIT | {"id": "far off", "annotations": [outside]}),
        json.dumps(EDIT | {"id": "no place", "annotations": [{"id": "x", "exact": "The"}]}),
        json.dumps(EDIT | {"id": "last"}),
    ]
    with start_process(tmp_path) as process:
        out, err = process.communicate("\n".join(lines) + "\n", timeout=600)
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == [
        *(None, "first", "bare", "far off", "no place", "last")
    ]
    assert [len(answer["annotations"]) for answer in answers] == [0, 2, 0, 0, 0, 2]
    assert process.returncode == 1
    assert "Line 1: this is not JSON" in err
    assert 'Line 3: "old" has to be a list of passage texts.' in err
    assert "Line 4: far: no words stand from 0 to 999 in passage 0." in err
    assert 'Line 5: annotation x: "passage" has to be a whole number.' in err
    assert "Traceback" not in err

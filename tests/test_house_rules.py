"""The architecture, held to what CONTRIBUTING says of it."""

import ast
import hashlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOWEST_FIRST = ["essays", "readers", "annotations", "edition", "desk"]
PURE = [
    *("essays/markup", "essays/importing", "essays/colour", "essays/word_diff"),
    *("essays/errors", "annotations/anchoring", "annotations/text", "edition/pages/social_image"),
]
PYTHON_LINES = 250
SCRIPT_LINES = 120


def tracked(pattern: str = "*") -> list[Path]:
    """The project's files that match, also those not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> set[str]:
    """The top-level packages that a module imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            names.add((node.module or "").split(".")[0])
    return names


def modules_of(name: str) -> list[Path]:
    """A module or package, by its path without an ending: the files that it is made of."""
    return sorted([*(ROOT / name).rglob("*.py"), *ROOT.glob(f"{name}.py")])


@pytest.mark.parametrize("app", LOWEST_FIRST)
def test_an_app_imports_nothing_from_the_apps_above_it(app):
    above = {*LOWEST_FIRST[LOWEST_FIRST.index(app) + 1 :], "config", "scripts", "tests"}
    modules = modules_of(app)
    assert modules
    wrong = {name_of(path): imports_of(path) & above for path in modules}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_nothing_from_django(name):
    modules = modules_of(name)
    assert modules
    for path in modules:
        assert "django" not in imports_of(path), name_of(path)


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_only_pure_modules_of_ours(name):
    ours = re.compile(rf"^(?:from|import) ((?:{'|'.join(LOWEST_FIRST)})\S*)", re.MULTILINE)
    allowed = tuple(pure.replace("/", ".") for pure in PURE)
    for path in modules_of(name):
        for imported in ours.findall(path.read_text()):
            assert imported.startswith(allowed), f"{name_of(path)} imports {imported}"


INLINE = {
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/ld\+json\")", re.IGNORECASE
    ),
    "inline style": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "evaluated htmx": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']?js:", re.IGNORECASE),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_what_the_policy_forbids(what):
    templates = tracked("*.html")
    assert templates
    assert [name_of(path) for path in templates if INLINE[what].search(path.read_text())] == []


def test_the_search_for_inline_code_finds_it():
    bad = '<p style="x"> <a onclick = "x"> <script>x</script> <STYLE> <b data-hx-on:click="x">'
    assert all(pattern.search(bad) for pattern in INLINE.values())
    good = '<script src="/x.js" defer></script><p class="style" data-on="x">on = 1</p>'
    assert not any(pattern.search(good) for pattern in INLINE.values())


MAY_BE_LONG = {"migrations", "tests", "vendor"}


def test_no_file_of_code_is_too_long_to_read_at_once():
    limits = {"*.py": PYTHON_LINES, "*.js": SCRIPT_LINES}
    files = [(path, most) for ending, most in limits.items() for path in tracked(ending)]
    lines = {
        name_of(path): path.read_text().count("\n")
        for path, most in files
        if not MAY_BE_LONG & set(path.parts) and path.read_text().count("\n") > most
    }
    assert lines == {}


# Split, so that this file does not name what it looks for.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.:/-])/(?:" + "|".join(["root", "home", "Users", "work"]) + r")/\w",
            "pypi" + r"\.org",
            "files" + r"\.pythonhosted",
            "registry" + r"\.npmjs",
            "find" + "-links=",
        ]
    )
)


def test_no_file_names_a_place_on_somebodys_machine_or_a_package_host():
    found = {}
    for path in tracked():
        try:
            match = MACHINE.search(path.read_text())
        except UnicodeDecodeError:
            continue
        if match:
            found[name_of(path)] = match[0]
    assert found == {}


ROW = re.compile(
    r"^\| *\[?([^|\]]+?)\]?(?:\([^)]*\))? *\|[^|]*\|[^|]*\| *`?([0-9a-f]{64})`? *\|", re.MULTILINE
)


def test_what_was_made_elsewhere_is_what_its_list_says():
    lists = tracked("static/*VENDORED.md")
    assert len(lists) == 2
    for path in lists:
        digests = dict(ROW.findall(path.read_text()))
        assert digests
        for name, digest in digests.items():
            file = path.parent / name
            assert hashlib.sha256(file.read_bytes()).hexdigest() == digest, name_of(file)


def test_nothing_made_elsewhere_is_missing_from_its_list():
    for path in tracked("static/*VENDORED.md"):
        listed = path.read_text()
        files = [file for file in path.parent.iterdir() if file != path]
        assert files
        assert [file.name for file in files if file.name not in listed] == []

"""The rules of CONTRIBUTING.md and docs/architecture.md that a test can check."""

import ast
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each app with the apps that it may import; edition and desk may not import each other.
MAY_IMPORT = {
    "essays": set(),
    "readers": {"essays"},
    "annotations": {"essays", "readers"},
    "edition": {"essays", "readers", "annotations"},
    "desk": {"essays", "readers", "annotations"},
}
PURE = [
    *("essays/markup", "essays/importing", "essays/colour", "essays/word_diff"),
    *("essays/errors", "annotations/anchoring", "annotations/text", "edition/pages/social_image"),
]
PYTHON_LINES = 250
SCRIPT_LINES = 120
LINE_LENGTH = 110


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


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_only_the_apps_below_it(app):
    forbidden = {*MAY_IMPORT, "config", "scripts", "tests", "bench"} - MAY_IMPORT[app] - {app}
    modules = modules_of(app)
    assert modules
    wrong = {name_of(path): imports_of(path) & forbidden for path in modules}
    assert {name: imports for name, imports in wrong.items() if imports} == {}


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_nothing_from_django(name):
    modules = modules_of(name)
    assert modules
    for path in modules:
        assert "django" not in imports_of(path), name_of(path)


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_only_pure_modules_of_the_project(name):
    ours = re.compile(rf"^(?:from|import) ((?:{'|'.join(MAY_IMPORT)})\S*)", re.MULTILINE)
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
def test_no_template_has_inline_scripts_or_styles(what):
    templates = tracked("*.html")
    assert templates
    assert [name_of(path) for path in templates if INLINE[what].search(path.read_text())] == []


def test_the_patterns_match_inline_code():
    bad = '<p style="x"> <a onclick = "x"> <script>x</script> <STYLE> <b data-hx-on:click="x">'
    assert all(pattern.search(bad) for pattern in INLINE.values())
    good = '<script src="/x.js" defer></script><p class="style" data-on="x">on = 1</p>'
    assert not any(pattern.search(good) for pattern in INLINE.values())


def test_a_migration_imports_only_validators_of_the_project():
    imported = re.compile(rf"^(?:from|import) ((?:{'|'.join(MAY_IMPORT)})\S*)", re.MULTILINE)
    migrations = tracked("*/migrations/0*.py")
    assert migrations
    for path in migrations:
        assert set(imported.findall(path.read_text())) <= {"essays.identifiers"}, name_of(path)


TOP_FOLDERS = {
    *MAY_IMPORT,
    *(".ci", "bench", "config", "content", "docs", "scripts", "static", "templates", "tests"),
}
TOP_FILES = {
    *(".gitignore", ".python-version", "Makefile", "manage.py", "pyproject.toml"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"),
    *("package.json", "package-lock.json"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
}


def test_the_top_level_has_the_folders_and_files_of_the_layout_and_no_others():
    paths = [path.relative_to(ROOT) for path in tracked()]
    assert {path.parts[0] for path in paths if len(path.parts) > 1} == TOP_FOLDERS
    assert {path.name for path in paths if len(path.parts) == 1} == TOP_FILES


FOLDERS = {
    "essays": {"importing", "markup", "migrations", "models"},
    "readers": {"migrations"},
    "annotations": {
        *("anchoring", "catalogue", "editorial", "loading", "management", "migrations", "models"),
        *("moderation", "notes", "revising", "search", "text"),
    },
    "edition": {"pages", "requests", "templatetags", "views"},
    "desk": {
        *("catalogue", "essays", "glosses", "history", "importing", "moderation", "passages"),
        "templatetags",
    },
    "static/css": {"cards", "desk", "pages", "reading", "writing"},
    "static/js": {"cards", "desk", "pages", "reading", "writing"},
    "templates/edition": {"cards", "pages", "reading", "writing"},
    "tests": {*MAY_IMPORT, "browser", "config", "content"},
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_has_the_subfolders_of_the_layout_and_no_others(folder):
    paths = [path.relative_to(ROOT / folder) for path in tracked(f"{folder}/**")]
    assert {path.parts[0] for path in paths if len(path.parts) > 1} == FOLDERS[folder]


@pytest.mark.parametrize("folder", ["static/css", "static/js", "templates/edition"])
def test_stylesheets_scripts_and_page_templates_are_all_in_subfolders(folder):
    files = tracked(f"{folder}/*")
    assert files
    assert [name_of(path) for path in files if path.parent == ROOT / folder] == []


# Django looks for these by name, or every package may have one.
SHARED_NAMES = {"__init__", "admin", "apps", "errors", "forms", "models", "urls", "views"}


# Commands and migrations are named for manage.py; the pages of desk/importing/ will be replaced.
UNCHECKED = (
    *(f"{app}/{folder}/" for app in MAY_IMPORT for folder in ("management", "migrations")),
    "desk/importing/",
)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_a_module_name_is_used_once_in_an_app_and_not_by_python_itself(app):
    names = [path.stem for path in modules_of(app) if not name_of(path).startswith(UNCHECKED)]
    names = [name for name in names if name not in SHARED_NAMES]
    assert names
    assert {name for name in names if names.count(name) > 1} == set()
    assert set(names) & sys.stdlib_module_names == set()


# Django looks for classes by these names, so several modules have one.
NAMES_FROM_DJANGO = {"Command", "Config", "Media", "Meta"}


def test_a_class_name_is_used_once_in_the_project():
    paths: dict[str, list[str]] = {}
    for path in (path for app in MAY_IMPORT for path in modules_of(app)):
        if name_of(path).startswith(UNCHECKED):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name not in NAMES_FROM_DJANGO:
                paths.setdefault(node.name, []).append(name_of(path))
    assert paths
    assert {name: where for name, where in paths.items() if len(where) > 1} == {}


MAY_BE_LONG = {"migrations", "tests", "vendor"}


def test_no_file_of_code_is_too_long():
    limits = {"*.py": PYTHON_LINES, "*.js": SCRIPT_LINES}
    files = [(path, limit) for ending, limit in limits.items() for path in tracked(ending)]
    lines = {
        name_of(path): path.read_text().count("\n")
        for path, limit in files
        if not MAY_BE_LONG & set(path.parts) and path.read_text().count("\n") > limit
    }
    assert lines == {}


@pytest.mark.parametrize("pattern", ["templates/*.html", "templates/*.xml", "static/css/*.css"])
def test_no_line_of_a_template_or_stylesheet_is_too_long(pattern):
    files = tracked(pattern)
    assert files
    long = [
        f"{name_of(path)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().split("\n"), 1)
        if len(line) > LINE_LENGTH
    ]
    assert long == []


def test_every_file_named_in_the_architecture_page_exists():
    page = (ROOT / "docs" / "architecture.md").read_text()
    names = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml))`", page))
    assert len(names) > 30
    assert [name for name in sorted(names) if not (ROOT / name).exists()] == []


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


def test_no_file_has_an_absolute_path_or_a_package_host():
    matches = {}
    for path in tracked():
        try:
            match = MACHINE.search(path.read_text())
        except UnicodeDecodeError:
            continue
        if match:
            matches[name_of(path)] = match[0]
    assert matches == {}


ROW = re.compile(
    r"^\| *\[?([^|\]]+?)\]?(?:\([^)]*\))? *\|[^|]*\|[^|]*\| *`?([0-9a-f]{64})`? *\|", re.MULTILINE
)


def test_third_party_files_match_their_digests():
    lists = tracked("static/*VENDORED.md")
    assert len(lists) == 2
    for path in lists:
        digests = dict(ROW.findall(path.read_text()))
        assert digests
        for name, digest in digests.items():
            file = path.parent / name
            assert hashlib.sha256(file.read_bytes()).hexdigest() == digest, name_of(file)


def test_every_third_party_file_is_listed():
    for path in tracked("static/*VENDORED.md"):
        listed = path.read_text()
        files = [file for file in path.parent.iterdir() if file != path]
        assert files
        assert [file.name for file in files if file.name not in listed] == []

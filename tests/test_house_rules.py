"""The rules of CONTRIBUTING.md and docs/architecture.md that a test can check."""

import ast
import hashlib
import re
import sys

import pytest

from tests.house_rules import (
    MAY_IMPORT,
    ROOT,
    imports_of,
    is_under,
    modules_of,
    name_of,
    tracked,
)

PURE = [
    *("essays/markup", "essays/importing", "essays/colour", "essays/word_diff"),
    *("essays/errors", "readers/look_alikes", "annotations/anchoring", "annotations/text"),
    "edition/pages/social_image",
]
# What a pure module may import besides pure modules and the standard library.
PURE_LIBRARIES = {
    *("PIL", "bleach", "confusable_homoglyphs", "markdown", "nh3", "rapidfuzz", "regex"),
    *("snowballstemmer", "yaml"),
}
PYTHON_LINES = 250
SCRIPT_LINES = 120


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_only_the_apps_below_it(app):
    forbidden = {*MAY_IMPORT, "config", "scripts", "tests", "bench"} - MAY_IMPORT[app] - {app}
    modules = modules_of(app)
    assert modules
    imported = {(name_of(path), name) for path in modules for name in imports_of(path)}
    assert {(path, name) for path, name in imported if is_under(name, forbidden)} == set()


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_only_pure_modules_and_libraries(name):
    pure = {one.replace("/", ".") for one in PURE}
    allowed = {*pure, *PURE_LIBRARIES, *sys.stdlib_module_names}
    modules = modules_of(name)
    assert modules
    imported = {(name_of(path), name) for path in modules for name in imports_of(path)}
    assert {(path, name) for path, name in imported if not is_under(name, allowed)} == set()


def test_a_migration_imports_only_validators_and_looks_of_the_project():
    migrations = tracked("*/migrations/0*.py")
    assert migrations
    imported = {(name_of(path), name) for path in migrations for name in imports_of(path)}
    ours = {(path, name) for path, name in imported if is_under(name, {*MAY_IMPORT, "config"})}
    allowed = {"essays.identifiers", "readers.look_alikes"}
    assert {(path, name) for path, name in ours if not is_under(name, allowed)} == set()


def test_no_module_of_tests_imports_from_a_test_module():
    modules = modules_of("tests")
    imported = {(name_of(path), name) for path in modules for name in imports_of(path)}
    assert {name for _, name in imported if is_under(name, {"tests"})}
    assert {(path, name) for path, name in imported if re.match(r"tests\..*\btest_", name)} == set()


@pytest.mark.parametrize(
    ("name", "under"), [("a.b", True), ("a.b.c", True), ("a.bc", False), ("a", False)]
)
def test_a_name_is_under_a_module_only_past_a_dot(name, under):
    assert is_under(name, {"a.b"}) == under


TOP_FOLDERS = {
    *MAY_IMPORT,
    *(
        ".ci",
        "bench",
        "config",
        "content",
        "deploy",
        "docs",
        "scripts",
        "static",
        "templates",
        "tests",
    ),
}
TOP_FILES = {
    *(".gitignore", ".python-version", "Makefile", "manage.py", "pyproject.toml"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"),
    *("package.json", "package-lock.json"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
}


def test_the_top_level_has_the_folders_and_files_of_the_layout_and_no_others():
    # Whoever develops here may keep other files beside them.
    paths = [path.relative_to(ROOT) for path in tracked(also_new=False)]
    assert {path.parts[0] for path in paths if len(path.parts) > 1} == TOP_FOLDERS
    assert {path.name for path in paths if len(path.parts) == 1} == TOP_FILES


# All folders inside these, at any depth.
FOLDERS = {
    "essays": {"importing", "markup", "migrations", "models"},
    "readers": {"migrations", "templatetags"},
    "annotations": {
        *("anchoring", "catalogue", "editorial", "loading", "management", "management/commands"),
        *("migrations", "models", "moderation", "notes", "notes/export", "revising", "search"),
        "text",
    },
    "edition": {"pages", "requests", "templatetags", "views"},
    "desk": {
        *("catalogue", "essays", "glosses", "history", "importing", "moderation", "passages"),
        "templatetags",
    },
    "config": {"backup", "management", "management/commands", "sqlite"},
    "scripts": set(),
    "bench": set(),
    "static/css": {"cards", "desk", "pages", "reading", "writing"},
    "static/js": {"cards", "desk", "pages", "reading", "writing"},
    "templates/edition": {"cards", "pages", "reading", "writing"},
    "tests": {*MAY_IMPORT, "browser", "config", "content"}
    | {"content/many-scripts", "content/salt-ledger"},
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_has_the_subfolders_of_the_layout_and_no_others(folder):
    paths = [path.relative_to(ROOT / folder) for path in tracked(f"{folder}/*")]
    assert paths
    folders = {parent.as_posix() for path in paths for parent in path.parents} - {"."}
    assert folders == FOLDERS[folder]


# The modules of each app that are in no folder of it.
LOOSE = {
    "essays": {
        *("apps", "change_history", "colour", "context", "counted", "errors", "identifiers"),
        *("site_identity", "transactions", "versions", "word_diff"),
    },
    "readers": {
        *("addresses", "apps", "forms", "guests", "limit_counters", "look_alikes"),
        *("models", "pen_names", "person", "typed_words"),
    },
    "annotations": {"apps"},
    "edition": {"account_adapter", "account_urls", "apps", "urls"},
    "desk": {
        *("admin", "apps", "base", "conflicts", "excerpt", "filters", "front_page", "lookup"),
        *("locked_forms", "locked_lists", "markdown_field", "next_url", "widgets"),
    },
}


@pytest.mark.parametrize("app", LOOSE)
def test_an_app_has_the_loose_modules_of_the_layout_and_no_others(app):
    assert {path.stem for path in (ROOT / app).glob("*.py")} - {"__init__"} == LOOSE[app]


# Names that say nothing about what is inside.
VAGUE = {
    *("common", "core", "helper", "helpers", "misc", "service", "services", "util", "utils"),
}


def test_no_module_or_folder_has_a_vague_name():
    files = [path.relative_to(ROOT).with_suffix("") for path in tracked()]
    assert files
    assert [path.as_posix() for path in files if VAGUE & set(path.parts)] == []


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


PRODUCT = [*MAY_IMPORT, "config", "scripts"]


def test_a_class_name_is_used_once_in_the_project():
    paths: dict[str, list[str]] = {}
    for path in (path for folder in PRODUCT for path in modules_of(folder)):
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
        if not MAY_BE_LONG & set(path.relative_to(ROOT).parts)
        and path.read_text().count("\n") > limit
    }
    assert lines == {}


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

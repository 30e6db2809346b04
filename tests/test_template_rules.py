"""The house rules of templates and stylesheets that a test can check."""

import re
from pathlib import Path

import pytest

from tests.house_rules import ROOT, modules_of, name_of, tracked

LINE_LENGTH = 110
TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
# A tag up to an attribute, past quoted values, which may hold “>”.
TAG = r"<[a-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*?\s"
INLINE = {
    "inline script": r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/ld\+json\")",
    "inline style": r"<style\b",
    "style attribute": rf"{TAG}style\s*=",
    "event attribute": rf"{TAG}on[a-z]+\s*=",
    "evaluated htmx": r"\bhx-on\b|\bhx-vals\s*=\s*[\"']?js:",
}


def has_inline(what: str, source: str) -> bool:
    return bool(re.search(INLINE[what], TEMPLATE_CODE.sub("", source), re.IGNORECASE))


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has_inline_scripts_or_styles(what):
    templates = tracked("*.html")
    assert templates
    assert [name_of(path) for path in templates if has_inline(what, path.read_text())] == []


def test_the_patterns_match_inline_code():
    bad = '<p style="x"> <a onclick = "x"> <script>x</script> <STYLE> <b data-hx-on:click="x">'
    assert all(has_inline(what, bad) for what in INLINE)
    assert has_inline("style attribute", '<p {% if a > b %}hidden{% endif %} style="x">')
    assert has_inline("event attribute", '<p title="a > {{ b }}" onclick="x">')
    assert has_inline("inline script", '<script data-src="x">y</script>')
    good = '<script {% if a > b %}defer{% endif %} src="/x.js"></script><p data-on="x">on = 1</p>'
    good += '<p class="style" title="style = x">'
    assert not any(has_inline(what, good) for what in INLINE)


NAMED = re.compile(r"\{%-?\s*(?:include|extends)\s+(\S+)")
LOADED = re.compile(r"\{%-?\s*load\s+(.*?)\s*-?%\}", re.DOTALL)
# The desk shows a passage as the reading page does.
MAY_CROSS = {("templates/admin/essays/passage/_preview.html", '"edition/reading/_passage.html"')}


def templates_by_side() -> dict[str, list[Path]]:
    """All templates: the desk's, the shared ones (`_name.html` at the top), and the readers'."""
    sides: dict[str, list[Path]] = {"desk": [], "shared": [], "readers": []}
    for path in tracked("templates/*"):
        top, *inside = path.relative_to(ROOT / "templates").parts
        shared = not inside and top.startswith("_")
        sides["desk" if top == "admin" else "shared" if shared else "readers"].append(path)
    return sides


@pytest.mark.parametrize(
    ("side", "allowed"),
    [
        ("desk", r'"(?:admin/|_)[^"]+"'),
        ("shared", r'"_[^"]+"'),
        ("readers", r'"(?!admin/)[^"]+"'),
    ],
)
def test_templates_of_the_desk_and_of_readers_share_only_those_at_the_top(side, allowed):
    templates = templates_by_side()[side]
    assert templates
    named = {
        (name_of(path), name) for path in templates for name in NAMED.findall(path.read_text())
    }
    wrong = {(path, name) for path, name in named if not re.fullmatch(allowed, name)}
    assert wrong - MAY_CROSS == set()


@pytest.mark.parametrize(
    ("side", "others"),
    [("desk", ["edition"]), ("shared", ["edition", "desk"]), ("readers", ["desk"])],
)
def test_templates_load_no_tags_of_the_other_side(side, others):
    libraries = {path.stem for app in others for path in modules_of(f"{app}/templatetags")}
    assert len(libraries) > 1
    loaded = {
        (name_of(path), library)
        for path in templates_by_side()[side]
        for names in LOADED.findall(path.read_text())
        for library in names.split()
    }
    assert {(path, library) for path, library in loaded if library in libraries} == set()


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

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
FONTS, VENDOR = STATIC / "fonts", STATIC / "vendor"
CSS = (STATIC / "css" / "pages" / "fonts.css").read_text()
RULES = re.findall(r"@font-face \{(.*?)\}", CSS, flags=re.DOTALL)
FIRST_VISIT = ["newsreader-roman", "newsreader-italic", "newsreader-display", "hanken-grotesk"]


def vendored(folder):
    rows = re.findall(
        r"^\| (\S+) \| \S+ \| \S+ \| (\w{64}) \| \[.+\]\((.+)\) \|$",
        (folder / "VENDORED.md").read_text(),
        flags=re.MULTILINE,
    )
    return {file: (digest, licence) for file, digest, licence in rows}


def letters(name):
    return set(TTFont(FONTS / f"{name}.woff2").getBestCmap())


def declared(name):
    """The code points that the stylesheet declares for a file."""
    rule = next(rule for rule in RULES if f"/{name}.woff2" in rule)
    ranges = re.search(r"unicode-range: ([^;]*);", rule)[1].replace("U+", "").split(",")
    ends = [(part.split("-")[0], part.split("-")[-1]) for part in ranges]
    return {point for first, last in ends for point in range(int(first, 16), int(last, 16) + 1)}


def test_the_fonts_of_a_first_visit_are_smaller_than_115_kb():
    assert sum((FONTS / f"{name}.woff2").stat().st_size for name in FIRST_VISIT) < 115_000


@pytest.mark.parametrize("name", FIRST_VISIT)
def test_a_font_has_the_letters_and_signs_of_western_europe(name):
    assert letters(name) >= {ord(sign) for sign in "aZéßÆœ“”‘’–—…×·§€«» "}


@pytest.mark.parametrize("name", FIRST_VISIT)
def test_a_font_has_the_letters_of_central_europe_in_a_second_file(name):
    assert letters(f"{name}-ext") >= {ord(letter) for letter in "łŁśčřőąžșğİ"}


@pytest.mark.parametrize("name", [*FIRST_VISIT, *(f"{name}-ext" for name in FIRST_VISIT)])
def test_every_letter_of_a_font_is_in_its_declared_range(name):
    assert letters(name) <= declared(name)


def test_the_stylesheet_names_exactly_the_files_that_exist():
    named = set(re.findall(r'url\("\.\./\.\./fonts/(.+?)"\)', CSS))
    assert named == {file.name for file in FONTS.glob("*.woff2")}


@pytest.mark.parametrize("family", ["Newsreader", "Newsreader Display", "Hanken Grotesk"])
def test_every_family_has_a_fallback_with_adjusted_metrics(family):
    rules = [rule for rule in RULES if f'font-family: "{family} Fallback"' in rule]
    assert rules
    for rule in rules:
        assert {"size-adjust", "ascent-override", "descent-override"} <= set(
            re.findall(r"^\s*([\w-]+):", rule, flags=re.MULTILINE)
        )
        assert 70 < float(re.search(r"size-adjust: (.*)%", rule)[1]) < 130


def test_a_fallback_is_as_high_as_its_font():
    lines = TTFont(FONTS / "newsreader-roman.woff2")["hhea"]
    own = lines.ascent / TTFont(FONTS / "newsreader-roman.woff2")["head"].unitsPerEm
    rule = next(rule for rule in RULES if '"Newsreader Fallback"' in rule and "Georgia" in rule)
    scale, ascent = (
        float(re.search(rf"{name}: (.*)%", rule)[1]) / 100
        for name in ("size-adjust", "ascent-override")
    )
    assert scale * ascent == pytest.approx(own, abs=0.001)


@pytest.mark.parametrize("folder", [FONTS, VENDOR], ids=lambda folder: folder.name)
def test_third_party_files_are_listed_with_digest_and_licence(folder):
    listed = vendored(folder)
    assert listed
    assert set(listed) == {
        file.name for file in folder.iterdir() if file.suffix in {".woff2", ".js"}
    }
    for name, (digest, licence) in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert (folder / licence).read_text().strip()


def test_no_third_party_script_names_a_source_map():
    assert all("sourceMappingURL" not in script.read_text() for script in VENDOR.glob("*.js"))

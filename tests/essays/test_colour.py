import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from essays.colour import DARK, LIGHT, contrast, digest, palette, stylesheet

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#c4432f", "#c4432f") == 1


def test_a_colour_with_enough_contrast_is_unchanged():
    assert palette("#C4432F").film == "#c4432f"
    assert palette("#ffff00").film == "#ffff00"


def test_a_colour_without_enough_contrast_is_shifted_a_little():
    assert palette("#777777").film == "#767676"
    assert palette("#777777").on_film == "#ffffff"


def test_a_pale_colour_has_dark_text():
    colours = palette("#ffff00")
    assert contrast(colours.on_film, "#000000") < contrast(colours.on_film, "#ffffff")


def test_the_accents_keep_the_hue_of_the_film():
    colours = palette("#c4432f")
    for accent in (colours.accent_light, colours.accent_dark):
        red, green, blue = (int(accent[n : n + 2], 16) for n in (1, 3, 5))
        assert red > green > blue


@given(colours)
@example("#000000")
@example("#ffffff")
@example("#00ff00")
@example("#0000ff")
@example("#777777")
def test_every_palette_has_enough_contrast(colour):
    it = palette(colour)
    assert contrast(it.film, it.on_film) >= 4.5
    for scheme, accent, wash, ring in (
        (LIGHT, it.accent_light, it.wash_light, it.ring_light),
        (DARK, it.accent_dark, it.wash_dark, it.ring_dark),
    ):
        for ground in (scheme.paper, scheme.raised, wash):
            assert contrast(accent, ground) >= 4.5
            assert contrast(ring, ground) >= 3
        assert contrast(accent, scheme.marker) >= 3
        assert contrast(scheme.ink, wash) >= 4.5
        assert contrast(scheme.ink_soft, wash) >= 4.5
        assert contrast(scheme.rule, wash) >= 3


@given(colours)
def test_every_stylesheet_has_eight_valid_colours(colour):
    css = stylesheet("her", palette(colour))
    assert len(re.findall(r"#[0-9a-f]{6}\b", css)) == 8
    assert css.count("{") == css.count("}") == 1


def test_a_stylesheet_is_for_one_essay():
    colours = palette("#c4432f")
    css = stylesheet("her", colours)
    assert css.startswith('[data-essay="her"] {\n  --film: #c4432f;\n')
    assert f"--accent: light-dark({colours.accent_light}, {colours.accent_dark});" in css


def test_the_digest_changes_with_the_colour():
    red, blue = (digest(stylesheet("her", palette(c))) for c in ("#c4432f", "#2f43c4"))
    assert red != blue
    assert re.fullmatch("[0-9a-f]{10}", red)


@pytest.mark.parametrize("colour", ["red", "#c43", "#c4432f\n", "c4432f", "#c4432g", ""])
def test_an_invalid_colour_is_refused(colour):
    with pytest.raises(ValueError, match="#rrggbb"):
        palette(colour)


@pytest.mark.parametrize("slug", ['her"]', "", "a b", "her\n"])
def test_an_invalid_slug_is_refused(slug):
    with pytest.raises(ValueError, match="slug"):
        stylesheet(slug, palette("#c4432f"))

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from edition.pages.social_image import (
    HEIGHT,
    MEASURE,
    WIDTH,
    Typeface,
    draw_preview,
    fit_title,
    wrap,
)

HER = {
    "title": "“Her” Is Not About the Future",
    "dek": "My thoughts (with spoilers) on the Spike Jonze film",
    "kicker": "On Her (2013)",
    "colour": "#c4432f",
    "on_colour": "#fff6f3",
    "site_name": "Second Viewing",
}
LONG = "What the camera refuses to look at, and why we keep asking it to look " * 8


def preview(**changes):
    return draw_preview(**(HER | changes))


def picture(**changes):
    return Image.open(BytesIO(preview(**changes))).convert("RGB")


def drawn_area(image):
    """The bounding box of everything that does not have the field's colour."""
    return ImageChops.difference(image, Image.new("RGB", image.size, "#c4432f")).getbbox()


def test_it_is_a_small_png_of_the_size_that_link_previews_ask_for():
    png = preview()
    assert png.startswith(b"\x89PNG")
    assert len(png) < 60_000
    assert Image.open(BytesIO(png)).size == (1200, 630)


def test_the_field_has_exactly_the_colours_it_is_given():
    colours = {colour for _, colour in picture().getcolors()}
    assert picture().getpixel((0, 0)) == (0xC4, 0x43, 0x2F)
    assert (0xFF, 0xF6, 0xF3) in colours


def test_the_same_essay_gives_the_same_bytes():
    assert preview() == preview()


@pytest.mark.parametrize("name", ["title", "dek", "kicker", "site_name"])
def test_every_text_is_drawn(name):
    assert picture(**{name: ""}).tobytes() != picture().tobytes()


@pytest.mark.parametrize(
    "text", [LONG, "Donaudampfschifffahrtsgesellschaft" * 20, "W" * 3000, "ł" * 300]
)
def test_long_texts_stay_inside_the_field(text):
    image = picture(title=text, dek=text, kicker=text, site_name=text)
    left, top, right, bottom = drawn_area(image)
    assert left >= 70
    assert top >= 60
    assert right <= WIDTH - 70
    assert bottom <= HEIGHT - 50


def test_a_longer_title_is_set_smaller():
    display = Typeface("newsreader-display")
    short, _ = fit_title(display, "Persona", 300)
    long, lines = fit_title(display, LONG[:200], 300)
    assert short > long
    assert len(lines) > 1


def test_the_lines_of_a_title_are_about_equally_long():
    display = Typeface("newsreader-display")
    size, lines = fit_title(display, HER["title"], 280)
    widths = [display.width(line, size) for line in lines]
    assert len(lines) == 2
    assert min(widths) > max(widths) * 0.6


def test_a_title_is_never_balanced_by_breaking_a_word():
    display = Typeface("newsreader-display")
    _, lines = fit_title(display, "Counterrevolutionaries in love", 280)
    assert " ".join(lines) == "Counterrevolutionaries in love"


def test_wrapping_loses_no_word():
    display = Typeface("newsreader-display")
    assert " ".join(wrap(display, LONG, 60)) == " ".join(LONG.split())


def test_a_word_wider_than_the_field_is_broken():
    display = Typeface("newsreader-display")
    lines = wrap(display, "a" + "m" * 200, 60)
    assert "".join(lines) == "a" + "m" * 200
    assert all(display.width(line, 60) <= MEASURE for line in lines)


def test_central_european_letters_are_drawn():
    assert Typeface("newsreader-display").legible("Kieślowski, Łódź, Forman’s Čas") == (
        "Kieślowski, Łódź, Forman’s Čas"
    )


def test_letters_missing_from_the_font_are_simplified_or_dropped():
    assert Typeface("newsreader-display").legible("Việt\u200b\n 東京 story") == "Viet story"


@pytest.mark.parametrize("title", ["東京物語", "", "\ud800", "🎬", "\u202eab\x00", "अंधेरा"])
def test_a_title_that_cannot_be_drawn_leaves_the_rest(title):
    assert drawn_area(picture(title=title)) is not None


def test_an_invalid_colour_is_refused():
    with pytest.raises(ValueError, match="coral reef"):
        preview(colour="coral reef")

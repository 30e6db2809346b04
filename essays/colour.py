"""An essay's palette, made from its one colour, readable in light and dark for any colour.

Lightness and hue are those of OKLCH, by Björn Ottosson's OKLab
(https://bottosson.github.io/posts/oklab/); contrast is that of WCAG 2.2. Colours are
strings of the form #rrggbb.
"""

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache

# The least contrast of text, and of lines and focus rings.
MIN_TEXT_CONTRAST = 4.5
MIN_LINE_CONTRAST = 3.0

COLOUR_PATTERN = "#[0-9a-fA-F]{6}"


@dataclass(frozen=True)
class Scheme:
    """The colours of one scheme that do not depend on the essay."""

    paper: str
    raised: str
    ink: str
    ink_soft: str
    rule: str
    marker: str


LIGHT = Scheme("#fffdfc", "#ffffff", "#262022", "#6d6264", "#8f8284", "#ffec9e")
DARK = Scheme("#171416", "#231f21", "#ebe3e2", "#a89ea0", "#8a7f81", "#54491a")


@dataclass(frozen=True)
class Palette:
    """`on_film` is for text on `film`; accents are for text on paper, on cards and on the wash."""

    film: str
    on_film: str
    accent_light: str
    accent_dark: str
    wash_light: str
    wash_dark: str
    ring_light: str
    ring_dark: str


@dataclass(frozen=True)
class Measure:
    """The contrast of something on the page, and the least that is enough."""

    what: str
    ratio: float
    least: float

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.least


@dataclass(frozen=True)
class _Oklch:
    lightness: float
    chroma: float
    hue: float

    def at(self, lightness: float, most_chroma: float = 1.0) -> "_Oklch":
        return _Oklch(lightness, min(self.chroma, most_chroma), self.hue)


def is_colour(text: str) -> bool:
    return bool(re.fullmatch(COLOUR_PATTERN, text))


@lru_cache
def palette(colour: str) -> Palette:
    """The palette; `film` is `colour` itself if white or near black is readable on it.

    Raises ValueError if `colour` is not #rrggbb.
    """
    if not is_colour(colour):
        raise ValueError(f"{colour!r} is not a colour of the form #rrggbb.")
    film, on_film = _title_field(colour.lower())
    hue = _oklch(film)
    wash_light = _hex(hue.at(0.955, 0.022))
    wash_dark = _hex(hue.at(0.31, 0.05))
    light = (LIGHT.paper, LIGHT.raised, wash_light)
    dark = (DARK.paper, DARK.raised, wash_dark)
    return Palette(
        film=film,
        on_film=on_film,
        accent_light=_readable(hue, min(hue.lightness, 0.53), 0, light, MIN_TEXT_CONTRAST),
        accent_dark=_readable(hue, max(hue.lightness, 0.75), 1, dark, MIN_TEXT_CONTRAST),
        wash_light=wash_light,
        wash_dark=wash_dark,
        ring_light=_readable(hue, hue.lightness, 0, light, MIN_LINE_CONTRAST),
        ring_dark=_readable(hue, hue.lightness, 1, dark, MIN_LINE_CONTRAST),
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (https://www.w3.org/TR/WCAG22/)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def measures(colour: str) -> list[Measure]:
    """The contrast of text on `colour` as the title field, then of all derived colours.

    Only the first can be too low: the lightness of all others is chosen for their contrast.
    """
    it = palette(colour)
    carries = it.film == colour.lower()
    text = it.on_film if carries else max(_texts(colour), key=lambda one: contrast(colour, one))
    tone = "light" if contrast(text, "#000000") > contrast(text, "#ffffff") else "dark"
    light = (LIGHT.paper, LIGHT.raised, it.wash_light)
    dark = (DARK.paper, DARK.raised, it.wash_dark)

    def least_on(shade: str, grounds: tuple[str, ...]) -> float:
        return min(contrast(shade, ground) for ground in grounds)

    return [
        Measure(f"{tone} text on the title field", contrast(colour, text), MIN_TEXT_CONTRAST),
        Measure("links on a light page", least_on(it.accent_light, light), MIN_TEXT_CONTRAST),
        Measure("links on a dark page", least_on(it.accent_dark, dark), MIN_TEXT_CONTRAST),
        Measure("lines on a light page", least_on(it.ring_light, light), MIN_LINE_CONTRAST),
        Measure("lines on a dark page", least_on(it.ring_dark, dark), MIN_LINE_CONTRAST),
    ]


def stylesheet(slug: str, colours: Palette) -> str:
    """The CSS rule with the colours of the essay with this slug."""
    if not re.fullmatch(r"[-\w]+", slug):
        raise ValueError(f"{slug!r} is not a slug.")
    of = {field.name: getattr(colours, field.name) for field in fields(colours)}
    values = {"film": of["film"], "on-film": of["on_film"]} | {
        name: f"light-dark({of[f'{name}_light']}, {of[f'{name}_dark']})"
        for name in ("accent", "wash", "ring")
    }
    lines = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    return f'[data-essay="{slug}"] {{\n{lines}}}\n'


def digest(css: str) -> str:
    """Ten hexadecimal digits for the URL of this style sheet."""
    return hashlib.sha256(css.encode()).hexdigest()[:10]


def _title_field(colour: str) -> tuple[str, str]:
    for film in _by_distance(colour, _oklch(colour)):
        for text in _texts(colour):
            if contrast(film, text) >= MIN_TEXT_CONTRAST:
                return film, text
    raise AssertionError("White reads on black.")


def _texts(colour: str) -> tuple[str, ...]:
    """The possible text colours on a title field, the preferred one first."""
    given = _oklch(colour)
    return _hex(given.at(0.98, 0.012)), "#ffffff", _hex(given.at(0.2, 0.02))


def _by_distance(colour: str, given: _Oklch) -> Iterator[str]:
    """The colour, then the same with lightnesses farther and farther from its own."""
    yield colour
    for step in range(1, 251):
        for lightness in (given.lightness - step / 250, given.lightness + step / 250):
            if 0 <= lightness <= 1:
                yield _hex(given.at(lightness))


def _readable(
    colour: _Oklch, start: float, end: int, grounds: tuple[str, ...], least: float
) -> str:
    """The colour with the first readable lightness from `start` towards black (0) or white (1)."""
    steps = math.ceil(abs(end - start) / 0.004) or 1
    for step in range(steps + 1):
        shade = _hex(colour.at(start + (end - start) * step / steps))
        if min(contrast(shade, ground) for ground in grounds) >= least:
            return shade
    raise AssertionError("Black reads on what is light, white on what is dark.")


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> float:
    return float(value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)


def _oklch(colour: str) -> _Oklch:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return _Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def _hex(colour: _Oklch) -> str:
    """The colour in sRGB, with as much of its chroma as possible."""
    low, high = 0.0, colour.chroma
    if not _fits(_rgb(colour)):
        for _ in range(14):
            middle = (low + high) / 2
            if _fits(_rgb(colour.at(colour.lightness, middle))):
                low = middle
            else:
                high = middle
        colour = colour.at(colour.lightness, low)
    values = (round(255 * _encoded(min(1.0, max(0.0, value)))) for value in _rgb(colour))
    return "#" + "".join(f"{value:02x}" for value in values)


def _fits(rgb: tuple[float, float, float]) -> bool:
    return all(-0.0001 <= value <= 1.0001 for value in rgb)


def _rgb(colour: _Oklch) -> tuple[float, float, float]:
    """Linear light; outside 0 to 1 if sRGB does not have the colour."""
    a, b = colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )

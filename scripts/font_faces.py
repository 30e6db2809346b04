"""The cut of each typeface, and the @font-face rules that go with it.

A fallback face is a font of the reader's own machine, scaled until a page set in it is as
wide and as high as one set in ours, so that nothing moves when ours arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = (
    "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2010-2015, "
    "U+2018-201A, U+201C-201E, U+2022, U+2026, U+2032-2033, U+2039-203A, U+2044, U+20AC, "
    "U+2122, U+2212"
)
LATIN_EXT = "U+0100-0130, U+0132-0151, U+0154-017F, U+0218-021B, U+1E9E, U+2020"
FEATURES = ["kern", "liga", "locl", "ccmp", "pnum", "tnum", "frac", "numr", "dnom"]

# Ordinary prose, to weigh each letter by how often it is met.
SAMPLE = (
    "A film is over in two hours, and what it leaves behind is out of order: a room, a voice, "
    "the way someone laughed. To write about it is to go back for the things you walked past. "
    "“Did you see that?” we ask each other on the stairs, and the answer is nearly always no. "
    "So we look again, more slowly, with a pencil; we argue in the margin; we find that the "
    "line we quoted for years was never spoken, and that the one we missed was the point."
)


@dataclass(frozen=True)
class Cut:
    """One file on the page: which part of a variable font it keeps, and for what styles."""

    file: str
    family: str
    package: str
    source: str
    axes: dict[str, float | tuple[float, float]]
    weight: str
    style: str = "normal"


@dataclass(frozen=True)
class SystemFont:
    """A font of the reader's machine: the package and file that measure it, and its names."""

    package: str
    source: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Fallback:
    """The fonts that replace one style of a cut until it is loaded.

    `at` is the place on the cut's axes that is measured.
    """

    cut: str
    at: dict[str, float]
    weight: str
    system_fonts: tuple[SystemFont, ...]


NEWSREADER = "@fontsource-variable/newsreader"
HANKEN = "@fontsource-variable/hanken-grotesk"
SERIF, SANS = "newsreader-{set}-opsz-{slope}.woff2", "hanken-grotesk-{set}-wght-normal.woff2"
ROMAN = SERIF.replace("{slope}", "normal")
ITALIC = SERIF.replace("{slope}", "italic")

CUTS = (
    Cut(
        "newsreader-roman",
        "Newsreader",
        NEWSREADER,
        ROMAN,
        {"opsz": 18, "wght": (400, 600)},
        "400 600",
    ),
    Cut(
        "newsreader-italic",
        "Newsreader",
        NEWSREADER,
        ITALIC,
        {"opsz": 18, "wght": 400},
        "400 500",
        "italic",
    ),
    # One weight that answers for all, so that a bare h1 is not emboldened by the browser.
    Cut(
        "newsreader-display",
        "Newsreader Display",
        NEWSREADER,
        ROMAN,
        {"opsz": 60, "wght": 500},
        "400 700",
    ),
    Cut("hanken-grotesk", "Hanken Grotesk", HANKEN, SANS, {"wght": (400, 700)}, "400 700"),
)


def system_fonts(style: str, twins: dict[str, tuple[str, ...]]) -> tuple[SystemFont, ...]:
    """The machine's fonts in one style, `twins` naming each by the package that measures it.

    Of faces that say the same, a browser takes the last that it can load: the best comes last.
    """
    return tuple(
        SystemFont(f"@fontsource/{twin}", f"{twin}-latin-{style}.woff2", names)
        for twin, names in twins.items()
    )


# Gelasio, Tinos and Arimo are drawn to the widths of Georgia, Times New Roman and Arial.
REGULAR_SERIFS = system_fonts(
    "400-normal",
    {
        "noto-serif": ("Noto Serif", "NotoSerif"),
        "tinos": ("Liberation Serif", "Times New Roman", "Tinos"),
        "gelasio": ("Georgia", "Gelasio"),
    },
)
BOLD_SERIFS = system_fonts(
    "700-normal",
    {
        "noto-serif": ("Noto Serif Bold", "NotoSerif-Bold"),
        "tinos": ("Liberation Serif Bold", "Times New Roman Bold", "Tinos Bold"),
        "gelasio": ("Georgia Bold", "Gelasio Bold"),
    },
)
ITALIC_SERIFS = system_fonts(
    "400-italic",
    {
        "noto-serif": ("Noto Serif Italic", "NotoSerif-Italic"),
        "tinos": ("Liberation Serif Italic", "Times New Roman Italic", "Tinos Italic"),
        "gelasio": ("Georgia Italic", "Gelasio Italic"),
    },
)
REGULAR_SANS = system_fonts(
    "400-normal", {"roboto": ("Roboto",), "arimo": ("Liberation Sans", "Arial", "Arimo")}
)
BOLD_SANS = system_fonts(
    "700-normal",
    {"roboto": ("Roboto Bold",), "arimo": ("Liberation Sans Bold", "Arial Bold", "Arimo Bold")},
)

FALLBACKS = (
    Fallback("newsreader-roman", {"wght": 400}, "400 500", REGULAR_SERIFS),
    Fallback("newsreader-roman", {"wght": 600}, "600", BOLD_SERIFS),
    Fallback("newsreader-italic", {}, "400 500", ITALIC_SERIFS),
    Fallback("newsreader-display", {}, "400 700", REGULAR_SERIFS),
    Fallback("hanken-grotesk", {"wght": 400}, "400", REGULAR_SANS),
    Fallback("hanken-grotesk", {"wght": 500}, "500", REGULAR_SANS),
    Fallback("hanken-grotesk", {"wght": 600}, "600 700", BOLD_SANS),
)


def code_points(ranges: str) -> set[int]:
    """The code points of a CSS unicode-range."""
    points: set[int] = set()
    for part in ranges.replace("U+", "").split(", "):
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def cut_font(source: Path, axes: dict, ranges: str, target: Path) -> None:
    """Write the part of `source` that the page needs. The same input gives the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points(ranges))
    subsetter.subset(font)
    font = instantiateVariableFont(font, axes)
    font.flavor = "woff2"
    font.save(target)


def measure(font: TTFont) -> tuple[float, float, float, float]:
    """Width of the sample, ascent, descent and line gap, in ems."""
    advances, names, em = font["hmtx"].metrics, font.getBestCmap(), font["head"].unitsPerEm
    width = sum(advances[names[ord(character)]][0] for character in SAMPLE)
    lines = font["hhea"]
    return width / em, lines.ascent / em, -lines.descent / em, lines.lineGap / em


def fallback_faces(fonts: Path, twin: Callable[[SystemFont], Path]) -> list[str]:
    """One rule for each font of a reader's machine, in each style of ours."""
    cuts = {cut.file: cut for cut in CUTS}
    rules = []
    for fallback in FALLBACKS:
        font = TTFont(fonts / f"{fallback.cut}.woff2")
        if fallback.at:
            font = instantiateVariableFont(font, fallback.at)
        width, ascent, descent, gap = measure(font)
        for system_font in fallback.system_fonts:
            scale = width / measure(TTFont(twin(system_font)))[0]
            rules.append(
                face(
                    f"{cuts[fallback.cut].family} Fallback",
                    fallback.weight,
                    cuts[fallback.cut].style,
                    ", ".join(f'local("{name}")' for name in system_font.names),
                    {
                        "size-adjust": f"{scale:.2%}",
                        "ascent-override": f"{ascent / scale:.2%}",
                        "descent-override": f"{descent / scale:.2%}",
                        "line-gap-override": f"{gap / scale:.0%}",
                    },
                )
            )
    return rules


def face(family: str, weight: str, style: str, source: str, rest: dict[str, str]) -> str:
    """One @font-face rule."""
    lines = {"font-family": f'"{family}"', "font-weight": weight, "font-style": style} | rest
    body = "".join(f"  {name}: {value};\n" for name, value in lines.items())
    return f"@font-face {{\n{body}  src: {source};\n}}\n"


def own_faces() -> list[str]:
    """Our own files. Those for names from further east are fetched only where they occur."""
    return [
        face(
            cut.family,
            cut.weight,
            cut.style,
            f'url("../../fonts/{cut.file}{suffix}.woff2") format("woff2")',
            {"font-display": "swap", "unicode-range": fill(ranges, 90, subsequent_indent="    ")},
        )
        for suffix, ranges in (("-ext", LATIN_EXT), ("", LATIN))
        for cut in CUTS
    ]

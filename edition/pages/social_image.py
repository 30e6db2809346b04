"""The picture of an essay for link previews: its title field, 1200 by 630 pixels.

The typefaces are the site's own, read from its static files. A character they lack is drawn
as its base letter (ế as e), or left out if it has none.
"""

from bisect import bisect
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from math import ceil
from pathlib import Path
from unicodedata import normalize

from PIL import Image, ImageColor, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
LEFT, KICKER_LINE, SITE_LINE = 80, 98, 562
MEASURE = WIDTH - 2 * LEFT
# The title and dek stand between the baselines of the kicker and the site's name.
ROOM_TOP, ROOM_FOOT = 138, 494
TITLE_SIZES = range(124, 43, -4)
TITLE_LEADING = 1.04
DEK_SIZE, DEK_LEADING, DEK_LINES, GAP = 40, 1.28, 2, 26
KICKER_SIZE, SITE_SIZE, EMBLEM = 28, 36, 56
FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
# Text is measured once at this size; unhinted outlines grow evenly.
EM = 100
# More characters than ever fit; measuring longer texts only takes time.
MAX_TEXT_LENGTH = 400


@dataclass
class Typeface:
    """A typeface in the two files that the pages use: Latin, and the letters beyond it."""

    name: str
    weight: int | None = None
    measured: list[ImageFont.FreeTypeFont] = field(init=False)
    files: dict[str, int | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.measured = self.at(EM)

    def at(self, size: int) -> list[ImageFont.FreeTypeFont]:
        files = [FONTS / f"{self.name}{suffix}.woff2" for suffix in ("", "-ext")]
        fonts = [ImageFont.truetype(file, size) for file in files]
        for font in fonts:
            if self.weight:
                font.set_variation_by_axes([self.weight])
        return fonts

    def file_of(self, character: str) -> int | None:
        """Which of the two files draws a character; None if neither does."""
        if character not in self.files:
            fonts = self.measured if character.isprintable() else []
            drawn = (
                index
                for index, font in enumerate(fonts)
                if character == " " or font.getmask(character).getbbox()
            )
            self.files[character] = next(drawn, None)
        return self.files[character]

    def legible(self, text: str) -> str:
        """The characters of a text that can be drawn, with single spaces."""
        characters: list[str] = []
        for character in " ".join(normalize("NFC", text[:MAX_TEXT_LENGTH]).split()):
            whole = self.file_of(character) is not None
            characters += character if whole else normalize("NFKD", character)
        return " ".join("".join(c for c in characters if self.file_of(c) is not None).split())

    def runs(self, text: str) -> list[tuple[int, str]]:
        """The text, cut where it changes from one file to the other."""
        runs: list[tuple[int, str]] = []
        for character in text:
            index = self.file_of(character) or 0
            if runs and (character == " " or runs[-1][0] == index):
                runs[-1] = (runs[-1][0], runs[-1][1] + character)
            else:
                runs.append((index, character))
        return runs

    def width(self, text: str, size: int) -> float:
        return sum(self.measured[i].getlength(run) for i, run in self.runs(text)) * size / EM

    def draw(
        self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int
    ) -> None:
        """Draw one line; `at` is where its baseline begins."""
        fonts, (x, baseline) = self.at(size), at
        for index, run in self.runs(text):
            canvas.text((x, baseline), run, fill=255, font=fonts[index], anchor="ls")
            x += fonts[index].getlength(run)


def draw_preview(
    *, title: str, dek: str, kicker: str, colour: str, on_colour: str, site_name: str
) -> bytes:
    """A PNG of the title field; the colours are CSS hexadecimal ones.

    A long title is set smaller, then cut short with an ellipsis; a long dek is cut short.
    Raises ValueError for an invalid colour.
    """
    display, italic = Typeface("newsreader-display"), Typeface("newsreader-italic")
    sans = Typeface("hanken-grotesk", 500)
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    canvas = ImageDraw.Draw(picture)

    dek_lines = shorten(wrap(italic, italic.legible(dek), DEK_SIZE), DEK_LINES, italic, DEK_SIZE)
    dek_height = len(dek_lines) * DEK_SIZE * DEK_LEADING + (GAP if dek_lines else 0)
    size, lines = fit_title(display, display.legible(title), ROOM_FOOT - ROOM_TOP - dek_height)
    title_height = len(lines) * size * TITLE_LEADING

    y = ROOM_TOP + (ROOM_FOOT - ROOM_TOP - title_height - dek_height) / 2 + size * 0.8
    for line in lines:
        display.draw(canvas, (LEFT, y), line, size)
        y += size * TITLE_LEADING
    y += GAP - size * 0.8 + DEK_SIZE * 0.8
    for line in dek_lines:
        italic.draw(canvas, (LEFT, y), line, DEK_SIZE)
        y += DEK_SIZE * DEK_LEADING
    for line in one_line(sans, kicker, KICKER_SIZE):
        sans.draw(canvas, (LEFT, KICKER_LINE), line, KICKER_SIZE)
    draw_emblem(canvas)
    for line in one_line(italic, site_name, SITE_SIZE):
        italic.draw(canvas, (LEFT + EMBLEM, SITE_LINE), line, SITE_SIZE)
    return encode(picture, colour, on_colour)


def fit_title(face: Typeface, title: str, room: float) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines, about equally long."""
    for size in TITLE_SIZES:
        lines = wrap(face, title, size)
        whole = all(face.width(word, size) <= MEASURE for word in title.split())
        if whole and len(lines) * size * TITLE_LEADING <= room:
            return size, balance(face, title, size, len(lines))
    size = TITLE_SIZES[-1]
    return size, shorten(wrap(face, title, size), int(room / (size * TITLE_LEADING)), face, size)


def wrap(face: Typeface, text: str, size: int, measure: float = MEASURE) -> list[str]:
    """Lines no wider than the measure; a wider word is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".lstrip()
        if face.width(longer, size) <= measure:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while face.width(line, size) > measure:
            end = max(1, bisect(range(1, len(line)), measure, key=partial(reach, face, line, size)))
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line] if line else lines


def reach(face: Typeface, line: str, size: int, end: int) -> float:
    """The width of a line's first characters."""
    return face.width(line[:end], size)


def balance(face: Typeface, text: str, size: int, count: int) -> list[str]:
    """The same number of lines in the narrowest measure that holds them."""
    low = max([MEASURE // 2, *(ceil(face.width(word, size)) for word in text.split())])
    high = MEASURE
    while high - low > 4:
        middle = (low + high) // 2
        fits = len(wrap(face, text, size, middle)) <= count
        low, high = (low, middle) if fits else (middle, high)
    return wrap(face, text, size, high)


def one_line(face: Typeface, text: str, size: int) -> list[str]:
    """The text on one line, shortened; no line if none of its characters can be drawn."""
    measure = MEASURE - EMBLEM
    return shorten(wrap(face, face.legible(text), size, measure), 1, face, size, measure)


def draw_emblem(canvas: ImageDraw.ImageDraw) -> None:
    """The site's mark, as in its favicon: one frame, and the same frame again."""
    x, y = LEFT, SITE_LINE - 27
    canvas.rectangle((x, y, x + 25, y + 19), outline=255, width=3)
    canvas.rectangle((x + 9, y + 8, x + 38, y + 31), fill=0)
    canvas.rectangle((x + 12, y + 11, x + 38, y + 31), fill=255)


def shorten(
    lines: list[str], count: int, face: Typeface, size: int, measure: float = MEASURE
) -> list[str]:
    """The first lines, with an ellipsis where something is left out."""
    if len(lines) <= count:
        return lines
    last = lines[count - 1]
    while face.width(f"{last}…", size) > measure:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: count - 1], f"{last.rstrip(' ,.;:')}…"]


def encode(picture: Image.Image, colour: str, on_colour: str) -> bytes:
    """A PNG with a palette of the two colours and 62 shades between: small, with exact colours."""
    ground, ink = ImageColor.getrgb(colour)[:3], ImageColor.getrgb(on_colour)[:3]
    steps = 63
    mixed = [
        round(a + (b - a) * step / steps)
        for step in range(steps + 1)
        for a, b in zip(ground, ink, strict=True)
    ]
    indexed = picture.point([round(level * steps / 255) for level in range(256)])
    coloured = Image.frombytes("P", picture.size, indexed.tobytes())
    coloured.putpalette(mixed)
    file = BytesIO()
    coloured.save(file, "PNG", optimize=True)
    return file.getvalue()

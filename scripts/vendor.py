"""Fetch again what other people made and this project carries: the fonts and htmx.

    .venv/bin/python scripts/vendor.py

Change a version below, run it, read the diff. It needs npm, which knows where packages come
from; nothing else in the project does.
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path

from font_faces import CUTS, LATIN, LATIN_EXT, SystemFont, cut_font, fallback_faces, own_faces

STATIC = Path(__file__).resolve().parent.parent / "static"
FONTS, VENDOR = STATIC / "fonts", STATIC / "vendor"
HTMX = "htmx.org"
VERSIONS = {
    HTMX: "4.0.1",
    "@fontsource-variable/newsreader": "5.3.0",
    "@fontsource-variable/hanken-grotesk": "5.3.0",
    "@fontsource/arimo": "5.3.0",
    "@fontsource/gelasio": "5.3.0",
    "@fontsource/noto-serif": "5.3.0",
    "@fontsource/roboto": "5.3.0",
    "@fontsource/tinos": "5.3.0",
}
CSS_HEAD = """\
/* Written by scripts/vendor.py. The fallbacks are measured, so that text does not move when
   our own fonts arrive; of several that say the same, a browser takes the last it can load. */

"""


def fetch(package: str, into: Path) -> Path:
    """Unpack one npm package of the version above; its files lie in the folder returned."""
    folder = into / re.sub(r"\W+", "-", package).strip("-")
    folder.mkdir()
    command = ["npm", "pack", f"{package}@{VERSIONS[package]}", "--silent"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def vendor_htmx(packages: Path) -> list[str]:
    package = fetch(HTMX, packages)
    script = (package / "dist" / "htmx.min.js").read_text()
    # Manifest storage looks for the file that such a comment names, which we do not carry.
    script = re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
    (VENDOR / "htmx.min.js").write_text(script)
    shutil.copyfile(package / "LICENSE", VENDOR / "htmx-LICENSE.txt")
    return [row(VENDOR / "htmx.min.js", HTMX, "0BSD", "htmx-LICENSE.txt")]


def vendor_fonts(packages: Path) -> list[str]:
    package = cache(lambda name: fetch(name, packages))
    rows = []
    for suffix, name, ranges in (("", "latin", LATIN), ("-ext", "latin-ext", LATIN_EXT)):
        for cut in CUTS:
            licence = f"{cut.package.rpartition('/')[2]}-OFL.txt"
            shutil.copyfile(package(cut.package) / "LICENSE", FONTS / licence)
            source = package(cut.package) / "files" / cut.source.replace("{set}", name)
            target = FONTS / f"{cut.file}{suffix}.woff2"
            cut_font(source, cut.axes, ranges, target)
            rows.append(row(target, cut.package, "OFL-1.1", licence))

    def twin(font: SystemFont) -> Path:
        return package(font.package) / "files" / font.source

    css = CSS_HEAD + "\n".join(fallback_faces(FONTS, twin) + own_faces())
    (STATIC / "css" / "pages" / "fonts.css").write_text(css)
    return rows


def row(file: Path, package: str, licence: str, text: str) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"| {file.name} | {package} | {VERSIONS[package]} | {digest} | [{licence}]({text}) |"


def write_table(folder: Path, intro: str, rows: list[str]) -> None:
    head = "| file | name | version | sha256 | licence |\n|---|---|---|---|---|\n"
    (folder / "VENDORED.md").write_text(
        f"# Made elsewhere\n\n{intro} `scripts/vendor.py` fetches it again and writes this page."
        f"\n\n{head}" + "\n".join(rows) + "\n"
    )


def main() -> None:
    for folder in (FONTS, VENDOR, STATIC / "css" / "pages"):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        packages = Path(scratch)
        write_table(VENDOR, "Carried as it was published.", vendor_htmx(packages))
        intro = "Cut down from the packages named, to the letters and weights the pages use."
        write_table(FONTS, intro, vendor_fonts(packages))


if __name__ == "__main__":
    main()

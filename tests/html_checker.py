"""Runs the Nu HTML checker on many pages at once, since it takes seconds to start."""

import json
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.provision import tools

FRAGMENT = (
    '<!doctype html><html lang="en"><head><title>Fragment</title></head><body>{}</body></html>'
)


def check(pages: dict[str, str]) -> list[str]:
    """The errors in pages, which are given by name: a line for each error.

    A text that begins with no doctype is taken as a fragment, put into a minimal page.
    """
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html if _is_page(html) else FRAGMENT.format(html))
            names[path.name] = name
        messages = _run(sorted(str(path) for path in Path(folder).iterdir()))
    return [
        f"{names[_file_of(message)]}, line {message.get('lastLine', '?')}: "
        f"{message['message']} {message.get('extract', '')!r}"
        for message in messages
    ]


def _is_page(html: str) -> bool:
    return html.lstrip().lower().startswith("<!doctype")


def _file_of(message: dict) -> str:
    return Path(unquote(urlsplit(message["url"]).path)).name


def _run(paths: list[str]) -> list[dict]:
    programs = tools()
    jar = Path(programs["modules"]) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [programs["java"], "-jar", str(jar), "--exit-zero-always", "--errors-only"]
    run = subprocess.run(
        [*command, "--stdout", "--format", "json", *paths],
        capture_output=True,
        text=True,
        timeout=600,
    )
    return json.loads(run.stdout)["messages"]

"""Extracts the article that a browser's reader mode shows, with Mozilla's Readability."""

import json
import os
import subprocess

from scripts.provision import tools

SCRIPT = """
const { Readability } = require("@mozilla/readability");
const { parseHTML } = require("linkedom");
const { html } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const article = new Readability(parseHTML(html).document).parse();
console.log(JSON.stringify(article && {
  title: article.title, text: article.textContent, html: article.content,
}));
"""


def readable(html: str) -> dict[str, str] | None:
    """The article's `title`, `text` and `html`, or None if Readability finds no article."""
    programs = tools()
    run = subprocess.run(
        [programs["node"], "-e", SCRIPT],
        input=json.dumps({"html": html}),
        env={**os.environ, "NODE_PATH": programs["modules"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return json.loads(run.stdout)

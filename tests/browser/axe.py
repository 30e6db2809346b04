"""Checks a page in the browser with axe-core, in light and in dark colours."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Rules that judge colours; what the others judge does not depend on the colour scheme.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def assert_accessible(page: Page) -> None:
    """Fail with a list of the violations, their elements and how to mend them.

    It leaves the page in light colours and with reduced motion: axe would measure colours in the
    middle of a transition.
    """
    page.emulate_media(reduced_motion="reduce")
    violations = _violations(page)
    page.emulate_media(color_scheme="dark")
    dark = _violations(page, runOnly=COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    lines = _lines(violations) + [f"dark: {line}" for line in _lines(dark)]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def _violations(page: Page, **options) -> list[dict]:
    # Preloading would add the styles of a shadow tree as inline ones, which the policy forbids.
    options |= {"preload": False, "resultTypes": ["violations"]}
    return Axe().run(page, options=options).response["violations"]


def _lines(violations: list[dict]) -> list[str]:
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}")
            lines.append(f"        {node['failureSummary']}".replace("\n", "\n        "))
    return lines

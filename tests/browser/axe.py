"""Checks a page in the browser with axe-core, in light and in dark colours."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Rules that judge colours; what the others judge does not depend on the colour scheme.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


# axe would measure colours in the middle of a transition. One may begin with the next frame.
END_TRANSITIONS = """async () => {
  for (let frame = 0; frame < 3; frame++) {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish();
    }
    await new Promise(requestAnimationFrame);
  }
}"""


def assert_accessible(page: Page) -> None:
    """Fail with a list of the violations, their elements and how to mend them.

    Leaves the page in light colours.
    """
    light = _violations(page, "light", Axe())
    # axe is in the page by now.
    dark = _violations(page, "dark", Axe(axe_script=""), runOnly=COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    lines = _lines(light) + [f"dark: {line}" for line in _lines(dark)]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def _violations(page: Page, scheme: str, axe: Axe, **options) -> list[dict]:
    page.emulate_media(color_scheme=scheme)
    page.evaluate(END_TRANSITIONS)
    # Preloading would add the styles of a shadow tree as inline ones, which the policy forbids.
    options |= {"preload": False, "resultTypes": ["violations"]}
    return axe.run(page, options=options).response["violations"]


def _lines(violations: list[dict]) -> list[str]:
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}")
            lines.append(f"        {node['failureSummary']}".replace("\n", "\n        "))
    return lines

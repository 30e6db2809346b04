"""Checks a page in the browser with axe-core."""

from axe_playwright_python.sync_playwright import Axe


def assert_accessible(page) -> None:
    """Fail with a list of the violations, their elements and how to mend them."""
    # It would preload the styles of a shadow tree as inline ones, which the policy forbids.
    violations = (
        Axe()
        .run(page, options={"preload": False, "resultTypes": ["violations"]})
        .response["violations"]
    )
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}")
            lines.append(f"        {node['failureSummary']}".replace("\n", "\n        "))
    assert not violations, f"{page.url}\n" + "\n".join(lines)

"""What axe-core finds against WCAG 2.2 A and AA on a page."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Name each rule that a page breaks, and where first."""
    # Evaluated, not added as a script: the page's own policy would refuse it, and rightly.
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", _TAGS)
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]

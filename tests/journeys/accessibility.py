"""axe-core run inside an open page; the tests beside this file call it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(found => found.violations)"


def violations(page: Page, scope: str = "document") -> list[str]:
    """One line for each rule that is broken: address, rule, first place."""
    assert AXE.exists(), "axe-core is missing: npm ci"
    page.evaluate(AXE.read_text())
    violations = page.evaluate(RUN.replace("document", scope, 1), TAGS)
    return [
        f"{page.url}: {violation['id']} ({len(violation['nodes'])}): {violation['nodes'][0]['target']}"
        for violation in violations
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))

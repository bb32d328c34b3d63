"""What is wrong with a page as it stands: by our own script, and by axe-core."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
"""Called in the page with its language; returns its faults in words."""

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
BARRIERS = """async () => {
  const found = await axe.run({ exclude: [".djs-container"] }, { resultTypes: ["violations"] });
  return found.violations
    .filter((fault) => ["serious", "critical"].includes(fault.impact))
    .flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 120)}`));
}"""


def faults(page: Page, language: str) -> list[str]:
    """Return what our own script finds."""
    return list(page.evaluate(LOOK, language))


def barriers(page: Page) -> list[str]:
    """Return what shuts somebody out, serious or critical by axe-core; drawings are left out."""
    page.evaluate(AXE)
    return list(page.evaluate(BARRIERS))

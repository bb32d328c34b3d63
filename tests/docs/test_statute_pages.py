"""The pages of the statutes are what the verifier says of the shipped processes."""

from __future__ import annotations

import runpy

import pytest

from tests.docs.reading import DOCS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_current(language: str) -> None:
    script = runpy.run_path(str(DOCS / "statutes.py"))
    kept = (DOCS / f"statutes.{language}.md").read_text(encoding="utf-8")
    assert kept == script["page"](language, script["judged"]()), "run make docs-statutes"


def test_every_statute_holds_on_the_page() -> None:
    for language in ("zh", "en"):
        kept = (DOCS / f"statutes.{language}.md").read_text(encoding="utf-8")
        table = kept.partition("\n## ")[2].partition("\n## ")[0]
        assert "✓" in table
        assert "✗" not in table
        assert "?" not in table.partition("|")[2]

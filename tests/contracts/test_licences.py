"""What the product is made of may be handed on: every part has an accepted licence, and is told."""

from __future__ import annotations

import runpy
from typing import Any

import pytest

from tests.docs.reading import DOCS

SCRIPT = runpy.run_path(str(DOCS / "licences.py"))


def part(licence: str) -> Any:
    return SCRIPT["Part"]("new", "1", licence, "Python")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_name_every_part_of_the_locks(language: str) -> None:
    kept = (DOCS / f"licences.{language}.md").read_text(encoding="utf-8")
    listed = {line.split(" | ")[0].strip("| ") for line in kept.splitlines() if "|" in line}
    wanted = {one.name for one in SCRIPT["parts"]()}
    assert len(wanted) > 60
    assert wanted <= listed, "run make docs-licences"
    assert kept == SCRIPT["page"](language), "run make docs-licences"


def test_every_part_has_an_accepted_licence() -> None:
    refused = [f"{one.name}: {one.licence}" for one in SCRIPT["parts"]() if not one.accepted]
    assert refused == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "AGPL-3.0-only",
        "unknown",
        "MIT AND GPL-2.0-only",
        "UNLICENSED",
        "",
        "GPL-3.0-only AND (MIT OR ISC)",
    ],
)
def test_a_licence_that_is_not_accepted_is_refused(licence: str) -> None:
    assert not part(licence).accepted


@pytest.mark.parametrize(
    "licence", ["MIT", "GPL-2.0-only OR MIT", "MPL-2.0 AND (Apache-2.0 OR MIT)"]
)
def test_one_that_leaves_an_accepted_choice_is_taken(licence: str) -> None:
    assert part(licence).accepted


def test_a_part_that_nobody_knows_is_seen() -> None:
    assert SCRIPT["_licence"]("a-part-that-is-not-installed") == "unknown"

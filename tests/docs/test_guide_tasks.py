"""Whoever has a task finds it in the guide, in the table of a chapter, by the name it has."""

from __future__ import annotations

import re

import pytest

from tests.docs.reading import ROOT, first_cells, text

TASK = re.compile(r"^\| ([^|<]+)<br>([^|]+) \| `\w+` \|", re.MULTILINE)
PROCESSES = sorted((ROOT / "workflows" / "processes").glob("*/README.md"))
GUIDES = (
    ("docs/guide.zh.md", 0, "等您办理的", r"[、；]"),
    ("docs/guide.en.md", 1, "What waits for you", r"[,;]"),
)


def tasks() -> list[tuple[str, str]]:
    """Return the Chinese and English name of every task of every process."""
    return [name for page in PROCESSES for name in TASK.findall(page.read_text(encoding="utf-8"))]


def told(guide: str, heading: str, marks: str) -> set[str]:
    """Return what the tables of the chapters name, one task at a time."""
    parts = re.split(rf"^### {heading}\n+", text(guide), flags=re.MULTILINE)[1:]
    cells = [cell for part in parts for cell in first_cells(part.partition("\n\n")[0])]
    return {name.strip() for cell in cells for name in re.split(marks, cell)}


@pytest.mark.parametrize(("guide", "language", "heading", "marks"), GUIDES)
def test_every_task_stands_in_the_table_of_a_chapter(
    guide: str, language: int, heading: str, marks: str
) -> None:
    names = {names[language] for names in tasks()}
    assert len(names) > 30
    assert names - told(guide, heading, marks) == set()

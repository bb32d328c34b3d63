"""How the tests of the documentation read Markdown: headings, tables, links, code."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
HAN = re.compile(r"[\u4e00-\u9fff]")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(name: str) -> str:
    """Return a page without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text(name), flags=re.MULTILINE | re.DOTALL)


def headings(name: str) -> list[tuple[int, str]]:
    """Return level and words of every heading."""
    found = re.findall(r"^(#+) (.+)$", prose(name), flags=re.MULTILINE)
    return [(len(marks), words) for marks, words in found]


def section(name: str, title: str) -> str:
    """Return what stands under a heading of level 2."""
    return re.split(r"^## ", text(name).partition(f"\n## {title}\n")[2], flags=re.MULTILINE)[0]


def first_cells(table: str) -> list[str]:
    """Return the first column of a table, without its heading."""
    rows = [line for line in table.splitlines() if line.startswith("|")]
    return [row.split("|")[1].strip() for row in rows[2:]]


def quoted(words: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`]+)`", words)


def links(name: str) -> list[str]:
    """Return every target of a link or picture that lies in the repository."""
    found = re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", prose(name))
    return [target for target in found if not re.match(r"[a-z]+:|#", target)]


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of a language."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)
    return [str(block) for block in found]

"""The documentation becomes pages by one command, and every link in them leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.reading import ROOT

ATTRIBUTE = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, ROOT / "docs" / "web_pages.py", folder], check=True)
    return folder


def test_every_page_is_written(site: Path) -> None:
    for page in ("index", "README", "docs/guide.zh", "docs/guide.en", "docs/designer"):
        assert "<h1" in (site / f"{page}.html").read_text(encoding="utf-8"), page
    written = {path.stem for path in (site / "docs").glob("*.html")}
    assert written == {path.stem for path in (ROOT / "docs").glob("*.md")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_in_the_menu_of_its_language(site: Path, language: str) -> None:
    page = (site / "docs" / f"guide.{language}.html").read_text(encoding="utf-8")
    menu = page.partition("<nav")[2].partition("</nav>")[0]
    listed = {Path(link).stem for link in ATTRIBUTE.findall(menu)}
    there = {path.stem for path in (ROOT / "docs").glob(f"*.{language}.md")}
    assert there <= listed


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    lost = []
    for page in site.rglob("*.html"):
        for link in ATTRIBUTE.findall(page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:|/", link):
                continue
            path, _, anchor = link.partition("#")
            there = (page.parent / path).resolve() if path else page
            known = there.is_file()
            if known and anchor:
                known = f'id="{unquote(anchor)}"' in there.read_text(encoding="utf-8")
            if not known:
                lost.append(f"{page.relative_to(site)}: {link}")
    assert lost == []


def test_tables_pictures_and_languages_are_there(site: Path) -> None:
    guide = (site / "docs" / "guide.en.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in guide
    assert "<table>" in guide
    assert '<img src="images/inbox.en.webp"' in guide
    assert (site / "docs" / "images" / "inbox.en.webp").stat().st_size > 1000

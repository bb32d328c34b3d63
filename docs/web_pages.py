# ruff: noqa: INP001 - a script beside the pages that it reads, no package
"""Write the documentation as web pages that need no server: `make docs`.

Every page keeps its place in the tree with `.html` for `.md`, so that links between them hold;
pictures and files that a page links are copied beside it. Open `site/index.html`.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
STYLE = Path(__file__).with_name("web_pages.css")
SHELVES = ("docs/*.md", "docs/decisions/*.md", "workflows/processes/*/README.md")
OUTSIDE = re.compile(r"[a-z]+:|#|/")
NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Menu:
    """The pages that stand at the side of every page of a language, the first one the start."""

    language: str
    pages: tuple[str, ...]


BOTH = ("docs/designer.md", "docs/feel.md", "docs/performance.md", "CHANGELOG.md")
PAIRED = ("guide", "operator", "settings", "api", "api-reference", "statutes", "licences")
CHINESE = Menu("zh-CN", ("README.md", *(f"docs/{one}.zh.md" for one in PAIRED), *BOTH))
ENGLISH = Menu("en", ("docs/README.en.md", *(f"docs/{one}.en.md" for one in PAIRED), *BOTH))
READER = MarkdownIt("commonmark").enable("table")


@click.command()
@click.argument("target", type=click.Path(path_type=Path), default=ROOT / "site")
def main(target: Path) -> None:
    """Write every page below TARGET; what was written there before goes first."""
    if target.exists() and any(target.iterdir()):
        if not (target / "style.css").exists():
            message = f"Expected {target} to be empty or written before, but it holds other files"
            raise click.ClickException(message)
        shutil.rmtree(target)
    pages = all_pages()
    for page in pages:
        _write(page, target)
    _list_of_decisions(target)
    shutil.copy(STYLE, target / "style.css")
    shutil.copy(target / "README.html", target / "index.html")
    click.echo(f"{len(pages)} 页 · pages: {os.path.relpath(target / 'index.html')}")


def all_pages() -> list[str]:
    """Return the pages of the repository, by their place in it."""
    found = {"README.md", "CHANGELOG.md"}
    for shelf in SHELVES:
        found |= {str(path.relative_to(ROOT)) for path in ROOT.glob(shelf)}
    return sorted(found)


def _write(page: str, target: Path) -> None:
    tokens = READER.parse((ROOT / page).read_text(encoding="utf-8"))
    headings = _anchored(tokens)
    for token in _inside(tokens):
        for name in ("href", "src"):
            if link := token.attrGet(name):
                token.attrSet(name, _followed(page, str(link), target))
    body = READER.renderer.render(tokens, READER.options, {})
    _save(page, headings, body.replace("<table>", "<div class=wide><table>"), target)


def _inside(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inside(token.children or ())


def _anchored(tokens: Sequence[Token]) -> list[tuple[str, str, str]]:
    """Give every heading the anchor that links name it by; return tag, anchor and words."""
    found: list[tuple[str, str, str]] = []
    taken: dict[str, int] = {}
    for token, inline in pairwise(tokens):
        if token.type != "heading_open":
            continue
        words = "".join(one.content for one in inline.children or ())
        anchor = NOT_IN_ANCHORS.sub("", words.strip().lower()).replace(" ", "-")
        taken[anchor] = taken.get(anchor, -1) + 1
        anchor += f"-{taken[anchor]}" if taken[anchor] else ""
        token.attrSet("id", anchor)
        found.append((token.tag, anchor, words))
    return found


def _followed(page: str, link: str, target: Path) -> str:
    """Return where a link leads among the written pages; copy what is no page of ours."""
    if OUTSIDE.match(link):
        return link
    path, _, anchor = link.partition("#")
    place = os.path.normpath(Path(page).parent / path)
    if place.endswith(".md"):
        path = f"{path.removesuffix('.md')}.html"
    elif (ROOT / place).is_dir():
        path = f"{path.rstrip('/')}/index.html"
    else:
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / place, target / place)
    return f"{path}#{anchor}" if anchor else path


def _save(page: str, headings: Sequence[tuple[str, str, str]], body: str, target: Path) -> None:
    english = page.endswith(".en.md") or "/decisions/" in page
    menu = ENGLISH if english else CHINESE
    parts = "".join(
        f'<li><a href="#{anchor}">{html.escape(words)}</a></li>'
        for tag, anchor, words in headings
        if tag == "h2"
    )
    path = target / f"{page.removesuffix('.md')}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    up = "../" * page.count("/")
    path.write_text(
        f'<!doctype html>\n<html lang="{menu.language}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'<title>{html.escape(_title(page))}</title>\n<link rel="stylesheet" href="{up}style.css">'
        f"\n<nav><ul>{_menu(menu, page, up)}</ul></nav>\n<aside><ul>{parts}</ul></aside>\n"
        f"<main>\n{body.replace('</table>', '</table></div>')}</main>\n</html>\n",
        encoding="utf-8",
    )


def _menu(menu: Menu, page: str, up: str) -> str:
    return "".join(
        f'<li><a href="{up}{one.removesuffix(".md")}.html"'
        f"{' aria-current=page' if one == page else ''}>{html.escape(_title(one))}</a></li>"
        for one in menu.pages
    )


def _list_of_decisions(target: Path) -> None:
    records = [page for page in all_pages() if "/decisions/" in page and "0000" not in page]
    lines = "".join(
        f'<li><a href="{Path(one).stem}.html">{html.escape(_title(one))}</a></li>'
        for one in records
    )
    title = "<h1>决定记录 · Decisions</h1>"
    _save("docs/decisions/index.md", [], f"{title}<ul>{lines}</ul>", target)


def _title(page: str) -> str:
    if not (ROOT / page).exists():
        return "决定记录 · Decisions"
    first = (ROOT / page).read_text(encoding="utf-8").partition("\n")[0]
    return first.lstrip("# ")


if __name__ == "__main__":
    sys.exit(main())

"""No page shows the other language: every link of a zone with stories is followed in both.

What people of the demonstration wrote themselves is known from its files and left out; what is
Chinese by nature, such as a register number or the title of a notice, says so with `lang`.
"""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine import clock
from tests.web.page_checks import VOID
from tests.web.told_zone import NOW, kind, told_zone
from tests.web.visitor import Visitor
from webapp.factory import create_app
from workflows import yaml_text
from workflows.demo import loading, zone
from workflows.demo.enterprises import ENTERPRISES

DEMO = Path(loading.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
NUMBER = re.compile(r"GY[\u4e00-\u9fff]{2}〔\d{4}〕第\d+号")
"""The number of a paper, which is the same in every language."""

NAMES = re.compile(
    r"JPEG|PNG|WebP|PDF|Excel|CSV|XLSX|JSON|YAML|BPMN|API|Bihuan|SHA-256|[0-9a-f]{8,}|\w+\.jpg|Asia/Shanghai|English|GY-2022-15|Markdown|"
    r"https?://\S+|[\w/.-]+\.(?:json|bpmn|dmn|yaml|csv|xlsx|txt|md)\b|\.xlsx|\.csv|[a-z]+(?:_[a-z0-9]+)+|/[a-z/-]+"
)
"""Names that no language translates: formats, files, processes, addresses, sums."""

SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-label")
MOST = {"/cases/ID": 24, "/tasks/ID": 24}
"""So many pages are read of one kind of address, of any other three."""

_SHORTEST = 4
"""Letters; what is shorter may be a label, and stands in no page as somebody's words."""

NAMED = ("zone.py", "enterprises.csv")
"""Bodies, persons and enterprises bear a name in each language: theirs has to be shown."""

OUTSIDE = ("/static", "/papers", "/api")
"""Files, papers in the language of their law, and a reference that says everything in both."""

READERS = {
    "en": ("office", "enterprise09", "bureau_head", "admin"),
    "zh": ("office", "enterprise09", "admin"),
}


class Shown(HTMLParser):
    """What a page says in its own language, and where its links lead."""

    def __init__(self, html: str, language: str) -> None:
        super().__init__()
        self.other = "zh" if language == "en" else "en"
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        foreign = given.get("lang", "").startswith(self.other)
        silent = any(self.silent) or foreign or tag in {"script", "style", "textarea", "code"}
        if not silent:
            self.words += [given[name] for name in SPOKEN if name in given]
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        if tag not in VOID:
            self.silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag not in VOID:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self.silent):
            self.words.append(data.strip())


@dataclass
class Walk:
    """One reader follows every link, in one language."""

    visitor: Visitor
    language: str
    pages: int = 0
    words: dict[str, str] = field(default_factory=dict)
    """A page on which each sentence was read."""

    def go(self) -> Walk:
        todo, seen, kinds = ["/"], {"/"}, Counter[str]()
        while todo:
            address = todo.pop(0)
            one = kind(address)
            kinds[one] += 1
            if kinds[one] > MOST.get(one, 3) or one.startswith(OUTSIDE):
                continue
            for link in self._read(address):
                if link not in seen:
                    seen.add(link)
                    todo.append(link)
        return self

    def _read(self, address: str) -> list[str]:
        response = self.visitor.client.get(address, headers=self.visitor.headers)
        if response.status_code in {302, 303}:
            return [response.headers["Location"]]
        assert response.status_code < 400, f"{address}: {response.status_code}"
        if response.mimetype != "text/html":
            return []
        self.pages += 1
        shown = Shown(response.text, self.language)
        self.words |= dict.fromkeys(shown.words, address)
        return shown.links


def strings(value: Any) -> Iterator[str]:
    """Yield every text within a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@cache
def written_by_people() -> re.Pattern[str]:
    """Return what the demonstration's people and ledgers say, the longest first."""
    found: set[str] = set()
    for path in DEMO.rglob("*.yaml"):
        found.update(strings(yaml_text.read(path.read_text("utf-8"))))
    for path in (path for path in DEMO.rglob("*.csv") if path.name not in NAMED):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found.update(cell for row in csv.reader(file) for cell in row)
    for path in (path for path in DEMO.rglob("*.py") if path.name not in NAMED):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        found.update(
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
    for known in (zone.OFFICIALS, zone.BODIES, ENTERPRISES):
        found.update(one.id for one in known)
    lines = {line.strip() for text in found for line in text.splitlines()}
    wanted = sorted((line for line in lines if len(line) >= _SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(_said, wanted)))


def _said(line: str) -> str:
    """Match what somebody said; English as whole words, so that no part of another goes."""
    words = re.escape(line)
    return rf"(?<![A-Za-z]){words}(?![A-Za-z])" if line.isascii() else words


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A zone in which every story of the demonstration was told."""
    directory = tmp_path_factory.mktemp("languages")
    with clock.use(clock.VirtualClock(NOW)), told_zone(directory) as product:
        yield create_app(product, testing=True, secret="for tests only")


def walk(app: Flask, username: str, language: str) -> Walk:
    visitor = Visitor(app, language)
    assert visitor.sign_in(username).status_code == 303
    visitor.post("/language", {"language": language}, token_of="/notifications")
    return Walk(visitor, language).go()


def foreign(found: Walk, people: re.Pattern[str]) -> dict[str, str]:
    """Return the sentences that are left in the other language, with a page of each."""
    letters = HAN if found.language == "en" else LATIN
    spared = NUMBER if found.language == "en" else NAMES
    return {
        words: page
        for words, page in found.words.items()
        if letters.search(people.sub("", spared.sub("", words)))
    }


@pytest.mark.parametrize(
    ("language", "username"), [(lang, name) for lang, names in READERS.items() for name in names]
)
def test_no_page_shows_the_other_language(app: Flask, language: str, username: str) -> None:
    found = walk(app, username, language)
    assert found.pages > 10
    left = foreign(found, written_by_people())
    assert not left, "\n".join(f"{page}: {words}" for words, page in left.items())


def test_a_planted_word_is_found() -> None:
    people = written_by_people()
    pages = {
        "en": "<p>Fix</p><p>按判定表建议</p><b lang='zh-CN'>备案</b><p>整改</p>",
        "zh": "<p>整改</p><b lang='en'>Later</b><p>forms/a.json</p><p>Submit</p>",
    }
    for language, html in pages.items():
        found = Walk(Visitor(Flask("planted")), language)
        found.words = dict.fromkeys(Shown(html, language).words, "/")
        assert set(foreign(found, people)) == {"整改" if language == "en" else "Submit"}

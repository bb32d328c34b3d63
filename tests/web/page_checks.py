"""What every page of every test must hold: parsed, labelled, unique ids, nothing inline."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "img", "br", "path", "rect", "hr"}
LABELLED = {"input", "select", "textarea"}


@dataclass
class Element:
    """One element with its attributes and the text within."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parents: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")


class Page(HTMLParser):
    """A parsed page; complains of tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parents = [element.tag for element in self.open]
        element = Element(tag, {name: value or "" for name, value in attrs}, parents=parents)
        if len(element.attributes) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice: {attrs}")
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1].tag if self.open else 'nothing'}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def one(self, tag: str, **attributes: str) -> Element:
        found = [
            element
            for element in self.all(tag)
            if all(element.attributes.get(name) == value for name, value in attributes.items())
        ]
        assert len(found) == 1, f"Expected one <{tag} {attributes}>, but found {len(found)}"
        return found[0]

    @property
    def text(self) -> str:
        return " ".join(self.one("main").text.split())


def faults_of(html: str) -> list[str]:
    """Return what is wrong with a whole page."""
    page = Page(html)
    found = list(page.faults)
    found += [
        f"{tag} occurs {n} times" for tag in ("main", "h1", "title") if (n := count(page, tag)) != 1
    ]
    found += _ids(page) + _labels(page) + _references(page) + _inline(page) + _forms(page)
    return found


def count(page: Page, tag: str) -> int:
    return len(page.all(tag))


def _ids(page: Page) -> list[str]:
    ids = [
        element.id for element in page.elements if element.id and "template" not in element.parents
    ]
    return [f"id {name} occurs twice" for name in sorted({i for i in ids if ids.count(i) > 1})]


def _labels(page: Page) -> list[str]:
    wanted = {element.attributes.get("for") for element in page.all("label")}
    return [
        f"no label: {element.tag} {element.attributes}"
        for element in page.all(*LABELLED)
        if element.attributes.get("type") != "hidden"
        and element.id not in wanted
        and "label" not in element.parents
        and "aria-label" not in element.attributes
    ]


def _references(page: Page) -> list[str]:
    ids = {element.id for element in page.elements}
    names = ("aria-describedby", "aria-labelledby", "for")
    return [
        f"{name} points to {target}, which is not there"
        for element in page.elements
        if "template" not in element.parents
        for name in names
        for target in element.attributes.get(name, "").split()
        if target not in ids
    ]


def _inline(page: Page) -> list[str]:
    return [
        f"inline {name} on <{element.tag}>"
        for element in page.elements
        for name in element.attributes
        if name == "style" or name.startswith("on")
    ] + [f"inline <{e.tag}>" for e in page.all("script", "style") if e.text.strip()]


def _forms(page: Page) -> list[str]:
    posts = [form for form in page.all("form") if form.attributes.get("method") == "post"]
    tokens = [e for e in page.all("input") if e.attributes.get("name") == "csrf_token"]
    unnamed = [form for form in page.all("form") if not form.attributes.get("action")]
    found = ["a form without action"] if unnamed else []
    return found + (["a form without token"] if len(tokens) < len(posts) else [])

"""What a list of the administration shows: lines with cells and what may be done to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

from flask import request, url_for

from webapp.addresses import position
from webapp.i18n.language import both, current_language
from webapp.presentation.choices import Position, page_number, pages_of
from webapp.presentation.naming import spoken
from workflows.administration.registry import command

PAGE = 50

T = TypeVar("T")


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; without an address they only say something."""

    words: str
    address: str = ""

    @property
    def lang(self) -> str:
        """The language to mark the words with, where nobody gave them in the reader's."""
        return spoken(self.words) if current_language() == "en" else ""


@dataclass(frozen=True)
class Cell:
    """One value under its heading, a text key."""

    label: str
    words: str = ""
    links: Sequence[Link] = ()
    tone: str = ""

    @property
    def lang(self) -> str:
        """The language to mark the words with, where nobody gave them in the reader's."""
        return spoken(self.words) if current_language() == "en" else ""


@dataclass(frozen=True)
class Line:
    """One thing of a list."""

    lead: Link
    cells: Sequence[Cell]
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class Sheet:
    """A list with its heading, its search and its place among pages."""

    title: str
    lead: str
    first: str
    lines: Sequence[Line]
    position: Position
    total: int
    add: Sequence[Link] = ()
    text: str = ""
    action: str = ""
    hint: str = ""
    """What can be searched for; a list without it has no search."""
    notes: Sequence[str] = field(default_factory=tuple)


def act(name: str, subject: str = "", given: Mapping[str, str] | None = None) -> Link:
    """Return the link to a command on a subject, with what its form begins with."""
    fields = {one.key for one in command(name).form.fields}
    begins = {key: value for key, value in (given or {}).items() if key in fields}
    begins |= {"subject": subject} if subject else {}
    address = url_for("administration.show", name=name)
    words = both(*command(name).title)
    return Link(words, f"{address}?{urlencode(begins)}" if begins else address)


def asked() -> str:
    """Return what is searched for."""
    return request.args.get("text", "")[:100].strip()


def number() -> int:
    """Return the page that is asked for."""
    return page_number(request.args.get("page"))


def fits(*words: str) -> bool:
    """Return whether something is searched for and found in some words, or nothing is."""
    wanted = asked().casefold()
    return not wanted or any(wanted in word.casefold() for word in words)


def cut(lines: Sequence[T]) -> tuple[Sequence[T], Position]:
    """Return the lines of the page that is asked for, the last one past the end, and its place."""
    page = min(number(), pages_of(len(lines), PAGE))
    first = (page - 1) * PAGE
    return lines[first : first + PAGE], position(page, len(lines), PAGE)

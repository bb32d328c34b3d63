"""Choices of filters, and addresses of pages of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.i18n.catalogue import Text, pick
from webapp.presentation import labels
from workflows.domain.org_facts import Body


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class FilterField:
    """One filter with its choices and what is chosen."""

    name: str
    key: str
    options: Sequence[Choice]
    chosen: str


@dataclass(frozen=True)
class Position:
    """Which page of how many, with the addresses of its neighbours."""

    number: int
    pages: int
    previous: str | None
    next: str | None


def named(table: Mapping[str, Text], names: Iterable[str], language: str) -> list[Choice]:
    """Return choices from a table of labels."""
    return [Choice(name, labels.label(table, name, language)) for name in names]


def of_bodies(bodies: Iterable[Body], language: str) -> list[Choice]:
    """Return choices of bodies."""
    return [Choice(body.id, pick(language, body.name_zh, body.name)) for body in bodies]


def page_number(text: str | None) -> int:
    """Return a page number from an address; anything odd is the first page."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004


def pages_of(total: int, size: int) -> int:
    """Return how many pages a list has; an empty one has one."""
    return max(1, -(-total // size))

"""Choices of filters, and addresses of pages of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.i18n.catalogue import Text, pick, text
from webapp.presentation import labels
from workflows.domain import known_values
from workflows.domain.known_values import Asked
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


def faults(asked: Mapping[str, tuple[str, Collection[str]]], language: str) -> list[str]:
    """Return what is wrong with filters of an address: by name what is asked for and allowed."""
    found = []
    for name, (value, allowed) in asked.items():
        title_zh, title = (text(f"filter.{name}", spoken) for spoken in ("zh", "en"))
        for fault in known_values.unknown(Asked(name, title_zh, [value] if value else []), allowed):
            said = fault.text(language)
            found.append(f"{title}: {said}" if language == "en" else said)
    return found


def page_number(text: str | None) -> int:
    """Return a page number from an address; anything odd is the first page."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004


def pages_of(total: int, size: int) -> int:
    """Return how many pages a list has; an empty one has one."""
    return max(1, -(-total // size))

"""Boxed expressions: what a decision is made of besides a table (DMN 1.5, chapter 10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.expressions.tables import DecisionTable


@dataclass(frozen=True, slots=True)
class Text:
    """A literal expression."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and what stands for it."""

    name: str
    value: Boxed


@dataclass(frozen=True, slots=True)
class Context:
    """Entries that may read those above them; with a result, that alone is the value."""

    entries: tuple[Entry, ...]
    result: Boxed | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Boxed, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A list of contexts with the same names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Boxed, ...], ...]


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call of a function by name, with an expression for each parameter."""

    function: str
    bindings: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A function."""

    parameters: tuple[str, ...]
    body: Boxed


@dataclass(frozen=True, slots=True)
class Conditional:
    """`if`, `then` and `else`."""

    condition: Boxed
    chosen: Boxed
    other: Boxed


@dataclass(frozen=True, slots=True)
class Iteration:
    """`for`, `some`, `every` or a filter over the items of a list."""

    kind: Literal["for", "some", "every", "filter"]
    name: str
    source: Boxed
    body: Boxed


Boxed: TypeAlias = (
    "Text | DecisionTable | Context | Items | Relation | Invocation | Definition | Conditional"
    " | Iteration"
)
"""The logic of a decision, or a part of it."""

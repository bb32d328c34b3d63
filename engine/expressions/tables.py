"""What a decision table is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HIT_POLICIES: Final = frozenset(
    {"UNIQUE", "FIRST", "COLLECT", "ANY", "RULE ORDER", "PRIORITY", "OUTPUT ORDER"}
)
AGGREGATIONS: Final = frozenset({"SUM", "COUNT", "MIN", "MAX"})


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is tested: an expression, its type, the values it may take."""

    id: str
    expression: str
    type: str = "any"
    label: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; `values` in order give the priority, `default` counts if none match."""

    id: str
    name: str
    type: str = "any"
    values: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: one cell of unary tests per input, one expression per output."""

    id: str
    tests: tuple[str, ...]
    outputs: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision given as a table."""

    id: str
    name: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str | None = None

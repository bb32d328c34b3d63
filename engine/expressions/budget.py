"""What one evaluation may cost; counted in steps, never in seconds, so that runs repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn

from engine.expressions.errors import FeelLimitError


@dataclass(frozen=True, slots=True)
class Budget:
    """Upper bounds of one evaluation.

    Attributes:
        steps: nodes visited, iterations made and elements touched by built-in functions.
        characters: length of one string.
        items: elements of one value, nested ones included.
        nesting: how deep a value may be nested.
        depth: how deep evaluations may be nested, calls of own functions included.
    """

    steps: int = 10_000
    characters: int = 100_000
    items: int = 10_000
    nesting: int = 50
    depth: int = 120


DEFAULT_BUDGET: Final = Budget()

SOURCE_LIMIT: Final = 4000
"""Characters of one expression."""

TREE_LIMIT: Final = 100
"""Nested nodes of one expression; a chain of `and` or `or` counts as one level."""


def refuse(what: str, what_zh: str, limit: int) -> NoReturn:
    """Raise the error of a budget that is used up."""
    raise FeelLimitError(
        f"Expected an evaluation within {limit} {what}, but it needs more",
        f"表达式求值超出限制：{what_zh}最多 {limit}",
    )


class Meter:
    """Counts what an evaluation has used of its budget."""

    __slots__ = ("budget", "depth", "steps")

    def __init__(self, budget: Budget) -> None:
        """Begin with nothing used."""
        self.budget = budget
        self.steps = budget.steps
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Use up steps."""
        self.steps -= steps
        if self.steps < 0:
            refuse("steps", "步数", self.budget.steps)

    def measure(self, value: object) -> None:
        """Refuse a value that is too large or nested too deep, and charge for looking."""
        if isinstance(value, str):
            if len(value) > self.budget.characters:
                refuse("characters", "字符数", self.budget.characters)
        elif isinstance(value, list | dict):
            self.spend(self._weigh(value) // 16)

    def _weigh(self, value: list[object] | dict[str, object]) -> int:
        weight, level, nesting = 0, [value], 0
        while level:
            nesting += 1
            below: list[list[object] | dict[str, object]] = []
            for container in level:
                weight += len(container) + 1
                if weight > self.budget.items:
                    refuse("list items", "列表元素个数", self.budget.items)
                parts = container.values() if isinstance(container, dict) else container
                below.extend(part for part in parts if isinstance(part, list | dict))
            level = below
        if nesting > self.budget.nesting:
            refuse("levels of nested values", "值的嵌套层数", self.budget.nesting)
        return weight

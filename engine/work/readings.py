"""The values that gateways read when they chose, so that history can say why a way was taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.expressions import feel
from engine.expressions.adopt import adopt
from engine.work.drawing import Drawing


class Readings:
    """Conditions evaluated and not yet written down, oldest first, of one instance."""

    def __init__(self, drawing: Drawing) -> None:
        """Listen to the conditions of gateways only."""
        self._by_gateway = drawing.conditions
        self._heard: dict[str, deque[tuple[object, dict[str, Any]]]] = {
            text: deque() for texts in drawing.conditions.values() for text in texts
        }

    def note(self, expression: str, names: Mapping[str, object], value: object) -> None:
        """Keep what an expression read and answered, if it belongs to a gateway."""
        heard = self._heard.get(expression.strip())
        if heard is not None:
            read = {".".join(path): _value(names, path) for path in _paths(expression)}
            heard.append((value, read))

    def take(self, element: str) -> dict[str, Any] | None:
        """Return why a gateway chose as it did, once; None if it is none with conditions."""
        answers: dict[str, bool] = {}
        read: dict[str, Any] = {}
        for text in self._by_gateway.get(element, ()):
            if self._heard[text]:
                value, values = self._heard[text].popleft()
                answers[text] = value is True
                read |= values
        return {"conditions": answers, "read": read} if answers else None


@lru_cache(maxsize=1024)
def _paths(expression: str) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(feel.references(expression)))


def _value(names: Mapping[str, object], path: tuple[str, ...]) -> Any:  # noqa: ANN401 JSON
    value: object = names
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return feel.to_json(adopt(value))

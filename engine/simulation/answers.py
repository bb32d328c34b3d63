"""What expressions of a diagram answer for a token of a case at a moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from engine import clock
from engine.errors import Invalid
from engine.expressions.function import Function, declare
from engine.simulation.deciding import Deciding
from engine.simulation.expressions import CASE, Compiled, Read
from engine.simulation.tokens import Marks, plain
from engine.simulation.world import WorldCase

_DUE: Final = re.compile(r'\s*due\(\s*"([^"\\]+)"\s*\)\s*')
_ISO_DAYS: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


class Asking(Protocol):
    """The case that an expression is about."""

    world: WorldCase | None

    @property
    def now(self) -> int:
        """The moment."""
        ...


class Answers:
    """Evaluates for every case of one run; what was worked out once is remembered."""

    def __init__(self, began: datetime, functions: Mapping[str, Function]) -> None:
        """Take the instant of moment 0 and the functions of the application."""
        self._began, self._functions = began, functions

    def value(self, expression: Compiled, life: Asking, marks: Marks) -> object:
        """Return the value of an expression."""
        if expression.steady:
            return expression.value(reader(life, marks), self._functions)
        with clock.use(clock.VirtualClock(self.instant(life.now))):
            return expression.value(reader(life, marks), self._with_due(life, marks))

    def holds(self, condition: Compiled, life: Asking, marks: Marks) -> bool:
        """Return whether a condition is true; null is not."""
        return self.value(condition, life, marks) is True

    def decision(self, deciding: Deciding, life: Asking, marks: Marks) -> object:
        """Return what a decision decides."""

        def everything() -> Mapping[str, object]:
            return {**plain(marks), CASE: dict(world_of(life).view())}

        read = reader(life, marks)
        if deciding.steady:
            return deciding.value(read, everything, self._functions)
        with clock.use(clock.VirtualClock(self.instant(life.now))):
            return deciding.value(read, everything, self._with_due(life, marks))

    def date(self, expression: Compiled, life: Asking, marks: Marks) -> int | None:
        """Return the moment that a timer waits for; None while there is none."""
        named = _DUE.fullmatch(expression.text)
        if named is not None:
            return world_of(life).due(named[1], plain(marks))
        return self.moment(expression, self.value(expression, life, marks))

    def moment(self, expression: Compiled, value: object) -> int | None:
        """Return the moment that a value of a timer names; None for null."""
        if value is None:
            return None
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise _wrong(expression, value)
        return round((value - self._began).total_seconds())

    def duration(self, expression: Compiled, life: Asking, marks: Marks) -> int:
        """Return for how many seconds a timer waits."""
        return self.length(expression, self.value(expression, life, marks))

    def length(self, expression: Compiled, value: object) -> int:
        """Return how many seconds a value of a timer names."""
        if isinstance(value, str):
            found = _ISO_DAYS.fullmatch(value)
            if found is None:
                raise _wrong(expression, value)
            days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            value = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if not isinstance(value, timedelta):
            raise _wrong(expression, value)
        return max(0, round(value.total_seconds()))

    def instant(self, moment: int) -> datetime:
        """Return the instant of a moment."""
        return self._began + timedelta(seconds=moment)

    def _with_due(self, life: Asking, marks: Marks) -> dict[str, Function]:
        def due(name: object) -> datetime | None:
            moment = world_of(life).due(str(name), plain(marks))
            return None if moment is None else self.instant(moment)

        return {**self._functions, "due": declare("due(name: string) -> date and time", due)}


def reader(life: Asking, marks: Marks) -> Read:
    """Return what dotted names stand for: flags of the token, and the case."""
    world = world_of(life)

    def read(path: tuple[str, ...]) -> object:
        if path[0] == CASE:
            return world.read(path[1:])
        found: object = marks[path[0]][1] if path[0] in marks else None
        for word in path[1:]:
            found = found.get(word) if isinstance(found, Mapping) else None
        return found

    return read


def world_of(life: Asking) -> WorldCase:
    """Return what the application knows of a case."""
    if life.world is None:
        raise Invalid("Expected a case that has begun, but it has not", "案件尚未开始")
    return life.world


def _wrong(expression: Compiled, value: object) -> Invalid:
    return Invalid(
        f"Expected a date or a duration from {expression.text}, but it is {value!r}",
        f"表达式 {expression.text} 应得日期或时长，实际为 {value!r}",
    )

"""Built-in functions over numbers, durations and booleans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Final

from engine.expressions.function import Function, declare
from engine.expressions.types import DECIMAL, Months, Value

_SCALE_LIMIT: Final = 6111


def rounding(mode: str) -> Callable[..., Value]:
    """Return a function that rounds to a scale in one mode."""

    def to_scale(number: Decimal, scale: Decimal | None = None) -> Value:
        scale = (scale or Decimal(0)).to_integral_value(ROUND_DOWN)
        if not -_SCALE_LIMIT <= scale <= _SCALE_LIMIT + 65:
            return None
        step = Decimal((0, (1,), -int(scale)))
        if number.adjusted() + int(scale) >= DECIMAL.prec:
            return number
        context = DECIMAL.copy()
        context.rounding = mode
        rounded = number.quantize(step, context=context)
        return rounded or abs(rounded)

    return to_scale


def absolute(value: Decimal | dt.timedelta | Months) -> Value:
    """Return a number or duration without its sign."""
    if isinstance(value, Months):
        return Months(abs(value.months))
    return value.copy_abs() if isinstance(value, Decimal) else abs(value)


def modulo(dividend: Decimal, divisor: Decimal) -> Value:
    """Return the rest, with the sign of the divisor."""
    if not divisor:
        return None
    rest = DECIMAL.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = DECIMAL.add(rest, divisor)
    return rest or Decimal(0)


def parity(rest: int) -> Callable[[Decimal], Value]:
    """Return a function that says whether a whole number leaves a rest when halved."""

    def holds(number: Decimal) -> Value:
        if number != number.to_integral_value():
            return None
        if number.adjusted() >= DECIMAL.prec:
            return rest == 0
        return int(number) % 2 == rest

    return holds


def _log(number: Decimal) -> Value:
    return DECIMAL.ln(number) if number > 0 else None


def _sqrt(number: Decimal) -> Value:
    return DECIMAL.sqrt(number) if number >= 0 else None


def _not(value: Value) -> Value:
    return not value if isinstance(value, bool) else None


_even = rounding(ROUND_HALF_EVEN)

FUNCTIONS: Final[tuple[Function, ...]] = (
    declare("decimal(n: number, scale: number) -> number", _even),
    declare("floor(n: number, scale?: number) -> number", rounding(ROUND_FLOOR)),
    declare("ceiling(n: number, scale?: number) -> number", rounding(ROUND_CEILING)),
    declare("round up(n: number, scale: number) -> number", rounding(ROUND_UP)),
    declare("round down(n: number, scale: number) -> number", rounding(ROUND_DOWN)),
    declare("round half up(n: number, scale: number) -> number", rounding(ROUND_HALF_UP)),
    declare("round half down(n: number, scale: number) -> number", rounding(ROUND_HALF_DOWN)),
    declare("abs(n: number) -> number", absolute),
    declare("abs(n: duration) -> any", absolute),
    declare("modulo(dividend: number, divisor: number) -> number", modulo),
    declare("sqrt(number: number) -> number", _sqrt),
    declare("log(number: number) -> number", _log),
    declare("exp(number: number) -> number", DECIMAL.exp),
    declare("odd(number: number) -> boolean", parity(1)),
    declare("even(number: number) -> boolean", parity(0)),
    declare("not(negand: any) -> boolean", _not),
)

"""The values of FEEL and their JSON form.

null is None, a number is a Decimal of 34 digits, dates and times are those of `datetime`, a days
and time duration is a timedelta, a list a list, a context a dict. The three other kinds are here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

DECIMAL: Final = Context(
    prec=34,
    Emax=6144,
    Emin=-6143,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
"""IEEE 754 decimal128, as the specification asks; what it cannot hold becomes null."""


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A years and months duration, counted in months; may be negative."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two ends; an absent end (None) leaves that side open for ever."""

    low: Value
    high: Value
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A function value: the names of its parameters and how to call it."""

    parameters: tuple[str, ...]
    call: Callable[..., Value]


Value = (
    None
    | bool
    | Decimal
    | str
    | dt.date
    | dt.time
    | dt.datetime
    | dt.timedelta
    | Months
    | Range
    | Closure
    | list["Value"]
    | dict[str, "Value"]
)
"""Everything that an expression can evaluate to."""

_TYPE_NAMES: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    dt.date: "date",
    dt.time: "time",
    dt.datetime: "date and time",
    dt.timedelta: "days and time duration",
    Months: "years and months duration",
    Range: "range",
    Closure: "function",
    list: "list",
    dict: "context",
}


def type_name(value: Value) -> str:
    """Return the FEEL name of a value's type."""
    return _TYPE_NAMES[type(value)]

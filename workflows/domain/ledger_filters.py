"""Filters on every field of the ledger, read from the parameters of a page or a program.

A text holds words that must all occur; a choice or a body one or several names; a flag `yes` or
`no`; a day or a number `<field>_from` and `<field>_to`, both included. Where a field may be
empty, `-` asks for rows without it, and `*` for rows with a day or number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from sqlalchemy import ColumnElement, Date, and_, false, func, not_, or_, select, true

from engine.clock import start_of_day
from engine.errors import Invalid
from workflows.domain.ledger_fields import FIELDS, LedgerField
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import EXITS
from workflows.domain.org_tables import PersonRow

EMPTY, FILLED = "-", "*"
YES, NO = "yes", "no"
FROM, TO = "_from", "_to"
LONGEST = 200
_MOST_VALUES = 50
_LARGEST = Decimal(10) ** 10
_YEARS = (1900, 2999)
_UNRECORDED = ("planning", "rectifying")

_KINDS = (
    (f"a number between -{_LARGEST} and {_LARGEST}", "绝对值小于一百亿的数字"),
    (f"a day of the years {_YEARS[0]} to {_YEARS[1]}", f"{_YEARS[0]} 至 {_YEARS[1]} 年的日期"),
)

_BRACKETS = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "-": "－"}
_NARROW = str.maketrans({wide: narrow for narrow, wide in _BRACKETS.items()})
"""Signs that are typed wide in Chinese and narrow elsewhere: either finds the other."""

Bound = date | Decimal


@dataclass(frozen=True)
class Wanted:
    """What one field must hold: values, or bounds that are both included."""

    field: LedgerField
    values: tuple[str, ...] = ()
    low: Bound | None = None
    high: Bound | None = None


def parameters(field: LedgerField) -> tuple[str, ...]:
    """Return the names under which a field is asked for."""
    ends = (field.key + FROM, field.key + TO) if field.kind in ("day", "number") else ()
    return (field.key, *ends) if field.optional or not ends else ends


PARAMETERS: Mapping[str, LedgerField] = {
    name: field for field in FIELDS.values() for name in parameters(field)
}
"""Every parameter with the field that it asks for."""


def read(given: Mapping[str, Sequence[str]]) -> tuple[Wanted, ...]:
    """Return what is wanted by parameters; others than ours are left alone.

    Raises:
        Invalid: a value that its field cannot have, under the name of its parameter.
    """
    found = []
    for field in FIELDS.values():
        texts = {name: _texts(given.get(name, ())) for name in parameters(field)}
        if any(texts.values()):
            found.append(_wanted(field, texts))
    return tuple(found)


def condition(wanted: Wanted, now: datetime) -> ColumnElement[bool]:
    """Return what a filter asks of a ledger row."""
    field, column = wanted.field, wanted.field.column
    if field.kind == "flag":
        holds = late(now) if field.key == "overdue" else column.is_(True)
        return holds if wanted.values == (YES,) else not_(func.coalesce(holds, false()))
    if field.kind in ("day", "number"):
        return _between(wanted)
    if field.kind in ("choice", "body"):
        return or_(*(_equals(field, value) for value in wanted.values))
    words = " ".join(wanted.values).split()
    return func.coalesce(_all_of(_contains(field, word) for word in words), false())


def late(now: datetime) -> ColumnElement[bool]:
    """Return whether a date has passed, also one that no worker has recorded yet."""
    unrecorded = HazardRow.state.in_(_UNRECORDED) & (HazardRow.current_due_at <= now)
    is_open = HazardRow.state.not_in(EXITS)
    return is_open & or_(HazardRow.overdue_since.is_not(None), unrecorded)


def is_late(row: HazardRow, now: datetime) -> bool:
    """Return the same of one row."""
    due = row.current_due_at
    unrecorded = row.state in _UNRECORDED and due is not None and due <= now
    return row.state not in EXITS and (row.overdue_since is not None or unrecorded)


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for value in values[:_MOST_VALUES] if (text := str(value).strip()))


def _wanted(field: LedgerField, texts: Mapping[str, tuple[str, ...]]) -> Wanted:
    values = texts.get(field.key, ())
    for value in values:
        _check(field, value)
    bounds = [_bound(field, field.key + end, texts.get(field.key + end, ())) for end in (FROM, TO)]
    wanted = Wanted(field, values, *bounds)
    _check_order(wanted)
    return wanted


def _check_order(wanted: Wanted) -> None:
    low, high = wanted.low, wanted.high
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        raise Invalid.at(
            wanted.field.key + TO,
            f"Expected an end that is not before its beginning, but {high} is before {low}",
            f"“{wanted.field.title[0]}”的止值 {high} 早于或小于起值 {low}",
        )


def _check(field: LedgerField, value: str) -> None:
    allowed: Sequence[str] | None = None
    if field.kind == "flag":
        allowed = (YES, NO)
    elif field.kind == "choice":
        allowed = (*field.choices, *([EMPTY] if field.optional else []))
    elif field.kind in ("day", "number"):
        allowed = (EMPTY, FILLED)
    if allowed is not None and value not in allowed:
        raise Invalid.at(
            field.key,
            f"Expected one of {', '.join(allowed)}, but it is {value[:40]!r}",
            f"“{field.title[0]}”不能是“{value[:40]}”",
        )
    if len(value) > LONGEST or "\x00" in value:
        raise Invalid.at(
            field.key,
            f"Expected at most {LONGEST} characters of text, but it is more or other",
            f"“{field.title[0]}”应为不超过 {LONGEST} 字的文字",
        )


def _bound(field: LedgerField, name: str, texts: Sequence[str]) -> Bound | None:
    if not texts:
        return None
    found = _day(texts[-1]) if field.kind == "day" else _number(texts[-1])
    if found is None:
        what, what_zh = _KINDS[field.kind == "day"]
        raise Invalid.at(
            name,
            f"Expected {what}, but it is {texts[-1][:40]!r}",
            f"“{field.title[0]}”应为{what_zh}，而不是“{texts[-1][:40]}”",
        )
    return found


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _YEARS[0] <= found.year <= _YEARS[1] else None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < _LARGEST else None


def _between(wanted: Wanted) -> ColumnElement[bool]:
    column = wanted.field.column
    asked: list[ColumnElement[bool]] = []
    if EMPTY in wanted.values:
        asked.append(column.is_(None))
    if FILLED in wanted.values:
        asked.append(column.is_not(None))
    if wanted.low is not None:
        asked.append(column >= _first(wanted.field, wanted.low))
    if isinstance(wanted.high, date) and not isinstance(column.type, Date):
        asked.append(column < _first(wanted.field, wanted.high + timedelta(days=1)))
    elif wanted.high is not None:
        asked.append(column <= wanted.high)
    return _all_of(asked)


def _first(field: LedgerField, low: Bound) -> Any:  # noqa: ANN401 what the column compares with
    """Return the first value that is in: of an instant, the beginning of the day in Beijing."""
    if isinstance(low, Decimal) or isinstance(field.column.type, Date):
        return low
    return start_of_day(low)


def _equals(field: LedgerField, value: str) -> ColumnElement[bool]:
    column = field.column
    if value == EMPTY:
        return column.is_(None)
    if field.key == "source" and value == "inspection":
        return column.not_in(("self", "assigned"))
    return column == (int(value) if field.key == "listing" else value)


def _contains(field: LedgerField, word: str) -> ColumnElement[bool]:
    columns = (field.column, *field.also)
    if field.kind != "person":
        return or_(*(_has(column, word) for column in columns))
    names = or_(
        PersonRow.name_zh.icontains(word, autoescape=True),
        PersonRow.name.icontains(word, autoescape=True),
    )
    return field.column.in_(select(PersonRow.id).where(names))


def _has(column: Any, word: str) -> ColumnElement[bool]:  # noqa: ANN401 a column or its text
    narrow = word.translate(_NARROW)
    if not set(narrow) & set(_BRACKETS):
        return cast("ColumnElement[bool]", column.icontains(word, autoescape=True))
    for sign, wide in _BRACKETS.items():
        column = func.replace(column, wide, sign)
    return cast("ColumnElement[bool]", column.icontains(narrow, autoescape=True))


def _all_of(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(true(), *conditions)

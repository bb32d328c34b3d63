"""Where a page of the ledger ends: the last row's place in the order, whatever happens meanwhile.

The next page begins behind that place, not behind so many rows: rows that come, go or move
while somebody pages through are neither missed nor told twice because of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

_LONGEST = 400
_WHOLE = 2**31
Key = str | int | datetime | date | Decimal | None


@dataclass(frozen=True)
class Mark:
    """The last row of a page: what it is ordered by, and its number."""

    key: Key
    number: str


def behind(
    mark: Mark,
    by: Any,  # noqa: ANN401 a column or an expression
    number: ColumnElement[Any],
    *,
    descending: bool,
) -> ColumnElement[bool]:
    """Return whether a row comes after a mark; what has nothing there comes last either way."""
    same_key = by.is_(None) if mark.key is None else by == mark.key
    later = and_(same_key, number > mark.number)
    if mark.key is None:
        return later
    beyond = by < mark.key if descending else by > mark.key
    missing = by.is_(None) if _may_miss(by) else false()
    return or_(beyond, later, missing)


def told(mark: Mark) -> list[Any]:
    """Return a mark as JSON values."""
    return [_text(mark.key), mark.number]


def read(values: object, kind: type) -> Mark | None:
    """Return the mark of JSON values for an order by a kind of value; None if they are none."""
    if not isinstance(values, list) or len(values) != 2 or not _is_text(values[1]):  # noqa: PLR2004
        return None
    if values[0] is None:
        return Mark(None, values[1])
    key = _value(values[0], kind) if _is_text(values[0]) else None
    return None if key is None else Mark(key, values[1])


def _text(key: Key) -> str | None:
    if key is None:
        return None
    return key.isoformat() if isinstance(key, date) else str(key)


def _value(text: str, kind: type) -> Key:
    try:
        if kind in (int, bool):
            whole = int(text)
            return whole if abs(whole) < _WHOLE else None
        if kind is datetime:
            instant = datetime.fromisoformat(text)
            return instant if instant.tzinfo is not None else None
        if kind is date:
            return date.fromisoformat(text)
        if kind is Decimal:
            number = Decimal(text)
            return number if number.is_finite() and abs(number) < _WHOLE else None
    except (ValueError, InvalidOperation):
        return None
    return text


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and "\x00" not in value


def _may_miss(by: Any) -> bool:  # noqa: ANN401 the same
    return getattr(by, "nullable", True) is not False

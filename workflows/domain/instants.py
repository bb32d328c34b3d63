"""Instants and dates as documents and clean form values hold them: ISO texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from engine import clock
from engine.errors import Invalid


def optional(text: str | None) -> datetime | None:
    """Return the aware instant of a stored text, or None."""
    return stored(text) if text else None


def stored(text: str) -> datetime:
    """Return the aware instant of a stored text, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def entered(value: Any, field: str) -> datetime:  # noqa: ANN401 text or datetime
    """Return an entered instant in UTC; raise Invalid at the field without a zone."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise _invalid(field, value) from error
    if found.tzinfo is None:
        raise _invalid(field, value)
    return found.astimezone(UTC)


def entered_day(value: Any, field: str) -> date:  # noqa: ANN401 text or date
    """Return an entered date; raise Invalid at the field if there is no such day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Invalid.at(
            field, f"Expected a date, but it is {value!r}", f"日期无效：{value}"
        ) from error


def said(at: datetime) -> str:
    """Return an instant as an English sentence tells it: the minute in Beijing."""
    return f"{clock.beijing(at):%Y-%m-%d %H:%M} Beijing time"


def not_future(value: Any, field: str, now: datetime) -> datetime:  # noqa: ANN401
    """Return an entered instant that has already come; raise Invalid at the field."""
    found = entered(value, field)
    if found > now:
        raise Invalid.at(
            field,
            f"Expected a time that has come, but {said(found)} lies ahead",
            "时间不得晚于现在",
        )
    return found


def _invalid(field: str, value: object) -> Invalid:
    return Invalid.at(
        field,
        f"Expected a date and time with its zone, but it is {value!r}",
        f"时间无效或缺少时区：{value}",
    )

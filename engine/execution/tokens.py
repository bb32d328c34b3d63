"""What a token may carry: JSON values only, so that a saved instance reads back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from engine import errors


def plain(value: object) -> object:
    """Return a value as JSON knows it: dates as ISO text, whole decimals as integers.

    Raises:
        Incident: the value is of a kind that no token can carry.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    kind = type(value).__name__
    raise errors.Incident(
        f"Expected a value that a token can carry, but {kind} is none",
        f"流程标记只能保存简单值，不能保存 {kind}",
    )


def plain_flags(values: Mapping[str, object]) -> dict[str, object]:
    """Return named flags as JSON knows them."""
    return {str(name): plain(value) for name, value in values.items()}

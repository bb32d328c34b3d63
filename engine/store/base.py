"""The declarative base of every table, and the column types that both databases share."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraint names, the same on every database, so that migrations can find them."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite, which keeps no zone, stores it as UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC; one without a zone raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"Expected an instant with a time zone, but {value.isoformat()} has none"
            raise ValueError(message)
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401
        """Return the stored instant as aware UTC."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value kept as text: sorted keys, no spaces, so that equal values are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Write a JSON value as text; None stays NULL."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """Read the text."""
        return None if value is None else json.loads(value)


def json_text(value: Any) -> str:  # noqa: ANN401 any JSON value
    """Return the canonical text of a JSON value; NaN and foreign objects raise."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


class Base(DeclarativeBase):
    """Base of every table of the product, so that one metadata knows them all."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant(), dict[str, Any]: Json(), list[Any]: Json()},
    )


def table(entity: type[Base]) -> Table:
    """Return the table of a class.

    Statements on the hot path are made once, at import, and name tables: making a statement
    anew for every command, or sending it through the mapper, costs more than the database does.
    """
    return cast(Table, entity.__table__)

"""Order of the ledger by any of its fields, the same on every database.

Text is ordered by a stored key of pinyin, byte by byte; what has a name elsewhere or a fixed
list of choices by its place among those names, worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.functions import FunctionElement

from engine.errors import Invalid
from workflows.domain import ledger_filters, ledger_marks, organisation
from workflows.domain.ledger_fields import FIELDS, LedgerField
from workflows.domain.ledger_marks import Mark
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import LEVELS, STATE_NAMES
from workflows.domain.pinyin import sort_key

By = ColumnElement[Any] | InstrumentedAttribute[Any]

SORTS = tuple(FIELDS)
NEWEST = "-found_at"


class Bytewise(FunctionElement[str]):
    """A text compared byte by byte, as SQLite does; PostgreSQL would ask the system's locale."""

    type = String()
    name = "bytewise"
    inherit_cache = True


@compiles(Bytewise)
def _plain(element: Bytewise, compiler: Any, **options: Any) -> str:  # noqa: ANN401 SQLAlchemy's
    return str(compiler.process(element.clauses, **options))


@compiles(Bytewise, "postgresql")
def _collated(element: Bytewise, compiler: Any, **options: Any) -> str:  # noqa: ANN401 the same
    return f'({compiler.process(element.clauses, **options)}) COLLATE "C"'


@dataclass(frozen=True)
class Order:
    """By which field a page is ordered; a minus before the name means descending."""

    name: str = NEWEST

    @property
    def field(self) -> LedgerField:
        """The field; raise Invalid for one that there is not."""
        found = FIELDS.get(self.name.removeprefix("-"))
        if found is None:
            raise Invalid.at(
                "sort",
                f"Expected one of {', '.join(SORTS)}, but it is {self.name[:40]!r}",
                f"不能按 {self.name[:40]} 排序",
            )
        return found

    def columns(self, session: Session, now: datetime) -> list[ColumnElement[Any]]:
        """Return the order of a query; rows with nothing there come last either way."""
        return self._columns(self.by(session, now))

    def by(self, session: Session, now: datetime) -> By:
        """Return what rows are ordered by."""
        return _by(session, self.field, now)

    def behind(self, mark: Mark, by: By) -> ColumnElement[bool]:
        """Return whether a row comes after the last one of a page."""
        number = Bytewise(HazardRow.number)
        descending = self.name.startswith("-")
        return ledger_marks.behind(mark, by, number, descending=descending)

    def _columns(self, by: By) -> list[ColumnElement[Any]]:
        field = self.field
        direction = by.desc() if self.name.startswith("-") else by.asc()
        # Where nothing can be missing it is not asked for: an index gives the order as it is.
        missing = field.optional or field.kind in ("text", "person")
        number = Bytewise(HazardRow.number)
        return [direction.nulls_last() if missing else direction, number.asc()]


def _by(session: Session, field: LedgerField, now: datetime) -> By:
    column: By = field.order or field.column
    if field.kind == "flag":
        holds = ledger_filters.late(now) if field.key == "overdue" else field.column.is_(True)
        return case((holds, 1), else_=0)
    if field.kind == "choice":
        return _place(field, _choices(field))
    if field.kind == "body":
        bodies = organisation.bodies(session, *field.bodies)
        return _place(field, [one.id for one in sorted(bodies, key=lambda b: sort_key(b.name_zh))])
    if field.kind == "person":
        return _place(field, _persons(session, field))
    return _filled(column) if field.kind == "text" else column


def _filled(column: Any) -> ColumnElement[Any]:  # noqa: ANN401 a column of any text
    """Return a text that counts as missing where it is empty."""
    return func.nullif(Bytewise(column), "", type_=String())


def _choices(field: LedgerField) -> Sequence[str]:
    if field.key == "level":
        return LEVELS
    return tuple(STATE_NAMES) if field.key == "state" else tuple(field.choices)


def _persons(session: Session, field: LedgerField) -> list[str]:
    there = [one for one in session.scalars(select(field.column).distinct()) if one]
    named = organisation.names(session, there)
    return sorted(
        there, key=lambda one: sort_key(named[one].name_zh) if one in named else f"~{one}"
    )


def _place(field: LedgerField, names: Sequence[str]) -> By:
    if not names:
        return field.column
    places = {(int(name) if field.key == "listing" else name): at for at, name in enumerate(names)}
    return case(places, value=field.column)

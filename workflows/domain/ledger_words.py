"""What a field of a ledger row says, in one language: for pages, files and programs alike."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy.orm import Session

from engine.clock import beijing, beijing_date
from workflows.domain import ledger_filters, organisation
from workflows.domain.ledger_fields import NOT_GRADED, LedgerField, Text
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import origin_shown

Value = str | int | Decimal | date | None
YES_NO: dict[bool, Text] = {True: ("是", "Yes"), False: ("否", "No")}


class Words:
    """The names that rows are told with; bodies are read once, persons as they occur."""

    def __init__(self, session: Session, language: str, now: datetime) -> None:
        """Take the language of the reader and the instant at which lateness is told."""
        self._session = session
        self._english = language == "en"
        self._now = now
        self._bodies = {one.id: (one.name_zh, one.name) for one in organisation.bodies(session)}
        self._persons: dict[str, Text] = {}

    def title(self, field: LedgerField) -> str:
        """Return what a field is called."""
        return self._pick(field.title)

    def value(self, field: LedgerField, row: HazardRow) -> Value:
        """Return what a row holds: a day, a number, or words; None for nothing."""
        if field.key == "enterprise":
            return self._pick((row.enterprise_name_zh, row.enterprise_name))
        if field.key == "overdue":
            return self._pick(YES_NO[ledger_filters.is_late(row, self._now)])
        if field.key == "due":
            return _due(row)
        held = getattr(row, field.column.key)
        if field.key == "level" and held is None:
            return self._pick(NOT_GRADED)
        return None if held in (None, "") else self._told(field, held)

    def _told(self, field: LedgerField, held: Any) -> Value:  # noqa: ANN401 any column's value
        if isinstance(held, datetime):
            return beijing_date(held)
        if isinstance(held, bool):
            return self._pick(YES_NO[held])
        if field.kind in ("day", "number"):
            return cast("Value", held)
        return self.named(field, str(held))

    def named(self, field: LedgerField, held: str) -> str:
        """Return the words for a choice, body or person; other text as it is."""
        if field.key == "source":
            shown = origin_shown(held)
            return self._pick((shown[0], shown[1].capitalize()))
        if field.kind == "choice":
            return self._pick(field.choices.get(held, (held, held)))
        if field.kind == "body":
            return self._pick(self._bodies.get(held, (held, held)))
        return self._person(held) if field.kind == "person" else held

    def _person(self, person: str) -> str:
        if person not in self._persons:
            found = organisation.names(self._session, [person]).get(person)
            self._persons[person] = (found.name_zh, found.name) if found else (person, person)
        return self._pick(self._persons[person])

    def _pick(self, words: Text) -> str:
        chinese, english = words
        return (english or chinese) if self._english else (chinese or english)


def _due(row: HazardRow) -> Value:
    """Return the last day; a date that ends within a day is told with its minute."""
    if row.current_due_at is None or row.current_due_date is None:
        return row.current_due_date
    local = beijing(row.current_due_at)
    midnight = local.hour == local.minute == 0
    return row.current_due_date if midnight else f"{local:%Y-%m-%d %H:%M}"

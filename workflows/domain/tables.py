"""Every table of the domain in one import, for migrations and for creating a database."""

from __future__ import annotations

from workflows.domain.rule_tables import CalendarDayRow, CalendarYearRow, RuleSetRow

__all__ = ["CalendarDayRow", "CalendarYearRow", "RuleSetRow"]

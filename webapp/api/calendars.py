"""The calendar: years loaded, a notice looked at, a notice loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine import clock
from webapp.api import replay
from webapp.api.access import actor, agency, language, needs
from webapp.api.administration import blueprint, desk
from webapp.api.replay import done_already, replayable
from webapp.api.schemas.calendars import Notice, NoticeEffect, NoticeLoaded, YearList
from webapp.context import bihuan, reading
from workflows.administration import calendar_years, notice_effect
from workflows.administration.calendar_years import Move
from workflows.administration.notices import read_notice
from workflows.domain.working_days import SpecialDay

NAME = "text"


@blueprint.call("GET", "/administration/calendar", "列出已载入的年份")
@needs.office_read
@blueprint.gives(YearList)
def list_years() -> dict[str, Any]:
    """List the years of the calendar that are loaded."""
    with reading() as session:
        desk(session)
        found = calendar_years.years(session)
    return {"items": found, "total": len(found), "next": None}


@blueprint.call("POST", "/administration/calendar/check", "预览放假通知会移动的日期")
@needs.office_read
@blueprint.takes(Notice)
@blueprint.gives(NoticeEffect)
def check_notice(wanted: dict[str, Any]) -> dict[str, Any]:
    """Tell what a notice would replace and every date it would move; nothing is kept."""
    days = _days(wanted["text"])
    with reading() as session:
        years = notice_effect.effects(session, days)
    moves = calendar_years.preview(bihuan().runtime, days)
    return {"days": len(days), "years": years, "moves": [_move(one) for one in moves]}


@blueprint.call("POST", "/administration/calendar", "载入放假通知", parameters=[replay.PARAMETER])
@needs.office_write
@replayable
@blueprint.takes(Notice)
@blueprint.gives(NoticeLoaded)
def load_notice(wanted: dict[str, Any]) -> dict[str, Any]:
    """Load a notice as CSV (day, kind, name, source), and settle every case that it concerns.

    It stands for the whole of its years, so each needs every statutory holiday of it; days of
    the neighbouring year, next to New Year, join what is loaded. Once more changes nothing.
    """
    days = _days(wanted["text"])
    if done_already("calendar.import"):
        return {"days": len(days), "moved": 0}
    moved = calendar_years.apply(bihuan().runtime, actor(), agency(), days)
    return {"days": len(days), "moved": moved}


def _days(text: str) -> Sequence[SpecialDay]:
    days = read_notice(text, NAME)
    calendar_years.refuse_past(days, clock.beijing_date(clock.now()))
    return days


def _move(one: Move) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "task": one.what[1 if language() == "en" else 0] or None,
        "before": one.before,
        "after": one.after,
    }

"""The calendar page put together: late first, then today, then the days to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask import request, url_for
from sqlalchemy.orm import Session

from engine.clock import beijing_date
from engine.ports import Actor
from webapp.i18n.catalogue import text
from webapp.interviews.calendar_lines import CalendarLine, Lines
from webapp.presentation import choices
from webapp.presentation.case_facts import Bodies
from webapp.presentation.choices import Choice, FilterField
from webapp.presentation.remaining import day_words
from workflows.domain import interview_hosts as hosts
from workflows.domain import zone
from workflows.domain.interview import calendar
from workflows.domain.interview.calendar import (
    FINAL_DATE,
    INTERVIEW,
    REPORT,
    STEPS,
    Duty,
    Wanted,
)
from workflows.domain.registration import FINDER_KINDS

FILTERS = ("host", "body", "step")
LATE = {
    INTERVIEW: "interviews.late",
    FINAL_DATE: "interviews.final_late",
    REPORT: "interviews.report_late",
}
"""What stands first, by the kind of duty whose last day has passed."""

_AREAS = ("park_command", "industry_department")


@dataclass(frozen=True)
class Day:
    """One day of the calendar; `late` = the duties whose last day has passed."""

    key: str
    title: str
    count: str
    late: bool
    lines: Sequence[CalendarLine]


@dataclass(frozen=True)
class CalendarPage:
    """What the calendar template shows."""

    days: Sequence[Day]
    filters: Sequence[FilterField]
    filtered: bool
    action: str
    faults: Sequence[str] = ()
    """What cannot be asked for: then there are no days."""


def calendar_page(session: Session, actor: Actor, now: datetime, language: str) -> CalendarPage:
    """Return the interviews that a person may see, as the address asks for them."""
    bodies = zone.body_map(session)
    wanted = Wanted(_asked("host"), _asked("body"), _asked("step"))
    faults = _faults(wanted, bodies, language)
    found = [] if faults else calendar.duties(session, actor, wanted, now)
    return CalendarPage(
        days=_days(found, beijing_date(now), Lines(bodies, now, language), language),
        filters=_filters(bodies, language),
        filtered=any(_asked(name) for name in FILTERS),
        action=url_for("interviews.show"),
        faults=faults,
    )


def _faults(wanted: Wanted, bodies: Bodies, language: str) -> list[str]:
    areas = [body.id for body in bodies.values() if body.kind in FINDER_KINDS]
    asked = {
        "host": (wanted.host, list(hosts.NAMES)),
        "body": (wanted.body, areas),
        "step": (wanted.step, STEPS),
    }
    return choices.faults(asked, language)


def _asked(name: str) -> str:
    return request.args.get(name, "")[:100].strip()


def _days(found: Sequence[Duty], today: date, lines: Lines, language: str) -> list[Day]:
    def day_of(duty: Duty) -> date:
        return max(duty.day, today)

    def day(key: str, title: str, duties: Sequence[Duty]) -> Day:
        count = text("interviews.count", language, count=len(duties))
        late = key in LATE
        return Day(key, title, count, late, [lines.line(duty) for duty in duties])

    days = []
    for kind, name in LATE.items():
        late = [duty for duty in found if duty.late and duty.kind == kind]
        days += [day(kind, text(name, language), late)] if late else []
    ahead = sorted((duty for duty in found if not duty.late), key=day_of)
    for when, group in groupby(ahead, key=day_of):
        days.append(day(when.isoformat(), _title(when, today, language), list(group)))
    return days


def _title(day: date, today: date, language: str) -> str:
    words = day_words(day, language)
    near = {today: "interviews.today", today + timedelta(days=1): "interviews.tomorrow"}
    return f"{text(near[day], language)} · {words}" if day in near else words


def _filters(bodies: Bodies, language: str) -> list[FilterField]:
    areas = [body for kind in _AREAS for body in bodies.values() if body.kind == kind]
    offered = {
        "host": choices.named(hosts.NAMES, hosts.NAMES, language),
        "body": choices.of_bodies(areas, language),
        "step": [Choice(step, text(f"interview.step_{step}", language)) for step in STEPS],
    }
    return [
        FilterField(name, f"filter.{name}", options, _asked(name))
        for name, options in offered.items()
    ]

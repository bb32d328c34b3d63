"""The calendar of interviews for programs."""

from __future__ import annotations

from typing import Any

from engine import clock
from webapp.api.access import actor, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.paging import cut
from webapp.api.schemas.interviews import InterviewPage, InterviewQuery
from webapp.context import reading
from workflows.domain import interview_entries as entries
from workflows.domain.interview import calendar
from workflows.domain.interview.calendar import Duty, Wanted

blueprint = Blueprint(
    "interviews", __name__, ("应办的约谈，按日期", "Interviews that are owed, by their dates")
)

PLAIN = (
    "kind",
    "interview",
    "step",
    "due_at",
    "due_date",
    "late",
    "host",
    "meet_at",
    "place",
    "mode",
    "invitee",
    "no_shows",
)


@blueprint.call("GET", "/interviews", "列出应办的约谈和报告")
@needs.read
@blueprint.takes(InterviewQuery, location="query")
@blueprint.gives(InterviewPage)
def list_interviews(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the interviews and reports owed over the cases that the caller may see."""
    asked = Wanted(**{name: wanted[name] for name in wanted if name not in ("cursor", "limit")})
    with reading() as session:
        if asked.body:
            calendar.check_body(session, asked.body)
        page = cut(calendar.duties(session, actor(), asked, clock.now()), wanted, _place)
        return page | {"items": [_item(duty) for duty in page["items"]]}


def _place(duty: Duty) -> tuple[str, str, str, int]:
    due = clock.beijing(duty.due_at).isoformat()
    return due, duty.hazard.number, duty.kind, duty.interview


def _item(duty: Duty) -> dict[str, Any]:
    hazard = duty.hazard
    name = hazard.enterprise_name if language() == "en" else hazard.enterprise_name_zh
    return {
        "case": hazard.case_id,
        "number": hazard.number,
        "enterprise": hazard.enterprise,
        "enterprise_name": name,
        "level": hazard.level,
        "subject": entries.AUTHORITY if duty.of_authority else entries.ENTERPRISE,
        **{field: getattr(duty, field) for field in PLAIN},
    }

"""What the enterprise does: plan, public notice, report of completion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import evidence, instants
from workflows.domain.hazard_case import ENTERPRISE_DATES, HazardCase

FIVE = ("responsible", "measures", "funds", "finish_date", "contingency")
"""The five implementations: responsibility, measures, funds, time, contingency plan."""


def planned(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the plan with the five implementations; its finish may not pass the limit."""
    missing = [name for name in FIVE if data.get(name) in (None, "")]
    if missing:
        raise Invalid.at(
            missing[0],
            f"Expected the five implementations, but {', '.join(missing)} is missing",
            "治理方案须落实责任、措施、资金、时限、预案五项",
        )
    finish = instants.entered_day(data["finish_date"], "finish_date")
    running = case.running("rectification")
    if running is not None and finish > running.due_date:
        raise Invalid.at(
            "finish_date",
            f"Expected a finish by {running.due_date}, but it is {finish}",
            f"计划完成日期不得晚于整改期限 {running.due_date}",
        )
    served_on = clock.beijing_date(instants.stored(case.data["order"]["served_at"]))
    if finish < served_on:
        raise Invalid.at(
            "finish_date",
            f"Expected a finish from the day of service {served_on} on, but it is {finish}",
            f"计划完成日期不得早于送达日 {served_on}",
        )
    attached = evidence.attach(context.session, data.get("attachments") or (), case.id, context)
    case.data["plan"] = {
        **{name: data[name] for name in FIVE},
        "funds_source": data.get("funds_source"),
        "attachments": attached,
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
    case.data["plan_submitted"] = True
    return Completion({}, None)


def posted(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the public notice with its photo; rectification goes on in the open."""
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    if not photos:
        raise Invalid.at(
            "photos", "Expected a photo of the posted notice, but there is none", "须上传公示照片"
        )
    today = clock.beijing_date(context.now)
    if data.get("posted_on") and instants.entered_day(data["posted_on"], "posted_on") > today:
        raise Invalid.at(
            "posted_on",
            f"Expected a day of posting not after today {today}, but it is {data['posted_on']}",
            "公示日期不得晚于今天",
        )
    case.data["notice"] = {
        "place": data.get("place"),
        "posted_on": data.get("posted_on"),
        "photos": photos,
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
    case.enter("rectifying")
    return Completion({}, None)


def lapsed(case: HazardCase, context: Context) -> None:
    """Let plan and notice lapse with the level that asked for them; rectification goes on."""
    case.enter("rectifying")
    context.journal.record("plan.lapsed", {"reason": "downgraded"})


def reported(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the report of completion: it stops the clock provisionally, unless it failed twice."""
    session, stops = context.session, _stops_clock(case)
    report = {
        "round": case.round,
        "done": data.get("done"),
        "items": data.get("items") or [],
        "cost": data.get("cost"),
        "photos_before": evidence.attach(
            session, data.get("photos_before") or (), case.id, context
        ),
        "photos_after": evidence.attach(session, data.get("photos_after") or (), case.id, context),
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "stops_clock": stops,
    }
    case.data["reports"] = [*case.data["reports"], report]
    if stops:
        for deadline in case.of_kind(*ENTERPRISE_DATES, "final"):
            if deadline.state == "live":
                acts.hold(deadline, context.actor.id, context.now, "报告整改完成")
    case.data["recheck"] = None
    case.enter("rechecking")
    case.start("recheck", case.begin(context.now, context.actor.id, context.now))
    return Completion({}, None)


def _stops_clock(case: HazardCase) -> bool:
    most = case.basis.rules.whole("recheck.failed_reports_stop")
    return all(times < most for times in case.data["failed_items"].values())

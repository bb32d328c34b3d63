"""How dates are computed: from rule set, start event and calendar to readable steps.

Calendar days: the day after the start event is day 1. Working days: the n-th working day
after it. An authority's last day rolls from a rest day; an enterprise's date never does,
the printed date governs and may be earlier than the limit, never later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine import clock
from engine.errors import Invalid
from workflows.domain.deadline import Change, Deadline, Step, move
from workflows.domain.rule_set import RuleSet
from workflows.domain.working_days import WorkingCalendar

ENTERPRISE_KINDS = frozenset({"rectification", "order", "final"})
_START_EVENTS = {
    "serve": "found",
    "rectification": "served",
    "order": "served",
    "recheck": "reported_done",
    "interview": "expired",
    "interview_report": "interviewed",
    "final": "interviewed",
    "sign": "handed_over",
    "filing": "effective",
}
_EVENT_NAMES = {
    "found": ("发现", "found"),
    "level_raised": ("升级决定", "level raised"),
    "served": ("送达", "served"),
    "reported_done": ("报告完成", "reported done"),
    "expired": ("期限届满", "expired"),
    "interviewed": ("约谈", "interviewed"),
    "handed_over": ("转交", "handed over"),
    "effective": ("延期生效", "extension effective"),
}
_FOUND_IN_RULE = (("自发现起", "of the finding"), ("自升级决定起", "of the decision to raise"))
"""The rules of service speak of the finding; after a decision to raise they count from that."""

_RULES = {
    "serve": "serve.sla.{level}",
    "rectification": "limits.{level}.max",
    "order": "limits.{level}.max",
    "recheck": "recheck.sla_workdays",
    "interview": "interview.due_days",
    "interview_report": "interview.report_workdays",
    "final": "interview.final_date_max_days",
    "sign": "extension.sla_workdays",
    "filing": "extension.filing_sla_workdays",
}


@dataclass(frozen=True)
class Basis:
    """What a calculation rests on: the case's rule set and the calendar of today."""

    rules: RuleSet
    calendar: WorkingCalendar


@dataclass(frozen=True)
class Start:
    """The event that starts a clock: when it was, who recorded it, in which round."""

    at: datetime
    actor: str
    recorded_at: datetime
    level: str
    round: int = 1
    event: str = ""
    """What it was, where that is not the usual start of the kind of deadline."""


def limit(
    basis: Basis, kind: str, level: str, started_at: datetime, event: str = ""
) -> tuple[date, list[Step]]:
    """Return the last lawful day of a kind of deadline and the steps that lead there."""
    rule = basis.rules[_RULES[kind].format(level=level)]
    first = clock.beijing_date(started_at)
    since = event or _START_EVENTS[kind]
    steps = [_start_step(since, started_at, first)]
    count = int(rule.value)
    if rule.unit == "workdays":
        due = basis.calendar.add_workdays(first, count)
        steps.append(_rule_step(basis.rules, rule.key, f"第{count}个工作日为 {due}", due, since))
        return due, steps
    due = first + timedelta(days=count - basis.rules.flag("clock.day_of_event_counts"))
    steps.append(_rule_step(basis.rules, rule.key, f"第{count}日为 {due}", due, since))
    return _rolled(basis, kind, level, due, steps), steps


def propose(basis: Basis, level: str, served_at: datetime) -> date:
    """Return the date to print: the proposal of the level, put before a rest day."""
    served = clock.beijing_date(served_at)
    due = served + timedelta(days=basis.rules.whole(f"limits.{level}.propose"))
    if not basis.calendar.covers(due):
        return due
    earlier = basis.calendar.roll_back(due)
    return earlier if earlier > served else due


def start(
    basis: Basis, kind: str, begin: Start, number: int, printed: date | None = None
) -> Deadline:
    """Start a deadline; a printed date must lie from the day of the start to the limit."""
    last, steps = limit(basis, kind, begin.level, begin.at, begin.event)
    due = last
    if printed is not None:
        due = _printed(begin, printed, last, steps)
    steps.append(Step(f"{due} 24时（北京时间）届满", f"It ends at 24:00 of {due}, Beijing time"))
    rule = basis.rules[_RULES[kind].format(level=begin.level)]
    deadline = Deadline(
        number=number,
        kind=kind,
        rule_set=basis.rules.id,
        rule_version=basis.rules.version,
        rule=rule.key,
        article=rule.article,
        start_event=begin.event or _START_EVENTS[kind],
        started_at=begin.at,
        unit=rule.unit,
        days=int(rule.value),
        due_date=due,
        due_at=clock.end_of_day(due),
        level=begin.level,
        round=begin.round,
        set_at=begin.recorded_at,
        printed=printed is not None,
        provisional=_rests_on_provisional(basis, kind, begin, due),
        explained=steps,
    )
    if kind in ("rectification", "order"):
        deadline.changes.append(Change("served", begin.actor, begin.recorded_at, None, due))
    return deadline


_NAMED = ("served", "extension", "interview_final", "voided")
"""Causes by which a day is named: void, an extension that was undone names the day before it."""


def replay(deadline: Deadline, basis: Basis) -> date:
    """Return the date again from the recorded start, rule and lawful changes alone."""
    due, _ = limit(basis, deadline.kind, deadline.level, deadline.started_at)
    for change in deadline.changes:
        if change.cause in _NAMED and change.after:
            due = change.after
    return due


def resettle(
    deadlines: Iterable[Deadline], basis: Basis, at: datetime, actor: str
) -> list[Deadline]:
    """Compute provisional dates again once their year is published; return those that moved."""
    moved = []
    for deadline in deadlines:
        if not deadline.provisional or not deadline.running or deadline.printed:
            continue
        due, steps = limit(
            basis, deadline.kind, deadline.level, deadline.started_at, deadline.start_event
        )
        if basis.calendar.is_provisional(due):
            continue
        deadline.provisional = False
        if due == deadline.due_date:
            continue
        change = Change("calendar_published", actor, at, deadline.due_date, due)
        deadline.explained[:] = steps
        move(deadline, due, change, Step(f"放假安排公布，改为 {due}", f"Calendar published: {due}"))
        moved.append(deadline)
    return moved


def _printed(begin: Start, printed: date, last: date, steps: list[Step]) -> date:
    first = clock.beijing_date(begin.at)
    if printed < first:
        raise Invalid.at(
            "due_date",
            f"Expected a date from the day of service {first} on, but it is {printed}",
            f"整改期限不得早于送达日 {first}",
        )
    if printed > last:
        raise Invalid.at(
            "due_date",
            f"Expected a date not later than {last}, but it is {printed}",
            f"整改期限不得晚于上限 {last}；更长期限只能通过延期程序取得",
        )
    steps.append(
        Step(
            f"文书载明 {printed}，以载明日期为准（上限 {last}）",
            f"The paper prints {printed}, which governs (limit {last})",
        )
    )
    return printed


def _roll_rule(kind: str, level: str) -> str:
    if kind in ENTERPRISE_KINDS:
        return "clock.roll.enterprise"
    if kind == "interview" and level == "major":
        return "clock.roll.interview_major"
    return "clock.roll.authority"


def _rolled(basis: Basis, kind: str, level: str, due: date, steps: list[Step]) -> date:
    rule = basis.rules[_roll_rule(kind, level)]
    if rule.value != "next_workday":
        steps.append(Step(rule.zh, rule.en))
        return due
    rolled = basis.calendar.roll_forward(due)
    if rolled != due:
        why = basis.calendar.explain(due)
        steps.append(Step(f"{why.zh}，顺延至 {rolled}", f"{why.en}; rolls to {rolled}"))
    return rolled


def _rests_on_provisional(basis: Basis, kind: str, begin: Start, due: date) -> bool:
    rule = basis.rules[_RULES[kind].format(level=begin.level)]
    rolls = basis.rules.word(_roll_rule(kind, begin.level)) == "next_workday"
    if rule.unit != "workdays" and not rolls:
        return False
    return any(basis.calendar.is_provisional(day) for day in (clock.beijing_date(begin.at), due))


def _start_step(event: str, started_at: datetime, first: date) -> Step:
    zh, en = _EVENT_NAMES[event]
    moment = _moment(started_at, first)
    nxt = first + timedelta(days=1)
    return Step(
        f"{zh}时间 {moment}（北京时间），当日不计，{nxt} 起算",
        f"{en.capitalize()} {moment} Beijing time; that day is not counted, {nxt} is day 1",
    )


def _moment(started_at: datetime, first: date) -> str:
    """Return the minute of an event; the last instant of a day is its 24:00."""
    if clock.end_of_day(first) - started_at <= timedelta(microseconds=1):
        return f"{first} 24:00"
    return clock.beijing(started_at).strftime("%Y-%m-%d %H:%M")


def _rule_step(rules: RuleSet, key: str, zh: str, due: date, since: str) -> Step:
    rule = rules[key]
    rule_zh, rule_en = rule.zh, rule.en
    if since == "level_raised":
        (found_zh, found_en), (raised_zh, raised_en) = _FOUND_IN_RULE
        rule_zh = rule_zh.replace(found_zh, raised_zh)
        rule_en = rule_en.replace(found_en, raised_en)
    name = f"{rules.id} v{rules.version} {rule.article}"
    unit = "working day" if rule.unit == "workdays" else "day"
    return Step(f"{name}:{rule_zh};{zh}", f"{name}: {rule_en}; {unit} {rule.value} is {due}")

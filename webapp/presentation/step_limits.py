"""The service limits of open steps, as rows beside the deadlines of the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine import clock
from engine.store.queries import TaskRow
from webapp.i18n.catalogue import text
from webapp.presentation.case_facts import Bodies
from webapp.presentation.deadline_rows import DeadlineRow, rule_words
from webapp.presentation.remaining import day_words, end_words, remaining
from webapp.presentation.step_titles import step_title
from workflows.domain import instants, rule_ladders
from workflows.domain.dates_of_steps import may_pause
from workflows.domain.deadline import Deadline
from workflows.domain.rule_set import RuleSet
from workflows.domain.rule_uses import holding
from workflows.domain.signature_dates import day_set

HOST_CONFIRM = "interview.host_confirm"
_DATES = {
    "order.serve": ("serve",),
    "rectify.report_done": ("rectification", "final", "order"),
    "recheck.submit": ("recheck",),
    "recheck.second": ("recheck",),
    "recheck.expert": ("recheck",),
    "interview.hold": ("interview",),
    "interview.report": ("interview_report",),
    "extension.file": ("filing",),
    "extension.sign.park_command": ("sign",),
    "extension.sign.industry_department": ("sign",),
    "extension.sign.leader": ("sign",),
}
"""Acts that a date of the case asks for; another that falls on the same day is told beside it."""


def own_limits(tasks: Iterable[TaskRow], deadlines: Sequence[Deadline]) -> list[TaskRow]:
    """Return the open tasks with a limit of their own, beside the dates of the case."""
    shown = {(one.kind, one.due_at) for one in deadlines}
    return [
        task
        for task in tasks
        if task.due_at is not None
        and not any((kind, task.due_at) in shown for kind in _DATES.get(task.act, ()))
    ]


def step_due(task: TaskRow, document: Mapping[str, Any] | None) -> datetime | None:
    """Return until when a step is owed: by the day that an interview set, where it set one."""
    found = day_set(document, task.act, task.opened_at) if document and task.due_at else None
    return found.due_at if found else task.due_at


def step_limits(
    tasks: Iterable[TaskRow],
    rules: RuleSet,
    bodies: Bodies,
    now: datetime,
    language: str,
    document: Mapping[str, Any] | None = None,
) -> list[DeadlineRow]:
    """Return the limits in words, each with the ground that it stands on."""
    return [
        _row(task, step_title(task, bodies, language, document), rules, now, language, document)
        for task in tasks
        if task.due_at
    ]


def _row(
    task: TaskRow,
    title: str,
    rules: RuleSet,
    now: datetime,
    language: str,
    document: Mapping[str, Any] | None,
) -> DeadlineRow:
    ladder, due_at = task.properties.get("ladder", ""), task.due_at or now
    rule = rule_ladders.rule_of(ladder) or "tasks.ladder_steps"
    return DeadlineRow(
        label=text("deadline.step_limit", language, title=title),
        due=end_words(due_at, language),
        iso=due_at.isoformat(),
        state="",
        running=True,
        left=remaining(due_at, now, language),
        rule=rule_words(holding(rules, rule), rule, language),
        steps=[*_steps(task, due_at, rules, language), *_pauses(task, document, language)],
        changes=(),
    )


def stands_still(task: TaskRow, document: Mapping[str, Any]) -> bool:
    """Return whether a step is one that a suspension of its case holds."""
    deadlines = [Deadline.from_json(one) for one in document["deadlines"]]
    return may_pause(task.act, task.properties, deadlines, imminent=document["imminent"])


def _pauses(task: TaskRow, document: Mapping[str, Any] | None, language: str) -> Iterator[str]:
    """Say when the limit stood still, where it is one that may."""
    if document is None or not stands_still(task, document):
        return
    for one in document.get("suspensions", ()):
        until = instants.optional(one["until"])
        if until is not None and until > task.opened_at:
            since = end_words(instants.stored(one["since"]), language)
            until_words = end_words(until, language)
            yield text("deadline.stood_still", language, since=since, until=until_words)


def _nomination(due_at: datetime, rules: RuleSet, language: str) -> list[str]:
    """Say that a nomination is counted by the clock from the opening of the interview."""
    days = rules.whole(rule_ladders.RULES[HOST_CONFIRM])
    opened = end_words(due_at - timedelta(days=days), language)
    return [
        text("deadline.host_confirm", language, opened=opened, hours=24 * days),
        text("deadline.ends", language, end=end_words(due_at, language)),
    ]


def _steps(task: TaskRow, due_at: datetime, rules: RuleSet, language: str) -> list[str]:
    ladder = task.properties.get("ladder", "")
    opened = day_words(clock.day_of_event(task.opened_at), language)
    counted = rule_ladders.counted(ladder)
    if ladder == HOST_CONFIRM:
        return _nomination(due_at, rules, language)
    return [
        text("deadline.opened", language, day=opened),
        *([text("deadline.workdays", language, count=counted)] if counted else []),
        text("deadline.ends", language, end=end_words(due_at, language)),
    ]

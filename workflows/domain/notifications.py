"""What the product tells persons in its own inbox of news; each row is for one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Context, Grant, Rung, TaskFacts
from engine.store.base import table
from engine.store.ids import new_id
from engine.store.tables import Task, TaskCandidate
from workflows.domain import extension_reminders, ladder_top, organisation, routing, zone
from workflows.domain.candidates import candidates, of_enterprise
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import NotificationRow
from workflows.domain.told import is_closed
from workflows.domain.town_words import of_case

_TELL = insert(table(NotificationRow))


@dataclass(frozen=True)
class News:
    """One thing to tell: its kind, the sentence in both languages, the task it is about."""

    kind: str
    zh: str
    en: str
    task: str | None = None


@dataclass(frozen=True)
class Notification:
    """One thing told to a person."""

    id: str
    case_id: str
    task_id: str | None
    kind: str
    text_zh: str
    text: str
    at: datetime
    read_at: datetime | None


def named(context: Context) -> tuple[str, str]:
    """Return the name of who acts, in Chinese and in English, for whoever is told."""
    actor = context.actor
    found = organisation.names(context.session, [actor.id]).get(actor.id)
    return (found.name_zh, found.name) if found else (actor.name, actor.name)


def tell(case: HazardCase, grants: Iterable[Grant], news: News, context: Context) -> list[str]:
    """Tell everybody who holds one of the grants now; return the persons."""
    persons = zone.holders(context, grants)
    tell_persons(case, persons, news, context)
    return persons


def tell_persons(case: HazardCase, persons: Iterable[str], news: News, context: Context) -> None:
    """Tell persons by name."""
    rows = [
        {
            "id": new_id(),
            "person": person,
            "case_id": case.id,
            "task_id": news.task,
            "kind": news.kind,
            "text_zh": news.zh,
            "text": news.en,
            "at": context.now,
            "read_at": None,
        }
        for person in persons
    ]
    if rows:
        context.session.connection().execute(_TELL, rows)


def rung_fired(
    case: HazardCase, rung: Rung, task: TaskFacts | None, context: Context
) -> Sequence[Grant]:
    """Tell whom a rung concerns and return who may do the task besides."""
    if task is None:
        _remind(case, rung, context)
        return ()
    more = routing.widened(case, rung, task)
    concerned = {
        "remind": candidates(case, task),
        "deputy": more or candidates(case, task),
        **dict.fromkeys(ladder_top.TOPS, (*ladder_top.told(case, task), *more)),
    }
    tell(case, concerned.get(rung.name, ()), _waiting(case, rung, task, context), context)
    return more


def candidates_of_open_tasks(session: Session, case_id: str) -> list[Grant]:
    """Return who may do the tasks that are open in a case."""
    rows = session.execute(
        select(TaskCandidate.body, TaskCandidate.role)
        .join(Task, Task.id == TaskCandidate.task_id)
        .where(Task.case_id == case_id, Task.status == "open")
        .distinct()
    )
    return [Grant(row.body, row.role) for row in rows]


def unread(session: Session, person: str) -> int:
    """Return how much a person has not read."""
    query = select(func.count()).where(
        NotificationRow.person == person, NotificationRow.read_at.is_(None)
    )
    return session.scalar(query) or 0


def latest(session: Session, person: str, limit: int = 20) -> list[Notification]:
    """Return what a person was told last, the newest first."""
    rows = session.scalars(
        select(NotificationRow)
        .where(NotificationRow.person == person)
        .order_by(NotificationRow.at.desc(), NotificationRow.id.desc())
        .limit(limit)
    )
    return [
        Notification(r.id, r.case_id, r.task_id, r.kind, r.text_zh, r.text, r.at, r.read_at)
        for r in rows
    ]


def mark_read(session: Session, person: str, now: datetime) -> None:
    """Count everything a person was told as read."""
    session.execute(
        update(NotificationRow)
        .where(NotificationRow.person == person, NotificationRow.read_at.is_(None))
        .values(read_at=now)
    )


def _remind(case: HazardCase, rung: Rung, context: Context) -> None:
    grants = of_enterprise(case)
    if rung.name == extension_reminders.NAME:
        tell(case, grants, _may_extend(case, rung), context)
    else:
        tell(case, [*grants, Grant(case.body("finder"), "officer")], _reminder(case, rung), context)


def _may_extend(case: HazardCase, rung: Rung) -> News:
    until, due = rung.data.get("until"), rung.data.get("due_date")
    number = case.data["number"]
    return News(
        "extension.possible",
        f"{number} 整改期限 {due}：确因客观因素不能按期完成的，可申请延期，"
        f"{until} 前（含当日）提出为及时",
        f"{number}, due {due}: where objective grounds stand in the way an extension may be asked "
        f"for; up to and on {until} the request is in good time",
    )


def _reminder(case: HazardCase, rung: Rung) -> News:
    days, due = rung.data.get("days"), rung.data.get("due_date")
    number = case.data["number"]
    return News(
        "deadline.reminder",
        f"{number} 距整改期限 {due} 还有 {days} 天",
        f"{number}: {days} days left until {due}",
    )


def _waiting(case: HazardCase, rung: Rung, task: TaskFacts, context: Context) -> News:
    """Name the task and who owes it; what is closed to the readers is not named to them."""
    closed = rung.name in ladder_top.TOPS and is_closed(task.act)
    number = case.data["number"]
    name_zh, name = ("", "") if closed else _owed(case, task, context)
    said_zh, said = _said(case, rung, task)
    kept = None if closed else task.id
    return News(
        f"task.{rung.name}", f"{number} {name_zh}{said_zh}", f"{number}: {name}{said}", kept
    )


def _said(case: HazardCase, rung: Rung, task: TaskFacts) -> tuple[str, str]:
    if rung.name == "remind":
        return _reached(case, rung, task)
    if rung.name == "deputy":
        return _late(case, task)
    return ladder_top.said(task) if rung.name in ladder_top.TOPS else (rung.name, rung.name)


def _reached(case: HazardCase, rung: Rung, task: TaskFacts) -> tuple[str, str]:
    """Say until when there is time, where a ladder reminds before the limit itself."""
    due_at = routing.due_of(case, task)
    if due_at is None or due_at <= rung.fire_at:
        return "办理时限已到，请尽快办理", "the service limit is reached"
    last = clock.beijing_date(due_at - timedelta(microseconds=1))
    end = "24:00" if due_at == clock.end_of_day(last) else f"{clock.beijing(due_at):%H:%M}"
    if last == clock.beijing_date(rung.fire_at):
        return f"今天到期，须于 {last} {end} 前办理", f"due today, {last}, until {end}"
    return f"须于 {last} {end} 前办理", f"due on {last}, until {end}"


def _late(case: HazardCase, task: TaskFacts) -> tuple[str, str]:
    if any(grant.role == "head" for grant in candidates(case, task)):
        return "超过办理时限，已通知副职", "late, the deputy is told"
    return "超过办理时限，请尽快办理", "late, still to be done"


def _owed(case: HazardCase, task: TaskFacts, context: Context) -> tuple[str, str]:
    """Return the task and the bodies that may do it, before what is said of them."""
    row = context.session.get(Task, task.id)
    known = dict.fromkeys(grant.body for grant in candidates(case, task))
    bodies = [zone.body(context, one) for one in known]
    if row is None:
        return "", ""
    title_zh, title = of_case((row.title_zh, row.title), case.data)
    who_zh = "、".join(one.name_zh for one in bodies)
    who = ", ".join(one.name for one in bodies)
    return f"“{title_zh}”（{who_zh}）", f"“{title}” ({who}): "

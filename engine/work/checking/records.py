"""The record of a case against its rows: chain, completions, incidents; and what has a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.history.verify import verify_case
from engine.store.tables import AnchorHead, Case, History, Idempotency, IncidentRow, Outbox, Task
from engine.work.checking.findings import Finding, differs
from engine.work.outbox import MOST_ATTEMPTS

_TASK = "task:"


def record_findings(session: Session, case_id: str) -> Iterator[Finding]:
    """Yield where the history of a case does not fit, or its rows do not fit the history."""
    fault = verify_case(session, case_id)
    if fault is not None:
        yield Finding("chain", fault.message, fault.message_zh, case_id)
    yield from _completions(session, case_id)
    yield from _counted(session, case_id)


def _completions(session: Session, case_id: str) -> Iterator[Finding]:
    """Each task that was done stands in the history exactly once, by the same person."""
    written: Counter[tuple[str, str, str]] = Counter()
    for row in session.execute(
        select(History.task_id, History.act, History.actor).where(
            History.case_id == case_id, History.task_id.is_not(None)
        )
    ):
        written[row.task_id, row.act, row.actor] += 1
    for task in session.execute(
        select(Task.id, Task.act, Task.element, Task.status, Task.completed_by).where(
            Task.case_id == case_id
        )
    ):
        done = task.status == "completed"
        times = sum(
            count for (one, act, _), count in written.items() if (one, act) == (task.id, task.act)
        )
        by = written[task.id, task.act, task.completed_by or ""]
        if times != int(done) or (done and by != 1):
            yield differs(
                "completions",
                case_id,
                f"the count of records that {task.element} was done by {task.completed_by}",
                f"任务 {task.element}（{task.completed_by or '未办结'}）的办理记录数",
                by if done else times,
                int(done),
            )


def _counted(session: Session, case_id: str) -> Iterator[Finding]:
    incidents = select(func.count()).where(
        IncidentRow.case_id == Case.id, IncidentRow.status == "open"
    )
    anchored = select(func.max(AnchorHead.seq)).where(AnchorHead.case_id == Case.id)
    row = session.execute(
        select(
            Case.open_incidents,
            Case.anchored_seq,
            Case.status,
            Case.closed_at,
            Case.next_due_at,
            incidents.scalar_subquery().label("incidents"),
            anchored.scalar_subquery().label("anchored"),
        ).where(Case.id == case_id)
    ).one()
    for check, what, zh, found, wanted in (
        (
            "incidents",
            "the count of open incidents",
            "待处理异常数",
            row.open_incidents,
            row.incidents,
        ),
        (
            "anchors",
            "the last anchored row",
            "最后锚定的记录号",
            row.anchored_seq,
            row.anchored or 0,
        ),
        ("state", "an instant of closing", "办结时间", row.closed_at is None, row.status == "open"),
    ):
        if found != wanted:
            yield differs(check, case_id, what, zh, found, wanted)
    if row.status != "open" and row.next_due_at is not None:
        yield differs("timers", case_id, "the next date", "下一到期时间", row.next_due_at, None)


def key_findings(session: Session) -> Iterator[Finding]:
    """Yield every key whose command is not found done."""
    rows = session.execute(
        select(
            Idempotency.actor, Idempotency.key, Idempotency.command, Idempotency.result
        ).execution_options(yield_per=500)
    )
    for row in rows:
        case_id = row.result.get("case_id")
        if case_id is None and not row.command.startswith(_TASK):
            continue  # an act outside any case, a file that was kept among them
        why = _undone(session, row, str(case_id))
        if why:
            yield Finding(
                "keys",
                f"Expected what {row.actor} did under the key {row.key} to be there, but {why[0]}",
                f"{row.actor} 以请求标识 {row.key} 办理的事项{why[1]}",
                case_id,
            )


def _undone(session: Session, row: Any, case_id: str) -> tuple[str, str] | None:  # noqa: ANN401
    if session.execute(select(Case.id).where(Case.id == case_id)).first() is None:
        return "its case is gone", "所属案件不存在"
    if not row.command.startswith(_TASK):
        return None
    task = row.command.removeprefix(_TASK)
    acted = select(History.seq).where(
        History.case_id == case_id, History.task_id == task, History.actor == row.actor
    )
    if session.execute(acted).first() is None:
        return (
            f"the history knows nothing of it (task {task})",
            f"在办理经过中没有记录（任务 {task}）",
        )
    return None


def outbox_findings(session: Session) -> Iterator[Finding]:
    """Yield messages that contradict themselves, and tell those that were given up."""
    odd = select(Outbox.id, Outbox.case_id).where(
        Outbox.sent_at.is_not(None),
        Outbox.error.is_not(None) | Outbox.lease_until.is_not(None) | (Outbox.attempts < 1),
    )
    for row in session.execute(odd):
        yield Finding(
            "outbox",
            f"Expected the sent message {row.id} to be settled, but it is not",
            f"已发送的消息 {row.id} 状态自相矛盾",
            row.case_id,
        )
    given_up = session.execute(
        select(func.count()).where(Outbox.sent_at.is_(None), Outbox.attempts >= MOST_ATTEMPTS)
    ).scalar_one()
    if given_up:
        yield Finding(
            "outbox",
            f"{given_up} messages were given up after {MOST_ATTEMPTS} attempts",
            f"{given_up} 条消息重试 {MOST_ATTEMPTS} 次后放弃发送",
            serious=False,
        )

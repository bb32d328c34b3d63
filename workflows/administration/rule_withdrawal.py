"""An adoption withdrawn before its day: nothing has begun with it, so it may go."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Conflict, NotFound
from workflows.administration.command import Command, Data, Done
from workflows.administration.desk import Desk
from workflows.administration.questions import form, lines
from workflows.domain.ledger_tables import DeadlineRow
from workflows.domain.rule_tables import RuleSetRow

NAME = "rules.withdraw"
REASON = lines("reason", ("原因", "Reason"), required=True)


def subject_of(name: str, version: int) -> str:
    """Return what the command is about: a version of a rule set."""
    return f"{name}/{version}"


def pending(since: date | None, today: date) -> bool:
    """Return whether a version waits for its day."""
    return since is not None and since > today


def _withdraw(desk: Desk, subject: str, data: Data) -> Done:
    row = _row(desk.session, subject)
    since = row.effective_from
    if since is None or not pending(since, desk.today) or _used(desk.session, row):
        raise Conflict(
            f"Expected a version that is not yet in force, but version {row.version} is since "
            f"{since}",
            f"第 {row.version} 版自 {since} 起已经生效，不能撤回",
        )
    told = {"version": row.version, "since": since.isoformat(), "reason": data.get("reason")}
    desk.record(NAME, row.id, told)
    desk.session.delete(row)
    desk.session.flush()
    return Done(subject)


def _row(session: Session, subject: str) -> RuleSetRow:
    name, _, version = subject.rpartition("/")
    number = int(version) if version.isdecimal() and len(version) < 5 else 0  # noqa: PLR2004
    row = session.get(RuleSetRow, (name, number))
    if row is None:
        raise NotFound(
            f"Expected a version of a rule set, but there is none {subject[:64]}",
            "没有这一版规则集",
        )
    return row


def _used(session: Session, row: RuleSetRow) -> bool:
    query = select(DeadlineRow.case_id).where(
        DeadlineRow.rule_set == row.id, DeadlineRow.rule_version == row.version
    )
    return session.scalar(query.limit(1)) is not None


COMMANDS = (
    Command(
        NAME,
        "rules",
        ("撤回尚未生效的版本", "Withdraw a version not yet in force"),
        form("rules_withdraw", REASON),
        _withdraw,
        lead=(
            "撤回后现行版本继续适用，同一版本号可以重新采用；撤回及理由记入管理记录。",
            (
                "The version in force goes on, and the number may be adopted again; the "
                "withdrawal and its reason stay on record."
            ),
        ),
    ),
)

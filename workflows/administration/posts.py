"""Posts: a role that a person holds in a body from a day to a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Invalid, NotFound
from engine.forms.components import Option
from workflows.accounts.tables import Account
from workflows.administration.command import Command, Data, Done, Options
from workflows.administration.desk import ROLE, Desk
from workflows.administration.kinds import KINDS, role_name
from workflows.administration.questions import choose, day, form, lines
from workflows.domain import organisation
from workflows.domain.org_tables import BodyRow, GrantRow, SubstituteRow

ENTERPRISE = "enterprise"
REASON = lines("reason", ("原因", "Reason"))
POST = choose("post", ("岗位", "Post"), "posts")
PERIOD = (
    day("valid_from", ("起始日", "First day")),
    day(
        "valid_to",
        ("最后一日", "Last day"),
        required=False,
        hint=("长期任职的留空", "Leave empty for a lasting post"),
    ),
)


def give(desk: Desk, person: str, data: Data) -> str:
    """Give a person a post for a period and return its id; raise Invalid by field."""
    body, role = _fitting(desk.session, data["post"])
    first, last = _period(data)
    _refuse_twice(desk, person, body, role, (first, last))
    _refuse_mixed(desk, person, role, (first, last))
    _refuse_both_sides(desk, person, body, (first, last))
    return organisation.grant(desk.session, person, body, role, first, last)


def end_all_of(desk: Desk, last: date, *, person: str = "", body: str = "") -> int:
    """End the posts and the standing in of a person or a body with a day; return how many."""
    of_person = [GrantRow.person_id == person] if person else []
    of_body = [GrantRow.body_id == body] if body else []
    still = or_(GrantRow.valid_to.is_(None), GrantRow.valid_to > last)
    posts = list(desk.session.scalars(select(GrantRow).where(*of_person, *of_body, still)))
    for post in posts:
        post.valid_to = max(last, post.valid_from - timedelta(days=1))
    standing = SubstituteRow.valid_to > last
    clauses: list[ColumnElement[bool]] = [standing]
    if person:
        clauses.append(
            or_(SubstituteRow.absent_id == person, SubstituteRow.substitute_id == person)
        )
    if body:
        clauses.append(SubstituteRow.body_id == body)
    desk.session.execute(update(SubstituteRow).where(*clauses).values(valid_to=last))
    desk.session.flush()
    return len(posts)


def last_day(desk: Desk, text: str) -> date:
    """Return the last day that was asked for; what has passed stays as it was."""
    last = date.fromisoformat(text)
    if last < desk.today - timedelta(days=1):
        raise Invalid.at(
            "last_day",
            f"Expected yesterday or a later day, but it is {last}: the past is not rewritten",
            "最后一日最早为昨天，不能改写已经过去的任职",
        )
    return last


def ends_today(_session: Session, _subject: str) -> Data:
    """Begin the form of an ending with today."""
    return {"last_day": clock.beijing_date(clock.now()).isoformat()}


def begins_today(_session: Session, _subject: str) -> Data:
    """Begin the form of a post with today."""
    return {"valid_from": clock.beijing_date(clock.now()).isoformat()}


def offered(desk: Desk, _subject: str) -> Options:
    """Return every post that an open body has."""
    rows = desk.session.scalars(
        select(BodyRow).where(BodyRow.closed_on.is_(None)).order_by(BodyRow.kind, BodyRow.id)
    )
    found = []
    for row in rows:
        for role in KINDS[row.kind].roles:
            zh, en = role_name(row.kind, role)
            found.append(Option(f"{row.id}:{role}", f"{row.name_zh} · {zh}", f"{row.name} · {en}"))
    return {"posts": found}


def grant_row(session: Session, grant_id: str) -> GrantRow:
    """Return a post by its id; raise NotFound."""
    row = session.get(GrantRow, grant_id)
    if row is None:
        raise NotFound("Expected a post, but there is none of this id", "没有这个任职记录")
    return row


def _give(desk: Desk, subject: str, data: Data) -> Done:
    organisation.person(desk.session, subject)
    grant_id = give(desk, subject, data)
    desk.record("post.give", subject, {**data, "grant": grant_id})
    return Done(subject)


def _end(desk: Desk, subject: str, data: Data) -> Done:
    row = grant_row(desk.session, subject)
    last = last_day(desk, data["last_day"])
    if row.valid_to is not None and row.valid_to <= last:
        raise Conflict(
            f"Expected a post that lasts longer than {last}, but it ends on {row.valid_to}",
            f"该任职将于 {row.valid_to} 终止，无须再办理",
        )
    keep_one_administrator(desk, row.person_id, role=row.role)
    row.valid_to = max(last, row.valid_from - timedelta(days=1))
    desk.session.flush()
    desk.record("post.end", row.person_id, _ended(row, last, data))
    return Done(row.person_id)


def keep_one_administrator(desk: Desk, person: str, *, role: str = ROLE) -> None:
    """Raise Conflict where nobody else could administer the zone for good."""
    if role != ROLE:
        return
    others = desk.session.scalar(
        select(GrantRow.id)
        .join(Account, Account.person_id == GrantRow.person_id)
        .where(
            GrantRow.role == ROLE,
            GrantRow.person_id != person,
            GrantRow.valid_from <= desk.today,
            GrantRow.valid_to.is_(None),
            Account.closed_at.is_(None),
        )
    )
    holds = any(g.role == ROLE for g in organisation.grants_of(desk.session, person, desk.now))
    if holds and others is None:
        raise Conflict(
            "Expected another lasting administrator, but this is the last one",
            "这是最后一名系统管理员，请先设置另一名",
        )


def _ended(row: GrantRow, last: date, data: Data) -> dict[str, Any]:
    return {
        "grant": row.id,
        "body": row.body_id,
        "role": row.role,
        "last_day": last.isoformat(),
        "reason": data.get("reason"),
    }


def _fitting(session: Session, post: str) -> tuple[str, str]:
    name, _, role = post.partition(":")
    body = organisation.body(session, name)
    if not body.open or role not in KINDS[body.kind].roles:
        raise Invalid.at(
            "post",
            f"Expected a post that {body.name} has, but {role} is none",
            f"“{body.name_zh}”没有该岗位",
        )
    return name, role


def _period(data: Data) -> tuple[date, date | None]:
    first = date.fromisoformat(data["valid_from"])
    last = date.fromisoformat(data["valid_to"]) if data.get("valid_to") else None
    if last is not None and last < first:
        raise Invalid.at(
            "valid_to",
            f"Expected a day from {first} on, but it is {last}",
            f"最后一日不得早于起始日 {first}",
        )
    return first, last


def _overlapping(person: str, period: tuple[date, date | None]) -> list[ColumnElement[bool]]:
    first, last = period
    found = [
        GrantRow.person_id == person,
        or_(GrantRow.valid_to.is_(None), GrantRow.valid_to >= first),
    ]
    return [*found, GrantRow.valid_from <= last] if last is not None else found


def _refuse_twice(
    desk: Desk, person: str, body: str, role: str, period: tuple[date, date | None]
) -> None:
    same = (GrantRow.body_id == body, GrantRow.role == role)
    query = select(GrantRow.id).where(*_overlapping(person, period), *same)
    if desk.session.scalar(query.limit(1)) is not None:
        raise Invalid.at(
            "post",
            "Expected a post that the person does not hold in these days, but he does",
            "该人员在此期间已任此岗位",
        )


def _refuse_both_sides(
    desk: Desk, person: str, body: str, period: tuple[date, date | None]
) -> None:
    """Keep who supervises an enterprise and who answers for one two different persons."""
    held = desk.session.scalars(
        select(BodyRow.kind)
        .join(GrantRow, GrantRow.body_id == BodyRow.id)
        .where(*_overlapping(person, period))
    )
    kinds = {kind == ENTERPRISE for kind in held}
    if kinds - {organisation.body(desk.session, body).kind == ENTERPRISE}:
        raise Invalid.at(
            "post",
            "Expected a person of one side, but in these days he would act for an authority and "
            "for an enterprise",
            "同一人不得同时在机关和企业任职，请先终止另一方的任职",
        )


def _refuse_mixed(desk: Desk, person: str, role: str, period: tuple[date, date | None]) -> None:
    """Keep who runs the system and who handles cases two different persons."""
    held = set(desk.session.scalars(select(GrantRow.role).where(*_overlapping(person, period))))
    if (role == ROLE and held - {ROLE}) or (role != ROLE and ROLE in held):
        raise Invalid.at(
            "post",
            "Expected an administrator without a post in the loop, but both would meet in one "
            "person",
            "系统管理员不得兼任办案岗位，须由不同人员担任",
        )


COMMANDS = (
    Command(
        "post.give",
        "persons",
        ("授予岗位", "Give a post"),
        form("post_give", POST, *PERIOD),
        _give,
        offered,
        begins_today,
    ),
    Command(
        "post.end",
        "persons",
        ("终止岗位", "End a post"),
        form("post_end", day("last_day", ("最后一日", "Last day")), REASON),
        _end,
        values=ends_today,
        lead=(
            "已签收而不再有权办理的事项会退回给其他人员。填昨天即刻生效。",
            "Tasks taken go back to other candidates. Yesterday takes effect at once.",
        ),
        releases=True,
    ),
)

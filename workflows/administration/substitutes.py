"""Standing in for somebody absent: by a written instrument, for a post, between two days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, NotFound
from engine.forms.components import Option
from engine.ports import Grant
from workflows.administration import posts
from workflows.administration.command import Command, Data, Done, Options
from workflows.administration.desk import ROLE, Desk
from workflows.administration.questions import choose, day, form, text
from workflows.domain import organisation
from workflows.domain.org_tables import GrantRow, PersonRow, SubstituteRow


def _add(desk: Desk, subject: str, data: Data) -> Done:
    post = posts.grant_row(desk.session, subject)
    days = _days(post, data)
    _refuse_mixed(desk, post, data["substitute"])
    _refuse_overlap(desk.session, post, days)
    row = organisation.add_substitute(
        desk.session,
        post.person_id,
        data["substitute"],
        Grant(post.body_id, post.role),
        data["instrument"],
        days,
    )
    desk.record("substitute.add", post.person_id, {**data, "id": row, **_post(post)})
    return Done(post.person_id)


def _end(desk: Desk, subject: str, data: Data) -> Done:
    row = desk.session.get(SubstituteRow, subject)
    if row is None:
        raise NotFound("Expected a substitution, but there is none", "没有这项代理")
    last = posts.last_day(desk, data["last_day"])
    if row.valid_to <= last:
        raise Conflict(
            f"Expected a substitution that lasts longer, but it ends on {row.valid_to}",
            f"该代理将于 {row.valid_to} 终止，无须再办理",
        )
    row.valid_to = last
    desk.session.flush()
    told = {"id": subject, "last_day": last.isoformat(), "reason": data.get("reason")}
    desk.record("substitute.end", row.absent_id, told)
    return Done(row.absent_id)


def _days(post: GrantRow, data: Data) -> tuple[date, date]:
    first, last = date.fromisoformat(data["valid_from"]), date.fromisoformat(data["valid_to"])
    ends = post.valid_to or last
    if last < first or first < post.valid_from or last > ends:
        raise Invalid.at(
            "valid_to",
            f"Expected days in order within the post, from {post.valid_from} on, but they are "
            f"{first} to {last}",
            f"起止日期须先后有序，并在任职期间内（{post.valid_from} 起）",
        )
    return first, last


def _refuse_mixed(desk: Desk, post: GrantRow, substitute: str) -> None:
    if post.person_id == substitute:
        raise Invalid.at(
            "substitute",
            "Expected another person, but it is the absent one",
            "代理人须为他人",
        )
    held = organisation.grants_of(desk.session, substitute, desk.now)
    if post.role == ROLE or any(grant.role == ROLE for grant in held):
        raise Invalid.at(
            "substitute",
            "Expected nobody who administers the system, but administrators stand in for nobody",
            "系统管理员不得代理他人，也不得由他人代理",
        )


def _refuse_overlap(session: Session, post: GrantRow, days: tuple[date, date]) -> None:
    first, last = days
    there = session.scalar(
        select(SubstituteRow.substitute_id).where(
            SubstituteRow.absent_id == post.person_id,
            SubstituteRow.body_id == post.body_id,
            SubstituteRow.role == post.role,
            SubstituteRow.valid_from <= last,
            SubstituteRow.valid_to >= first,
        )
    )
    if there is not None:
        raise Invalid.at(
            "valid_from",
            "Expected days without a substitute, but there is one already",
            "该岗位在此期间已有代理人",
        )


def _post(post: GrantRow) -> dict[str, Any]:
    return {"body": post.body_id, "role": post.role}


def _persons(desk: Desk, subject: str) -> Options:
    absent = posts.grant_row(desk.session, subject).person_id
    rows = desk.session.scalars(
        select(PersonRow)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(PersonRow.id != absent, GrantRow.role != ROLE)
        .distinct()
        .order_by(PersonRow.name_zh)
    )
    return {"persons": [Option(row.id, row.name_zh, row.name) for row in rows]}


def _values(session: Session, subject: str) -> Data:
    first = posts.begins_today(session, subject)["valid_from"]
    week = date.fromisoformat(first) + timedelta(days=6)
    return {"valid_from": first, "valid_to": week.isoformat()}


COMMANDS = (
    Command(
        "substitute.add",
        "persons",
        ("设置代理人", "Name a substitute"),
        form(
            "substitute_add",
            choose("substitute", ("代理人", "Substitute"), "persons"),
            text(
                "instrument",
                ("书面依据", "Written instrument"),
                hint=("文件名称与文号", "Name and number of the paper"),
            ),
            day("valid_from", ("起始日", "First day")),
            day("valid_to", ("最后一日", "Last day")),
        ),
        _add,
        _persons,
        _values,
        lead=(
            "代理人登录后选择“代行”，其办理记录写明代谁行使职权。",
            "The substitute chooses to act for the absent; the record names both.",
        ),
    ),
    Command(
        "substitute.end",
        "persons",
        ("终止代理", "End a substitution"),
        form("substitute_end", day("last_day", ("最后一日", "Last day")), posts.REASON),
        _end,
        values=posts.ends_today,
        releases=True,
    ),
)

"""Bodies of the zone: added, renamed, closed; never deleted, since history names them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid
from engine.forms.components import Option
from workflows.administration import english_names, posts
from workflows.administration.command import Command, Data, Done, Options
from workflows.administration.desk import Desk
from workflows.administration.kinds import KINDS
from workflows.administration.questions import choose, day, form, text, tick
from workflows.domain import organisation
from workflows.domain.ledger_search import folded
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import EXITS
from workflows.domain.org_tables import BodyRow, EnterpriseRow

_NAMES = (
    text("name_zh", ("名称", "Chinese name"), longest=200),
    text("name", ("英文名称", "English name"), required=False, hint=english_names.HINT),
    tick(
        "may_order",
        ("有行政执法权", "Has enforcement power"),
        ("可以自己名义下达整改指令", "May issue orders in its own name"),
    ),
)


def _add(desk: Desk, _subject: str, data: Data) -> Done:
    kind = data["kind"]
    _refuse_second_of_its_kind(desk.session, kind)
    refuse_taken_name(desk.session, data["name_zh"])
    body = free_id(desk.session, kind)
    organisation.add_body(
        desk.session,
        body,
        kind,
        data["name_zh"],
        english_names.kept(data),
        may_order=data["may_order"],
    )
    desk.record("body.add", body, dict(data))
    return Done(body)


def _edit(desk: Desk, subject: str, data: Data) -> Done:
    before = organisation.body(desk.session, subject)
    refuse_taken_name(desk.session, data["name_zh"], but=subject)
    name = english_names.kept(data, before)
    rename(desk.session, subject, data["name_zh"], name)
    desk.session.execute(
        update(BodyRow).where(BodyRow.id == subject).values(may_order=data["may_order"])
    )
    was = english_names.told(before.name_zh, before.name) | {"may_order": before.may_order}
    now = english_names.told(data["name_zh"], name) | {"may_order": data["may_order"]}
    desk.record("body.edit", subject, {"before": was, "after": now})
    return Done(subject)


def close(desk: Desk, subject: str, data: Data) -> Done:
    """End a body with a day: its posts end too; refuse while the loop still needs it."""
    body = organisation.body(desk.session, subject)
    if not body.open:
        raise Conflict("Expected a body that is open, but it is closed", "该单位已经停用")
    last = posts.last_day(desk, data["last_day"])
    _refuse_needed(desk.session, subject, body.kind)
    desk.session.execute(update(BodyRow).where(BodyRow.id == subject).values(closed_on=last))
    ended = posts.end_all_of(desk, last, body=subject)
    told = {"last_day": last.isoformat(), "posts": ended, "reason": data.get("reason")}
    desk.record("body.close", subject, told)
    return Done(subject)


def free_id(session: Session, kind: str) -> str:
    """Return an id that no body has; it never changes, whatever the body is called later."""
    taken = select(func.count()).select_from(BodyRow).where(BodyRow.kind == kind)
    number = (session.scalar(taken) or 0) + 1
    while session.get(BodyRow, f"{kind}{number:02d}") is not None:
        number += 1
    return f"{kind}{number:02d}"


def rename(session: Session, subject: str, name_zh: str, name: str) -> None:
    """Give a body other names; papers and cases keep those they were written with."""
    session.execute(update(BodyRow).where(BodyRow.id == subject).values(name_zh=name_zh, name=name))


def refuse_taken_name(session: Session, name: str, but: str = "") -> None:
    """Raise Invalid where an open body is called so or looks so; ledgers are imported by name."""
    # Few names are as long: folding all of them for every row of a sheet would take minutes.
    as_long = func.length(BodyRow.name_zh) == len(name)
    query = select(BodyRow.name_zh).where(as_long, BodyRow.id != but, BodyRow.closed_on.is_(None))
    there = next((one for one in session.scalars(query) if folded(one) == folded(name)), None)
    if there is not None:
        raise Invalid.at(
            "name_zh",
            f"Expected a name that no other body has, but {there} exists",
            f"已有名为“{there}”的单位",
        )


def _refuse_second_of_its_kind(session: Session, kind: str) -> None:
    there = session.scalar(
        select(BodyRow.name_zh).where(BodyRow.kind == kind, BodyRow.closed_on.is_(None))
    )
    if KINDS[kind].single and there is not None:
        raise Invalid.at(
            "kind",
            f"Expected no second body of this kind, but there is {there}",
            f"此类单位只能有一个，已有“{there}”",
        )


def _refuse_needed(session: Session, subject: str, kind: str) -> None:
    if KINDS[kind].single and KINDS[kind].needed:
        raise Conflict(
            "Expected a body that the loop can do without, but every case needs this one",
            "每个案件都须由该单位办理，不能停用；名称变更请用“修改”",
        )
    assigned = session.scalar(_enterprises_of(subject)) or 0
    if assigned:
        raise Conflict(
            f"Expected no enterprise to be assigned to it, but {assigned} are",
            f"还有 {assigned} 家企业归该单位监管，请先改派",
        )
    running = session.scalar(_open_cases_of(subject)) or 0
    if running:
        raise Conflict(
            f"Expected no open case to name it, but {running} do",
            f"还有 {running} 个未办结案件由该单位承办，请先办结或移交",
        )


def _enterprises_of(subject: str) -> Select[Any]:
    row = EnterpriseRow
    named = or_(row.park == subject, row.town == subject, row.industry_department == subject)
    return (
        select(func.count())
        .select_from(row)
        .join(BodyRow, BodyRow.id == row.id)
        .where(named, BodyRow.closed_on.is_(None))
    )


def _open_cases_of(subject: str) -> Select[Any]:
    row = HazardRow
    names = (row.enterprise, row.park, row.town, row.industry_department, row.finder_body)
    return select(func.count()).where(
        or_(*(name == subject for name in names)), row.state.not_in(EXITS)
    )


def _kinds(_desk: Desk, _subject: str) -> Options:
    apart = ("enterprise", "admins")
    return {
        "kinds": [Option(k, one.name_zh, one.name) for k, one in KINDS.items() if k not in apart]
    }


def _values(session: Session, subject: str) -> Data:
    body = organisation.body(session, subject)
    names = {"name_zh": body.name_zh, "name": english_names.given(body)}
    return names | {"may_order": body.may_order}


COMMANDS = (
    Command(
        "body.add",
        "bodies",
        ("新增单位", "Add a body"),
        form("body_add", choose("kind", ("类别", "Kind"), "kinds"), *_NAMES),
        _add,
        _kinds,
    ),
    Command(
        "body.edit",
        "bodies",
        ("修改单位", "Edit a body"),
        form("body_edit", *_NAMES),
        _edit,
        values=_values,
        lead=(
            "已经印发的文书和已登记的案件保留原名称。",
            "Papers issued and cases registered keep the former name.",
        ),
        edits=True,
    ),
    Command(
        "body.close",
        "bodies",
        ("停用单位", "Close a body"),
        form("body_close", day("last_day", ("最后一日", "Last day")), posts.REASON),
        close,
        values=posts.ends_today,
        lead=(
            "停用后不再出现在新登记中，岗位同日终止；历史记录不变。",
            "It is not offered any more and its posts end on that day; history stays as it is.",
        ),
        releases=True,
    ),
)

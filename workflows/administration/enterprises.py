"""Enterprises: master data and who supervises them; a case keeps what held when it began."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from engine.forms.components import Option
from workflows.administration import bodies, english_names, posts
from workflows.administration.command import Command, Data, Done, Options
from workflows.administration.desk import Desk
from workflows.administration.questions import choose, day, form, pick, text
from workflows.domain import organisation
from workflows.domain.org_facts import Enterprise
from workflows.domain.org_tables import EnterpriseRow

PHONE = r"[+(（]?[0-9０-９][0-9０-９+()（） /、，,;；转x-]{3,38}"
"""A telephone number as people write it, or several, with an extension."""

SIZES = {
    "above_scale": ("四上企业", "Above scale"),
    "small": ("四下企业", "Below scale"),
}

FORM = form(
    "enterprise",
    text("name_zh", ("企业名称", "Chinese name")),
    text("name", ("英文名称", "English name"), required=False, hint=english_names.HINT),
    choose(
        "park",
        ("所在园区", "Park"),
        "parks",
        required=False,
        hint=("不在园区的留空，由镇（街道）负责", "Leave empty outside parks: the town answers"),
    ),
    choose("town", ("所在镇（街道）", "Town or street"), "towns"),
    choose("industry_department", ("行业主管部门", "Industry department"), "departments"),
    text("industry", ("行业", "Industry"), longest=64),
    pick("size_class", ("规模", "Size"), SIZES),
    text("address", ("地址", "Address"), longest=300, required=False),
    text("legal_representative", ("法定代表人", "Legal representative"), longest=100),
    text(
        "actual_investor",
        ("实际投资人", "Actual investor"),
        longest=100,
        required=False,
        hint=("逾期约谈的对象之一", "One of those whom an interview may summon"),
    ),
    text("contact", ("联系人", "Contact"), longest=100, required=False),
    text(
        "phone",
        ("联系电话", "Telephone"),
        longest=40,
        required=False,
        hint=("数字和 + - ( ) 转 等，至少五位", "Digits and + - ( ), at least five"),
        pattern=PHONE,
    ),
)


def add(desk: Desk, data: Data) -> str:
    """Add an enterprise and return its id."""
    bodies.refuse_taken_name(desk.session, data["name_zh"])
    name = bodies.free_id(desk.session, "enterprise")
    organisation.add_enterprise(desk.session, _enterprise(name, data))
    desk.record("enterprise.add", name, dict(data))
    return name


def edit(desk: Desk, subject: str, data: Data) -> dict[str, tuple[str, str]]:
    """Change an enterprise; return what differs, by field: as it was, as it is."""
    before = organisation.enterprise(desk.session, subject)
    bodies.refuse_taken_name(desk.session, data["name_zh"], but=subject)
    after = _enterprise(subject, data, before)
    names = [name for name in _FIELDS if getattr(before, name) != getattr(after, name)]
    if not names:
        return {}
    bodies.rename(desk.session, subject, after.name_zh, after.name)
    kept: dict[str, Any] = {name: getattr(after, name) for name in _FIELDS[2:]}
    kept["sort_key"] = organisation.sort_key(after.name_zh)
    desk.session.execute(update(EnterpriseRow).where(EnterpriseRow.id == subject).values(**kept))
    was, now = _values_of(before), _values_of(after)
    told = {
        "before": {name: was[name] for name in names},
        "after": {name: now[name] for name in names},
    }
    desk.record("enterprise.edit", subject, told)
    return {name: (str(was[name] or ""), str(now[name] or "")) for name in names}


def supervisors(desk: Desk, _subject: str = "") -> Options:
    """Return the bodies that an enterprise may be assigned to."""
    return {
        "parks": _open(desk.session, "park_command"),
        "towns": _open(desk.session, "town"),
        "departments": _open(desk.session, "industry_department"),
    }


_FIELDS = (
    "name_zh",
    "name",
    "park",
    "town",
    "industry_department",
    "industry",
    "size_class",
    "address",
    "legal_representative",
    "actual_investor",
    "contact",
    "phone",
)


def _enterprise(name: str, data: Data, before: Enterprise | None = None) -> Enterprise:
    given: dict[str, Any] = {key: data.get(key) or "" for key in _FIELDS}
    given["park"] = data.get("park") or None
    given["name"] = english_names.kept(given, before)
    return Enterprise(id=name, sort_key="", **given)


def _open(session: Session, kind: str) -> list[Option]:
    found = organisation.bodies(session, kind)
    return [Option(one.id, one.name_zh, one.name) for one in found if one.open]


def _add(desk: Desk, _subject: str, data: Data) -> Done:
    return Done(add(desk, data))


def _edit(desk: Desk, subject: str, data: Data) -> Done:
    edit(desk, subject, data)
    return Done(subject)


def _close(desk: Desk, subject: str, data: Data) -> Done:
    organisation.enterprise(desk.session, subject)
    return bodies.close(desk, subject, data)


def _values(session: Session, subject: str) -> Data:
    return _values_of(organisation.enterprise(session, subject))


def _values_of(one: Enterprise) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS} | {"name": english_names.given(one)}


COMMANDS = (
    Command(
        "enterprise.add", "enterprises", ("新增企业", "Add an enterprise"), FORM, _add, supervisors
    ),
    Command(
        "enterprise.edit",
        "enterprises",
        ("修改企业", "Edit an enterprise"),
        FORM,
        _edit,
        supervisors,
        _values,
        lead=(
            "改派监管单位只影响以后登记的隐患，在办案件不变。",
            "Assigning other bodies concerns hazards registered from now on, not open cases.",
        ),
        edits=True,
    ),
    Command(
        "enterprise.close",
        "enterprises",
        ("停用企业", "Close an enterprise"),
        form("enterprise_close", day("last_day", ("最后一日", "Last day")), posts.REASON),
        _close,
        values=posts.ends_today,
        lead=(
            "注销或迁出的企业停用后不能再登记隐患；历史记录不变。",
            "No hazard can be registered for it any more; history stays as it is.",
        ),
        releases=True,
    ),
)

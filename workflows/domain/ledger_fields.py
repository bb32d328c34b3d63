"""The fields of the ledger: one registry for columns, filters, order, export and the interface.

Every field of the official ledger (隐患排查台账) stands here in its order, with some of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy.orm import InstrumentedAttribute

from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import CATEGORIES, STATE_NAMES, origin_shown
from workflows.domain.registration import FINDER_KINDS

Kind = Literal["text", "choice", "body", "person", "day", "number", "flag"]
Group = Literal["hazard", "place", "supervision", "progress"]
Text = tuple[str, str]

LEVEL_CHOICES: dict[str, Text] = {
    "general": ("一般", "General"),
    "larger": ("较大", "Larger"),
    "major": ("重大", "Major"),
}
NOT_GRADED: Text = ("待定级", "Not graded")
SOURCE_CHOICES: dict[str, Text] = {
    name: (origin_shown(name)[0], origin_shown(name)[1].capitalize())
    for name in ("self", "assigned", "inspection")
}
CATEGORY_CHOICES: dict[str, Text] = {
    "person": (CATEGORIES["person"], "Unsafe act"),
    "object": (CATEGORIES["object"], "Unsafe condition"),
    "management": (CATEGORIES["management"], "Management"),
}
LISTING_CHOICES: dict[str, Text] = {
    "0": ("未挂牌", "Not listed"),
    "1": ("一级", "Grade 1"),
    "2": ("二级", "Grade 2"),
}
_STATES: dict[str, Text] = {name: (zh, en.capitalize()) for name, (zh, en) in STATE_NAMES.items()}
_RESULTS: dict[str, Text] = {"pass": ("合格", "Passed"), "fail": ("不合格", "Failed")}
_ORDERS: dict[str, Text] = {"notice": ("通知书", "Notice"), "order": ("指令书", "Order")}
_ENTRIES: dict[str, Text] = {"self": ("自报", "By itself"), "proxy": ("代报", "By others")}


@dataclass(frozen=True)
class LedgerField:
    """One field: what it is called, which column holds it, and how it is asked for.

    `order` is the stored key that it is sorted by, where the column itself would not do;
    `also` are columns with the same in the other language; `official` = it stands in the
    official table.
    """

    key: str
    title: Text
    kind: Kind
    group: Group
    column: InstrumentedAttribute[Any]
    order: InstrumentedAttribute[Any] | None = None
    also: tuple[InstrumentedAttribute[Any], ...] = ()
    choices: Mapping[str, Text] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    official: bool = True

    @property
    def optional(self) -> bool:
        """Whether a hazard may have nothing here."""
        return bool(HazardRow.__table__.columns[self.column.key].nullable)


def _choice(
    key: str,
    title: Text,
    group: Group,
    column: InstrumentedAttribute[Any],
    choices: Mapping[str, Text],
    *,
    official: bool = True,
) -> LedgerField:
    return LedgerField(key, title, "choice", group, column, choices=choices, official=official)


_H = HazardRow
_ALL = (
    LedgerField("number", ("隐患编号", "Number"), "text", "hazard", _H.number),
    _choice("level", ("等级", "Level"), "hazard", _H.level, LEVEL_CHOICES),
    _choice("state", ("状态", "State"), "progress", _H.state, _STATES, official=False),
    LedgerField(
        "enterprise",
        ("单位", "Enterprise"),
        *("text", "place"),
        _H.enterprise_name_zh,
        order=_H.sort_key,
        also=(_H.enterprise_name,),
    ),
    LedgerField(
        "industry", ("行业", "Industry"), "text", "place", _H.industry, order=_H.industry_key
    ),
    LedgerField("park", ("园区", "Park"), "body", "place", _H.park, bodies=("park_command",)),
    LedgerField("town", ("镇街", "Town"), "body", "place", _H.town, bodies=("town",)),
    LedgerField(
        "department",
        ("行业主管部门", "Department"),
        *("body", "place"),
        _H.industry_department,
        bodies=("industry_department",),
        official=False,
    ),
    LedgerField("address", ("地址", "Address"), "text", "place", _H.address, order=_H.address_key),
    LedgerField(
        "location",
        ("区域（部位）", "Location"),
        "text",
        "place",
        _H.location,
        order=_H.location_key,
    ),
    LedgerField("above_scale", ("是否四上", "Above scale"), "flag", "place", _H.above_scale),
    _choice("source", ("隐患来源", "Source"), "hazard", _H.origin, SOURCE_CHOICES),
    LedgerField("found_at", ("发现日期", "Found"), "day", "hazard", _H.found_at),
    LedgerField(
        "body",
        ("发现人单位", "Found by"),
        *("body", "hazard"),
        _H.finder_body,
        bodies=FINDER_KINDS,
    ),
    LedgerField(
        "description",
        ("隐患描述", "Description"),
        *("text", "hazard"),
        _H.description,
        order=_H.description_key,
    ),
    _choice("category", ("类别", "Category"), "hazard", _H.category, CATEGORY_CHOICES),
    LedgerField(
        "subcategory",
        ("二级类别", "Subcategory"),
        *("text", "hazard"),
        _H.subcategory,
        order=_H.subcategory_key,
    ),
    LedgerField(
        "criterion",
        ("判定依据条款", "Criterion"),
        *("text", "hazard"),
        _H.criterion,
        order=_H.criterion_key,
    ),
    LedgerField("photos", ("照片（张）", "Photos"), "number", "hazard", _H.photos),
    LedgerField(
        "imminent", ("情况紧急", "Imminent"), "flag", "hazard", _H.imminent, official=False
    ),
    LedgerField(
        "funds", ("治理资金（万元）", "Funds (10k yuan)"), "number", "supervision", _H.funds_wan
    ),
    LedgerField(
        "planned", ("计划完成", "Planned completion"), "day", "supervision", _H.planned_date
    ),
    LedgerField(
        "responsible",
        ("责任人", "Responsible"),
        *("text", "supervision"),
        _H.responsible_person,
        order=_H.responsible_key,
    ),
    LedgerField(
        "supervising_body",
        ("监管责任单位", "Supervising body"),
        *("body", "supervision"),
        _H.supervising_body,
        bodies=FINDER_KINDS,
    ),
    LedgerField(
        "supervisor",
        ("监管责任人", "Supervising officer"),
        *("person", "supervision"),
        _H.supervising_person,
    ),
    _choice(
        "order_kind",
        ("整改文书", "Paper"),
        "supervision",
        _H.order_kind,
        _ORDERS,
        official=False,
    ),
    LedgerField(
        "served", ("送达日期", "Served"), "day", "supervision", _H.served_at, official=False
    ),
    LedgerField("extensions", ("延期次数", "Extensions"), "number", "progress", _H.extensions),
    LedgerField(
        "due",
        ("现期限", "Rectify by"),
        *("day", "progress"),
        _H.current_due_date,
        order=_H.current_due_at,
    ),
    _choice("listing", ("挂牌督办", "Listing"), "progress", _H.listing_grade, LISTING_CHOICES),
    LedgerField("overdue", ("是否逾期", "Overdue"), "flag", "progress", _H.overdue_since),
    LedgerField("done", ("整改完成日", "Rectified"), "day", "progress", _H.done_at),
    _choice("recheck", ("复查结果", "Recheck"), "progress", _H.recheck_result, _RESULTS),
    LedgerField("struck_off", ("销号日", "Struck off"), "day", "progress", _H.struck_off_at),
    _choice("entry", ("录入方式", "Entered"), "hazard", _H.entry_mode, _ENTRIES),
    LedgerField(
        "registered",
        ("登记日期", "Registered"),
        *("day", "hazard"),
        _H.registered_at,
        official=False,
    ),
    LedgerField(
        "updated",
        ("最近办理", "Last act"),
        *("day", "progress"),
        _H.updated_at,
        official=False,
    ),
)

FIELDS: Mapping[str, LedgerField] = {one.key: one for one in _ALL}

GROUPS: Mapping[str, Text] = {
    "hazard": ("隐患", "Hazard"),
    "place": ("单位与位置", "Enterprise and place"),
    "supervision": ("治理与监管", "Measures and supervision"),
    "progress": ("进展", "Progress"),
}

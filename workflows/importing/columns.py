"""The official ledger's columns that an import reads, under the names they go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.domain import levels


@dataclass(frozen=True)
class Column:
    """One column: the key of the registration form it fills, and its headings.

    `english` is what an English report calls it.
    """

    key: str
    title: str
    aliases: tuple[str, ...]
    required: bool = False
    english: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("number", "隐患编号", ("编号", "number"), english="Number"),
    Column(
        "enterprise",
        "单位",
        ("单位名称", "企业名称", "enterprise"),
        required=True,
        english="Enterprise",
    ),
    Column("source", "隐患来源", ("来源", "source"), required=True, english="Source"),
    Column(
        "found_at", "发现日期", ("发现时间", "found at", "found_at"), required=True, english="Found"
    ),
    Column(
        "finder_body",
        "发现人单位",
        ("检查单位", "finder", "finder_body"),
        required=True,
        english="Finding body",
    ),
    Column(
        "description", "隐患描述", ("隐患", "description"), required=True, english="Description"
    ),
    Column(
        "location",
        "地址+区域",
        ("区域（部位）", "区域", "隐患地址", "具体位置", "部位", "location"),
        required=True,
        english="Location",
    ),
    Column("category", "类别", ("隐患类别", "category"), required=True, english="Category"),
    Column("level", "等级", ("隐患等级", "level"), english="Level"),
    Column("criterion", "判定依据条款", ("判定依据", "criterion"), english="Criterion"),
    Column("finder_name", "发现人", ("检查人员", "found by", "finder_name"), english="Found by"),
)
"""Columns of the official table that are not listed are derived by the product and ignored."""

ENGLISH = {column.title: column.english for column in COLUMNS}

LEVELS = {"一般": "general", "较大": "larger", "重大": "major"} | {
    "General": "general",
    "Larger": "larger",
    "Major": "major",
}
SOURCES = {
    "自查": "self",
    "部门": "department",
    "镇街": "town",
    "专家": "expert",
    "上级交办": "assigned",
    "监督检查": "department",
    "部门检查": "department",
    "镇街检查": "town",
    "专家检查": "expert",
    "企业自查": "self",
    "Self-inspection": "self",
    "Inspection": "department",
    "Assigned from above": "assigned",
}
CATEGORIES = {
    "人": "person",
    "物": "object",
    "管理": "management",
    **{name: key for key, name in levels.CATEGORIES.items()},
    "Unsafe act": "person",
    "Unsafe condition": "object",
    "Management": "management",
}
"""Words that an export writes in either language are read again."""


def words(known: Iterable[str], *, english: bool) -> list[str]:
    """Return the words of a column in one language."""
    return [word for word in known if word.isascii() == english]


def by_heading(columns: Iterable[Column] = COLUMNS) -> dict[str, Column]:
    """Return columns by every heading, in lower case."""
    found: dict[str, Column] = {}
    for column in columns:
        for heading in (column.title, column.key, column.english, *column.aliases):
            if heading:
                found[heading.lower()] = column
    return found

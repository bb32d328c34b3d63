"""What the registration would refuse is known before the first row becomes a case."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.domain.conftest import built_zone, world
from tests.domain.world import World
from workflows.domain.ledger_tables import HazardRow
from workflows.importing.importer import PROCESS, ImportReport, directory, import_hazards

__all__ = ["built_zone", "world"]

HEADINGS = [
    "隐患编号",
    "单位",
    "隐患来源",
    "发现日期",
    "发现人单位",
    "隐患描述",
    "地址+区域",
    "类别",
    "等级",
]
GOOD = {
    "隐患编号": "",
    "单位": "示例铝业",
    "隐患来源": "部门",
    "发现日期": "2026-03-01",
    "发现人单位": "示例bureau",
    "隐患描述": "灭火器压力不足",
    "地址+区域": "一号车间",
    "类别": "物",
    "等级": "一般",
}


def imported(
    world: World, path: Path, person: str = "office_officer", *, dry_run: bool = False, **bad: str
) -> ImportReport:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows([GOOD, {**GOOD, "隐患描述": "通道堵塞", **bad}])
    return import_hazards(world.bihuan, world.actor(person), path, dry_run=dry_run)


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    "bad", [{"隐患描述": "a\u202eb"}, {"发现人单位": "示例town1", "隐患来源": "镇街"}]
)
def test_one_row_that_registration_would_refuse_keeps_all_out(
    world: World, tmp_path: Path, bad: dict[str, str], *, dry_run: bool
) -> None:
    report = imported(world, tmp_path / "a.csv", dry_run=dry_run, **bad)
    assert [fault.line for fault in report.faults] == [3]
    assert (report.added, report.known) == (0, 0)


def test_a_dry_run_tells_who_may_not_import(world: World, tmp_path: Path) -> None:
    report = imported(world, tmp_path / "a.csv", "principal1", dry_run=True)
    assert [fault.line for fault in report.faults] == [2, 3]
    assert imported(world, tmp_path / "b.csv").added == 2


@pytest.mark.parametrize(("length", "added"), [(501, 2), (2000, 2), (2001, 0)])
def test_a_description_may_be_as_long_as_in_the_form(
    world: World, tmp_path: Path, length: int, added: int
) -> None:
    report = imported(world, tmp_path / "a.csv", 隐患描述="漏" * length)
    assert report.added == added
    told = [(f.message, f.message_zh) for f in report.faults]
    long = ("Description has more than 2000 characters", "“隐患描述”超过 2000 字")
    assert told == ([] if added else [long])


def test_the_limit_is_the_one_of_the_form(world: World) -> None:
    agency = world.bihuan.settings.agency
    form = world.bihuan.runtime.start_form(world.actor("office_officer"), PROCESS, agency).form
    limits = {one.key: one.limits.max_length for one in form.fields}
    longest = directory(world.bihuan, world.actor("office_officer")).longest
    assert longest["description"] == limits["description"] == 2000
    assert longest["location"] == limits["location"]


def test_a_number_names_one_row(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(
            [{**GOOD, "隐患编号": "甲-1", "隐患描述": text} for text in ("漏油", "漏气")]
        )
    report = import_hazards(world.bihuan, world.actor("office_officer"), path)
    assert [(one.line, one.message_zh) for one in report.faults] == [(3, "与第 2 行编号相同")]


def test_a_number_of_this_ledger_is_no_new_hazard(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path / "a.csv", 隐患编号="甲-1")
    with world.bihuan.database.read() as session:
        number = session.scalars(select(HazardRow.number).limit(1)).one()
    report = imported(world, tmp_path / "b.csv", 隐患描述="另一条", 隐患编号=number)
    assert [one.line for one in report.faults] == [3]
    assert number in report.faults[0].message_zh
    again = imported(world, tmp_path / "a.csv", 隐患编号="甲-1")
    assert (again.known, again.faults) == (2, [])

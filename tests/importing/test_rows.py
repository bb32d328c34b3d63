"""Ledger rows as people type them."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine import clock
from engine.errors import Invalid
from workflows.administration.enterprise_sheet import ENTERPRISES
from workflows.importing.columns import by_heading
from workflows.importing.dates import parse_instant
from workflows.importing.rows import Directory, parse
from workflows.importing.sheet import LEDGER, RawRow, read_rows

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
    "判定依据条款",
]
GOOD: list[object] = [
    "A-1",
    "甲厂",
    "部门",
    "2026-03-02",
    "应急局",
    "灭火器压力不足",
    "一号车间",
    "物",
    "一般",
    "—",
]
DIRECTORY = Directory({"甲厂": "enterprise01"}, {"应急局": "bureau"})


@pytest.fixture(autouse=True)
def _spring() -> object:
    with clock.use(clock.VirtualClock(datetime(2026, 3, 10, tzinfo=clock.BEIJING))):
        yield


def _book(path: Path, rows: list[list[object]], merged: str | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026年隐患排查台账"])
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_a_good_row_becomes_registration_data(tmp_path: Path) -> None:
    (raw,) = read_rows(_book(tmp_path / "ledger.xlsx", [GOOD]))
    row = parse(raw, DIRECTORY)
    assert row.faults == []
    assert row.line == 3
    assert row.data["enterprise"] == "enterprise01"
    assert row.data["proposed_level"] == "general"
    assert row.data["found_at"] == "2026-03-02T09:00:00+08:00"
    assert "criterion" not in row.data


@pytest.mark.parametrize("level", ["", "待定级", "Not graded"])
def test_a_level_may_be_left_to_the_table(tmp_path: Path, level: str) -> None:
    (raw,) = read_rows(_book(tmp_path / "ledger.xlsx", [[*GOOD[:8], level, GOOD[9]]]))
    row = parse(raw, DIRECTORY)
    assert row.faults == []
    assert row.data["proposed_level"] is None


@pytest.mark.parametrize(
    ("second", "named"), [("单位", "“单位”、“单位”"), ("编号", "“隐患编号”、“编号”")]
)
def test_a_field_has_one_column(tmp_path: Path, second: str, named: str) -> None:
    path = tmp_path / "ledger.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*HEADINGS, second], [*GOOD, "乙厂"]])
    with pytest.raises(Invalid) as error:
        read_rows(path)
    assert named in error.value.errors[0].message_zh


def test_merged_cells_count_for_each_of_their_rows(tmp_path: Path) -> None:
    second: list[object] = ["A-2", None, *GOOD[2:]]
    rows = read_rows(_book(tmp_path / "ledger.xlsx", [GOOD, second], merged="B3:B4"))
    assert [parse(raw, DIRECTORY).data["enterprise"] for raw in rows] == ["enterprise01"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02", "2026-03-02T09:00:00+08:00"),
        ("2026/3/2", "2026-03-02T09:00:00+08:00"),
        ("2026年3月2日", "2026-03-02T09:00:00+08:00"),
        ("2026.03.02 14:30", "2026-03-02T14:30:00+08:00"),
        (46083, "2026-03-02T09:00:00+08:00"),
        ("2026-02-30", None),
        ("三月二日", None),
        (12, None),
    ],
)
def test_dates_as_people_write_them(text: object, expected: str | None) -> None:
    moment = parse_instant(text)
    assert (moment.isoformat() if moment else None) == expected


def test_every_fault_of_a_row_is_named_with_its_column() -> None:
    raw = RawRow(
        7, {"enterprise": "乙厂", "found_at": "2026-02-30", "level": "重大", "description": ""}
    )
    faults = {fault.column: fault for fault in parse(raw, DIRECTORY).faults}
    assert set(faults) >= {"单位", "发现日期", "隐患描述", "判定依据条款", "隐患来源", "类别"}
    assert all(fault.line == 7 for fault in faults.values())
    assert "乙厂" in faults["单位"].message


def test_a_date_in_the_future_is_refused() -> None:
    raw = RawRow(
        3, dict(zip(("number", "enterprise", "source", "found_at"), GOOD[:4], strict=True))
    )
    raw.cells["found_at"] = "2026-03-11"
    assert "晚于" in "".join(
        f.message_zh for f in parse(raw, DIRECTORY).faults if f.column == "发现日期"
    )


def test_the_same_facts_have_the_same_key() -> None:
    keys = ("number", "enterprise", "source", "found_at", "finder_body", "description", "location")
    raw = RawRow(3, dict(zip(keys, GOOD, strict=False)))
    again = RawRow(9, dict(raw.cells))
    other = RawRow(4, raw.cells | {"location": "二号车间"})
    assert parse(raw, DIRECTORY).key == parse(again, DIRECTORY).key != parse(other, DIRECTORY).key


def test_csv_in_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, GOOD])
    assert read_rows(path)[0].cells["description"] == "灭火器压力不足"


def test_files_that_are_no_ledger_are_refused(tmp_path: Path) -> None:
    fake = tmp_path / "ledger.xlsx"
    fake.write_bytes(b"%PDF-1.4")
    with pytest.raises(Invalid, match=r"no Excel workbook"):
        read_rows(fake)
    empty = _book(tmp_path / "other.xlsx", [])
    assert read_rows(empty) == []
    words = tmp_path / "words.csv"
    words.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(Invalid, match="headings"):
        read_rows(words)


def test_a_file_that_cannot_be_read_is_called_what_it_should_be(tmp_path: Path) -> None:
    fake = tmp_path / "file.xlsx"
    fake.write_bytes(b"%PDF-1.4")
    for table, zh, en in (
        (LEDGER, "无法读取台账 file.xlsx：不是", "Expected a ledger in file.xlsx"),
        (ENTERPRISES, "无法读取企业名单 file.xlsx：不是", "Expected a list of enterprises in"),
    ):
        with pytest.raises(Invalid, match=en) as refused:
            read_rows(fake, table)
        assert zh in refused.value.errors[0].message_zh


def test_the_words_that_the_product_writes_are_read_again() -> None:
    headings = (
        "单位",
        "隐患来源",
        "发现日期",
        "检查单位",
        "隐患描述",
        "区域（部位）",
        "类别",
        "等级",
    )
    columns = by_heading()
    keys = [columns[heading].key for heading in headings]
    cells = (
        "甲厂",
        "部门检查",
        "2026-03-02",
        "应急局",
        "通道堵塞",
        "车间",
        "物的不安全状态",
        "较大",
    )
    row = parse(RawRow(2, dict(zip(keys, cells, strict=True))), DIRECTORY)
    assert row.faults == []
    assert (row.data["source"], row.data["category"]) == ("department", "object")
    cells = (
        "甲厂",
        "Inspection",
        "2026-03-02",
        "应急局",
        "通道堵塞",
        "车间",
        "Unsafe act",
        "Major",
    )
    raw = dict(zip(keys, cells, strict=True)) | {"criterion": "令10 第五条(六)"}
    row = parse(RawRow(2, raw), DIRECTORY)
    assert row.faults == []
    assert (row.data["category"], row.data["proposed_level"]) == ("person", "major")


def test_a_word_out_of_a_short_list_is_told_with_the_list() -> None:
    (fault,) = [
        one
        for one in parse(RawRow(2, {"category": "物品"}), DIRECTORY).faults
        if one.column == "类别"
    ]
    assert fault.message_zh.endswith(
        "无法识别“物品”，应为人、物、管理、人的不安全行为、物的不安全状态、管理缺陷"
    )
    assert fault.message.endswith("it takes Unsafe act, Unsafe condition, Management")


def test_a_cell_in_which_nothing_can_be_seen_is_empty() -> None:
    faults = parse(RawRow(2, {"description": "\u200b\u2060"}), DIRECTORY).faults
    assert any(one.column == "隐患描述" and "不能为空" in one.message_zh for one in faults)

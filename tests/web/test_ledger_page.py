"""The ledger's page: columns of one's own, filters in the address, and files of what is seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from structlog.testing import capture_logs

from tests.web.page_checks import Page
from tests.web.visitor import Visitor, register
from workflows.app import Bihuan
from workflows.domain import ledger_columns
from workflows.domain.ledger_fields import FIELDS
from workflows.exporting import ledger

Visit = Callable[..., Visitor]
HEADS = [
    "隐患编号",
    "等级",
    "状态",
    "单位",
    "隐患描述",
    "园区",
    "行业主管部门",
    "发现日期",
    "现期限",
]


@pytest.fixture
def hazards(bihuan: Bihuan) -> None:
    register(bihuan)
    register(bihuan, enterprise="enterprise02", description="=1+1 通道堵塞")
    register(bihuan, description="配电箱未上锁", location="@配电室")


def heads(page: Page) -> list[str]:
    return [one.text.strip(" ↑↓") for one in page.all("th")]


def chips(page: Page) -> dict[str, str]:
    return {
        " ".join(one.text.split()).removesuffix("取消此条件"): one.attributes["href"]
        for one in page.all("a")
        if one.attributes.get("class") == "chip"
    }


def read_csv(visitor: Visitor, query: str = "") -> list[list[str]]:
    answer = visitor.get(f"/ledger/export.csv?{query}")
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text)))


def read_xlsx(visitor: Visitor, query: str = "") -> list[list[Any]]:
    answer = visitor.get(f"/ledger/export.xlsx?{query}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("username", "columns"),
    [
        ("office", ledger_columns.FOR_ALL),
        ("park_east", ledger_columns.FOR_AN_AREA),
        ("town1", ledger_columns.FOR_AN_AREA),
        ("enterprise01", ledger_columns.FOR_AN_ENTERPRISE),
    ],
)
@pytest.mark.usefixtures("hazards")
def test_everyone_begins_with_what_suits_them(
    visit: Visit, username: str, columns: tuple[str, ...]
) -> None:
    page = visit(username).page("/my-cases" if username == "enterprise01" else "/ledger")
    wanted = [field.title[0] for field in ledger_columns.known(columns)]
    assert heads(page) == wanted


@pytest.mark.usefixtures("hazards")
def test_columns_are_kept_per_person(visit: Visit) -> None:
    visitor = visit("office")
    kept = visitor.post(
        "/ledger/columns",
        {"column": ["number", "funds", "nothing"], "query": "level=-&sort=funds"},
        token_of="/ledger",
    )
    assert kept.location == "/ledger?level=-&sort=funds"
    assert heads(visitor.page("/ledger")) == ["隐患编号", "治理资金（万元）"]
    assert heads(visit("office").page("/ledger")) == ["隐患编号", "治理资金（万元）"]
    assert heads(visit("leader_incharge").page("/ledger")) == HEADS
    linked = visitor.page("/ledger?columns=number,due")
    assert heads(linked) == ["隐患编号", "现期限"]
    visitor.post("/ledger/columns", {"reset": "yes", "column": "due"}, token_of="/ledger")
    assert heads(visitor.page("/ledger")) == HEADS


@pytest.mark.usefixtures("hazards")
def test_all_fields_can_be_seen_and_filtered(visit: Visit) -> None:
    page = visit("office", "en").page(f"/ledger?columns={','.join(FIELDS)}")
    assert len(heads(page)) == len(FIELDS)
    names = {one.attributes.get("name", "") for one in page.all("input", "select")}
    for name, field in FIELDS.items():
        ends = {f"{name}_from", f"{name}_to"}
        assert ends <= names if field.kind in ("day", "number") else name in names


@pytest.mark.usefixtures("hazards")
def test_filters_stand_in_the_address_and_come_off_one_by_one(visit: Visit) -> None:
    visitor = visit("office")
    query = "text=%E7%AE%B1&level=-&level=major&found_at_from=2026-03-01&above_scale=yes"
    page = visitor.page(f"/ledger?{query}")
    assert "共 1 条" in page.text
    found = chips(page)
    assert list(found) == [
        "查找：箱",
        "等级：（空）",
        "等级：重大",
        "是否四上：是",
        "发现日期：≥ 2026年3月1日",
    ]
    fewer = visitor.page(found["等级：（空）"])
    assert "共 0 条" in fewer.text
    assert len(chips(fewer)) == 4
    assert "共 3 条" in visitor.page(found["查找：箱"]).text


@pytest.mark.usefixtures("hazards")
def test_an_address_says_nothing_in_vain(visit: Visit) -> None:
    visitor = visit("office")
    sent = "/ledger?text=&level=&level=major&funds_from=&sort=due"
    assert visitor.get(sent).location == "/ledger?level=major&sort=due"
    visitor.headers["HX-Request"] = "true"
    assert visitor.get(sent).headers["HX-Push-Url"] == "/ledger?level=major&sort=due"


@pytest.mark.parametrize("query", ["level=high", "found_at_from=soon", "funds_to=x", "overdue=1"])
def test_a_value_that_a_field_cannot_have_is_refused(visit: Visit, query: str) -> None:
    visitor = visit("office")
    answer = visitor.get(f"/ledger?{query}")
    assert answer.status_code == 422
    page = Page(answer.text)
    name, _, value = query.partition("=")
    assert "填写有误" in page.one("div", role="alert").text
    if name.endswith(("_from", "_to")):
        assert page.one("input", name=name).attributes["value"] == value, "nothing typed is lost"
    assert visitor.get(f"/ledger/export.csv?{query}").status_code == 422


def test_a_range_the_wrong_way_round_is_told_beside_the_filters(visit: Visit) -> None:
    asked = "/ledger?found_at_from=2026-11-20&found_at_to=2026-01-01"
    visitor = visit("office", "en")
    page = Page(visitor.get(asked).text)
    told = page.one("div", role="alert").text
    assert "Found:" in told or "Found on:" in told
    assert "2026-01-01 is before 2026-11-20" in told
    assert page.one("input", name="found_at_from").attributes["value"] == "2026-11-20"
    visitor.headers["HX-Request"] = "true"
    scripted = visitor.get(asked)
    assert scripted.status_code == 200, "a script takes nothing else"
    assert "is before" in scripted.text


@pytest.mark.usefixtures("hazards")
def test_files_hold_what_is_seen(visit: Visit) -> None:
    visitor = visit("office")
    rows = read_csv(visitor, "sort=number&description=%E9%80%9A%E9%81%93")
    assert rows[0] == [*HEADS[:3], "标记", *HEADS[3:]]
    assert [row[5] for row in rows[1:]] == ["'=1+1 通道堵塞"]
    sheet = read_xlsx(visitor, "sort=-number&columns=number,found_at,photos,description,location")
    assert sheet[0] == ["隐患编号", "隐患描述", "区域（部位）", "发现日期", "照片（张）"]
    assert [row[1] for row in sheet[1:]] == ["配电箱未上锁", "=1+1 通道堵塞", "砂轮机无防护罩"]
    assert {row[3].date() for row in sheet[1:]} == {date(2026, 3, 2)}
    assert {row[4] for row in sheet[1:]} == {0}
    assert read_csv(visitor, "columns=number,location&location=%40")[1][1] == "'@配电室"


@pytest.mark.usefixtures("hazards")
def test_files_are_read_in_several_batches(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "BATCH", 1)
    visitor = visit("office")
    assert [row[0][-1] for row in read_csv(visitor, "sort=number")[1:]] == ["1", "2", "3"]
    assert [row[0][-1] for row in read_xlsx(visitor, "sort=-number")[1:]] == ["3", "2", "1"]


@pytest.mark.usefixtures("hazards")
def test_files_follow_the_language(visit: Visit) -> None:
    rows = read_csv(visit("office", "en"), "sort=number&columns=number,state,enterprise")
    assert rows[0] == ["Number", "State", "Flags", "Enterprise"]
    assert rows[1][1] == "Registered"
    answer = visit("auditor").get("/ledger/export.xlsx")
    assert quote("隐患台账") in answer.headers["Content-Disposition"]


@pytest.mark.usefixtures("hazards")
def test_an_enterprise_is_sent_its_own_only(visit: Visit) -> None:
    rows = read_csv(visit("enterprise02"))
    assert [row[4] for row in rows] == ["隐患描述", "'=1+1 通道堵塞"]
    assert visit().get("/ledger/export.csv").status_code in (302, 303, 401)
    assert visit("office").get("/ledger/export.pdf").status_code == 404


def test_the_log_tells_who_took_the_ledger(visit: Visit) -> None:
    visitor = visit("auditor")
    with capture_logs() as told:
        visitor.get("/ledger/export.csv")
        visitor.get("/ledger/export.pdf")
    assert told == [
        {
            "event": "exported",
            "log_level": "info",
            "actor": "auditor",
            "format": "csv",
            "columns": len(HEADS),
        }
    ]

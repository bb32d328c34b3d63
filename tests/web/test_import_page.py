"""Importing from the page: who may, what is shown on the way, and the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from tests.web.page_checks import Page
from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.importing.worker import Importing

Visit = Callable[..., Visitor]

PAGE = "/ledger/import"
HEADS = "单位,隐患来源,发现日期,发现人单位,隐患描述,地址+区域,类别,等级"
ROW = "示例铝业有限公司,部门,2026-03-01,应急管理局,灭火器压力不足,一号车间,物,一般"


def send(visitor: Visitor, *rows: str, name: str = "台账.csv") -> str:
    content = "\n".join((HEADS, *rows)).encode()
    answer = visitor.post(PAGE, token_of=PAGE, files={"file": (content, name)})
    assert answer.status_code == 303
    return str(answer.location)


def work(bihuan: Bihuan) -> None:
    importing = Importing(bihuan)
    while importing.step():
        pass


def test_a_ledger_is_sent_checked_confirmed_and_found(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("office")
    assert "导入台账" in visitor.page("/ledger").text
    followed = send(visitor, ROW, ROW.replace("一号", "二号"))
    waiting = visitor.page(followed)
    assert "等待检查" in waiting.text
    assert waiting.one("div", id="follow-2").attributes["data-hx-trigger"] == "every 2s"
    assert "还没有计时进程接手" in waiting.text
    work(bihuan)
    ready = visitor.page(followed)
    assert "检查通过，待确认" in ready.text
    assert "将新增2" in ready.text
    assert not [one for one in ready.all("div") if "data-hx-trigger" in one.attributes]
    assert "共 0 条" in visitor.page("/ledger").text
    assert visitor.post(f"{followed}/confirm", token_of=followed).location == followed
    work(bihuan)
    assert "已导入" in visitor.page(followed).text
    assert "共 2 条" in visitor.page("/ledger?text=灭火器").text
    assert "台账.csv" in visitor.page(PAGE).text


def test_what_is_wrong_is_shown_and_sent_as_a_report(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("office", "en")
    followed = send(visitor, ROW, ROW.replace("一般", "特大").replace("示例铝业", "=没有"))
    work(bihuan)
    page = visitor.page(followed)
    assert "Refused: nothing was imported" in page.text
    assert "Line 3" in page.text
    assert "Level has the unknown value “特大”" in page.text
    answer = visitor.get(f"{followed}/report.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[:4] for row in rows[1:]] == [
        ["3", "有误 refused", "单位", "Enterprise"],
        ["3", "有误 refused", "等级", "Level"],
    ]
    assert "无法识别“特大”" in rows[2][4]


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF"), ("a.xlsx", b"not"), ("", b""), ("a.csv", b"")]
)
def test_another_file_is_refused_at_once(visit: Visit, name: str, content: bytes) -> None:
    answer = visit("office").post(PAGE, token_of=PAGE, files={"file": (content, name)})
    assert answer.status_code == 422
    assert Page(answer.text).one("div", id="errors").text.strip()


def test_one_import_at_a_time(visit: Visit) -> None:
    visitor = visit("office")
    send(visitor, ROW)
    answer = visitor.post(PAGE, token_of=PAGE, files={"file": (HEADS.encode(), "b.csv")})
    assert answer.status_code == 409


@pytest.mark.parametrize("username", ["enterprise01", "auditor", "designer", "admin"])
def test_who_does_not_inspect_imports_nothing(visit: Visit, username: str) -> None:
    visitor = visit(username)
    assert visitor.get(PAGE).status_code == 403
    assert visitor.post(PAGE, token_of="/notifications").status_code == 403


def test_nobody_sees_the_import_of_another(visit: Visit, bihuan: Bihuan) -> None:
    followed = send(visit("office"), ROW)
    work(bihuan)
    other = visit("inspector1")
    assert other.get(followed).status_code == 404
    assert other.get(f"{followed}/report.csv").status_code == 404
    assert other.post(f"{followed}/confirm", token_of=PAGE).status_code == 404
    assert other.post(f"{followed}/withdraw", token_of=PAGE).status_code == 404


def test_an_import_is_dropped(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("office")
    followed = send(visitor, ROW)
    work(bihuan)
    assert visitor.post(f"{followed}/withdraw", token_of=followed).location == PAGE
    assert "已放弃" in visitor.page(followed).text
    assert visitor.post(f"{followed}/confirm", token_of=PAGE).status_code == 409


def test_the_template_has_the_headings_that_are_read(visit: Visit) -> None:
    answer = visit("office").get(f"{PAGE}/template.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    assert set(HEADS.split(",")) <= set(heads)


def test_english_headings_and_names_are_read_too(visit: Visit, bihuan: Bihuan) -> None:
    heads = "Enterprise,Source,Found,Finding body,Description,Location,Category,Level"
    row = "示例铝业有限公司,department,2026-03-01,应急管理局,Exit blocked,Hall 1,object,general"
    visitor = visit("office", "en")
    content = f"{heads}\n{row}".encode()
    sent = visitor.post(PAGE, token_of=PAGE, files={"file": (content, "ledger.csv")})
    work(bihuan)
    assert "Checked, to be confirmed" in visitor.page(sent.location).text

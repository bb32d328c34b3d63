"""Sheets, notices and rule sets in the browser: checked, corrected in place, then applied."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from werkzeug.test import TestResponse

from tests.domain import notices
from tests.domain.test_administration_sheets import HEADINGS, newer
from tests.web.page_checks import Page
from tests.web.visitor import Visitor
from workflows.administration import calendar_years, rule_sets
from workflows.app import Bihuan
from workflows.domain import organisation

Visit = Callable[..., Visitor]
IMPORT = "/administration/enterprises/import"
NOTICE = "/administration/calendar/notice"
ADOPT = "/administration/rules/adopt"
ROW = ["示例新厂", "", "东园区攻坚指挥部", "示范镇人民政府", "经济商务局", "机械", "四上企业", ""]
PEOPLE = ["示例甲", "", "", ""]


def workbook(*rows: list[str]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (HEADINGS, *rows):
        page.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def names(bihuan: Bihuan) -> list[str]:
    with bihuan.database.read() as session:
        return [one.name_zh for one in organisation.enterprises(session)]


def confirmed(visitor: Visitor, path: str, data: dict[str, str], **changed: str) -> TestResponse:
    """Look at the preview, then confirm it; `changed` = what is altered in between."""
    tried = visitor.post(path, {"step": "check", **data}, token_of=path)
    seen = str(Page(tried.text).one("input", name="seen").attributes["value"])
    sent = {"step": "apply", "seen": seen, **data, **changed}
    return visitor.post(path, sent, token_of=path)


def typed(html: str) -> str:
    return Page(html).one("textarea", id="text").text


def test_a_workbook_is_checked_corrected_and_imported(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("admin")
    wrong = workbook([*ROW[:3], "无此镇", *ROW[4:], *PEOPLE])
    checked = visitor.post(
        IMPORT, {"step": "check"}, token_of=IMPORT, files={"file": (wrong, "企业.xlsx")}
    )
    assert checked.status_code == 422
    assert "没有名为“无此镇”的单位" in checked.text
    corrected = typed(checked.text).replace("无此镇", "示范镇人民政府")
    tried = visitor.post(IMPORT, {"step": "check", "text": corrected}, token_of=IMPORT)
    assert "将新增 1 家" in tried.text
    assert "示例新厂" not in names(bihuan)
    done = confirmed(visitor, IMPORT, {"text": typed(tried.text)})
    assert done.location == "/administration/enterprises"
    assert "示例新厂" in names(bihuan)


def test_cells_copied_from_a_spreadsheet_are_read(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("admin")
    copied = "\r\n".join("\t".join(row) for row in (HEADINGS, [*ROW, *PEOPLE]))
    done = confirmed(visitor, IMPORT, {"text": copied})
    assert done.location == "/administration/enterprises"
    assert "示例新厂" in names(bihuan)
    bare = visitor.post(
        IMPORT, {"step": "check", "text": "企业名称\t行业\n甲\t乙"}, token_of=IMPORT
    )
    assert "缺少：所在镇街、行业主管部门、规模、法定代表人" in bare.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.xlsx"),
        (b"PK\x03\x04 no workbook", "broken.xlsx"),
        (b"\xff\xfe\x00", "odd.csv"),
        (b"a,b\n1,2\n", "other.csv"),
        (b"MZ", "program.exe"),
    ],
)
@pytest.mark.parametrize("path", [IMPORT, NOTICE, ADOPT])
def test_a_file_that_will_not_do_is_refused_with_a_sentence(
    visit: Visit, path: str, content: bytes, name: str
) -> None:
    answer = visit("admin").post(
        path, {"step": "apply"}, token_of=path, files={"file": (content, name)}
    )
    assert answer.status_code == 422
    assert Page(answer.text).one("div", id="errors").text.strip()


@pytest.mark.parametrize("path", [IMPORT, NOTICE, ADOPT])
@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 200_000])
def test_text_that_will_not_do_is_refused(visit: Visit, path: str, text: str) -> None:
    answer = visit("admin").post(path, {"step": "apply", "text": text}, token_of=path)
    assert answer.status_code == 422


def test_a_notice_is_previewed_then_loaded(visit: Visit) -> None:
    visitor = visit("admin")
    text = notices.text(notices.whole(source="国办通知"))
    tried = visitor.post(NOTICE, {"step": "check", "text": text}, token_of=NOTICE)
    assert "将变动 0 个在途期限" in tried.text
    assert "整年替换" not in tried.text
    part = "day,kind,name,source\n2027-01-09,workday,元旦,国办通知\n"
    lacking = visitor.post(NOTICE, {"step": "check", "text": part}, token_of=NOTICE)
    assert lacking.status_code == 422
    assert "2027 年缺少法定节日的放假日" in lacking.text
    border = text + "2026-12-31,holiday,元旦,国办通知\n"
    beside = visitor.post(NOTICE, {"step": "check", "text": border}, token_of=NOTICE)
    assert "2026 年的 1 天并入已录入的 39 天，其余不变" in beside.text
    assert "国办通知" not in visitor.get("/administration/calendar").text
    done = confirmed(visitor, NOTICE, {"text": text})
    assert done.status_code == 303
    assert "国办通知" in visitor.get("/administration/calendar").text
    shorter = text.replace("2027-01-01,holiday,元旦,国办通知\n", "2027-01-01,holiday,元旦,更正\n")
    longer = shorter + "2027-02-09,holiday,春节,更正\n"
    confirmed(visitor, NOTICE, {"text": longer})
    again = visitor.post(NOTICE, {"step": "check", "text": shorter}, token_of=NOTICE)
    assert "2027 年已录入 14 天，将整年替换为这 13 天" in again.text
    assert "2027 年不再列入：2027-02-09" in again.text


def test_a_version_is_compared_then_adopted(visit: Visit) -> None:
    visitor = visit("admin")
    data = {"text": newer(interview__due_days=5), "since": "2026-04-01"}
    tried = visitor.post(ADOPT, {"step": "check", **data}, token_of=ADOPT)
    assert "与现行版本有 1 处不同" in tried.text
    assert "interview.due_days" in tried.text
    late = visitor.post(ADOPT, {"step": "apply", **data, "since": "2026-03-01"}, token_of=ADOPT)
    assert late.status_code == 422
    done = confirmed(visitor, ADOPT, data)
    assert done.location == "/administration/rules"
    compared = visitor.page("/administration/rules/GY-2022-15/2?than=1")
    assert "interview.due_days" in compared.text
    sent = visitor.get("/administration/rules/GY-2022-15/2/text")
    assert "version: 2" in sent.text


def test_a_version_that_waits_is_withdrawn_from_its_line(visit: Visit) -> None:
    visitor = visit("admin")
    data = {"text": newer(interview__due_days=5), "since": "2026-04-01"}
    for step in ("check", "apply"):
        far = {"step": step, **data, "since": "9999-12-31"}
        answer = visitor.post(ADOPT, far, token_of=ADOPT)
        assert answer.status_code == 422
        assert "请核对年份" in answer.text
    same = visitor.post(ADOPT, {"step": "check", **data, "text": newer()}, token_of=ADOPT)
    assert "与第 1 版内容完全相同，无须采用" in same.text
    confirmed(visitor, ADOPT, data)
    listed = visitor.get("/administration/rules").text
    assert listed.count("/administration/do/rules.withdraw") == 1
    assert "GY-2022-15 第 2 版" in listed
    address = "/administration/do/rules.withdraw?subject=GY-2022-15%2F2"
    assert address in listed
    done = visitor.post(address, {"reason": "日期误填"}, token_of=address)
    assert done.location == "/administration/rules"
    assert "GY-2022-15 第 2 版" not in visitor.get("/administration/rules").text


def test_the_page_tells_which_values_may_be_changed(visit: Visit) -> None:
    rows = visit("admin").get("/administration/rules/GY-2022-15/1").text.split("<tr>")
    said = {
        "interview.due_days": "可以更改",
        "extension.signers": "系统固定，不可更改",
        "funding_ban_years": "仅供查阅",
    }
    for key, words in said.items():
        (row,) = [one for one in rows if f"<code>{key}</code>" in one]
        assert words in row


def test_a_version_that_changes_a_fixed_value_is_refused_by_its_name(visit: Visit) -> None:
    text = newer().replace("extension.suspends: {value: false", "extension.suspends: {value: true")
    data = {"text": text, "since": "2026-04-01"}
    refused = visit("admin").post(ADOPT, {"step": "check", **data}, token_of=ADOPT)
    assert refused.status_code == 422
    assert "extension.suspends 由产品固定为" in refused.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_what_was_previewed_is_applied(visit: Visit, bihuan: Bihuan, language: str) -> None:
    visitor = visit("admin", language)
    said = {"zh": "与您预览的不同", "en": "not what you previewed"}[language]
    version = {"text": newer(interview__due_days=5), "since": "2026-04-01"}
    for changed in ({"text": newer(interview__due_days=6)}, {"since": "2026-05-01"}, {"seen": ""}):
        answer = confirmed(visitor, ADOPT, version, **changed)
        assert (answer.status_code, said in answer.text) == (409, True)
    notice = notices.text(notices.whole(source="国办通知"))
    answer = confirmed(visitor, NOTICE, {"text": notice}, text=notice.replace("国办", "省办"))
    assert (answer.status_code, said in answer.text) == (409, True)
    copied = "\n".join("\t".join(row) for row in (HEADINGS, [*ROW, *PEOPLE]))
    answer = confirmed(visitor, IMPORT, {"text": copied}, text=copied.replace("示例新厂", "另一厂"))
    assert (answer.status_code, said in answer.text) == (409, True)
    assert not {"示例新厂", "另一厂"} & set(names(bihuan))
    with bihuan.database.read() as session:
        assert len(rule_sets.versions(session, date(2026, 3, 2))) == 1
        assert [one.year for one in calendar_years.years(session) if one.source == "国办通知"] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "行业：机械 → 化工；联系人：（空） → 示例乙"),
        ("en", "Industry: 机械 → 化工; Contact: (blank) → 示例乙"),
    ],
)
def test_an_update_tells_each_field_as_it_was_and_will_be(
    visit: Visit, language: str, said: str
) -> None:
    visitor = visit("admin", language)
    rows = ([*ROW, *PEOPLE], [*ROW[:5], "化工", *ROW[6:], *PEOPLE[:2], "示例乙", PEOPLE[3]])
    first, second = ("\n".join("\t".join(line) for line in (HEADINGS, row)) for row in rows)
    confirmed(visitor, IMPORT, {"text": first})
    tried = visitor.post(IMPORT, {"step": "check", "text": second}, token_of=IMPORT)
    assert said in tried.text


def test_what_the_zone_has_become_since_the_preview_is_shown_first(visit: Visit) -> None:
    mine, other = visit("admin"), visit("admin")
    rows = {"text": "\n".join("\t".join(line) for line in (HEADINGS, [*ROW, *PEOPLE]))}
    tried = mine.post(IMPORT, {"step": "check", **rows}, token_of=IMPORT)
    seen = str(Page(tried.text).one("input", name="seen").attributes["value"])
    assert confirmed(other, IMPORT, rows).status_code == 303
    late = mine.post(IMPORT, {"step": "apply", "seen": seen, **rows}, token_of=IMPORT)
    assert late.status_code == 409
    assert "将新增 0 家" in late.text

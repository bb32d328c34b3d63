"""The preview of a notice names each day that differs; slips are refused at their line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.domain import notices
from tests.web.page_checks import Page
from tests.web.visitor import Visitor
from workflows.administration import calendar_years
from workflows.app import Bihuan

Visit = Callable[..., Visitor]
NOTICE = "/administration/calendar/notice"


@pytest.fixture
def year(bihuan: Bihuan) -> str:
    """The days of 2026 as they are loaded."""
    with bihuan.database.read() as session:
        return notices.text(calendar_years.days(session, 2026))


def summary(visitor: Visitor, text: str) -> list[str]:
    """Return the sentences of a preview."""
    answer = visitor.post(NOTICE, {"step": "check", "text": text}, token_of=NOTICE)
    assert answer.status_code == 200, answer.text
    return [one.text for one in Page(answer.text).elements if one.tag == "p"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "2026 年的 39 天与已录入的完全相同，无变化。"),
        ("en", "No change in 2026: its 39 days are loaded just so."),
    ],
)
def test_the_same_notice_again_is_told_as_no_change(
    visit: Visit, year: str, language: str, told: str
) -> None:
    assert told in summary(visit("admin", language), year)


def test_a_preview_names_new_days_lost_days_and_other_kinds(visit: Visit, year: str) -> None:
    visitor = visit("admin")
    lines = year.splitlines()
    worked = next(line for line in lines if "workday" in line)
    other = next(line for line in reversed(lines) if "workday" in line)
    text = "\n".join(line for line in lines if line not in (worked, other))
    text += "\n2026-11-24,放假,更正,国办更正\n2026-12-26,调休上班,更正,国办更正\n"
    text += other.replace("workday", "holiday")
    told = summary(visitor, text)
    assert "2026 年已录入 39 天，将整年替换为这 40 天" in "".join(told)
    assert "2026 年新增放假：2026-11-24" in told
    assert "2026 年新增调休上班：2026-12-26" in told
    assert f"2026 年类型改为放假：{other[:10]}" in told
    assert f"2026 年不再列入：{worked[:10]}" in told


def test_the_notice_of_a_provisional_year_says_what_it_becomes(visit: Visit) -> None:
    visitor = visit("admin")
    days = notices.text(notices.whole(source="国办通知"))
    assert "2027 年现为暂定（13 天），将改为公布的这 13 天。" in summary(visitor, days)
    text = days + "2026-12-31,holiday,元旦,国办通知\n"
    told = summary(visitor, text)
    assert "2026 年新增放假：2026-12-31" in told


def test_a_working_day_is_not_worked_in_exchange(visit: Visit, year: str) -> None:
    visitor = visit("admin")
    text = year + "2026-11-24,调休上班,更正,国办更正\n"
    answer = visitor.post(NOTICE, {"step": "check", "text": text}, token_of=NOTICE)
    assert answer.status_code == 422
    assert "2026-11-24 是周二，本来就是工作日" in answer.text
    assert "第 41 行" in Page(answer.text).one("div", id="errors").text


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        (NOTICE, ".csv、.txt"),
        ("/administration/enterprises/import", ".xlsx、.csv"),
        ("/administration/rules/adopt", ".yaml、.yml、.txt"),
    ],
)
def test_a_file_of_another_kind_is_told_which_are_taken(
    visit: Visit, path: str, kinds: str
) -> None:
    files = {"file": (b"%PDF", "通知.pdf")}
    answer = visit("admin").post(path, {"step": "check"}, token_of=path, files=files)
    assert answer.status_code == 422
    assert f"请选择 {kinds} 文件" in answer.text

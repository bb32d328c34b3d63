"""The days of each year are seen, taken as a file and read again."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest

from tests.web.visitor import Visitor

Visit = Callable[..., Visitor]
CALENDAR = "/administration/calendar"
NOTICE = f"{CALENDAR}/notice"


def test_each_year_opens_its_days(visit: Visit) -> None:
    visitor = visit("admin")
    years = visitor.page(CALENDAR)
    links = {one.attributes["href"] for one in years.elements if one.tag == "a"}
    assert {f"{CALENDAR}/2026", f"{CALENDAR}/2026/days.csv", f"{CALENDAR}/2027"} <= links
    page = visitor.page(f"{CALENDAR}/2026")
    rows = [one.text for one in page.elements if one.tag == "tr"][1:]
    assert len(rows) == 39
    october = next(row for row in rows if "2026年10月1日" in row)
    for words in ("周四", "放假", "国庆节", "已公布"):
        assert words in october
    assert page.text.count("国务院") == 1, "what all days rest on is told once"
    worked = next(row for row in rows if "调休上班" in row)
    assert "周六" in worked or "周日" in worked
    assert "暂定" not in page.text
    assert visitor.get(f"{CALENDAR}/1999").status_code == 404


def test_the_days_of_a_provisional_year_are_marked(visit: Visit) -> None:
    page = visit("admin").page(f"{CALENDAR}/2027")
    rows = [one.text for one in page.elements if one.tag == "tr"][1:]
    assert len(rows) == 13
    assert all("暂定" in row for row in rows)
    assert "本年通知尚未公布" in page.text
    assert "Provisional" in visit("admin", "en").page(f"{CALENDAR}/2027").text


@pytest.mark.parametrize(
    ("language", "heads", "told"),
    [
        ("zh", "日期,类型,名称,依据", "2026 年的 39 天与已录入的完全相同，无变化。"),
        ("en", "day,kind,name,source", "No change in 2026: its 39 days are loaded just so."),
    ],
)
def test_what_is_downloaded_is_read_again_as_no_change(
    visit: Visit, language: str, heads: str, told: str
) -> None:
    visitor = visit("admin", language)
    answer = visitor.get(f"{CALENDAR}/2026/days.csv")
    assert answer.text.lstrip("\ufeff").startswith(f"{heads}\r\n")
    assert "2026.csv" in unquote(answer.headers["Content-Disposition"])
    pasted = visitor.post(NOTICE, {"step": "check", "text": answer.text}, token_of=NOTICE)
    assert told in pasted.text
    upload = {"file": (answer.data, "2026.csv")}
    sent = visitor.post(NOTICE, {"step": "check"}, token_of=NOTICE, files=upload)
    assert told in sent.text

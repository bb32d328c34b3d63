"""A filter of an address that names what there is not is told, not answered by an empty list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.page_checks import Page
from tests.web.visitor import Visitor

Visit = Callable[..., Visitor]

ASKED = [
    ("/ledger", "park", "gone", "park_east", "园区"),
    ("/ledger", "department", "gone", "industry_economy", "行业主管部门"),
    ("/ledger", "flag", "gone", "listed", "标记"),
    ("/ledger", "open", "gone", "overdue", "办理情况"),
    ("/inbox", "park", "gone", "park_east", "园区"),
    ("/inbox", "body", "park_west", "office", "承办单位"),
    ("/inbox", "level", "gone", "major", "等级"),
    ("/inbox", "act", "gone", "extension.file", "事项"),
    ("/interviews", "host", "gone", "park_command", "约谈人"),
    ("/interviews", "body", "gone", "park_east", "承办单位"),
    ("/interviews", "step", "gone", "schedule", "缺什么"),
]


@pytest.mark.parametrize(("path", "name", "value", "known", "title"), ASKED)
def test_what_there_is_not_is_told_beside_the_filters(
    visit: Visit, path: str, name: str, value: str, known: str, title: str
) -> None:
    visitor = visit("office")
    answer = visitor.get(f"{path}?{name}={value}")
    assert answer.status_code == 422
    told = Page(answer.text).one("div", role="alert").text
    assert "填写有误" in told
    assert f"“{title}”不能是“{value}”" in told
    assert visitor.get(f"{path}?{name}={known}").status_code == 200
    visitor.headers["HX-Request"] = "true"
    scripted = visitor.get(f"{path}?{name}={value}")
    assert scripted.status_code == 200, "a script takes nothing else"
    assert "填写有误" in scripted.text
    english = Page(visit("office", "en").get(f"{path}?{name}={value}").text)
    assert f"but it is '{value}'" in english.one("div", role="alert").text


def test_a_file_of_what_there_is_not_is_refused(visit: Visit) -> None:
    visitor = visit("office")
    assert visitor.get("/ledger/export.csv?park=gone").status_code == 422
    assert visitor.get("/ledger/export.csv?park=park_east").status_code == 200

"""The facts of a case: the public list, by day and medium."""

from __future__ import annotations

from typing import Any

import pytest

from webapp.presentation.case_facts import case_facts
from workflows.domain.document_format import blank

KNOWN: dict[str, Any] = {
    "number": "YH1",
    "enterprise": {"name_zh": "示例厂", "name": "Works", "park": None, "town": "t"}
    | {"industry_department": "d"},
    "bodies": {},
    "found_at": "2026-03-02T08:30:00+08:00",
    "location": "一号车间",
    "description": "无护罩",
    "category": "object",
    "source": "self",
    "criterion": "",
    "imminent": False,
}


def shown(language: str, **listing: Any) -> dict[str, str]:
    document = blank() | KNOWN
    document["listing"] = document["listing"] | listing
    found = case_facts("c", document, "planning", {}, language)
    return {fact.label: fact.value for fact in found.facts}


@pytest.mark.parametrize(
    ("language", "published", "taken_off"),
    [("zh", "挂牌公布", "摘牌公布"), ("en", "Listing published", "Taken off the list")],
)
def test_the_days_of_the_public_list_are_shown(
    language: str, published: str, taken_off: str
) -> None:
    assert published not in shown(language)
    listed = {"published_on": "2026-03-03", "medium": "网站"}
    assert shown(language, **listed)[published] == "2026-03-03 网站"
    removed = listed | {"removed_on": "2026-03-09", "removed_medium": "网站"}
    assert shown(language, **removed)[taken_off] == "2026-03-09 网站"

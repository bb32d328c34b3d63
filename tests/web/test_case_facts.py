"""The facts of a case: the public list, by day and medium."""

from __future__ import annotations

from datetime import datetime
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
    ("language", "published", "taken_off", "days"),
    [
        ("zh", "挂牌公布", "摘牌公布", ("2026年3月3日", "2026年3月9日")),
        ("en", "Listing published", "Taken off the list", ("3 Mar 2026", "9 Mar 2026")),
    ],
)
def test_the_days_of_the_public_list_are_shown(
    language: str, published: str, taken_off: str, days: tuple[str, str]
) -> None:
    assert published not in shown(language)
    listed = {"published_on": "2026-03-03", "medium": "网站"}
    assert shown(language, **listed)[published] == f"{days[0]} 网站"
    removed = listed | {"removed_on": "2026-03-09", "removed_medium": "网站"}
    assert shown(language, **removed)[taken_off] == f"{days[1]} 网站"


def flags(state: str, late: bool = True, language: str = "zh", **changes: Any) -> list[str]:
    since = datetime.fromisoformat("2026-03-18T00:00:00+08:00") if late else None
    document = blank() | KNOWN | {"phase": state} | changes
    return list(case_facts("c", document, state, {}, language, since).flags)


def test_lateness_stands_beside_a_state_that_precedes_it() -> None:
    assert flags("rechecking") == ["已逾期（2026年3月17日 24:00 届满）"]
    assert flags("rechecking", language="en") == ["Overdue since 17 Mar 2026 24:00"]
    assert flags("rechecking", late=False) == []
    assert flags("overdue") == []
    assert flags("struck_off") == []


REQUEST = {"number": 1, "status": "pending", "second": False, "filing": None, "round": 1}


def test_a_timely_request_undecided_after_the_interview_is_flagged() -> None:
    asked: dict[str, dict[str, Any]] = {
        kind: {
            "extension_pending": True,
            "extension_requests": [{**REQUEST, "timeliness": kind}],
        }
        for kind in ("timely", "late")
    }
    assert "逾期（待批）" in flags("interviewed", **asked["timely"])
    assert "逾期（待批）" not in flags("interviewed", **asked["late"])
    assert "逾期（待批）" not in flags("overdue_pending", **asked["timely"])
    assert "逾期（待批）" not in flags("rectifying", late=False, **asked["timely"])


@pytest.mark.parametrize(
    ("phase", "listing", "shown"),
    [
        ("rectifying", {"grade": 1}, True),
        ("rectifying", {"grade": 0}, False),
        ("rectifying", {"grade": 1, "removed_at": "2026-03-09T08:00:00+08:00"}, False),
        ("voided", {"grade": 1}, False),
        ("struck_off", {"grade": 2}, False),
    ],
)
def test_listed_is_said_while_the_hazard_stands_on_the_list(
    phase: str, listing: dict[str, Any], shown: bool
) -> None:
    found = flags(phase, late=False, listing=blank()["listing"] | listing)
    assert ("挂牌督办" in found) is shown

"""Steps and dates are named by whoever they belong to."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest

from engine.ports import Grant
from engine.store.queries import TaskRow
from tests.api import test_towns as towns
from tests.api.harness import Zone, ok
from tests.api.test_extension_scenarios import department, requested, word
from tests.api.test_interview_scenarios import named, notice, until
from tests.web.test_extension_page import case_page, page
from webapp.presentation.act_words import Known, TaskNames, act_words
from webapp.presentation.step_titles import step_title
from workflows.domain.org_facts import Body


@dataclasses.dataclass(frozen=True)
class Late:
    """A rung that was fired at a task."""

    act: str = "rung.fired"
    process: str | None = None
    task_id: str | None = "t"
    data: dict[str, Any] = dataclasses.field(default_factory=lambda: {"rung": "deputy"})


@pytest.mark.parametrize(
    ("body", "language", "title"),
    [
        ("park_east", "zh", "园区指挥部签署"),
        ("town1", "zh", "镇街签署"),
        ("town1", "en", "Town signs"),
    ],
)
def test_a_town_signs_as_a_town(body: str, language: str, title: str) -> None:
    fields = dict.fromkeys((one.name for one in dataclasses.fields(TaskRow)), "")
    said = {"title_zh": "园区指挥部签署", "title": "Park command signs"}
    known: Any = fields | said | {"candidates": (Grant(body, "head"),), "bars": ()}
    bodies = {
        "park_east": Body("park_east", "park_command", "东区", "East", may_order=False),
        "town1": Body("town1", "town", "某镇", "A town", may_order=False),
    }
    assert step_title(TaskRow(**known), bodies, language) == title


def test_two_signatures_owed_at_once_are_told_apart(zone: Zone) -> None:
    shown = case_page(zone, "office", requested(zone))
    labels = [one.text for one in shown.all("h3") if one.text.startswith("签署")]
    assert len(labels) == len(set(labels)) == 2
    assert all("（" in label for label in labels)


@pytest.mark.parametrize(
    ("headed", "said"),
    [([], "超时：已再次催办"), ([("应急管理局", "Bureau")], "超时升级：已通知副职")],
)
def test_an_enterprise_is_not_escalated_to_a_deputy(
    headed: list[tuple[str, str]], said: str
) -> None:
    task = TaskNames(("书面报告", "Report"), [("示例厂", "Works")], headed)
    assert act_words(Late(), Known(tasks={"t": task}), "zh").act == said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_of_a_case_outside_the_parks_speaks_of_no_park_command(
    zone: Zone, language: str
) -> None:
    refused, asked, granted = (towns.requested(zone) for _ in range(3))
    zone.do("town1", refused, "sign_park", decision="refuse", opinion="证据不足")
    zone.do("town1", granted, "sign_park", **word("agree"))
    department(zone, granted)
    zone.advance("P17D")
    assert zone.case(asked)["state"] == "overdue_pending"
    for case in (refused, asked, granted):
        shown = case_page(zone, "town1", case, language).text
        assert re.findall(".{0,20}(?:园区指挥部|[Pp]ark command).{0,20}", shown) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forms_of_a_case_outside_the_parks_offer_the_town(zone: Zone, language: str) -> None:
    case = towns.overdue(zone)
    shown = page(zone, "office", f"/tasks/{zone.task(case, 'propose_host')}", language)
    offered = " ".join(one.text for one in shown.all("label", "legend"))
    assert ("镇街主要负责人" if language == "zh" else "Head of the town") in offered
    assert not re.search("园区|指挥|[Pp]ark command", shown.text)
    client = zone.client("office")
    client.language = language
    form = ok(client.get(f"/tasks/{zone.task(case, 'propose_host')}"))["form"]
    assert not re.search("园区|指挥|[Pp]ark command", json.dumps(form, ensure_ascii=False))


def test_dates_that_silent_bodies_owe_name_the_town(zone: Zone) -> None:
    case = towns.requested(zone)
    until(zone, "2026-03-18T09:00")
    named(zone, case)
    zone.do("office", case, "schedule", **notice("2026-03-20T10:00"))
    until(zone, "2026-03-20T11:00")
    shown = page(zone, "town1", f"/tasks/{zone.task(case, 'hold')}").text
    assert "镇街作出决定的日期" in shown
    assert re.findall(".{0,40}(?:园区|指挥).{0,40}", shown) == []

"""The inbox: what expires first, words beside colours, filters, claims, nothing of others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.store.queries import case_tasks
from tests.web.page_checks import Page
from tests.web.visitor import Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]


def titles(page: Page) -> list[str]:
    return [a.text for a in page.all("a") if a.attributes.get("class") == "work-title"]


def form_ids(page: Page) -> set[str]:
    return {form.attributes.get("id", "") for form in page.all("form")}


def task_of(page: Page) -> str:
    links = [a for a in page.all("a") if a.attributes.get("class") == "work-title"]
    return links[0].attributes["href"]


def test_an_empty_inbox_says_so(visit: Visit) -> None:
    assert "没有待办事项" in visit("park_west").page("/inbox").text


def test_a_task_is_told_with_its_hazard(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan)
    text = visit("inspector1").page("/inbox").text
    for words in ("核定等级", "砂轮机无防护罩", "还剩", "止", "待定级", "GY-2026-000001"):
        assert words in text


def test_english_is_complete(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan, description="grinder without guard", location="hall 1")
    page = visit("inspector1", language="en").page("/inbox")
    shown = page.one("section", id="inbox-list").text
    assert "left" in shown
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in shown), shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=砂轮", 1),
        ("text=不存在", 0),
        ("act=level.confirm", 1),
        ("act=order.serve", 0),
        ("level=major", 0),
        ("scope=mine", 0),
        ("scope=claimable", 1),
        ("scope=overdue", 0),
        ("scope=nonsense", 1),
        ("body=bureau", 1),
        ("page=99999999999", 1),
        ("page=x&text=%25", 0),
    ],
)
def test_filters_narrow(visit: Visit, bihuan: Bihuan, query: str, found: int) -> None:
    register(bihuan)
    assert len(titles(visit("inspector1").page(f"/inbox?{query}"))) == found


def test_nothing_found_offers_to_clear(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan)
    assert "没有符合条件的事项" in visit("inspector1").page("/inbox?text=没有").text


def test_claiming_takes_it_from_the_others(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan)
    first, second = visit("inspector1"), visit("inspector2")
    task = task_of(first.page("/inbox"))
    assert first.post(f"{task}/claim", token_of="/inbox").location == task
    assert "我已签收" in first.page("/inbox").text
    assert titles(second.page("/inbox")) == []
    refused = second.post(f"{task}/claim", token_of="/inbox")
    assert refused.status_code == 403
    assert "他人签收" in refused.text
    assert "应急局执法员一 已签收" in second.page(task).text
    first.post(f"{task}/release", token_of="/inbox")
    assert len(titles(second.page("/inbox"))) == 1


def test_the_number_of_waiting_tasks_stands_in_the_navigation(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan)
    page = visit("inspector1").page("/ledger")
    assert page.one("span", **{"class": "nav-count"}).text == "1"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "您提出了这一等级，须由另一人办理。"),
        ("en", "You proposed this level, so another person has to do this."),
    ],
)
def test_who_is_barred_reads_why_and_has_nothing_to_do(
    visit: Visit, bihuan: Bihuan, language: str, told: str
) -> None:
    clause = "令10 第五条(六)"
    case = register(bihuan, proposed_level="major", criterion=clause)
    data = {"level": "major", "criterion": clause, "reason": "无报警"}
    proposer = actor(bihuan, "inspector1")
    with bihuan.database.read() as session:
        proposal = case_tasks(session, case, status="open")[0].id
    bihuan.runtime.complete_task(proposer, proposal, data)
    address = task_of(visit("inspector2").page("/inbox"))
    barred = visit("inspector1", language=language)
    assert titles(barred.page("/inbox")) == []
    page = barred.page(address)
    assert told in page.text
    assert "task-form" not in form_ids(page)
    assert barred.post(f"{address}/claim", token_of="/inbox").status_code == 403
    assert "task-form" in form_ids(visit("inspector2").page(address))

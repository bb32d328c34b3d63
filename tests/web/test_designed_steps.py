"""A designer's step, fields, date and paper, as pages show them to whom they concern."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import clock
from engine.clock import VirtualClock
from engine.store import queries
from tests.domain import designers, journeys
from tests.domain.world import World
from tests.web.page_checks import Page
from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.domain.papers import reading

Visit = Callable[..., Visitor]
ANSWERS = {"height": "2.5", "on": "2026-03-02", "finding": "true"}
OFFICER = "industry_economy"


@pytest.fixture
def world(bihuan: Bihuan) -> World:
    moment = clock.current()
    assert isinstance(moment, VirtualClock)
    world = World(bihuan, moment)
    designers.deployed(world)
    return world


@pytest.fixture
def case(world: World) -> str:
    return journeys.served(world, "larger")


@pytest.fixture
def address(world: World, case: str) -> str:
    return f"/tasks/{world.open_tasks(case)['visit']}"


def test_the_inbox_names_the_step_and_offers_it_as_a_filter(visit: Visit, address: str) -> None:
    inbox = visit(OFFICER).page("/inbox")
    assert "现场核实高度" in inbox.text
    assert "own.open" not in inbox.text
    offered = {
        one.attributes.get("value"): one.text for one in inbox.elements if one.tag == "option"
    }
    assert offered["own.open.site_visit"] == "现场核实高度"
    english = visit(OFFICER, "en").page("/inbox?act=own.open.site_visit")
    assert "Measure the height on site" in english.text
    assert address in {one.attributes.get("href") for one in english.elements}


def test_the_page_of_the_step_asks_and_writes_history_by_its_name(
    visit: Visit, case: str, address: str
) -> None:
    officer = visit(OFFICER)
    assert "高度（米）" in officer.page(address).text
    wrong = officer.post(f"{address}/complete", {"height": "x"}, token_of=address)
    assert wrong.status_code == 422
    assert "field-height-error" in wrong.text
    sent = officer.post(f"{address}/complete", ANSWERS, token_of=address)
    assert sent.status_code == 303
    shown = officer.page(f"/cases/{case}").text
    for words in (
        "现场核实高度",
        "高度符合",
        "核实日期",
        "2.5",
        "现场核实期限",
        "流程写入案件字段",
    ):
        assert words in shown, words
    assert "own." not in shown
    english = visit("office", "en").page(f"/cases/{case}").text
    for words in ("Measure the height on site", "Height in order", "Visit due", "Yes"):
        assert words in english, words


def test_a_date_of_the_designers_is_told_before_it_comes(visit: Visit, case: str) -> None:
    shown = visit("office").page(f"/cases/{case}").text
    assert "办理期限“现场核实期限”届满" in shown


def test_the_enterprise_sees_what_is_open_to_it_and_reads_no_internal_act(
    visit: Visit, world: World, case: str, address: str
) -> None:
    visit(OFFICER).post(f"{address}/complete", ANSWERS, token_of=address)
    shown = visit("enterprise01").page(f"/cases/{case}").text
    for words in ("现场核实高度", "高度符合", "现场核实期限"):
        assert words in shown, words
    assert "流程写入案件字段" not in shown
    with world.bihuan.database.read() as session:
        acts = {row.act for row in queries.case_history(session, case)}
    assert "case.field_set" in acts


def test_the_paper_is_listed_and_printed_without_an_article(
    visit: Visit, world: World, case: str, address: str
) -> None:
    visit(OFFICER).post(f"{address}/complete", ANSWERS, token_of=address)
    with world.bihuan.database.read() as session:
        (paper,) = [one for one in reading.of_case(session, case) if one.kind == "own"]
    office = visit("office")
    assert "现场核实记录" in office.page(f"/cases/{case}").text
    page: Page = office.page(f"/cases/{case}/papers/{paper.id}")
    for words in ("现场核实记录", paper.number, "高度（米）", "2.5", "是"):
        assert words in page.text, words
    assert "依据" not in page.text
    english = visit("office", "en").page(f"/cases/{case}/papers/{paper.id}").text
    assert "Record of the visit" in english


def test_the_notice_is_read_like_any_other(visit: Visit, world: World, case: str) -> None:
    world.pass_time(days=4)
    told = visit("office").page("/notifications").text
    assert "现场核实超过期限 2026-03-05" in told
    assert "流程通知" in told

"""What a suspended case says of itself: what stands still, what runs on, until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import clock
from engine.store import queries
from tests.web.visitor import START, Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]


@pytest.fixture
def case(bihuan: Bihuan) -> str:
    return register(bihuan)


def suspend(visitor: Visitor, case: str, act: str = "case.suspend", reason: str = "等答复") -> None:
    address = f"/cases/{case}/acts/{act}"
    sent = visitor.post(address, {"reason": reason}, token_of=address)
    assert sent.status_code == 303, sent.text


def test_the_form_tells_first_what_it_holds_and_what_runs_on(visit: Visit, case: str) -> None:
    page = visit("office_head").page(f"/cases/{case}/acts/case.suspend")
    assert "停下的步骤核定等级" in page.text
    assert "照常计算、照常办理无" in page.text


def test_the_case_says_that_it_is_suspended_and_by_whom(visit: Visit, case: str) -> None:
    office = visit("office_head")
    suspend(office, case)
    shown = office.page(f"/cases/{case}").text
    assert "2026年3月2日 09:00 起暂停办理（安委办主任）" in shown
    assert "等答复" in shown
    assert "停下的步骤：核定等级" in shown
    assert (
        "Suspended since 2 Mar 2026 09:00" in visit("inspector1", "en").page(f"/cases/{case}").text
    )


def test_a_step_that_stands_still_shows_no_form(visit: Visit, bihuan: Bihuan, case: str) -> None:
    suspend(visit("office_head"), case)
    with bihuan.database.read() as session:
        [task] = queries.case_tasks(session, case, status="open")
    shown = visit("inspector1").page(f"/tasks/{task.id}").text
    assert "本案暂停办理，这一步停下" in shown
    assert "提交" not in shown


def test_a_step_that_was_late_before_says_so_while_it_stands_still(
    visit: Visit, bihuan: Bihuan, case: str
) -> None:
    with clock.use(clock.VirtualClock(START + timedelta(days=3))):
        suspend(visit("office_head"), case)
        with bihuan.database.read() as session:
            [task] = queries.case_tasks(session, case, status="open")
        shown = visit("office_head").page(f"/cases/{case}").text
        assert "核定等级（2026年3月3日 24:00 届满，已经逾期）" in shown
        step = visit("inspector1").page(f"/tasks/{task.id}").text
        assert "暂停以前已于 2026年3月3日 24:00 届满，仍为逾期" in step
        assert "已超 1 天" in visit("inspector1").page("/inbox?scope=overdue").text
        english = visit("inspector1", "en")
        assert "it stays late" in english.page(f"/tasks/{task.id}").text


def test_what_is_typed_while_a_step_stands_still_is_kept_and_the_page_says_so(
    visit: Visit, bihuan: Bihuan, case: str
) -> None:
    with bihuan.database.read() as session:
        [task] = queries.case_tasks(session, case, status="open")
    address = f"/tasks/{task.id}"
    inspector = visit("inspector1")
    inspector.page(address)
    suspend(visit("office_head"), case)
    note = inspector.post(f"{address}/draft", {"level": "general"}, token_of=f"/cases/{case}")
    assert note.status_code == 200
    assert "本案暂停办理，恢复后才能提交" in note.text
    assert "您已填写的内容作为草稿保留" in inspector.page(address).text
    suspend(visit("office_head"), case, "case.resume")
    assert "已恢复您上次的草稿" in inspector.page(address).text


def test_a_limit_tells_when_it_stood_still(visit: Visit, bihuan: Bihuan, case: str) -> None:
    suspend(visit("office_head"), case)
    with clock.use(clock.VirtualClock(START + timedelta(days=7))):
        head, data = actor(bihuan, "office_head"), {"reason": "已答复"}
        bihuan.runtime.perform_act(head, case, "case.resume", data)
        shown = visit("inspector1").page(f"/cases/{case}").text
    assert "至 2026年3月9日 09:00 暂停办理，剩余的工作日保留" in shown
    assert "2026年3月10日" in shown
    assert "恢复办理" in shown

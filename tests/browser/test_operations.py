"""What the safety office does about running cases, looked at in every way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from engine.store import queries
from tests.api.harness import Zone
from tests.api.harness import zone as opened
from tests.browser.person import Person
from tests.browser.seeing import Sight, sees
from tests.browser.serving import listening
from tests.browser.windows import windows

pytestmark = pytest.mark.browser

INCIDENTS = Sight(
    zh=("系统异常", "办理任务", "printer on fire", "由办理人重试", "查看并重试"),
    en=("Incidents", "Completing a task", "printer on fire", "See and retry"),
)
INCIDENT = Sight(
    zh=("由原办理人再办一次", "理由", "重试"),
    en=("the author does it again", "Reason", "Retry"),
)
PLACES = Sight(
    zh=(
        "现在的步骤 第二人复核",
        "提出重大隐患：应急管理局（检查人员、负责人、副职），2026年3月3日 止",
    ),
    en=("Step now Second officer reviews", "Propose as major: Emergency bureau"),
)
SUSPENDED = Sight(
    zh=("暂停办理", "理由：等待省厅答复", "停下的步骤：核定等级", "照常计算、照常办理：无"),
    en=("Suspended since 2 Mar 2026 09:00 by Head of the safety office", "Steps that stand still"),
)


@pytest.fixture
def office(zone_url: str, tmp_path: Path, browser: Browser) -> Iterator[tuple[Zone, Person]]:
    """A zone of its own, and the head of its safety office at a window."""
    with (
        opened(zone_url, tmp_path) as zone,
        listening(zone.app) as address,
        windows(browser, address, reduced_motion="reduce") as opens,
    ):
        yield zone, opens("office_head")


def failed(zone: Zone, patch: pytest.MonkeyPatch) -> None:
    """Let a transfer fail; the cause is removed again."""

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("printer on fire")

    case = zone.begin()
    operations = {**zone.bihuan.application.operations, "case.transferred": broken}
    with patch.context() as patched:
        patched.setattr(zone.bihuan.application, "_operations", operations)
        zone.act("bureau_head", case, "case.transfer", receiver="市局", reason="不属本园区")


def test_an_incident_is_retried(
    office: tuple[Zone, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    zone, head = office
    failed(zone, monkeypatch)
    with zone.bihuan.database.read() as session:
        [incident] = queries.open_incidents(session)
    sees(head, "/operations", INCIDENTS)
    sees(head, f"/operations/incidents/{incident.id}", INCIDENT)
    head.page.goto("/operations")
    head.page.get_by_role("link", name="查看并重试").click()
    head.write("理由", "打印机已修好")
    head.page.get_by_role("button", name="重试").click()
    expect(head.page.get_by_text("没有待处理的系统异常")).to_be_visible()


def test_a_step_is_moved(office: tuple[Zone, Person]) -> None:
    zone, head = office
    case = zone.begin(proposed_level="major", criterion="三")
    zone.do("inspector1", case, "propose_major", level="major", criterion="三", reason="符合")
    sees(head, f"/operations/tasks/{zone.task(case, 'second_proposal')}", PLACES)
    head.page.goto(f"/cases/{case}")
    head.page.get_by_role("link", name="移动到其他步骤").click()
    head.choose("移动到", "核定等级：应急管理局（检查人员、负责人、副职），2026年3月3日 止")
    head.write("理由", "条款引用错误")
    head.page.get_by_role("button", name="移动").click()
    expect(head.page.get_by_text("已移动到其他步骤")).to_be_visible()
    assert zone.task(case, "confirm_level")


def test_a_case_is_suspended_and_resumed(office: tuple[Zone, Person]) -> None:
    zone, head = office
    case = zone.begin()
    head.page.goto(f"/cases/{case}")
    head.page.get_by_text("其他可办理事项").click()
    head.page.get_by_role("link", name="暂停办理").click()
    head.write("暂停理由", "等待省厅答复")
    head.submit()
    sees(head, f"/cases/{case}", SUSPENDED)
    head.page.goto(f"/cases/{case}/acts/case.resume")
    head.write("恢复理由", "已答复")
    head.submit()
    expect(head.page.get_by_text("起暂停办理")).to_have_count(0)


def test_the_head_of_a_page_has_room_for_its_entries_counts_and_clock(
    office: tuple[Zone, Person],
) -> None:
    _, head = office
    head.speak("en")
    room = {}
    for width in (1440, 1366, 1280, 1100, 1024, 900, 780):
        head.page.set_viewport_size({"width": width, "height": 768})
        head.page.goto("/operations")
        room[width] = head.page.evaluate(FULL_HEAD)
    assert {width: left for width, left in room.items() if left < 0} == {}


FULL_HEAD = """() => {
  for (const entry of document.querySelectorAll(".nav-main a")) {
    if (["/inbox", "/definitions", "/notifications"].includes(entry.getAttribute("href"))) {
      entry.querySelector(".nav-count")?.remove();
      entry.insertAdjacentHTML("beforeend", '<span class="nav-count">77</span>');
    }
  }
  const side = document.querySelector(".top-side");
  side.querySelector(".clock")?.remove();
  const icon = '<svg class="icon" viewBox="0 0 24 24"></svg>';
  const clock = `<span class="clock">${icon}<time>16 Dec 2026 02:30</time></span>`;
  side.insertAdjacentHTML("afterbegin", clock);
  const ends = [...document.querySelectorAll(".nav-main a")].map(
    (one) => one.getBoundingClientRect().right,
  );
  return Math.round(side.getBoundingClientRect().left - Math.max(...ends));
}"""
"""How far the last entry of a full head ends before what stands at its side."""

"""A running case is taken to a newer version in the browser, and goes on under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.harness import Zone
from tests.api.harness import zone as opened
from tests.api.newer import PROCESS, deploy_newer
from tests.browser.person import Person
from tests.browser.seeing import Sight, sees
from tests.browser.serving import listening
from tests.browser.windows import Opens, windows
from workflows.checking.inspection import inspect
from workflows.migrating.worker import Migrating

pytestmark = pytest.mark.browser


PREVIEW = Sight(
    zh=(
        "共 2 件，其中 1 件可以迁移。",
        "不能迁移 案件停在“第二人复核”，第 2 版没有这一步",
        "核定等级：2026年3月3日 24:00 → 2026年3月5日 24:00",
        "核定等级：经济商务局（副职、负责人、检查人员） → 应急管理局（检查人员、负责人、副职）",
    ),
    en=(
        "2 cases, 1 of them can be migrated.",
        "No it stands at “Second officer reviews”, which version 2 does not have",
        "Confirm the level: 3 Mar 2026 24:00 → 5 Mar 2026 24:00",
    ),
)
MIGRATED = Sight(
    zh=(
        "应急管理局",
        "核定等级",
        "流程迁移到新版本：隐患整改闭环",
        "第 1 版 → 第 2 版",
        "新版公布",
    ),
    en=("Emergency bureau", "Process migrated: Hazard rectification", "version 1 → version 2"),
    never=("预览迁移", "Preview migration"),
)


@pytest.fixture
def people(zone_url: str, tmp_path: Path, browser: Browser) -> Iterator[tuple[Zone, Opens]]:
    """A zone of its own, and whoever opens a window on it."""
    with (
        opened(zone_url, tmp_path) as zone,
        listening(zone.app) as address,
        windows(browser, address, reduced_motion="reduce") as opens,
    ):
        yield zone, opens


def two_cases(zone: Zone) -> tuple[str, str]:
    """Register one case that can go on under the newer version, and one that cannot."""
    case = zone.begin("inspector3", finder_body="industry_economy")
    stays = zone.begin(proposed_level="major", criterion="判定标准第三条")
    zone.do("inspector1", stays, "propose_major", level="major", criterion="三", reason="符合")
    deploy_newer(zone.bihuan)
    return case, stays


def test_a_live_case_is_migrated_and_goes_on(people: tuple[Zone, Opens]) -> None:
    zone, person = people
    case, stays = two_cases(zone)
    number = zone.case(case)["number"]

    head = person("office_head")
    head.page.goto(f"/cases/{case}")
    head.page.get_by_role("link", name="预览迁移").click()
    expect(head.page.get_by_role("row").filter(has_text=number)).to_be_visible()
    sees(head, f"/operations/migrate/{PROCESS}/2", PREVIEW)

    head.page.goto(f"/operations/migrate/{PROCESS}/2")
    expect(head.page.get_by_role("checkbox", name=f"迁移 {number}")).to_be_checked()
    head.write("理由", "新版公布")
    head.page.get_by_role("button", name="迁移选中的案件").click()
    expect(head.page.get_by_text("已迁移 1 件，未迁移 0 件。")).to_be_visible()
    sees(head, f"/cases/{case}", MIGRATED)

    confirm(person("inspector2"), number)
    assert [zone.case(one)["version"] for one in (case, stays)] == [2, 1]
    report = inspect(zone.bihuan)
    assert report.sound, report.lines("zh")


def work(zone: Zone) -> None:
    """Do what waits for a worker."""
    worker = Migrating(zone.bihuan)
    while worker.step():
        pass


def confirm(officer: Person, number: str) -> None:
    """Confirm the level, as the newer version wants it of the bureau."""
    officer.waiting("核定等级", number).get_by_role("link", name="核定等级").click()
    officer.choose("等级", "一般隐患")
    officer.submit()
    officer.told("核定等级")


def test_many_cases_are_migrated_while_the_page_follows(
    people: tuple[Zone, Opens], monkeypatch: pytest.MonkeyPatch
) -> None:
    zone, person = people
    case, stays = two_cases(zone)
    monkeypatch.setattr("webapp.running.migration_page.MANY", 2)
    page = person("office_head").page
    page.goto(f"/operations/migrate/{PROCESS}/2")
    page.get_by_role("button", name="后台查看全部案件").click()
    state = page.locator("#run-state")
    expect(state).to_contain_text("正在逐件查看")
    expect(state).to_contain_text("还没有计时进程接手")
    work(zone)
    expect(state).to_contain_text("已看完，待决定")
    expect(page.get_by_role("table", name="案件")).to_be_visible()

    page.get_by_label("理由").fill("新版公布")
    page.get_by_role("button", name="迁移可以迁移的 1 件").click()
    expect(state).to_contain_text("正在迁移")
    stop_by_keyboard(page)
    expect(state).to_contain_text("已停止")
    page.get_by_role("button", name="接着做").click()
    expect(state).to_contain_text("正在迁移")
    work(zone)
    expect(state).to_contain_text("已完成")
    expect(page.locator("[data-hx-trigger^=every]")).to_have_count(0)
    assert [zone.case(one)["version"] for one in (case, stays)] == [2, 1]
    assert "已迁移 migrated" in downloaded(page)


def stop_by_keyboard(page: Page) -> None:
    """Stop by a button that keeps its focus while the page follows."""
    stop = page.get_by_role("button", name="停止")
    stop.focus()
    with page.expect_response("**/migrations/*"):
        pass
    expect(stop).to_be_focused()
    stop.press("Enter")


def downloaded(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报告").click()
    return download.value.path().read_text("utf-8-sig")

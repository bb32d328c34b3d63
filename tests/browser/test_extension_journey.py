"""One major hazard is given more time by five people; another is late, up to the report.

What shuts people out of these pages is asked in tests/browser/test_article_pages.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.api import roads
from tests.api.harness import Zone
from tests.api.harness import zone as opened
from tests.browser import sights
from tests.browser.person import Person
from tests.browser.seeing import EVERY_WAY, ONE_WAY, Sight, reads, sees
from tests.browser.serving import listening
from tests.browser.test_major_journey import Journey
from tests.browser.windows import Opens, windows

pytestmark = pytest.mark.browser


class Late(Journey):
    """One major hazard that is listed, planned and not done, and the people who come to it."""

    def __init__(self, zone: Zone, person: Opens) -> None:
        super().__init__(person)
        self.zone = zone
        self.id = roads.served(zone, "major")
        roads.listed(zone, self.id)
        roads.planned(zone, self.id)
        self.number = zone.case(self.id)["number"]
        self.path = f"/cases/{self.id}"

    def sees(self, username: str, sight: Sight, languages: Sequence[str] = EVERY_WAY) -> None:
        """Let somebody look at the case."""
        sees(self.by(username), self.path, sight, languages, shut_out=False)

    def task_sees(
        self, username: str, title: str, sight: Sight, languages: Sequence[str] = EVERY_WAY
    ) -> Person:
        """Let somebody open a task from the inbox and look at it; it is open when this returns."""
        somebody = self.opens(username, title)
        path = somebody.page.url
        sees(somebody, path, sight, languages, shut_out=False)
        somebody.page.goto(path)
        return somebody


@pytest.fixture
def late(zone_url: str, tmp_path: Path, browser: Browser) -> Iterator[Late]:
    with (
        opened(zone_url, tmp_path) as zone,
        listening(zone.app) as address,
        windows(browser, address, reduced_motion="reduce") as opens,
    ):
        yield Late(zone, opens)


def ask(late: Late) -> None:
    enterprise = late.by("enterprise01")
    enterprise.page.goto(late.path)
    expect(enterprise.page.get_by_text("2026年3月14日 前（含当日）提出为及时")).to_be_visible()
    enterprise.page.get_by_role("link", name="申请延期", exact=True).click()
    enterprise.write("申请延至", "2026-03-27")
    enterprise.choose("客观因素", "设备材料采购、定制周期")
    enterprise.write("延期理由", "报警装置交货期十五天")
    enterprise.attach("证明材料", "teal")
    enterprise.write("延期期间防控措施", "停用一号炉并派人值守")
    item = enterprise.page.get_by_role("group", name="第 1 项")
    item.get_by_label("节点").fill("设备到货")
    item.get_by_label("完成日期").fill("2026-03-20")
    enterprise.page.wait_for_load_state("networkidle")  # each answer has drawn the form again
    expect(enterprise.page.get_by_text("teal.jpg")).to_be_visible()
    enterprise.submit()
    enterprise.told("申请延期")
    late.sees("enterprise01", sights.ASKED + sights.BOTH_MISSING + sights.IF_SILENT, ONE_WAY)


def sign(late: Late) -> None:
    park = late.task_sees(
        "park_east", "园区指挥部签署", sights.ASKED + sights.BOTH_MISSING + sights.IF_SILENT
    )
    park.choose("签署意见", "同意")
    late.done(park, "园区指挥部签署")
    late.zone.advance("P1D")
    shown = sights.ASKED + sights.ONE_MISSING + sights.IF_SILENT
    late.sees("enterprise01", shown + sights.LADDER)
    for username in ("park_east", "bureau_clerk", "office"):
        reads(late.by(username), late.path, shown + sights.LADDER)
    department = late.opens("industry_economy", "行业主管部门签署")
    reads(department, department.page.url, shown + sights.LADDER)
    department.choose("签署意见", "同意")
    late.done(department, "行业主管部门签署")


def file(late: Late) -> None:
    clerk = late.task_sees(
        "bureau_clerk", "延期备案", sights.ASKED + sights.IN_FORCE + sights.NOT_FILED
    )
    clerk.choose("备案审查", "予以备案")
    late.done(clerk, "延期备案")


def listing(late: Late) -> None:
    office = late.task_sees(
        "office", "区级挂牌督办公布", sights.IN_FORCE + sights.FILED + sights.TO_PUBLISH, ONE_WAY
    )
    office.write("公布媒体", "区政府网站")
    office.write("公布日期", "2026-03-11")
    late.done(office, "区级挂牌督办公布")


def test_an_extension_is_asked_signed_filed_and_listed(late: Late) -> None:
    late.zone.advance("P8D")
    ask(late)
    sign(late)
    file(late)
    listing(late)
    late.sees("office", sights.ASKED + sights.IN_FORCE + sights.FILED + sights.PUBLISHED)
    reads(
        late.by("enterprise01"),
        late.path,
        sights.ASKED + sights.IN_FORCE + sights.FILED + sights.PUBLISHED,
    )


def on_the_calendar(late: Late, zh: str, en: str) -> None:
    """Let the office find the case in the calendar of interviews with what is missing."""
    row = Sight((late.number, "示例铝业有限公司", zh), (late.number, "Model Aluminium", en))
    sees(late.by("office"), "/interviews", row)


def name_host(late: Late) -> None:
    on_the_calendar(late, "待建议约谈人", "Host to be proposed")
    office = late.opens("office", "建议约谈人")
    reads(office, office.page.url, sights.EXPIRED)
    office.choose("建议约谈人", "区分管领导")
    office.write("建议理由", "按判定表，首次逾期")
    late.done(office, "建议约谈人")
    leader = late.task_sees("leader_incharge", "确认约谈人", sights.EXPIRED + sights.PROPOSED)
    leader.choose("确定约谈人", "区分管领导")
    late.done(leader, "确认约谈人")


def give_notice(late: Late) -> None:
    office = late.opens("office", "发约谈通知")
    office.choose("约谈对象", "实际投资人")
    office.write("约谈时间", "2026-03-19T10:00")
    office.choose("方式", "现场")
    office.write("地点或视频会议号", "管委会三楼会议室")
    office.write("应携带的材料", "整改方案")
    late.done(office, "发约谈通知")
    late.sees("enterprise01", sights.EXPIRED + sights.NOTICE + sights.INTERNAL)


def hold(late: Late) -> None:
    leader = late.opens("leader_incharge", "约谈")
    reads(leader, leader.page.url, sights.PROPOSED + sights.NOTICE)
    leader.choose("约谈情况", "已约谈")
    leader.write("约谈时间", "2026-03-19T10:00")
    leader.choose("到场人", "约谈对象本人")
    leader.write("记录人", "区安办工作人员")
    leader.write("参加人员", "指挥长、执法员")
    leader.write("通报的情况", "逾期未整改")
    leader.write("企业说明", "采购延误")
    leader.write("整改承诺", "3月25日前完成")
    leader.write("最终期限", "2026-03-25")
    leader.choose("签字", "已签字")
    late.done(leader, "约谈")


def report(late: Late) -> None:
    enterprise = late.task_sees("enterprise01", "报告落实情况", sights.MINUTES + sights.REPORT_DUE)
    text = enterprise.page.get_by_role("textbox", name="落实情况")
    text.fill("设备已到货，正在安装")
    late.done(enterprise, "报告落实情况")


def test_an_overdue_hazard_is_interviewed_and_reported_on(late: Late) -> None:
    late.zone.advance("P16D")
    name_host(late)
    give_notice(late)
    late.zone.advance("P1DT2H")
    hold(late)
    report(late)
    late.sees("enterprise01", sights.MINUTES + sights.REPORTED, ONE_WAY)
    reads(late.by("office"), late.path, sights.MINUTES + sights.REPORTED)

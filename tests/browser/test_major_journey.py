"""One major hazard from finding to de-listing, through the pages, by everybody it needs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import barriers, faults
from tests.browser.person import Person
from tests.browser.serving import TODAY
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser

CLAUSE = "工贸企业重大事故隐患判定标准 第五条(六)"
LAST_DAY = "2026-03-17"
LAST_DAY_WORDS = "2026年3月17日"


class Journey:
    """One case, and the people who have come to it so far."""

    def __init__(self, person: Opens) -> None:
        self._person = person
        self._people: dict[str, Person] = {}
        self.number = ""

    def by(self, username: str) -> Person:
        """Return somebody's browser; everybody signs in once."""
        if username not in self._people:
            self._people[username] = self._person(username)
        return self._people[username]

    def opens(self, username: str, title: str, left: str = "还剩") -> Person:
        """Let somebody find a task in the inbox with its remaining time, and open it."""
        somebody = self.by(username)
        line = somebody.waiting(title, self.number)
        expect(line).to_contain_text(left)
        line.get_by_role("link", name=title, exact=True).click()
        expect(somebody.page.get_by_role("heading", level=1)).to_have_text(title)
        return somebody

    def done(self, somebody: Person, title: str) -> None:
        """Submit what is open; it is confirmed, and waits for this person no longer."""
        somebody.submit()
        somebody.told(f"已提交：{title}")
        expect(somebody.waiting(title, self.number)).to_have_count(0)

    def case(self, username: str) -> Page:
        """Let an authority find the case in the ledger and open it."""
        page = self.by(username).page
        page.goto("/ledger")
        page.get_by_label("查找").first.fill(self.number)
        page.get_by_role("link", name=self.number, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("示例铝业有限公司")
        return page


def section(page: Page, title: str) -> Locator:
    """Return the card under a heading that begins with a title."""
    heading = page.get_by_role("heading", level=2, name=title)
    return page.locator("section").filter(has=heading)


def standing_at(page: Page, *elements: str) -> None:
    """See the tokens of the diagrams at these elements and nowhere else."""
    folded = page.locator("details[data-fold]:not([open]) > summary")
    while folded.count():
        folded.first.click()
    expect(page.locator("[data-diagram-url]:not([data-drawn])")).to_have_count(0)
    tokens = page.locator(".diagram-token")
    expect(tokens).to_have_count(len(elements))
    found = {one.get_attribute("data-element-id") for one in tokens.all()}
    assert found == set(elements)


def register(journey: Journey) -> None:
    inspector = journey.by("inspector1")
    page = inspector.page
    page.get_by_role("link", name="登记隐患").click()
    fields = {
        "企业": "示例铝业有限公司",
        "发现单位": "应急管理局",
        "发现时间": f"{TODAY}T08:30",
        "隐患位置": "熔铸车间一号炉",
        "隐患描述": "冷却水系统未设压力、流量监测报警",
        "建议等级": "重大隐患",
        "判定标准条款": CLAUSE,
    }
    for label, value in fields.items():
        inspector.write(label, value)
    inspector.attach("现场照片", "gray", "navy")
    page.get_by_role("button", name="登记", exact=True).click()
    said = page.get_by_role("status").filter(has_text="已登记，编号").inner_text()
    journey.number = said.rpartition(" ")[2]
    expect(page.get_by_role("heading", level=1)).to_have_text("示例铝业有限公司")
    expect(section(page, "照片与材料").get_by_role("img")).to_have_count(2)
    standing_at(page, "propose_major")


def grade(journey: Journey) -> None:
    first = journey.opens("inspector1", "提出重大隐患")
    first.write("判定标准条款", CLAUSE)
    first.write("理由", "无压力报警")
    journey.done(first, "提出重大隐患")
    second = journey.opens("inspector2", "第二人复核")
    expect(section(second.page, "办理经过")).to_contain_text("应急局执法员一")
    second.choose("意见", "同意")
    journey.done(second, "第二人复核")
    head = journey.opens("bureau_head", "确认重大隐患")
    head.choose("意见", "同意")
    head.write("判定标准条款", CLAUSE)
    journey.done(head, "确认重大隐患")
    standing_at(journey.case("bureau_head"), "serve_order")


def serve(journey: Journey) -> None:
    inspector = journey.opens("inspector1", "送达整改文书")
    expect(section(inspector.page, "时限")).to_contain_text("送达")
    inspector.write("整改要求", "安装压力、流量监测报警并联锁")
    inspector.write("整改期间安全措施", "停用一号炉")
    inspector.write("整改期限（印在文书上）", LAST_DAY)
    inspector.write("送达时间", f"{TODAY}T09:00")
    inspector.write("签收人", "企业负责人")
    journey.done(inspector, "送达整改文书")


def publish(journey: Journey) -> None:
    command = journey.opens("park_east", "挂牌公布")
    command.write("公布日期", TODAY)
    command.attach("公布截图或照片", "purple")
    journey.done(command, "挂牌公布")
    page = journey.case("park_east")
    standing_at(page, "submit_plan", "deadline", "check_due", "report_due")
    expect(section(page, "办理经过")).to_contain_text("挂牌督办")


def explained(page: Page) -> None:
    """See the date of the rectification, and the reason for it when asked."""
    deadline = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", level=3, name="整改期限")
    )
    expect(deadline).to_contain_text(LAST_DAY_WORDS)
    expect(deadline).to_contain_text("还剩 15 天")
    deadline.get_by_text("为什么是这一天？").click()
    expect(deadline.get_by_text("依据：")).to_be_visible()
    expect(deadline.get_by_role("list")).to_contain_text("15天内整改到位")


def rectify(journey: Journey) -> None:
    enterprise = journey.opens("enterprise01", "上报治理方案")
    explained(enterprise.page)
    enterprise.write("责任：负责人与机构", "总经理、设备部")
    enterprise.write("措施：方法与步骤", "安装、联锁、试运行")
    enterprise.write("资金（万元）", "12.5")
    enterprise.write("时限：计划完成日", "2026-03-10")
    enterprise.write("预案：安全措施与应急撤离", "停炉、撤离")
    journey.done(enterprise, "上报治理方案")
    journey.opens("enterprise01", "公示重大隐患")
    enterprise.write("公示日期", TODAY)
    enterprise.attach("公示照片", "teal")
    journey.done(enterprise, "公示重大隐患")
    journey.opens("enterprise01", "整改并报告完成", left="还剩 15 天")
    enterprise.write("整改情况", "已安装并联锁，试运行正常")
    enterprise.attach("整改前照片", "maroon")
    enterprise.attach("整改后照片", "green", "olive")
    journey.done(enterprise, "整改并报告完成")


def recheck(journey: Journey) -> None:
    lead = journey.opens("inspector2", "现场复查")
    expect(section(lead.page, "照片与材料").get_by_role("img")).to_have_count(7)
    expect(section(lead.page, "时限")).to_contain_text("暂停计时")
    item = lead.page.get_by_role("group", name="第 1 项")
    item.get_by_label("问题").fill("压力、流量报警")
    item.get_by_role("radio", name="已整改", exact=True).check()
    lead.choose("复查结果", "合格")
    lead.attach("现场照片", "navy")
    journey.done(lead, "现场复查")
    second = journey.opens("inspector1", "第二人确认")
    second.choose("意见", "同意")
    journey.done(second, "第二人确认")
    expert = journey.opens("expert1", "专家验收")
    expert.choose("专家意见", "合格")
    expert.write("验收意见", "联锁有效，符合要求")
    journey.done(expert, "专家验收")


def strike_off(journey: Journey) -> None:
    for username, title, element in (
        ("industry_economy", "行业部门提出销号", "strike_department"),
        ("park_east", "指挥部同意销号", "strike_park"),
        ("bureau_head", "应急局销号", "strike_bureau"),
    ):
        standing_at(journey.case(username), element, "deadline", "report_due")
        somebody = journey.opens(username, title)
        somebody.choose("意见", "同意")
        journey.done(somebody, title)


def delist(journey: Journey) -> None:
    command = journey.opens("park_east", "摘牌公布")
    command.write("摘牌日期", TODAY)
    journey.done(command, "摘牌公布")


def closed(journey: Journey) -> None:
    """See the case struck off, with its whole way told, by authority and enterprise."""
    page = journey.case("inspector1")
    expect(page.get_by_text("已销号", exact=True).first).to_be_visible()
    standing_at(page)
    assert [*faults(page, "zh"), *barriers(page)] == []
    told = section(page, "办理经过").get_by_role("listitem")
    for words in ("登记隐患", "确认等级", "下达整改文书", "挂牌督办（一级）", "提交整改方案"):
        expect(told.filter(has_text=words).first).to_be_visible()
    for words in ("报告整改完成", "专家核验", "应急管理局销号", "隐患销号", "解除挂牌"):
        expect(told.filter(has_text=words).first).to_be_visible()
    own = journey.by("enterprise01").page
    own.get_by_role("link", name="我的隐患").click()
    row = own.get_by_role("row").filter(has_text=journey.number)
    expect(row).to_contain_text("已销号")
    row.get_by_role("link", name=re.compile(re.escape(journey.number))).click()
    expect(section(own, "办理经过")).not_to_contain_text("专家核验")


def test_a_major_hazard_goes_from_finding_to_strike_off(person: Opens) -> None:
    journey = Journey(person)
    register(journey)
    grade(journey)
    serve(journey)
    publish(journey)
    rectify(journey)
    recheck(journey)
    strike_off(journey)
    delist(journey)
    closed(journey)

"""An empty zone is set up and strikes its first hazard off as the guide says, page by page."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import barriers, faults
from tests.browser.person import DESKTOP, PHONE, Person, Screen
from tests.browser.serving import ROOT, TODAY, environment, served_with
from tests.docs.reading import section

pytestmark = pytest.mark.browser

GUIDE = section("docs/guide.zh.md", "系统管理员")
PASSWORD = "a long enough password"
ONE_TIME = re.compile(r"\w{4}(?:-\w{4}){3}")
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENTERPRISE = "示例机械有限公司"
BODIES = ("应急管理局", "安委会办公室", "区领导", "专家库")
NAMED = {"行业主管部门": "经济发展局", "镇（街道）": "示例镇", "园区指挥部": "东园区指挥部"}
PEOPLE = {
    "head": "应急管理局 · 负责人",
    "first": "应急管理局 · 检查人员",
    "second": "应急管理局 · 检查人员",
    "office": "安委会办公室 · 检查人员",
    "incharge": "区领导 · 分管领导",
    "principal": "区领导 · 主要领导",
    "expert": "专家库 · 专家",
    "department": "经济发展局 · 负责人",
    "town": "示例镇 · 负责人",
    "park": "东园区指挥部 · 负责人",
    "owner": f"{ENTERPRISE} · 主要负责人",
}


def said(words: str) -> str:
    """Return words of the pages that the guide names."""
    assert f"“{words}”" in GUIDE, words
    return words


class FirstRun:
    """A zone that was empty, and the people who come to it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._secrets: dict[str, str] = {}
        self.people: dict[str, Person] = {}
        self.number = ""
        self.admin = self.comes("admin", PASSWORD)

    def comes(self, username: str, password: str, screen: Screen = DESKTOP) -> Person:
        """Open a browser for somebody who signs in."""
        context = self._browser.new_context(
            base_url=self._address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={**screen},
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        somebody = self.people[username] = Person(context)
        somebody.sign_in(username, password)
        expect(somebody.page).not_to_have_url(re.compile("sign-in"))
        return somebody

    def first_comes(self, username: str, screen: Screen = DESKTOP) -> Person:
        """Let somebody sign in with the one-time password and choose an own one."""
        somebody = self.comes(username, self._secrets[username], screen)
        page = somebody.page
        expect(page.get_by_text("您使用的是一次性密码")).to_be_visible()
        somebody.write("一次性密码", self._secrets[username])
        page.get_by_label("新密码", exact=True).fill(f"{PASSWORD} {username}")
        somebody.write("再次输入新密码", f"{PASSWORD} {username}")
        page.get_by_role("button", name="保存", exact=True).click()
        somebody.told("密码已修改")
        return somebody

    def lacks(self, count: int) -> Page:
        """Let the administrator see on the overview how much is missing."""
        page = self.admin.page
        page.goto("/administration")
        expect(page.get_by_role("heading", name=f"还缺 {count} 项")).to_be_visible()
        return page

    def adds(self, what: str, said_as: str) -> Page:
        """Let the administrator follow the button beside something that is missing."""
        page = self.admin.page
        page.goto("/administration")
        page.get_by_role("link", name=f"{said(what)}：{said_as}", exact=True).click()
        return page

    def appoints(self, username: str, post: str) -> None:
        """Let the administrator add a person and note the one-time password."""
        page = self.admin.page
        if not page.url.endswith("/administration/persons"):
            page.goto("/administration/persons")
        page.get_by_role("main").get_by_role("link", name=said("新增人员")).click()
        self.admin.write("姓名", f"示例{username}")
        self.admin.write("岗位", post)
        self.admin.write("用户名", username)
        page.get_by_role("button", name="新增人员").click()
        noted = page.get_by_role("link", name=said("已记下"))
        expect(noted).to_be_visible()
        found = ONE_TIME.search(page.get_by_role("main").inner_text())
        assert found
        self._secrets[username] = found[0]
        noted.click()

    def opens(self, somebody: Person, title: str) -> Page:
        """Let somebody open what waits in the inbox."""
        line = somebody.waiting(said(title), self.number)
        line.get_by_role("link", name=title, exact=True).click()
        expect(somebody.page.get_by_role("heading", level=1)).to_have_text(title)
        return somebody.page

    def does(self, somebody: Person, title: str) -> None:
        """Submit what is open."""
        somebody.page.wait_for_load_state("networkidle")  # each answer has drawn the form again
        somebody.submit()
        somebody.told(f"已提交：{title}")


@pytest.fixture
def run(tmp_path: Path, browser: Browser) -> Iterator[FirstRun]:
    settings = {"BIHUAN_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "workflows.cli", "setup", "--zone", "示例经开区"]
    assert " ".join(command[3:]) in GUIDE
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment(settings),
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    with served_with(settings) as address:
        first = FirstRun(browser, address)
        yield first
        for somebody in first.people.values():
            somebody.page.context.close()
    assert [fault for one in first.people.values() for fault in one.complaints] == []


def workbook(*row: str) -> bytes:
    """Return a sheet with the headings of the guide and one enterprise."""
    found = re.search(r"`(企业名称,[^`]*)`", GUIDE)
    assert found
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    for line in (found[1].split(","), row):
        book.active.append(line)
    book.save(content)
    return content.getvalue()


def add_bodies(run: FirstRun) -> None:
    page = run.lacks(7)
    for name in BODIES:
        run.adds("新增单位", f"单位：{name}")
        if name == "应急管理局":
            page.get_by_label(said("有行政执法权")).check()
        page.get_by_role("button", name="新增单位").click()
        run.admin.told("已完成：新增单位")
    for kind, name in NAMED.items():
        run.adds("新增单位", f"单位：{kind}")
        page.get_by_role("textbox", name="名称", exact=True).fill(name)
        page.get_by_role("button", name="新增单位").click()
        run.admin.told("已完成：新增单位")


def import_enterprises(run: FirstRun) -> None:
    page = run.admin.page
    page.goto("/administration/enterprises")
    page.get_by_role("link", name=said("从 Excel 导入")).click()
    sheet = workbook(
        ENTERPRISE, "", "东园区指挥部", "无此镇", "经济发展局", "机械", "四上企业", "", "甲"
    )
    page.get_by_label("选择文件").set_input_files(
        {"name": "企业.xlsx", "mimeType": SHEET_TYPE, "buffer": sheet}
    )
    page.get_by_role("button", name=said("检查并预览")).click()
    expect(page.get_by_text("没有名为“无此镇”的单位")).to_be_visible()
    text = page.get_by_label("或粘贴内容")
    text.fill(text.input_value().replace("无此镇", "示例镇"))
    page.get_by_role("button", name="检查并预览").click()
    expect(page.get_by_text("将新增 1 家")).to_be_visible()
    page.get_by_role("button", name=said("确认"), exact=True).click()
    run.admin.told("新增 1 家")


def staff(run: FirstRun) -> None:
    for username, post in PEOPLE.items():
        if username == "second":
            run.lacks(9)
        run.appoints(username, post)
    page = run.lacks(0)
    expect(page.get_by_text(said("各项齐备，可以登记隐患"))).to_be_visible()
    assert [*faults(page, "zh"), *barriers(page)] == []


def look_at_calendar_and_rules(run: FirstRun) -> None:
    page = run.admin.page
    page.get_by_role("link", name=said("工作日历"), exact=True).first.click()
    expect(page.get_by_role("row").filter(has_text="2026")).to_contain_text("已公布")
    page.get_by_role("link", name=said("规则集"), exact=True).first.click()
    expect(page.get_by_role("row").filter(has_text="GY-2022-15 第 1 版")).to_contain_text("现行")


def register(run: FirstRun) -> Person:
    first = run.first_comes("first")
    page = first.page
    page.get_by_role("link", name=said("登记隐患")).click()
    first.write("隐患描述", "配电箱门缺失，带电部位外露")
    first.attach("现场照片", "gray")
    first.write("隐患位置", "一车间东侧")
    first.write("企业", ENTERPRISE)
    page.get_by_role("radio", name="物的状态").check()
    first.write("发现时间", f"{TODAY}T08:30")
    first.write("发现单位", said("应急管理局"))
    first.write("隐患来源", said("部门检查"))
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name=said("登记"), exact=True).click()
    told = page.get_by_role("status").filter(has_text="已登记，编号").inner_text()
    run.number = told.rpartition(" ")[2]
    return first


def grade_and_serve(run: FirstRun, first: Person) -> None:
    run.opens(first, "核定等级")
    run.does(first, "核定等级")
    run.opens(first, "送达整改文书")
    first.write("整改要求", "安装箱门")
    first.write("送达时间", f"{TODAY}T09:00")
    first.write("签收人", "示例owner")
    run.does(first, "送达整改文书")


def rectify(run: FirstRun) -> Person:
    owner = run.first_comes("owner", PHONE)
    page = run.opens(owner, "整改并报告完成")
    owner.write("整改情况", "已装好箱门")
    owner.attach("整改后照片", "green")
    assert [*faults(page, "zh"), *barriers(page)] == []
    run.does(owner, "整改并报告完成")
    return owner


def recheck(run: FirstRun, first: Person) -> None:
    expect(first.waiting("现场复查", run.number)).to_have_count(0)
    second = run.first_comes("second")
    run.opens(second, "现场复查")
    second.choose("复查方式", "现场复查")
    second.choose("复查结果", "合格")
    run.does(second, "现场复查")


def strike_off(run: FirstRun) -> None:
    head = run.first_comes("head")
    run.opens(head, "发现单位销号")
    head.choose("意见", "同意")
    run.does(head, "发现单位销号")


def test_an_empty_zone_is_set_up_and_strikes_its_first_hazard_off(run: FirstRun) -> None:
    add_bodies(run)
    import_enterprises(run)
    staff(run)
    look_at_calendar_and_rules(run)
    first = register(run)
    grade_and_serve(run, first)
    owner = rectify(run)
    recheck(run, first)
    strike_off(run)
    for somebody, path in ((first, "/ledger"), (owner, "/my-cases")):
        somebody.page.goto(path)
        line = somebody.page.get_by_role("row").filter(has_text=run.number)
        expect(line).to_contain_text("已销号")

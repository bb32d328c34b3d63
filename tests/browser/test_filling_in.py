"""Filling in: faults at the field, drafts, stale pages, the keyboard, and no scripts at all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.serving import Zone
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser


def said_at(page: Page, label: str) -> str:
    """Return what a control is described by, as a screen reader would say it."""
    control = page.get_by_role("main").get_by_label(label)
    expect(control).to_have_attribute("aria-invalid", "true")
    return str(
        control.evaluate(
            "one => one.getAttribute('aria-describedby').split(' ')"
            ".map((id) => document.getElementById(id).textContent).join(' ')"
        )
    )


def test_a_wrong_password_is_refused_and_the_name_kept(person: Opens) -> None:
    nobody = person()
    nobody.sign_in("inspector1", "wrong")
    expect(nobody.page.get_by_role("alert")).to_contain_text(re.compile("用户名|密码"))
    expect(nobody.page.get_by_label("用户名")).to_have_value("inspector1")
    expect(nobody.page.get_by_label("密码")).to_have_value("")
    expect(nobody.page.get_by_label("密码")).to_be_focused()


def test_whoever_is_not_signed_in_comes_back_after_signing_in(person: Opens) -> None:
    nobody = person()
    nobody.page.goto("/ledger?level=major")
    nobody.sign_in("inspector1")
    expect(nobody.page).to_have_url(re.compile(r"/ledger\?level=major$"))


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(person: Opens) -> None:
    inspector = person("inspector1")
    page = inspector.page
    page.goto("/hazards/new")
    inspector.write("隐患位置", "二号车间")
    inspector.choose("类别", "管理缺陷")
    inspector.attach("现场照片", "gray")
    page.get_by_role("button", name="登记", exact=True).click()
    summary = page.get_by_role("alert").filter(has_text="需要更正")
    expect(summary).to_be_focused()
    assert "必填" in said_at(page, "隐患描述")
    expect(page.get_by_label("隐患位置")).to_have_value("二号车间")
    expect(page.get_by_role("radio", name="管理缺陷")).to_be_checked()
    expect(page.get_by_role("checkbox", name="保留第 1 件")).to_be_checked()
    summary.get_by_role("link", name="企业").click()
    expect(page.get_by_role("combobox", name="企业")).to_be_focused()
    inspector.write("企业", "示例家具有限公司")
    inspector.write("发现单位", "应急管理局")
    inspector.write("隐患描述", "应急通道堆放杂物")
    page.get_by_role("button", name="登记", exact=True).click()
    inspector.told("已登记，编号")
    photos = page.locator("section").filter(has=page.get_by_role("heading", name="照片与材料"))
    expect(photos.get_by_role("img")).to_have_count(1)


def test_what_is_typed_survives_the_form_being_drawn_again(person: Opens, zone: Zone) -> None:
    inspector = person("inspector1")
    page = inspector.page
    page.goto(f"/tasks/{zone.task(zone.register())}")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/fields", hold)
    with page.expect_request("**/fields"):
        inspector.choose("隐患等级", "重大隐患")
    inspector.write("理由", "无报警")
    with page.expect_response("**/fields"):
        held[0].continue_()
    inspector.write("判定标准条款", "令10 第五条(六)")
    expect(page.get_by_label("理由")).to_have_value("无报警")
    expect(page.get_by_role("radio", name="重大隐患")).to_be_checked()


def test_a_draft_is_kept_and_restored(person: Opens, zone: Zone) -> None:
    inspector = person("inspector1")
    page = inspector.page
    page.goto(f"/tasks/{zone.task(zone.register())}")
    inspector.choose("隐患等级", "较大隐患")
    inspector.write("理由", "写到一半")
    page.get_by_label("理由").blur()
    inspector.told("草稿已于")
    page.reload()
    inspector.told("已恢复您上次的草稿")
    expect(page.get_by_label("理由")).to_have_value("写到一半")
    expect(page.get_by_role("radio", name="较大隐患")).to_be_checked()


def test_a_page_whose_task_was_done_meanwhile_keeps_what_was_typed(
    person: Opens, zone: Zone
) -> None:
    case_id = zone.register()
    inspector = person("inspector1")
    page = inspector.page
    page.goto(f"/tasks/{zone.task(case_id)}")
    inspector.choose("隐患等级", "较大隐患")
    inspector.write("理由", "砂轮机已多次违规使用")
    zone.do("inspector2", case_id, level="general", reason="轻微")
    inspector.submit()
    expect(page.get_by_role("alert")).to_contain_text("提交没有生效")
    expect(page.get_by_role("main")).to_contain_text("砂轮机已多次违规使用")
    expect(page.get_by_role("button", name="提交", exact=True)).to_have_count(0)
    page.get_by_role("link", name=re.compile("^GY-")).click()
    expect(page.get_by_role("listitem").filter(has_text="确认等级").first).to_contain_text("一般")


def test_a_page_whose_task_was_claimed_meanwhile_keeps_what_was_typed(
    person: Opens, zone: Zone
) -> None:
    case_id = zone.register()
    inspector = person("inspector1")
    page = inspector.page
    page.goto(f"/tasks/{zone.task(case_id)}")
    inspector.choose("隐患等级", "较大隐患")
    inspector.write("理由", "砂轮机已多次违规使用")
    zone.claim("inspector2", case_id)
    inspector.submit()
    expect(page.get_by_role("main")).to_contain_text("应急局执法员二")
    expect(page.get_by_role("main")).to_contain_text("砂轮机已多次违规使用")


def test_who_is_barred_is_told_why_instead_of_being_offered_the_form(
    person: Opens, zone: Zone
) -> None:
    case_id = zone.register(proposed_level="major", criterion="令10 第五条(六)")
    zone.do("inspector1", case_id, level="major", criterion="令10 第五条(六)", reason="无报警")
    page = person("inspector1").page
    page.goto(f"/tasks/{zone.task(case_id)}")
    expect(page.get_by_role("main")).to_contain_text("您提出了这一等级，须由另一人办理")
    expect(page.locator("#task-form")).to_have_count(0)


def test_a_task_is_done_by_keyboard_alone(person: Opens, zone: Zone) -> None:
    task_id = zone.task(zone.register(enterprise="enterprise04"))
    inspector = person("inspector1")
    page = inspector.page
    page.goto("/inbox")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.goto("/inbox?text=示例木制品厂")
    inspector.tab_to(page.locator(f"a[href='/tasks/{task_id}']"))
    page.keyboard.press("Enter")
    inspector.tab_to(page.get_by_role("radio", name="一般隐患"))
    page.keyboard.press("Space")
    inspector.tab_to(page.get_by_label("理由"))
    page.keyboard.type("轻微")
    inspector.tab_to(page.get_by_role("button", name="提交", exact=True))
    page.keyboard.press("Enter")
    inspector.told("已提交：核定等级")


def test_a_task_is_done_without_scripts(person: Opens, zone: Zone) -> None:
    inspector = person("inspector1", scripts=False)
    page = inspector.page
    page.goto(f"/tasks/{zone.task(zone.register(enterprise='enterprise05'))}")
    inspector.choose("隐患等级", "重大隐患")
    inspector.submit()
    inspector.write("判定标准条款", "令10 第五条(六)")
    inspector.submit()
    inspector.told("已提交：核定等级")


def test_menus_open_and_close_by_keyboard(person: Opens) -> None:
    page = person("inspector1").page
    menu = page.get_by_label("账号菜单")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()
    expect(menu).to_be_focused()

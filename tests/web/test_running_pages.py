"""The pages of the safety office: what failed is tried again, cases go to a newer version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Incident
from engine.store import queries
from tests.api.newer import PROCESS, deploy_newer
from tests.web.page_checks import Page
from tests.web.visitor import Visitor, actor, register
from workflows.app import Bihuan
from workflows.migrating.worker import Migrating
from workflows.running import migrating

Visit = Callable[..., Visitor]

MIGRATE = f"/operations/migrate/{PROCESS}/2"


@pytest.fixture
def failed(bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose transfer failed; the cause is removed again."""
    case = register(bihuan)

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("printer on fire")

    operations = {**bihuan.application.operations, "case.transferred": broken}
    with monkeypatch.context() as patched:
        patched.setattr(bihuan.application, "_operations", operations)
        head, data = actor(bihuan, "bureau_head"), {"receiver": "市局", "reason": "不属本园区"}
        with pytest.raises(Incident):
            bihuan.runtime.perform_act(head, case, "case.transfer", data)
    return case


def incident_of(bihuan: Bihuan) -> str:
    with bihuan.database.read() as session:
        [found] = queries.open_incidents(session)
    return found.id


def test_what_failed_is_seen_and_tried_again_with_a_reason(
    visit: Visit, bihuan: Bihuan, failed: str
) -> None:
    visitor = visit("office")
    assert 'href="/operations"' in visitor.get(f"/cases/{failed}").text
    listed = visitor.page("/operations")
    assert "printer on fire" in listed.text
    address = f"/operations/incidents/{incident_of(bihuan)}"
    assert "由原办理人再办一次" in visitor.page(address).text

    refused = visitor.post(address, {"reason": " "}, token_of=address)
    assert refused.status_code == 422
    assert "请填写理由" in refused.text

    done = visitor.post(address, {"reason": "打印机已修好"}, token_of=address)
    assert (done.status_code, done.location) == (303, "/operations")
    assert "没有待处理的系统异常" in visitor.page("/operations").text
    told = visitor.page(f"/cases/{failed}").text
    assert "重试系统异常" in told
    assert "打印机已修好" in told
    assert visitor.get(address).status_code == 404


def test_an_incident_is_read_in_english(visit: Visit, bihuan: Bihuan, failed: str) -> None:
    visitor = visit("office_head", "en")
    assert "Operations on running cases" in visitor.page("/operations").text
    address = f"/operations/incidents/{incident_of(bihuan)}"
    assert "the author does it again" in visitor.page(address).text


def test_a_preview_shows_why_and_what_changes_and_the_deed_reports(
    visit: Visit, bihuan: Bihuan
) -> None:
    case = register(bihuan)
    deploy_newer(bihuan)
    visitor = visit("office_head")
    assert "第 1 版 1 件" in visitor.page("/operations").text
    assert "本案“隐患整改闭环”按第 1 版办理" in visitor.page(f"/cases/{case}").text

    preview = visitor.page(MIGRATE)
    assert "共 1 件，其中 1 件可以迁移" in preview.text
    assert "核定等级：2026年3月3日 24:00 → 2026年3月5日 24:00" in preview.text

    refused = visitor.post(MIGRATE, {"case": case, "reason": ""}, token_of=MIGRATE)
    assert refused.status_code == 422
    refused = visitor.post(MIGRATE, {"reason": "改版"}, token_of=MIGRATE)
    assert "请选择要迁移的案件" in refused.text

    done = visitor.post(MIGRATE, {"case": case, "reason": "改版"}, token_of=MIGRATE)
    assert done.status_code == 200
    assert "已迁移 1 件，未迁移 0 件" in done.text
    told = visitor.page(f"/cases/{case}").text
    assert "流程迁移到新版本：隐患整改闭环" in told
    assert "第 1 版 → 第 2 版" in told
    assert "没有旧版本的案件需要迁移" in visitor.page(MIGRATE).text


def test_one_case_is_previewed_alone(visit: Visit, bihuan: Bihuan) -> None:
    case, other = register(bihuan), register(bihuan)
    deploy_newer(bihuan)
    text = visit("office_head").get(f"{MIGRATE}?case={case}").text
    assert f"/cases/{case}" in text
    assert f"/cases/{other}" not in text


def test_a_refusal_shows_the_one_case_again_and_no_other(visit: Visit, bihuan: Bihuan) -> None:
    case, other = register(bihuan), register(bihuan)
    deploy_newer(bihuan)
    visitor = visit("office_head")
    page = visitor.page(f"{MIGRATE}?case={case}")
    [form] = [one for one in page.elements if one.attributes.get("action", "").startswith(MIGRATE)]
    sent = {"case": case, "reason": ""}
    refused = visitor.post(form.attributes["action"], sent, token_of=MIGRATE)
    assert refused.status_code == 422
    assert f"/cases/{case}" in refused.text
    assert f"/cases/{other}" not in refused.text


def test_the_page_goes_on_behind_the_last_case_it_showed(
    visit: Visit, bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted([register(bihuan), register(bihuan)])
    deploy_newer(bihuan)
    monkeypatch.setattr(migrating, "MOST", 1)
    visitor = visit("office_head")
    onward = f"{MIGRATE}?after={first}"
    page = visitor.page(MIGRATE)
    assert "后面还有 1 件" in page.text
    assert way(page, "接着看后面的案件") == onward
    then = visitor.page(onward)
    shown = [one.attributes.get("href") for one in then.elements]
    assert (f"/cases/{first}" in shown, f"/cases/{second}" in shown) == (False, True)
    assert not [one for one in then.elements if one.text == "接着看后面的案件"]
    assert way(then, "从头看") == MIGRATE

    refused = visitor.post(onward, {"case": second, "reason": ""}, token_of=MIGRATE)
    assert f"/cases/{second}" in refused.text
    assert f"/cases/{first}" not in refused.text
    sent = {"case": first, "reason": "改版", "next": first}
    done = Page(visitor.post(MIGRATE, sent, token_of=MIGRATE).text)
    assert "已迁移 1 件" in done.text
    assert way(done, "接着看后面的案件") == onward
    visitor.post(onward, {"case": second, "reason": "改版"}, token_of="/notifications")
    assert "后面没有旧版本的案件" in visitor.page(onward).text


def way(page: Page, words: str) -> str:
    """Return where the link of these words leads."""
    [link] = [one for one in page.elements if one.tag == "a" and one.text == words]
    return link.attributes["href"]


def test_an_officer_sees_the_preview_and_cannot_send_it(visit: Visit, bihuan: Bihuan) -> None:
    case = register(bihuan)
    deploy_newer(bihuan)
    visitor = visit("office")
    page = visitor.page(MIGRATE)
    assert "由安委办主任、副主任决定" in page.text
    assert "迁移选中的案件" not in page.text
    sent = visitor.post(MIGRATE, {"case": case, "reason": "改版"}, token_of="/notifications")
    assert sent.status_code == 403


def test_others_are_neither_shown_the_way_nor_let_in(visit: Visit, bihuan: Bihuan) -> None:
    case = register(bihuan)
    deploy_newer(bihuan)
    visitor = visit("bureau_head")
    assert "/operations" not in visitor.get(f"/cases/{case}").text
    assert visitor.get("/operations").status_code == 403
    assert visitor.get(MIGRATE).status_code == 403
    assert visitor.get("/operations/incidents/none").status_code == 403


def test_a_version_that_is_none_is_not_found(visit: Visit) -> None:
    assert visit("office_head").get(f"/operations/migrate/{PROCESS}/9").status_code == 404
    assert visit("office_head").get("/operations/migrate/none/1").status_code == 404


@pytest.mark.parametrize(("cases", "offered"), [(2, False), (3, True)])
def test_every_case_is_chosen_or_none_by_one_click(
    visit: Visit, bihuan: Bihuan, cases: int, offered: bool
) -> None:
    for _ in range(cases):
        register(bihuan)
    deploy_newer(bihuan)
    office = visit("office_head")
    preview = office.get(MIGRATE).text
    assert preview.count('name="case"') == preview.count(" checked") == cases
    assert (f'href="{MIGRATE}?choose=none"' in preview) is offered
    none = office.get(f"{MIGRATE}?choose=none").text
    assert (none.count('name="case"'), none.count(" checked")) == (cases, 0)
    assert (f'<a href="{MIGRATE}">全部选中</a>' in none) is offered


@pytest.fixture
def run(visit: Visit, bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migration of all cases that was asked for on the page."""
    register(bihuan)
    deploy_newer(bihuan)
    monkeypatch.setattr("webapp.running.migration_page.MANY", 1)
    visitor = visit("office_head")
    assert f'action="{MIGRATE}/runs"' in visitor.get(MIGRATE).text
    asked = visitor.post(f"{MIGRATE}/runs", token_of=MIGRATE)
    again = visitor.post(f"{MIGRATE}/runs", token_of=MIGRATE)
    assert again.location == asked.location, "one at a time"
    return str(asked.location)


def work(bihuan: Bihuan) -> None:
    worker = Migrating(bihuan)
    while worker.step():
        pass


def test_many_cases_are_looked_at_before_anything_is_decided(
    visit: Visit, bihuan: Bihuan, run: str
) -> None:
    visitor = visit("office_head")
    waiting = visitor.get(run).text
    assert "正在逐件查看" in waiting
    assert 'data-hx-trigger="every 2s"' in waiting
    work(bihuan)
    looked = visitor.get(run).text
    assert "迁移可以迁移的 1 件" in looked
    assert "核定等级" in looked
    refused = visitor.post(f"{run}/begin", {"reason": " "}, token_of=run)
    assert refused.status_code == 422
    assert "请填写理由" in refused.text


def test_many_cases_are_migrated_stopped_gone_on_with_and_reported(
    visit: Visit, bihuan: Bihuan, run: str
) -> None:
    work(bihuan)
    visitor = visit("office_head")
    visitor.post(f"{run}/begin", {"reason": "新版公布"}, token_of=run)
    visitor.post(f"{run}/stop", token_of=run)
    assert "接着做" in visitor.get(run).text
    visitor.post(f"{run}/resume", token_of=run)
    work(bihuan)
    assert "已完成" in visitor.get(run).text
    table = visitor.get(f"{run}/report.csv").data.decode("utf-8-sig")
    assert "已迁移 migrated" in table
    assert f'href="{run}"' in visitor.get("/operations").text

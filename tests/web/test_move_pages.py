"""Moving a step from the page of its case."""

from __future__ import annotations

from collections.abc import Callable

from engine.store import queries
from tests.web.visitor import Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]

MAJOR = {"level": "major", "criterion": "令10 第五条(六)", "reason": "无压力报警"}


def proposed(bihuan: Bihuan) -> tuple[str, str]:
    """Return a case with a proposal that awaits a second opinion, and that task."""
    case = register(bihuan, proposed_level="major", criterion="令10 第五条(六)")
    officer = actor(bihuan, "inspector1")
    task = task_of(bihuan, case)
    done = bihuan.runtime.complete_task(officer, task, MAJOR)
    return case, done.opened_task_ids[0]


def task_of(bihuan: Bihuan, case: str) -> str:
    with bihuan.database.read() as session:
        [found] = queries.case_tasks(session, case, status="open")
    return found.id


def test_a_step_is_moved_from_its_case(visit: Visit, bihuan: Bihuan) -> None:
    case, task = proposed(bihuan)
    office = visit("office_head")
    address = f"/operations/tasks/{task}"
    assert address in office.get(f"/cases/{case}").text
    page = office.page(address).text
    assert "提出重大隐患：应急管理局（检查人员、负责人、副职），2026年3月3日 止" in page
    refused = office.post(address, {"choice": "propose_major"}, token_of=address)
    assert refused.status_code == 422
    assert 'href="#reason">理由：请填写理由' in refused.text
    refused = office.post(address, {"reason": "x"}, token_of=address)
    assert refused.status_code == 422
    assert 'href="#choice">移动到：请选择步骤' in refused.text
    refused = office.post(address, {"choice": "serve_order", "reason": "x"}, token_of=address)
    assert refused.status_code == 409
    assert "“第二人复核”不能移动到“送达整改文书”" in refused.text
    sent = {"choice": "propose_major", "reason": "条款引用错误", "seen": "1"}
    assert office.post(address, sent, token_of=address).status_code == 303
    told = office.page(f"/cases/{case}").text
    assert "移动到其他步骤" in told
    assert "条款引用错误" in told
    assert "提出重大隐患" in told


def test_only_head_and_deputy_of_the_office_are_led_there(visit: Visit, bihuan: Bihuan) -> None:
    case, task = proposed(bihuan)
    for person in ("office", "bureau_head"):
        visitor = visit(person)
        assert "/operations/tasks/" not in visitor.get(f"/cases/{case}").text
        assert visitor.get(f"/operations/tasks/{task}").status_code == 403


def test_the_page_of_a_move_says_who_has_taken_the_step(visit: Visit, bihuan: Bihuan) -> None:
    _, task = proposed(bihuan)
    office, address = visit("office_head"), f"/operations/tasks/{task}"
    assert "已签收" not in office.page(address).text
    bihuan.runtime.claim_task(actor(bihuan, "inspector2"), task)
    assert "执法员二；移动后这一步撤销，签收和未提交的草稿随之作废" in office.page(address).text

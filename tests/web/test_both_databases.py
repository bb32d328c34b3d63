"""Registration, inbox and task on SQLite and PostgreSQL alike: from a photo to the next task."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import pytest
from sqlalchemy import select

from engine.store.tables import Counter
from tests.web.page_checks import Page
from tests.web.test_inbox import task_of, titles
from tests.web.test_intake_and_ledger import DATA
from tests.web.test_tasks import open_task
from tests.web.visitor import PICTURE, Visitor, actor, register
from workflows.app import Bihuan
from workflows.domain import evidence

pytestmark = pytest.mark.usefixtures("copied")

Visit = Callable[..., Visitor]

FILES = {"upload:photos": (PICTURE, "现场.png")}


def test_a_hazard_goes_from_the_form_through_the_inbox_to_the_next_task(
    visit: Visit, bihuan: Bihuan
) -> None:
    visitor = visit("inspector1")
    done = visitor.post("/hazards/new", DATA, token_of="/hazards/new", files=FILES)
    assert done.status_code == 303
    case_id = done.location.rpartition("/")[2]
    assert "GY-2026-000001" in visitor.page(done.location).text
    with bihuan.database.read() as session:
        assert [file.name for file in evidence.of_case(session, case_id)] == ["现场.png"]
    inbox = visitor.page("/inbox?text=配电箱&scope=claimable")
    assert len(titles(inbox)) == 1
    task = task_of(inbox)
    assert visitor.post(f"{task}/claim", token_of="/inbox").location == task
    assert len(titles(visitor.page("/inbox?scope=mine"))) == 1
    assert titles(visit("inspector2").page("/inbox")) == []
    note = visitor.post(f"{task}/draft", {"reason": "写了一半"}, token_of=task)
    assert "草稿已于" in note.text
    seen = visitor.page(task).one("input", name="_seen").attributes["value"]
    answer = visitor.post(f"{task}/complete", {"level": "general", "_seen": seen}, token_of=task)
    assert answer.location == f"/tasks/{open_task(bihuan, case_id).id}"
    assert "配电箱未上锁" in visitor.page("/ledger?text=配电箱").text


def test_a_registration_sent_twice_registers_once(visit: Visit) -> None:
    visitor = visit("inspector1")
    data = {**DATA, "_key": "k"}
    sent = [
        visitor.post("/hazards/new", data, token_of="/hazards/new", files=FILES) for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [303, 303]
    assert sent[0].location == sent[1].location
    assert "共 1 条" in visitor.page("/ledger").text


def test_a_stale_task_keeps_what_was_typed(visit: Visit, bihuan: Bihuan) -> None:
    task = open_task(bihuan, register(bihuan))
    visitor = visit("inspector1")
    bihuan.runtime.claim_task(actor(bihuan, "inspector1"), task.id)
    data = {"level": "general", "reason": "我的理由", "_seen": task.row_version}
    answer = visitor.post(f"/tasks/{task.id}/complete", data, token_of=f"/tasks/{task.id}")
    assert answer.status_code == 409
    assert Page(answer.text).one("textarea", id="field-reason").text == "我的理由"


def test_a_number_that_another_command_holds_gives_the_form_back(
    visit: Visit, bihuan: Bihuan
) -> None:
    register(bihuan)
    visitor = visit("inspector1")
    token = visitor.token("/hazards/new")
    data = {**DATA, "csrf_token": token, "_key": "k"}
    with bihuan.database.begin() as session:
        session.execute(select(Counter).with_for_update()).all()
        began = monotonic()
        answer = visitor.client.post("/hazards/new", data=data, headers=visitor.headers)
        assert monotonic() - began < 8
    assert (answer.status_code, "没有保存，请再试一次" in answer.text) == (503, True)
    page = Page(answer.text)
    assert page.one("textarea", id="field-description").text == DATA["description"]
    again = visitor.client.post("/hazards/new", data=data, headers=visitor.headers)
    assert again.status_code == 303

from __future__ import annotations

import pytest

from engine.errors import Conflict, Incident, Invalid, NotAllowed, NotFound, Stale
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK, STRANGER
from tests.work.world import DECISION, World

WRITE_AND_SIGN = d.process(
    "letter",
    d.start(),
    d.user("write", "office"),
    d.user("sign", "board", form="decision"),
    d.exclusive("how", default="how_end"),
    d.service("stamp_it", "stamp"),
    d.end(),
    d.chain("begin", "write", "sign", "how"),
    d.flow("how", "stamp_it", 'decision = "agree"'),
    d.flow("how", "end"),
    d.flow("stamp_it", "end"),
)


@pytest.fixture
def letter(world: World) -> str:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    return world.start("letter")


def test_a_case_runs_from_its_start_to_its_end(world: World, letter: str) -> None:
    assert world.open_elements() == ["write"]
    result = world.runtime.complete_task(CLERK, world.task("write"), {}, comment="好")
    assert result.opened_task_ids == [world.task("sign")]
    assert result.next_task_id is None
    assert not result.closed
    done = world.runtime.complete_task(CHIEF, world.task("sign"), {"decision": "agree"})
    assert done.closed
    assert world.case(letter).status == "closed"
    assert world.document(letter)["notes"] == ["write", "sign", "stamped"]
    assert world.acts(letter) == ["case.start", "write.do", "sign.do", "paper.stamped"]
    written = world.history(letter)[1]
    assert (written.data, written.actor, written.element) == ({"comment": "好"}, "clerk", "write")
    assert world.sound()


def test_the_next_task_is_the_actors_own(world: World, letter: str) -> None:
    world.application.forbidden.clear()
    both = CHIEF.__class__("both", "二者", (*CLERK.grants, *CHIEF.grants))
    result = world.runtime.complete_task(both, world.task("write"), {})
    assert result.next_task_id == world.task("sign")


def test_a_task_is_completed_once(world: World, letter: str) -> None:
    task = world.task("write")
    world.runtime.complete_task(CLERK, task, {})
    with pytest.raises(Conflict):
        world.runtime.complete_task(CLERK, task, {})
    assert world.acts(letter).count("write.do") == 1


def test_an_unknown_task_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.runtime.complete_task(CLERK, "nothing", {})


def test_anothers_task_is_refused(world: World, letter: str) -> None:
    task = world.task("write")
    with pytest.raises(NotAllowed):
        world.runtime.complete_task(STRANGER, task, {})
    world.runtime.assign_task(CHIEF, task, "somebody", "请假")
    with pytest.raises(NotAllowed):
        world.runtime.complete_task(CLERK, task, {})
    assert world.open_elements() == ["write"]


def test_duties_are_kept_separate(world: World, letter: str) -> None:
    world.application.forbidden.add("clerk:write.do")
    with pytest.raises(NotAllowed):
        world.runtime.complete_task(CLERK, world.task("write"), {})
    assert world.document(letter)["notes"] == []


def test_a_stale_page_is_refused(world: World, letter: str) -> None:
    task = world.task("write")
    world.runtime.claim_task(CLERK, task)
    with pytest.raises(Stale):
        world.runtime.complete_task(CLERK, task, {}, seen_version=1)
    world.runtime.complete_task(CLERK, task, {}, seen_version=2)


def test_wrong_data_changes_nothing(world: World, letter: str) -> None:
    world.runtime.complete_task(CLERK, world.task("write"), {})
    with pytest.raises(Invalid) as refused:
        world.runtime.complete_task(CHIEF, world.task("sign"), {})
    assert [error.field for error in refused.value.errors] == ["decision"]
    with pytest.raises(Invalid):
        world.runtime.complete_task(CHIEF, world.task("sign"), {"decision": "x", "more": "y"})
    assert world.open_elements() == ["sign"]


def test_a_task_without_form_takes_no_data(world: World, letter: str) -> None:
    with pytest.raises(Invalid):
        world.runtime.complete_task(CLERK, world.task("write"), {"anything": 1})


def test_claiming_keeps_others_out_until_released(world: World, letter: str) -> None:
    colleague = CLERK.__class__("colleague", "同事", CLERK.grants)
    task = world.task("write")
    world.runtime.claim_task(CLERK, task)
    world.runtime.claim_task(CLERK, task)
    with pytest.raises(NotAllowed):
        world.runtime.claim_task(colleague, task)
    with pytest.raises(NotAllowed):
        world.runtime.release_task(colleague, task)
    world.runtime.release_task(CLERK, task)
    world.runtime.claim_task(colleague, task)
    assert world.acts(letter).count("task.claimed") == 2


@pytest.mark.parametrize("reason", ["", "  ", "\u200b\u2060", "请\u202e假", "请" * 2001])
def test_a_reason_for_handing_over_is_text_that_can_be_read(
    world: World, letter: str, reason: str
) -> None:
    task = world.task("write")
    for hand_over in (world.runtime.assign_task, world.runtime.delegate_task):
        with pytest.raises(Invalid) as refused:
            hand_over(CLERK, task, "somebody", reason)
        assert list(refused.value.by_field("zh")) == ["reason"]
    with pytest.raises(Invalid):
        world.runtime.free_task(CHIEF, task, reason)
    assert world.acts(letter)[-1] != "task.assigned"


def test_drafts_are_kept_per_person_and_gone_with_the_task(world: World, letter: str) -> None:
    task = world.task("write")
    assert world.runtime.draft(CLERK, task) == {}
    world.runtime.save_draft(CLERK, task, {"text": "a"})
    world.runtime.save_draft(CLERK, task, {"text": "b"})
    assert world.runtime.draft(CLERK, task) == {"text": "b"}
    assert world.runtime.draft(CHIEF, task) == {}
    world.runtime.complete_task(CLERK, task, {})
    assert world.runtime.draft(CLERK, task) == {}
    with pytest.raises(Conflict):
        world.runtime.save_draft(CLERK, task, {"text": "c"})


def test_a_case_is_begun_once_under_a_key(world: World) -> None:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    first = world.start("letter", idempotency_key="k1")
    assert world.start("letter", idempotency_key="k1") == first
    assert world.start("letter", idempotency_key="k2") != first
    world.deploy("other", d.process("other", d.start(), d.end(), d.chain("begin", "end")))
    with pytest.raises(Conflict):
        world.start("other", idempotency_key="k1")


def test_an_unknown_process_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.start("nothing")


def test_a_running_case_keeps_its_version(world: World, letter: str) -> None:
    shorter = d.process(
        "letter", d.start(), d.user("jot", "office"), d.end(), d.chain("begin", "jot", "end")
    )
    world.deploy("letter", shorter)
    world.start("letter")
    assert world.open_elements() == ["jot", "write"]
    result = world.runtime.complete_task(CLERK, world.task("write"), {})
    assert len(result.opened_task_ids) == 1
    assert world.open_elements() == ["jot", "sign"]


def test_an_act_that_a_version_has_no_form_for_takes_the_form_in_force(world: World) -> None:
    plain = d.process(
        "flow", d.start(), d.user("a", "office"), d.end(), d.chain("begin", "a", "end")
    )
    world.deploy("flow", plain)
    case = world.start("flow")
    with pytest.raises(Invalid, match="no form"):
        world.runtime.perform_act(CLERK, case, "comment", {"decision": "yes"})
    world.deploy("flow", plain, comment=DECISION)
    world.runtime.perform_act(CLERK, case, "comment", {"decision": "yes"})
    [row] = [row for row in world.history(case) if row.act == "comment"]
    assert row.data == {"decision": "yes"}


def test_an_answer_is_kept_in_the_flag_it_is_bound_to(world: World) -> None:
    urgent = {"type": "checkbox", "key": "urgent", "label": "加急"}
    amount = {
        "type": "number",
        "key": "amount",
        "label": "金额",
        "properties": {"binds": "token.cost"},
    }
    form = {
        "type": "default",
        "id": "ask",
        "components": [urgent | {"properties": {"binds": "token.fast"}}, amount],
    }
    bpmn = d.process(
        "letter",
        d.start(),
        d.user("write", "office", form="ask"),
        d.exclusive("how", default="how_end"),
        d.service("stamp_it", "stamp"),
        d.end(),
        d.chain("begin", "write", "how"),
        d.flow("how", "stamp_it", "fast and cost = null"),
        d.flow("how", "end"),
        d.flow("stamp_it", "end"),
    )
    world.deploy("letter", bpmn, ask=form)
    case = world.start("letter")
    world.runtime.complete_task(CLERK, world.task("write"), {"urgent": True})
    assert world.document(case)["notes"] == ["write", "stamped"]


def test_an_answer_that_nobody_would_keep_is_an_incident(world: World) -> None:
    cost = {"type": "number", "key": "cost", "label": "金额", "properties": {"binds": "ext.cost"}}
    bpmn = d.process(
        "letter",
        d.start(),
        d.user("write", "office", form="ask"),
        d.end(),
        d.chain("begin", "write", "end"),
    )
    world.deploy("letter", bpmn, ask={"type": "default", "id": "ask", "components": [cost]})
    world.start("letter")
    with pytest.raises(Incident, match="that keeps cost"):
        world.runtime.complete_task(CLERK, world.task("write"), {"cost": 3})
    assert world.open_elements() == ["write"]

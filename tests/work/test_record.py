from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from engine.errors import Conflict
from engine.store.queries import case_visits, task
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK
from tests.work.test_tasks import WRITE_AND_SIGN
from tests.work.world import DECISION, World

LOOP = d.process(
    "loop",
    d.start(),
    d.exclusive("again"),
    d.user("sign", "board", form="decision", english="Sign the letter\nTwice if need be."),
    d.exclusive("how", default="how_again"),
    d.end(),
    d.chain("begin", "again", "sign", "how", "again"),
    d.flow("how", "end", 'decision = "agree" or count(case.notes) &gt; 5'),
)


def _visits(world: World, case: str) -> list[tuple[str, str | None]]:
    with world.database.read() as session:
        return [(visit.element, visit.flow) for visit in case_visits(session, case)]


def test_the_path_names_every_flow_taken_in_order(world: World) -> None:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    case = world.start("letter")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    world.runtime.complete_task(CHIEF, world.task("sign"), {"decision": "refuse"})
    assert _visits(world, case) == [
        ("begin", "begin_write"),
        ("write", "write_sign"),
        ("sign", "sign_how"),
        ("how", "how_end"),
        ("end", None),
    ]


def test_a_gateway_is_recorded_with_the_values_it_read(world: World) -> None:
    world.deploy("loop", LOOP, decision=DECISION)
    case = world.start("loop")
    world.runtime.complete_task(CHIEF, world.task("sign"), {"decision": "refuse"})
    world.runtime.complete_task(CHIEF, world.task("sign"), {"decision": "agree"})
    with world.database.read() as session:
        details = [v.detail for v in case_visits(session, case) if v.element == "how"]
    condition = 'decision = "agree" or count(case.notes) > 5'
    assert details == [
        {
            "conditions": {condition: False},
            "read": {"decision": "refuse", "case.notes": ["sign"]},
        },
        {
            "conditions": {condition: True},
            "read": {"decision": "agree", "case.notes": ["sign", "sign"]},
        },
    ]


def test_a_gateway_reads_what_an_operation_has_just_written(world: World) -> None:
    remark = d.process(
        "remark",
        d.start(),
        d.exclusive("before", default="before_remark_it"),
        d.service("remark_it", "remark"),
        d.exclusive("after", default="after_end"),
        d.user("read", "office"),
        d.end(),
        d.chain("begin", "before", "remark_it", "after", "end"),
        d.flow("before", "end", "count(case.notes) = 1"),
        d.flow("after", "read", "count(case.notes) = 1"),
        d.flow("read", "end"),
    )
    world.deploy("remark", remark)
    world.start("remark")
    assert world.open_elements() == ["read"]


def test_a_task_has_its_name_in_both_languages(world: World) -> None:
    world.deploy("loop", LOOP, decision=DECISION)
    world.start("loop")
    with world.database.read() as session:
        row = task(session, world.task("sign"))
    assert (row.title_zh, row.title) == ("任务 sign", "Sign the letter")


def _at_once(count: int, work: Callable[[], object]) -> list[object]:
    """Do the same in several threads at the same moment; return values or exceptions."""
    outcomes: list[object] = []
    barrier = threading.Barrier(count)

    def one() -> None:
        barrier.wait()
        try:
            outcomes.append(work())
        except Conflict as error:
            outcomes.append(error)

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_people_at_once_one_completes(world: World) -> None:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    case = world.start("letter")
    task_id = world.task("write")
    outcomes = _at_once(4, lambda: world.runtime.complete_task(CLERK, task_id, {}))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
    assert world.acts(case).count("write.do") == 1
    assert world.sound()


def test_the_same_request_at_once_begins_one_case(world: World) -> None:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    outcomes = _at_once(4, lambda: world.start("letter", idempotency_key="k"))
    assert len(set(outcomes)) == 1
    assert world.open_elements() == ["write"]
    assert world.incidents() == []


def test_acts_on_one_case_wait_for_each_other(world: World) -> None:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    case = world.start("letter")
    outcomes = _at_once(6, lambda: world.runtime.perform_act(CLERK, case, "comment", {}))
    assert not any(isinstance(outcome, Conflict) for outcome in outcomes)
    assert world.acts(case).count("comment") == 6
    assert world.document(case)["notes"] == ["comment"] * 6
    assert world.sound()


def test_a_case_that_is_over_takes_no_act(world: World) -> None:
    world.deploy("letter", WRITE_AND_SIGN, decision=DECISION)
    case = world.start("letter")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    world.runtime.complete_task(CHIEF, world.task("sign"), {"decision": "refuse"})
    with pytest.raises(Conflict):
        world.runtime.perform_act(CLERK, case, "comment", {})

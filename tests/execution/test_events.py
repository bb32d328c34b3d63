from __future__ import annotations

import pytest
from SpiffWorkflow.util.task import TaskState

from engine import errors
from engine.execution.model import Thrown
from tests.execution import diagrams
from tests.execution.drawing import (
    both,
    boundary,
    catch,
    diagram,
    end,
    start,
    sub,
    throw,
    user,
    xor,
)
from tests.execution.runs import Run

OPEN = TaskState.NOT_FINISHED_MASK


def test_a_process_that_a_message_starts_waits_for_it() -> None:
    run = Run(diagrams.sign_off(), "sign_off")
    assert run.compiled.message_starts == {"extension.request"}
    assert run.waits.messages == {"extension.request"}
    run.message("extension.request")
    assert run.names == ["department", "park"]


def test_throws_surface_in_order_and_a_terminate_end_does_not() -> None:
    source = diagram(
        "p",
        [start(), throw("one", signal="deadline.moved"), throw("two", message="listing.open"),
         end(terminate=True)],
        "start > one > two > end",
    )  # fmt: skip
    run = Run(source)
    assert run.step.thrown == (
        Thrown("signal", "deadline.moved"),
        Thrown("message", "listing.open"),
    )
    assert run.ended


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_an_interrupting_boundary_ends_the_activity(kind: str) -> None:
    on = {
        "message": boundary("b", "u", message="go"),
        "signal": boundary("b", "u", signal="go"),
    }
    source = diagram(
        "p",
        [start(), user("u"), end(), on[kind], user("v"), end("e2")],
        "start > u > end; b > v > e2",
    )
    run = Run(source)
    getattr(run, kind)("go")
    assert run.names == ["v"]
    assert run.waits.messages | run.waits.signals == frozenset()


def test_an_interrupted_sub_process_leaves_nothing_behind() -> None:
    inner = sub("inner", [start("s2"), user("b"), end("e2")], "s2 > b > e2")
    box = sub(
        "box",
        [start("s"), both("f"), user("a"), end("ea"), inner, end("eb"),
         boundary("i", "inner", signal="in"), end("ei")],
        "s > f > a > ea; f > inner > eb; i > ei",
    )  # fmt: skip
    source = diagram(
        "p",
        [start(), box, end(), boundary("void", "box", message="case.void"), end("voided")],
        "start > box > end; void > voided",
    )
    run = Run(source)
    assert run.waits.signals == {"in"}
    run.message("case.void")
    assert run.ended
    assert run.waits.tasks == ()
    assert run.waits.signals == frozenset()


def test_a_boundary_that_does_not_interrupt_runs_beside_its_activity() -> None:
    source = diagram(
        "p",
        [start(), user("u"), end(), boundary("b", "u", signal="tell", interrupting=False),
         user("v"), end("e2")],
        "start > u > end; b > v > e2",
    )  # fmt: skip
    run = Run(source)
    run.signal("tell")
    assert run.names == ["u", "v"]
    run.complete("u")
    assert run.names == ["v"]
    run.complete("v")
    assert run.ended


def test_a_message_that_nothing_waits_for_is_refused_and_changes_nothing() -> None:
    run = Run(diagram("p", [start(), user("u"), end()], "start > u > end"))
    with pytest.raises(errors.Conflict, match="unheard"):
        run.instance.deliver_message("unheard")
    assert run.instance.dump() == run.blob
    run.complete("u")
    assert run.ended


def test_a_signal_is_no_message_of_the_same_name() -> None:
    source = diagram("p", [start(), catch("c", message="go"), end()], "start > c > end")
    run = Run(source)
    with pytest.raises(errors.Conflict):
        run.instance.deliver_signal("go")
    run.message("go")
    assert run.ended


def test_the_box_keeps_its_clock_and_offers_its_exits() -> None:
    run = Run(diagrams.box(), "box")
    assert run.names == ["rectify"]
    assert run.waits.messages == {"case.void", "level.raise"}
    assert {armed.element for armed in run.waits.timers} == {"due", "hour"}
    run.complete("rectify")
    assert run.names == ["close"]
    assert run.waits.timers == ()


def test_the_repeating_box_is_raised_and_closed_from_outside() -> None:
    run = Run(diagrams.rounds(), "rounds", token={"n": 2})
    run.message("listing.open")
    assert run.names == ["publish"]
    run.complete("publish")
    run.message("listing.open")
    assert run.names == ["publish"]
    run.signal("case.closed")
    assert run.names == ["remove"]
    run.complete("remove")
    assert run.ended


def test_a_refusal_ends_the_sign_off_and_a_withdrawal_too() -> None:
    refused = Run(diagrams.sign_off(), "sign_off")
    refused.message("extension.request")
    refused.complete("park", a=3)
    assert refused.names == ["file"]
    withdrawn = Run(diagrams.sign_off(), "sign_off")
    withdrawn.message("extension.request")
    withdrawn.message("extension.withdraw")
    assert withdrawn.ended


def test_an_error_that_nobody_catches_is_an_incident() -> None:
    source = diagram("p", [start(), user("u"), xor("x"), end(error="E1")], "start > u > x > end")
    run = Run(source)
    with pytest.raises(errors.Incident, match="nothing catches"):
        run.complete("u")


def test_an_error_of_a_sub_process_is_caught_at_its_boundary() -> None:
    box = sub("box", [start("s"), user("a"), end("e", error="E1")], "s > a > e")
    source = diagram(
        "p", [start(), box, end(), boundary("b", "box", error="E1"), user("v"), end("e2")],
        "start > box > end; b > v > e2",
    )  # fmt: skip
    run = Run(source)
    run.complete("a")
    assert run.names == ["v"]


def test_an_instance_is_cancelled_with_everything_that_is_nested_in_it() -> None:
    run = Run(diagrams.nested(), "nested")
    assert run.names == ["deep"]
    task = run.task("deep").task_id
    scopes = list(run.instance._workflow.scopes())
    run.instance.cancel()
    assert run.instance.ended
    assert len(scopes) == 4
    assert all(scope.is_completed() for scope in scopes)
    assert not any(task.has_state(OPEN) for scope in scopes for task in scope.tasks.values())
    with pytest.raises(errors.Conflict):
        run.instance.complete(task, {})


def test_a_removed_task_is_waited_for_no_more_nor_is_what_runs_inside_it() -> None:
    workflow = Run(diagrams.nested(), "nested").instance._workflow
    outer = next(task for task in workflow.tasks.values() if task.task_spec.name == "first")
    assert len(workflow.subprocesses) == 3
    assert len(workflow.event_manager.tasks) == 4
    workflow._remove_task(outer.id)
    assert not workflow.subprocesses
    armed = [task.task_spec.name for task in workflow.event_manager.tasks.values()]
    assert armed == ["over"]

from __future__ import annotations

import pytest

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
    with pytest.raises(errors.Incident, match="ErrorEventDefinition"):
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

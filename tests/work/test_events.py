from __future__ import annotations

import pytest

from engine import clock
from engine.errors import Conflict, Incident, NotAllowed, NotFound
from engine.work.case_row import lock_case
from engine.work.open_case import open_case
from engine.work.parts import Parts
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK
from tests.work.world import DECISION, World

ROOT = d.process(
    "root",
    d.start(),
    d.box(
        "life",
        d.start("life_begin"),
        d.user("write", "office"),
        d.throw("ask", "help.wanted"),
        d.user("wait", "office"),
        d.end("life_end"),
        d.chain("life_begin", "write", "ask", "wait", "life_end"),
    ),
    d.boundary("on_withdraw", "life", message="withdraw"),
    d.end(),
    d.end("withdrawn"),
    d.chain("begin", "life", "end"),
    d.chain("on_withdraw", "withdrawn"),
    messages=("help.wanted", "withdraw"),
)

HELP = d.process(
    "help",
    d.start(message="help.wanted"),
    d.user("advise", "board"),
    d.end(),
    d.chain("begin", "advise", "end"),
    messages=("help.wanted",),
)

ARCHIVE = d.process(
    "archive",
    d.start(message="appeal"),
    d.box(
        "keep",
        d.start("keep_begin"),
        d.user("hold", "board"),
        d.end("keep_end"),
        d.chain("keep_begin", "hold", "keep_end"),
    ),
    d.boundary("on_closed", "keep", signal="case.closed"),
    d.user("take_down", "board"),
    d.end(),
    d.chain("begin", "keep", "end"),
    d.chain("on_closed", "take_down", "end"),
    messages=("appeal",),
    signals=("case.closed",),
)


@pytest.fixture
def case(world: World) -> str:
    world.deploy("root", ROOT)
    world.deploy("help", HELP)
    world.deploy("archive", ARCHIVE)
    return world.start("root")


def _offered(world: World, case: str) -> list[str]:
    return [act.name for act in world.runtime.offered_acts(CLERK, case)]


def test_a_message_starts_the_process_that_begins_with_it(world: World, case: str) -> None:
    result = world.runtime.complete_task(CLERK, world.task("write"), {})
    assert len(result.opened_task_ids) == 2
    assert world.instances() == [("root", "live"), ("help", "live")]
    assert world.open_elements() == ["advise", "wait"]
    assert world.acts(case)[-1] == "process.started"


def test_acts_are_offered_while_lawful_and_expected(world: World, case: str) -> None:
    assert _offered(world, case) == ["withdraw", "appeal", "comment"]
    world.application.forbidden.add("appeal")
    assert _offered(world, case) == ["withdraw", "comment"]
    with pytest.raises(NotAllowed):
        world.runtime.perform_act(CLERK, case, "appeal", {})
    world.runtime.perform_act(CLERK, case, "withdraw", {})
    assert _offered(world, case) == []
    with pytest.raises(NotFound):
        world.runtime.perform_act(CLERK, case, "unknown", {})


def test_a_plain_act_moves_no_token(world: World, case: str) -> None:
    world.runtime.perform_act(CLERK, case, "comment", {}, comment="请注意")
    assert world.open_elements() == ["write"]
    row = world.history(case)[-1]
    assert (row.act, row.data, row.outcome) == ("comment", {"comment": "请注意"}, "acted")


def test_an_act_that_nothing_waits_for_is_refused(world: World, case: str) -> None:
    world.runtime.complete_task(CLERK, world.task("write"), {})
    world.runtime.complete_task(CLERK, world.task("wait"), {})
    with pytest.raises(Conflict):
        world.runtime.perform_act(CLERK, case, "withdraw", {})


def test_the_end_of_the_root_cancels_who_does_not_listen(world: World, case: str) -> None:
    world.runtime.complete_task(CLERK, world.task("write"), {})
    world.runtime.perform_act(CLERK, case, "appeal", {})
    assert world.open_elements() == ["advise", "hold", "wait"]
    result = world.runtime.complete_task(CLERK, world.task("wait"), {})
    assert world.instances() == [
        ("root", "completed"),
        ("help", "cancelled"),
        ("archive", "live"),
    ]
    assert world.statuses()["advise"] == "cancelled"
    assert world.open_elements() == ["take_down"]
    assert not result.closed
    cancelled = next(row for row in world.history(case) if row.act == "process.cancelled")
    assert cancelled.data["reason"] == "case.closed"
    last = world.runtime.complete_task(CHIEF, world.task("take_down"), {})
    assert last.closed
    assert world.sound()


def test_a_boundary_message_ends_the_box(world: World, case: str) -> None:
    result = world.runtime.perform_act(CLERK, case, "withdraw", {})
    assert result.closed
    assert world.statuses() == {"write": "cancelled"}
    assert world.document(case)["notes"] == ["withdraw"]


def test_two_receivers_of_a_message_are_an_incident(world: World, case: str) -> None:
    twin = d.process(
        "twin",
        d.start(message="appeal"),
        d.catch("waiting", "comment"),
        d.end(),
        d.chain("begin", "waiting", "end"),
        messages=("appeal", "comment"),
    )
    world.deploy("archive", ARCHIVE.replace(b'name="appeal"', b'name="other"'))
    world.deploy("twin", twin)
    world.runtime.perform_act(CLERK, case, "appeal", {})
    world.runtime.send_message(CLERK, case, "appeal", {})
    assert world.instances().count(("twin", "live")) == 2
    with pytest.raises(Incident):
        world.runtime.send_message(CLERK, case, "comment", {})
    assert "2 instances" in world.incidents()[0].message


def test_a_message_that_comes_early_is_kept(world: World) -> None:
    reader = d.process(
        "reader",
        d.start(),
        d.user("write", "office"),
        d.catch("answer", "answer.came"),
        d.user("read", "office"),
        d.end(),
        d.chain("begin", "write", "answer", "read", "end"),
        messages=("answer.came",),
    )
    world.deploy("reader", reader)
    case = world.start("reader")
    world.runtime.send_message(CLERK, case, "answer.came", {"number": 7})
    assert world.open_elements() == ["write"]
    world.runtime.complete_task(CLERK, world.task("write"), {})
    assert world.open_elements() == ["read"]
    assert world.history(case)[1].data == {"message": "answer.came", "number": 7}
    world.runtime.send_message(CLERK, case, "answer.came", {})
    world.runtime.complete_task(CLERK, world.task("read"), {})
    with pytest.raises(Conflict):
        world.runtime.send_message(CLERK, case, "answer.came", {})


def test_a_signal_reaches_the_others_and_is_not_kept(world: World) -> None:
    pair = d.process(
        "pair",
        d.start(),
        d.user("first", "office"),
        d.throw("call", "side.begin"),
        d.user("second", "office"),
        _signal_throw("ring", "bell"),
        d.user("third", "office"),
        d.end(),
        d.chain("begin", "first", "call", "second", "ring", "third", "end"),
        messages=("side.begin",),
        signals=("bell",),
    )
    side = d.process(
        "side",
        d.start(message="side.begin"),
        d.box(
            "room",
            d.start("room_begin"),
            d.user("sleep", "board"),
            d.end("room_end"),
            d.chain("room_begin", "sleep", "room_end"),
        ),
        d.boundary("on_bell", "room", signal="bell"),
        d.user("wake", "board"),
        d.end(),
        d.chain("begin", "room", "end"),
        d.chain("on_bell", "wake", "end"),
        messages=("side.begin",),
        signals=("bell",),
    )
    world.deploy("pair", pair, decision=DECISION)
    world.deploy("side", side)
    world.start("pair")
    world.runtime.complete_task(CLERK, world.task("first"), {})
    assert world.open_elements() == ["second", "sleep"]
    world.runtime.complete_task(CLERK, world.task("second"), {})
    assert world.open_elements() == ["third", "wake"]


def test_a_signal_never_comes_back_to_its_thrower(world: World) -> None:
    both = d.process(
        "both",
        d.start(),
        d.parallel("split"),
        d.box(
            "room",
            d.start("room_begin"),
            d.user("sleep", "board"),
            d.end("room_end"),
            d.chain("room_begin", "sleep", "room_end"),
        ),
        d.boundary("on_bell", "room", signal="bell"),
        d.user("wake", "board"),
        d.user("first", "office"),
        d.end(),
        d.chain("begin", "split", "room", "end"),
        d.chain("split", "first", "end"),
        d.chain("on_bell", "wake", "end"),
        signals=("bell",),
    )
    world.deploy("both", both)
    case = world.start("both")
    with world.database.begin() as session:
        with clock.use(world.moment):
            opened = open_case(_parts(world), session, lock_case(session, case), CLERK)
        [instance] = opened.run.instances
        assert instance.signals == {"bell"}
        assert opened.run.signal("bell", instance) == []
    assert world.open_elements() == ["first", "sleep"]


def _parts(world: World) -> Parts:
    return Parts(world.database, world.application, world.runtime.catalogue)


def _signal_throw(name: str, signal: str) -> str:
    event = f'<bpmn:signalEventDefinition signalRef="s_{signal}"/>'
    return f'<bpmn:intermediateThrowEvent id="{name}">{event}</bpmn:intermediateThrowEvent>'


def test_an_operation_ends_every_side_process_but_those_it_names(world: World) -> None:
    """What a message of the same step starts belongs to what comes after, and lives."""
    world.application.operations["clear"] = lambda _case, _token, context: (
        context.end_side_processes("cleared", keep={"archive"})
    )
    flow = ("begin", "write", "ask", "wait", "clear_all", "ask_again", "rest", "end")
    root = d.process(
        "root",
        d.start(),
        d.user("write", "office"),
        d.throw("ask", "help.wanted"),
        d.user("wait", "office"),
        d.service("clear_all", "clear"),
        d.throw("ask_again", "help.wanted"),
        d.user("rest", "office"),
        d.end(),
        d.chain(*flow),
        messages=("help.wanted",),
    )
    for name, source in (("root", root), ("help", HELP), ("archive", ARCHIVE)):
        world.deploy(name, source)
    case = world.start("root")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    world.runtime.perform_act(CLERK, case, "appeal", {})
    first = world.task("advise")
    world.runtime.complete_task(CLERK, world.task("wait"), {})
    assert world.open_elements() == ["advise", "hold", "rest"]
    assert world.task("advise") != first
    ended = [row.data["reason"] for row in world.history(case) if row.act == "process.cancelled"]
    assert ended == ["cleared"]
    assert world.sound()

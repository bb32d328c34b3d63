from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.errors import Conflict
from engine.ports import Rung
from engine.store.queries import inbox
from engine.store.tables import Case, RungRow
from engine.work import room
from engine.work.room import Room
from engine.work.worker import run_worker
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK, PaperFile
from tests.work.world import World

LIMITED = d.process(
    "limited",
    d.start(),
    d.parallel("both"),
    d.user("limit_task", "office", ladder="w1"),
    d.timer("clock", "limit"),
    d.service("stamp_it", "stamp"),
    d.throw("tell", "limit.passed"),
    d.end("told"),
    d.end("done"),
    d.chain("begin", "both", "limit_task", "done"),
    d.chain("both", "clock", "stamp_it", "tell", "told"),
    messages=("limit.passed",),
)

LATE = d.process(
    "late",
    d.start(message="limit.passed"),
    d.user("explain", "board"),
    d.end(),
    d.chain("begin", "explain", "end"),
    messages=("limit.passed",),
)


@pytest.fixture
def limited(world: World) -> World:
    world.application.dates = {"limit": world.instant(days=1)}
    world.deploy("limited", LIMITED)
    world.deploy("late", LATE)
    return world


def _move(world: World, case: str, name: str = "limit", **step: float) -> None:
    """Move a date by a plain act."""
    world.application.moving = (name, world.instant(**step))
    world.runtime.perform_act(CLERK, case, "comment", {})
    world.application.moving = None


def test_a_date_fires_when_it_has_come(limited: World) -> None:
    case = limited.start("limited")
    assert limited.case(case).next_due_at == limited.moment.now() + timedelta(days=1)
    assert limited.runtime.fire_due() == 0
    limited.later(days=1)
    assert limited.runtime.fire_due() == 1
    assert limited.runtime.fire_due() == 0
    assert limited.open_elements() == ["explain", "limit_task"]
    assert limited.case(case).next_due_at is None
    fired = next(row for row in limited.history(case) if row.act == "paper.stamped")
    assert fired.actor == "system"


def test_a_moved_date_is_followed(limited: World) -> None:
    case = limited.start("limited")
    _move(limited, case, days=3)
    assert limited.case(case).next_due_at == limited.moment.now() + timedelta(days=3)
    limited.later(days=2)
    assert limited.runtime.fire_due() == 0
    _move(limited, case, hours=-1)
    assert limited.runtime.fire_due() == 0, "an earlier date fires in the act that set it"
    assert "explain" in limited.open_elements()


def test_fire_due_keeps_to_its_limits(limited: World) -> None:
    for _ in range(3):
        limited.start("limited")
    limited.later(days=1)
    assert limited.runtime.fire_due(until=limited.moment.now() - timedelta(hours=1)) == 0
    assert limited.runtime.fire_due(limit=2) == 2
    assert limited.runtime.fire_due() == 1


def test_what_fell_due_happened_before_the_act(limited: World) -> None:
    case = limited.start("limited")
    limited.later(days=1, seconds=5)
    limited.runtime.complete_task(CLERK, limited.task("limit_task"), {})
    acts = limited.acts(case)
    assert acts.index("paper.stamped") < acts.index("limit_task.do")
    assert limited.instances()[1][0] == "late"


def test_a_refused_act_does_not_undo_what_fell_due(limited: World) -> None:
    case = limited.start("limited")
    task = limited.task("limit_task")
    limited.runtime.complete_task(CLERK, task, {})
    limited.later(days=2)
    with pytest.raises(Conflict):
        limited.runtime.complete_task(CLERK, task, {})
    assert "paper.stamped" in limited.acts(case)


def test_two_workers_fire_every_date_once(limited: World) -> None:
    cases = [limited.start("limited") for _ in range(20)]
    limited.later(days=1)
    stop = threading.Event()
    workers = [
        threading.Thread(target=run_worker, args=(limited.runtime, stop, 0.05)) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    wait = threading.Event()
    for _ in range(200):
        if len(limited.open_elements()) == 40:
            break
        wait.wait(0.05)
    stop.set()
    for worker in workers:
        worker.join()
    assert [limited.acts(case).count("paper.stamped") for case in cases] == [1] * 20
    assert limited.incidents() == []
    assert limited.sound()


def test_rungs_tell_widen_and_vanish_with_their_task(limited: World) -> None:
    at = limited.moment.now()
    limited.application.rungs["w1"] = [
        Rung("past", at - timedelta(hours=1)),
        Rung("remind", at + timedelta(hours=1)),
        Rung("widen", at + timedelta(hours=2)),
        Rung("last", at + timedelta(hours=3)),
    ]
    case = limited.start("limited")
    assert limited.case(case).next_due_at == at + timedelta(hours=1)
    with limited.database.read() as session:
        assert inbox(session, CHIEF).total == 0
    limited.later(hours=2)
    assert limited.runtime.fire_due() == 1
    assert limited.application.fired == ["remind", "widen"]
    with limited.database.read() as session:
        assert inbox(session, CHIEF).total == 1
    limited.runtime.complete_task(CHIEF, limited.task("limit_task"), {})
    with limited.database.read() as session:
        assert session.execute(select(RungRow.id)).all() == []
    limited.later(hours=2)
    assert limited.runtime.fire_due() == 0
    assert limited.application.fired == ["remind", "widen"]


def test_reminders_hang_on_their_key_and_follow_its_date(limited: World) -> None:
    at = limited.moment.now()
    reminding = limited.application.reminding
    reminding["deadline1"] = [Rung("one day", at + timedelta(hours=5))]
    case = limited.start("limited")
    reminding["deadline1"] = [Rung("one day", at + timedelta(hours=3))]
    limited.runtime.perform_act(CLERK, case, "comment", {})
    assert limited.case(case).next_due_at == at + timedelta(hours=3)
    limited.later(hours=3)
    limited.runtime.fire_due()
    assert limited.application.fired == ["one day"]
    limited.runtime.perform_act(CLERK, case, "comment", {})
    assert limited.application.fired == ["one day"]
    del reminding["deadline1"]
    limited.runtime.perform_act(CLERK, case, "comment", {})
    with limited.database.read() as session:
        assert session.execute(select(RungRow.id)).all() == []


def test_a_reminder_already_past_when_it_is_set_is_not_told(limited: World) -> None:
    past = limited.moment.now() - timedelta(hours=1)
    limited.application.reminding["deadline1"] = [Rung("too late", past)]
    case = limited.start("limited")
    limited.runtime.perform_act(CLERK, case, "comment", {})
    assert limited.application.fired == []


def test_after_a_pause_dates_pass_in_their_order(world: World) -> None:
    def waiting(name: str, begin: str, *middle: str) -> bytes:
        operation = d.service("operate", "first" if name == "side" else "second")
        date = d.timer("clock", "first" if name == "side" else "second")
        ways = d.chain("begin", *[m.split('"')[1] for m in middle], "clock", "operate", "end")
        parts = (begin, *middle, date, operation, d.end(), ways)
        return d.process(name, *parts, messages=("side.begin",))

    world.deploy("root", waiting("root", d.start(), d.throw("call", "side.begin")))
    world.deploy("side", waiting("side", d.start(message="side.begin")))
    world.application.dates = {"first": world.instant(days=1), "second": world.instant(days=2)}
    case = world.start("root")
    world.later(days=3)
    assert world.runtime.fire_due() == 1
    assert world.document(case)["notes"] == ["first passed", "second passed"]


def test_after_a_pause_an_instance_runs_no_further_than_to_the_date_of_another(
    world: World,
) -> None:
    # Beside the root, one instance waits for days 1 and 3 and the root for day 2.
    for name, passing in (("side", ("one", "three")), ("mother", ("two",))):
        steps: list[str] = []
        for day in passing:
            steps += [f"clock_{day}", f"pass_{day}"]
            world.application.operations[f"pass.{day}"] = _noting(day)
        parts = [d.timer(f"clock_{day}", day) for day in passing]
        parts += [d.service(f"pass_{day}", f"pass.{day}") for day in passing]
        begin = d.start("begin", message="side.begin") if name == "side" else d.start("begin")
        ring = [] if name == "side" else [d.throw("ring", "side.begin")]
        stay = [] if name == "side" else [d.user("stay", "office")]
        road = ["begin", *(["ring"] if ring else []), *steps, *(["stay"] if stay else []), "end"]
        messages = ("side.begin",)
        bpmn = d.process(
            name, begin, *ring, *parts, *stay, d.end(), d.chain(*road), messages=messages
        )
        world.deploy(name, bpmn)
    days = {"one": 1, "two": 2, "three": 3}
    world.application.dates = {name: world.instant(days=day) for name, day in days.items()}
    case = world.start("mother")
    world.later(days=30)
    assert world.runtime.fire_due() == 1
    assert world.document(case)["notes"] == ["one", "two", "three"]


def _noting(day: str) -> Callable[..., None]:
    def note(case: PaperFile, _token: object, _context: object) -> None:
        case.note(day)
        case.set_date(day, None)

    return note


def test_a_tasks_date_follows_the_case(limited: World) -> None:
    limited.application.dates = {"limit_task": limited.instant(days=1)}
    case = limited.start("limited")
    with limited.database.read() as session:
        before = inbox(session, CLERK).items[0]

    _move(limited, case, "limit_task", days=9)
    with limited.database.read() as session:
        after = inbox(session, CLERK).items[0]
    assert before.due_at == limited.moment.now() + timedelta(days=1)
    assert after.due_at == limited.moment.now() + timedelta(days=9)
    assert after.row_version == before.row_version


def test_people_write_between_two_cases_that_fall_due(limited: World) -> None:
    cases = [limited.start("limited") for _ in range(3)]
    limited.later(days=1)
    wrote: list[int] = []

    def people() -> None:
        with limited.database.begin() as session:
            session.execute(update(Case).values(open_incidents=Case.open_incidents))
            due = Case.next_due_at <= limited.moment.now()
            wrote.append(len(session.scalars(select(Case.id).where(due)).all()))

    assert limited.runtime.fire_due(between=people) == len(cases)
    assert wrote == [2, 1, 0]


def test_a_worker_rests_once_it_has_worked_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    seconds = iter([0.0, 0.05, 0.07, 0.10, 0.12, 0.20, 0.25])
    monkeypatch.setattr(room, "monotonic", lambda: next(seconds))
    left = Room(rests.append)
    left.leave()
    assert rests == []
    left.leave()
    assert rests == [room.rest_after(0.07)]
    left.leave()
    assert len(rests) == 1
    left.leave()
    assert len(rests) == 2


@pytest.mark.parametrize(("worked", "rest"), [(0.1, 0.1), (9, 0.25)])
def test_a_rest_is_longer_after_longer_work(worked: float, rest: float) -> None:
    assert room.rest_after(worked) == rest
    assert room.rest_after(worked, 0.5) <= rest
    assert room.rest_after(0) == room.LEAST

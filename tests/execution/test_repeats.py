"""Boundaries that come again beside their activity; random walks against a plain model."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engine import clock, errors
from engine.execution.compiled import compile_process
from tests.execution.drawing import (
    Node,
    boundary,
    diagram,
    end,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run
from tests.execution.walks import Stock

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WALKS = 80


def beside(event: Node, handler: Node) -> bytes:
    nodes = [start(), user("u"), user("after"), end(), event, handler, end("e2")]
    return diagram("p", nodes, f"start > u > after > end; {event.id} > {handler.id} > e2")


def count(run: Run) -> int:
    return sum(name == "remind" for name, _, _ in run.host.calls)


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_a_message_comes_as_often_as_it_is_sent(kind: str) -> None:
    kinds = {
        "message": boundary("b", "u", message="go", interrupting=False),
        "signal": boundary("b", "u", signal="go", interrupting=False),
    }
    run = Run(beside(kinds[kind], user("v")))
    for number in range(1, 6):
        getattr(run, kind)("go")
        assert run.names == ["u", *["v"] * number]
        assert run.visited[0].element == "b"
    run.complete("v")
    run.complete("u")
    assert run.names == ["after", *["v"] * 4]
    assert not run.waits.messages | run.waits.signals
    with pytest.raises(errors.Conflict):
        getattr(run.instance, f"deliver_{kind}")("go")


def test_the_stock_library_would_take_it_once() -> None:
    """The reason for a boundary of our own: should this ever fail, the library has been mended."""
    stock = Stock(beside(boundary("b", "u", message="go", interrupting=False), user("v")), "p",
                  FakeHost(), {})  # fmt: skip
    stock.settle()
    stock.deliver("message", "go")
    assert stock.settle().messages == frozenset()


def test_what_a_message_started_outlives_an_interruption_of_the_activity() -> None:
    events = [
        boundary("b", "u", message="go", interrupting=False),
        boundary("x", "u", message="stop"),
    ]
    nodes = [start(), user("u"), end(), *events, user("v"), user("w"), end("e2"), end("e3")]
    run = Run(diagram("p", nodes, "start > u > end; b > v > w > e2; x > e3"))
    run.message("go")
    run.message("go")
    run.complete("v")
    run.message("stop")
    assert run.names == ["v", "w"]
    run.complete("w")
    run.complete("v")
    run.complete("w")
    assert run.ended


def test_a_hundred_messages_leave_a_small_state() -> None:
    run = Run(beside(boundary("b", "u", message="go", interrupting=False), service("s", "remind")))
    for _ in range(100):
        run.message("go")
    assert count(run) == 100
    assert len(run.blob) < 2_000


def test_a_cycle_reminds_so_often_and_loses_no_handler() -> None:
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        event = boundary("b", "u", cycle='"R3/P1D"', interrupting=False)
        run = Run(beside(event, user("v")))
        for number in range(1, 4):
            assert [armed.value for armed in run.waits.timers] == [time.now() + DAY]
            time.advance(DAY)
            run.settle()
            assert run.names == ["u", *["v"] * number]
        assert [armed.value for armed in run.waits.timers] == [None]
        time.advance(9 * DAY)
        run.settle()
        run.complete("u")
        assert run.names == ["after", "v", "v", "v"]


def test_what_was_missed_in_downtime_comes_once() -> None:
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        event = boundary("b", "u", cycle='"R/PT1H"', interrupting=False)
        run = Run(beside(event, service("s", "remind")))
        time.advance(30 * DAY)
        run.settle()
        assert count(run) == 1
        assert run.waits.timers[0].value == time.now() + timedelta(hours=1)
        run.complete("u")
        assert run.waits.timers == ()


def test_a_date_comes_once_for_each_value_of_its_row() -> None:
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        host = FakeHost()
        host.dates["d"] = NOON + DAY
        event = boundary("b", "u", cycle='due("d")', interrupting=False)
        run = Run(beside(event, service("s", "remind")), host=host)
        time.advance(2 * DAY)
        run.settle()
        run.settle()
        (armed,) = run.waits.timers
        assert (count(run), armed.value, armed.after) == (1, None, NOON + DAY)
        host.dates["d"] = NOON + 3 * DAY
        run.settle()
        assert (count(run), run.waits.timers[0].value) == (1, NOON + 3 * DAY)
        time.advance(2 * DAY)
        run.settle()
        assert count(run) == 2


@pytest.mark.parametrize("text", ['"R3/1D"', '"R3/P0D"', '"R9999/P1D"', '"P1D"', "7", '"R3"'])
def test_what_is_no_cycle_is_an_incident(text: str) -> None:
    event = boundary("b", "u", cycle=text, interrupting=False)
    with clock.use(clock.VirtualClock(NOON)), pytest.raises(errors.Incident):
        Run(beside(event, user("v")))


@pytest.mark.parametrize("on", ["interrupting boundary", "catch"])
def test_a_cycle_elsewhere_is_refused(on: str) -> None:
    event = boundary("b", "u", cycle='"R3/P1D"', interrupting=False)
    source = beside(event, user("v"))
    if on == "catch":
        nodes = [start(), timer("t", cycle='"R3/P1D"'), end()]
        source = diagram("p", nodes, "start > t > end")
    else:
        source = source.replace(b'cancelActivity="false"', b'cancelActivity="true"')
    with pytest.raises(errors.Invalid, match="cycle"):
        compile_process(source, "p")


def repeated() -> bytes:
    """A box with four boundaries that come again, one that ends it, in a loop."""
    box = sub("box", [start("s"), user("u"), user("w"), end("e")], "s > u > w > e")
    kinds = {
        "m": boundary("m", "box", message="go", interrupting=False),
        "s": boundary("sig", "box", signal="tell", interrupting=False),
        "c": boundary("c", "box", cycle='"R4/P2D"', interrupting=False),
        "d": boundary("d", "box", cycle='due("d")', interrupting=False),
    }
    nodes = [start(), xor("turn"), box, xor("more", default="more-turn"), end(), *kinds.values()]
    nodes += [boundary("stop", "box", message="stop")]
    flows = ["start > turn > box > more > turn; more > end | done = true; stop > more"]
    for name, event in kinds.items():
        nodes += [user(f"h{name}"), user(f"i{name}"), end(f"e{name}")]
        flows.append(f"{event.id} > h{name} > i{name} > e{name}")
    return diagram("p", nodes, "\n".join(flows))


class _Model:
    """What is open and when what comes next, told by nothing but counting."""

    def __init__(self, now: datetime, date: datetime | None) -> None:
        self.open = Counter({"u": 1})
        self.date = date
        self.arm(now)

    def arm(self, now: datetime) -> None:
        self.next: datetime | None = now + 2 * DAY
        self.left = 4
        self.last: datetime | None = None

    def look(self, now: datetime) -> None:
        if self.next is not None and self.next <= now:
            self.open["hc"] += 1
            missed = (now - self.next) // (2 * DAY) + 1
            self.left -= missed
            self.next = self.next + missed * 2 * DAY if self.left > 0 else None
        if self.date and self.date <= now and (self.last is None or self.date > self.last):
            self.open["hd"] += 1
            self.last = self.date

    def complete(self, element: str, now: datetime) -> None:
        self.open[element] -= 1
        following = {"u": "w", "w": "u", **{f"h{kind}": f"i{kind}" for kind in "mscd"}}
        if element in following:
            self.open[following[element]] += 1
        if element == "w":
            self.arm(now)

    def stop(self, now: datetime) -> None:
        self.open["u"], self.open["w"] = 1, 0
        self.arm(now)

    def names(self) -> list[str]:
        return sorted(self.open.elements())


@pytest.mark.parametrize("seed", range(WALKS))
def test_walks_beside_boundaries_that_come_again(seed: int) -> None:
    random = Random(seed)  # noqa: S311 a walk
    host = FakeHost()
    host.dates["d"] = NOON + random.randint(0, 3) * DAY if random.random() < 0.7 else None
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        run, model = (
            Run(repeated(), host=host, migrating=seed % 2 == 0),
            _Model(NOON, host.dates["d"]),
        )
        for _ in range(40):
            model.look(time.now())
            assert run.names == model.names()
            _act(random, run, model, time)
        while model.open.total() > 1 or run.names != ["w"]:
            model.look(time.now())
            element = next((name for name in run.names if name not in {"u", "w"}), run.names[0])
            run.complete(element)
            model.complete(element, time.now())
        run.complete("w", done=True)
        assert run.ended


def _act(random: Random, run: Run, model: _Model, time: clock.VirtualClock) -> None:
    kind = random.randrange(8)
    if kind <= 2:
        element = random.choice(run.names)
        run.complete(element)
        model.complete(element, time.now())
    elif kind == 3:
        run.message("go")
        model.open["hm"] += 1
    elif kind == 4:
        run.signal("tell")
        model.open["hs"] += 1
    elif kind == 5 and random.random() < 0.4:
        run.message("stop")
        model.stop(time.now())
    else:
        if random.random() < 0.4:
            model.date = time.now() + timedelta(hours=random.randint(-30, 60))
            run.host.dates["d"] = model.date
        time.advance(timedelta(hours=random.choice((1, 30, 200))))
        run.settle()

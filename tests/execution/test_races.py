"""Several timers behind one event gateway, beside messages; random walks against a plain model."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engine import clock
from tests.execution.drawing import catch, diagram, end, race, start, timer, user, xor
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run
from tests.execution.walks import Stock

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WALKS = 60


def racing(*timers: str, message: bool = True) -> bytes:
    """A loop over a gateway with timers t0, t1, …; a `P` is a duration, else the name of a date."""
    nodes = [start(), xor("again"), race("first"), xor("more", default="more-again"), end()]
    flows = ["start > again > first", "more > end | done = true", "more > again"]
    for number, name in enumerate(timers):
        length = name.startswith("P")
        kind = {"duration": f'"{name}"'} if length else {"date": f'due("{name}")'}
        nodes += [timer(f"t{number}", **kind), user(f"u{number}")]
        flows.append(f"first > t{number} > u{number} > more")
    if message:
        nodes += [catch("answer", message="answer"), user("thanks")]
        flows.append("first > answer > thanks > more")
    return diagram("p", nodes, "\n".join(flows))


def dated(**dates: datetime | None) -> FakeHost:
    host = FakeHost()
    host.dates.update(dates)
    return host


def test_each_timer_has_a_date_of_its_own() -> None:
    for shift, expected in ((DAY, "u1"), (3 * DAY, "u1"), (5 * DAY, "u1")):
        time = clock.VirtualClock(NOON)
        with clock.use(time):
            run = Run(racing("late", "soon"), host=dated(late=NOON + 5 * DAY, soon=NOON + DAY))
            values = [(armed.expression, armed.value) for armed in run.waits.timers]
            assert values == [('due("late")', NOON + 5 * DAY), ('due("soon")', NOON + DAY)]
            time.advance(shift)
            run.settle()
            assert run.names == [expected]


def test_the_stock_library_would_fire_the_later_one() -> None:
    """The reason for a gateway of our own: should this ever fail, the library has been mended."""
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        host = dated(late=NOON + 5 * DAY, soon=NOON + DAY)
        stock = Stock(racing("late", "soon"), "p", host, {})
        stock.settle()
        time.advance(2 * DAY)
        assert stock.settle().tasks == ()


def test_two_timers_of_the_same_text_are_two() -> None:
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        run = Run(racing("d", "d"), host=dated(d=NOON + DAY))
        time.advance(DAY)
        run.settle()
        assert run.names == ["u0"]


@pytest.mark.parametrize(("moved", "expected"), [("soon", "u0"), ("late", "u1")])
def test_a_date_that_is_moved_moves_only_its_own_timer(moved: str, expected: str) -> None:
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        run = Run(racing("late", "soon"), host=dated(late=NOON + 5 * DAY, soon=NOON + DAY))
        run.host.dates[moved] = NOON + 30 * DAY
        run.settle()
        time.advance(10 * DAY)
        run.settle()
        assert run.names == [expected]


def test_a_date_that_is_not_there_yet_waits_beside_one_that_is() -> None:
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        run = Run(racing("none", "P2D"), host=dated(none=None))
        assert [armed.value for armed in run.waits.timers] == [None, NOON + 2 * DAY]
        run.host.dates["none"] = NOON - DAY
        run.settle()
        assert run.names == ["u0"]


@pytest.mark.parametrize("seed", range(WALKS))
def test_walks_over_races_take_the_way_of_what_came_first(seed: int) -> None:
    random = Random(seed)  # noqa: S311 a walk
    kinds = [random.choice(("P1D", "P3D", "PT7H", "d0", "d1", "d2")) for _ in range(4)]
    host = dated(**{f"d{number}": _date(random, NOON) for number in range(3)})
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        run = Run(racing(*kinds), host=host, migrating=seed % 2 == 0)
        armed_at = NOON
        for _ in range(40):
            due = _due(kinds, host, armed_at)
            past = [(at, place) for place, at in enumerate(due) if at and at <= time.now()]
            if past and not run.names:
                pytest.fail(f"nothing fired: {past}")
            if run.names:
                run.complete(run.names[0])
                armed_at = time.now()
                _expect(run, kinds, host, armed_at, time.now())
            elif random.random() < 0.2:
                run.message("answer")
                assert run.names == ["thanks"]
            else:
                if random.random() < 0.3:
                    host.dates[f"d{random.randrange(3)}"] = _date(random, time.now())
                time.advance(timedelta(hours=random.choice((1, 9, 80))))
                run.settle()
                _expect(run, kinds, host, armed_at, time.now())


def _date(random: Random, now: datetime) -> datetime | None:
    return random.choice((None, now + timedelta(hours=random.randint(-3, 99))))


def _due(kinds: list[str], host: FakeHost, armed_at: datetime) -> list[datetime | None]:
    lengths = {"P1D": DAY, "P3D": 3 * DAY, "PT7H": timedelta(hours=7)}
    return [armed_at + lengths[kind] if kind in lengths else host.dates[kind] for kind in kinds]


def _expect(run: Run, kinds: list[str], host: FakeHost, armed_at: datetime, now: datetime) -> None:
    due = _due(kinds, host, armed_at)
    past = [(at, place) for place, at in enumerate(due) if at is not None and at <= now]
    assert run.names == ([f"u{min(past)[1]}"] if past else [])
    if not past:
        assert [armed.value for armed in run.waits.timers] == due

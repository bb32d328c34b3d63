from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest

from engine import clock, errors
from tests.execution.drawing import (
    boundary,
    diagram,
    end,
    race,
    service,
    start,
    timer,
    user,
    xor,
)
from tests.execution.drawing import (
    catch as catching,
)
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WAIT = diagram("p", [start(), timer("t", date='due("d")'), user("u"), end()], "start > t > u > end")


@pytest.fixture
def time() -> clock.VirtualClock:
    return clock.VirtualClock(NOON)


def dated(value: object) -> FakeHost:
    host = FakeHost()
    host.dates["d"] = cast("datetime | None", value)  # answers of any kind are tried
    return host


def test_a_date_fires_at_its_very_instant_and_not_before(time: clock.VirtualClock) -> None:
    with clock.use(time):
        run = Run(WAIT, host=dated(NOON + DAY))
        time.advance(DAY - timedelta(microseconds=1))
        run.settle()
        assert run.names == []
        time.advance(timedelta(microseconds=1))
        run.settle()
        assert run.names == ["u"]


def test_a_date_that_is_moved_away_does_not_fire_on_the_old_day(time: clock.VirtualClock) -> None:
    with clock.use(time):
        run = Run(WAIT, host=dated(NOON + DAY))
        run.host.dates["d"] = NOON + 3 * DAY
        time.advance(2 * DAY)
        run.settle()
        assert run.names == []
        assert run.waits.timers[0].value == NOON + 3 * DAY


def test_a_date_that_is_moved_into_the_past_fires_at_once(time: clock.VirtualClock) -> None:
    with clock.use(time):
        run = Run(WAIT, host=dated(NOON + DAY))
        run.host.dates["d"] = NOON - DAY
        run.settle()
        assert run.names == ["u"]


def test_no_date_waits_until_there_is_one(time: clock.VirtualClock) -> None:
    with clock.use(time):
        run = Run(WAIT, host=dated(None))
        time.advance(100 * DAY)
        run.settle()
        assert run.names == []
        assert run.waits.timers[0].value is None
        run.host.dates["d"] = NOON
        run.settle()
        assert run.names == ["u"]


def test_dates_are_compared_as_instants_and_not_as_text(time: clock.VirtualClock) -> None:
    beijing = timezone(timedelta(hours=8))
    later_text_earlier_instant = (NOON - timedelta(minutes=1)).astimezone(beijing).isoformat()
    with clock.use(time):
        assert Run(WAIT, host=dated(later_text_earlier_instant)).names == ["u"]


@pytest.mark.parametrize("value", [datetime(2026, 3, 2), "soon", 5, True, "2026-03-02"])  # noqa: DTZ001 the point
def test_a_date_without_zone_or_of_another_kind_is_an_incident(
    time: clock.VirtualClock, value: object
) -> None:
    with clock.use(time), pytest.raises(errors.Incident) as caught:
        Run(WAIT, host=dated(value))
    assert caught.value.details["element"] == "t"


def test_an_armed_timer_says_how_to_learn_its_date_without_loading(
    time: clock.VirtualClock,
) -> None:
    with clock.use(time):
        run = Run(WAIT, host=dated(NOON + DAY), token={"kind": "final"})
        (armed,) = run.waits.timers
    assert (armed.element, armed.expression, armed.live) == ("t", 'due("d")', True)
    assert (armed.token, armed.value) == ({"kind": "final"}, NOON + DAY)


def test_a_duration_counts_from_its_arming_and_survives_loading(time: clock.VirtualClock) -> None:
    source = diagram(
        "p", [start(), timer("t", duration='"PT36H"'), user("u"), end()], "start > t > u > end"
    )
    with clock.use(time):
        run = Run(source)
        time.advance(DAY)
        run.settle()
        (armed,) = run.waits.timers
        assert (armed.value, armed.live) == (NOON + timedelta(hours=36), False)
        time.advance(DAY)
        run.settle()
        assert run.names == ["u"]


@pytest.mark.parametrize("text", ['"36 hours"', "7", "null", '""x"'])
def test_what_is_no_duration_is_an_incident(time: clock.VirtualClock, text: str) -> None:
    source = diagram(
        "p", [start(), timer("t", duration=text), user("u"), end()], "start > t > u > end"
    )
    with clock.use(time), pytest.raises(errors.Incident):
        Run(source)


def test_a_warning_and_a_breach_hang_on_one_task(time: clock.VirtualClock) -> None:
    source = diagram(
        "p",
        [
            start(),
            user("u"),
            end(),
            boundary("warn", "u", duration='"PT4H"', interrupting=False),
            service("remind", "remind"),
            end("e2"),
            boundary("breach", "u", duration='"P1D"'),
            user("boss"),
            end("e3"),
        ],
        "start > u > end; warn > remind > e2; breach > boss > e3",
    )
    with clock.use(time):
        run = Run(source)
        time.advance(timedelta(hours=5))
        run.settle()
        assert run.names == ["u"]
        assert [call[0] for call in run.host.calls] == ["remind"]
        assert [armed.element for armed in run.waits.timers] == ["breach"]
        time.advance(DAY)
        run.settle()
        assert run.names == ["boss"]
        assert run.waits.timers == ()
        run.complete("boss")
        assert run.ended


def test_a_loop_back_arms_a_fresh_timer(time: clock.VirtualClock) -> None:
    source = diagram(
        "p",
        [
            start(),
            xor("again"),
            user("u"),
            xor("more", default="more-again"),
            end(),
            boundary("late", "u", duration='"P1D"'),
        ],
        "start > again > u > more; more > end | done = true; more > again; late > again",
    )
    with clock.use(time):
        run = Run(source)
        time.advance(timedelta(hours=25))
        run.settle()
        assert run.names == ["u"]
        assert run.waits.timers[0].value == time.now() + DAY


def test_a_message_and_a_date_race_behind_one_gateway(time: clock.VirtualClock) -> None:
    source = diagram(
        "p",
        [
            start(),
            race("first"),
            catching("answer", message="answer"),
            timer("wait", date='due("d")'),
            user("thanks"),
            user("chase"),
            end(),
        ],
        "start > first > answer > thanks > end; first > wait > chase > end",
    )
    with clock.use(time):
        answered = Run(source, host=dated(NOON + DAY))
        assert answered.waits.messages == {"answer"}
        assert answered.waits.timers[0].element == "first"
        answered.message("answer")
        assert answered.names == ["thanks"]
        assert answered.waits.timers == ()
        silent = Run(source, host=dated(NOON + DAY))
        time.advance(DAY)
        silent.settle()
        assert silent.names == ["chase"]
        assert silent.waits.messages == frozenset()


def test_a_cycle_is_refused() -> None:
    cycle = WAIT.replace(b"timeDate", b"timeCycle")
    with pytest.raises(errors.Invalid, match="cycle"):
        Run(cycle)


def test_a_live_date_of_another_zone_is_told_in_utc() -> None:
    source = diagram("p", [start(), timer("t", date='due("d")'), end()], "start > t > end")
    host = FakeHost()
    host.dates["d"] = datetime(2026, 3, 5, 8, tzinfo=clock.BEIJING)
    with clock.use(clock.VirtualClock(datetime(2026, 3, 2, tzinfo=UTC))):
        run = Run(source, host=host)
    assert b"2026-03-05T00:00:00+00:00" in zlib.decompress(run.blob[1:])

"""Queues against what is known of them: waits of M/M/c by Erlang's formula, working hours."""

from __future__ import annotations

import math
from statistics import fmean

import pytest

from engine.simulation.calendars import DAY, HOUR, Spans, weekly
from engine.simulation.comparing import interval
from engine.simulation.distributions import Exponential
from engine.simulation.records import RunRecord
from engine.simulation.running import Request, run
from engine.simulation.streams import Streams
from engine.simulation.world import Handling, Pool
from tests.simulation.small import SmallWorld, always, chain, plan

ONE_TASK = plan(
    '<bpmn:startEvent id="s"/><bpmn:userTask id="t"/><bpmn:endEvent id="e"/>' + chain("s", "t", "e")
)
MEAN_WORK = 3600.0


def erlang_wait(staff: int, load: float) -> float:
    """Return the mean wait of M/M/c in units of the mean service time."""
    offered = staff * load
    tail = offered**staff / math.factorial(staff) / (1 - load)
    below = sum(offered**n / math.factorial(n) for n in range(staff))
    return tail / (below + tail) / (staff * (1 - load))


def waits(staff: int, load: float, seed: int, cases: int = 3000) -> float:
    """Return the mean wait of the cases after the first third, in units of the service time."""
    streams = Streams(f"arrivals {seed}")
    between = Exponential(MEAN_WORK / (staff * load))
    at, moments = 0.0, list[int]()
    for number in range(cases):
        at += between.at(streams.uniform(number))
        moments.append(round(at))
    work = Exponential(MEAN_WORK)

    def handle(task: str, visit: int, chance: Streams, case: int) -> Handling:
        return Handling("people", work=round(work.at(chance.uniform(case, task, visit))))

    world = SmallWorld(moments, handle, {"people": always(staff)})
    record = run(ONE_TASK, world, Request(cases, seed))
    queued = list(record.steps["p", "t"].queued)
    return fmean(queued[cases // 3 :]) / MEAN_WORK


@pytest.mark.parametrize(("staff", "load"), [(1, 0.5), (1, 0.7), (2, 0.7), (3, 0.8)])
def test_the_mean_wait_is_that_of_erlang(staff: int, load: float) -> None:
    found = interval([waits(staff, load, seed) for seed in range(12)])
    assert found is not None
    mean, low, high = found
    # Twice the half width: four intervals at once are to hold.
    half = high - mean
    assert abs(mean - erlang_wait(staff, load)) < 2 * half
    assert half < 0.35 * erlang_wait(staff, load)
    assert low > 0


def test_a_wait_of_another_queue_is_noticed() -> None:
    """One server less than there are is not within the interval: the test can fail."""
    found = interval([waits(2, 0.7, seed) for seed in range(12)])
    assert found is not None
    assert abs(found[0] - erlang_wait(1, 0.7)) > 2 * (found[2] - found[0])


def by_hand(pool: Pool, moments: list[int], work: int) -> RunRecord:
    def handle(task: str, visit: int, chance: Streams, case: int) -> Handling:
        return Handling("people", work=work)

    world = SmallWorld(moments, handle, {"people": pool})
    return run(ONE_TASK, world, Request(len(moments), 1))


def test_two_people_do_three_tasks_in_two_turns() -> None:
    record = by_hand(always(2), [0, 0, 0], 100)
    assert list(record.steps["p", "t"].queued) == [0, 0, 100]
    assert list(record.steps["p", "t"].lasted) == [100, 100, 200]
    # Two were begun when the last case came in.
    assert record.pools["people"].worked == 200


def test_work_rests_outside_working_hours() -> None:
    hours = weekly(30, lambda day: day % 7 < 5, [(9, 12), (13, 17)])
    record = by_hand(Pool(1, hours), [11 * HOUR], 2 * HOUR)
    assert list(record.steps["p", "t"].lasted) == [3 * HOUR]
    over_a_weekend = by_hand(Pool(1, hours), [4 * DAY + 16 * HOUR], 2 * HOUR)
    assert list(over_a_weekend.steps["p", "t"].lasted) == [
        7 * DAY + 10 * HOUR - 4 * DAY - 16 * HOUR
    ]


def test_the_earliest_limit_is_served_first() -> None:
    limits = {1: None, 2: None, 3: 50}

    def handle(task: str, visit: int, chance: Streams, case: int) -> Handling:
        return Handling("people", work=100, limit=limits[case])

    world = SmallWorld([0, 1, 2], handle, {"people": always(1)})
    record = run(ONE_TASK, world, Request(3, 1))
    assert [case for _, case, _ in world.done] == [1, 3, 2]
    assert (record.steps["p", "t"].limited, record.steps["p", "t"].late) == (1, 1)


@pytest.mark.parametrize("at", range(0, 40, 3))
@pytest.mark.parametrize("work", [0, 1, 4, 9, 30])
def test_spans_are_counted_as_second_by_second(at: int, work: int) -> None:
    spans = [(2, 5), (7, 8), (12, 20)]
    hours = Spans(spans)

    def works(second: int) -> bool:
        return any(a <= second < b for a, b in spans) or second >= 20

    left, second = work, at
    while left:
        left -= works(second)
        second += 1
    if work:
        assert hours.after(at, work) == second
    assert hours.between(at, at + work) == sum(works(s) for s in range(at, at + work))
    assert works(hours.opens(at))

"""How many states families of diagrams have, and how few of them are searched."""

from __future__ import annotations

import pytest

from engine.verification.machine import Machine
from engine.verification.properties import watched
from engine.verification.reading import read_model
from engine.verification.search import Search
from engine.verification.subjects import net_of, subjects
from tests.verification import families
from tests.verification.drawing import alone, checked, document, process, violated


def plainly(*parts: str) -> int:
    """Count every state of the first subject."""
    model = read_model(document(*parts))
    machine = Machine(net_of(model, subjects(model)[0], 1), 2)
    return len(Search(machine, watched(machine), None, prune=False).run(100_000).states)


@pytest.mark.parametrize("count", [2, 5, 8])
def test_parallel_branches_have_three_states_each(count: int) -> None:
    # Before, in and behind each task; and waiting to begin, begun, joined, ended, over.
    assert plainly(process(families.parallel(count))) == 3**count + 5


@pytest.mark.parametrize("count", [2, 4, 6])
def test_inclusive_branches_have_three_states_each_and_one_where_they_are_not_taken(
    count: int,
) -> None:
    assert plainly(process(families.inclusive(count))) == 4**count + 5


@pytest.mark.parametrize("count", [1, 50, 200])
def test_choices_grow_by_their_own_states_alone(count: int) -> None:
    result = alone(families.choices(count))
    assert violated(result) == set()
    assert result.states == 9 * count + 4


@pytest.mark.parametrize("count", [10, 17, 20])
def test_parallel_branches_are_searched_one_after_the_other(count: int) -> None:
    result = alone(families.parallel(count))
    assert violated(result) == set()
    assert result.states == 2 * count + 6


@pytest.mark.parametrize("count", [10, 20])
def test_parallel_branches_that_a_date_cuts_off(count: int) -> None:
    result = alone(families.guarded(count))
    assert violated(result) == set()
    assert result.states == 2 * count + 13


def test_loops_in_loops() -> None:
    result = alone(families.nested_loops(10))
    assert violated(result) == set()
    assert result.states == 3 * 10 + 6


def test_parallel_branches_in_a_loop() -> None:
    result = alone(families.looped_parallel(20))
    assert violated(result) == set()
    assert result.states < 20**2


def test_inclusive_branches_are_searched_by_their_combinations() -> None:
    result = alone(families.inclusive(8))
    assert violated(result) == set()
    assert result.states < 2**8 * (8 + 2)


def test_twenty_branches_that_meet_wrongly_are_told_by_a_short_way() -> None:
    result = alone(families.unmatched(20))
    assert violated(result) == {"safe", "proper_completion"}
    assert result.paths["safe"].elements == ("s", "f", "t0", "j", "t1", "j")
    starved = alone(families.starved(20))
    assert violated(starved) == {"option_to_complete"}


@pytest.mark.parametrize("count", [1, 10, 40])
def test_two_pools_in_conversation(count: int) -> None:
    result = checked(*families.conversation(count))
    assert violated(result) == set()
    assert result.states < 20 * count + 20


@pytest.mark.parametrize("count", [8, 20])
def test_many_pools_beside_each_other(count: int) -> None:
    result = checked(*families.pools_beside(count))
    assert violated(result) == set()
    assert result.states < 500


def test_more_branches_than_can_be_combined_are_not_decided() -> None:
    result = alone(families.inclusive(20))
    assert set(result.holds.values()) == {None}
    assert not result.decided

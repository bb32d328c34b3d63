"""What is said of endless states is true: held against diagrams whose states have an end."""

from __future__ import annotations

from collections import Counter

from engine.verification.machine import Machine
from engine.verification.properties import PROPERTIES, Verdicts, judge
from engine.verification.saturation import sharpened
from tests.verification.drawing import alone, checked, flows, nodes, pools, process, violated
from tests.verification.test_reduction import machines

BUDGET = 3_000


def test_what_is_known_without_counting_agrees_with_what_is_counted() -> None:
    told: Counter[str] = Counter()
    nothing = Verdicts(dict.fromkeys(PROPERTIES))
    for name, machine, space in machines(range(150)):
        exact = judge(machine, space)
        loose = sharpened(nothing, machine, machine, space, BUDGET)
        for one in PROPERTIES:
            known = loose.holds[one]
            assert known in {None, exact.holds[one]}, f"{name}: {one}"
            told[f"{one} {known}"] += 1
        assert set(loose.dead_activities) <= set(exact.dead_activities)
    assert told["option_to_complete False"] > 10
    assert told["option_to_complete True"] > 10
    assert told["safe True"] > 10
    assert told["proper_completion True"] > 10
    assert told["no_leftover_message True"] > 10
    assert told["no_dead_activity False"] > 10


def test_tokens_that_pile_up_for_ever_never_complete() -> None:
    # Every round leaves one more token behind, and no way leads out of the loop.
    result = alone(
        nodes("start s", "end e", "xor x", "and split", "task a b"),
        flows("s x split a x", "split b e"),
    )
    assert violated(result) == {"safe", "option_to_complete"}
    assert result.paths["option_to_complete"].elements == ("s",)


def test_messages_that_pile_up_hinder_nobody() -> None:
    asking = process(nodes("start s", "end e", "xor x y", "send ask"), flows("s x ask y e", "y x"))
    once = process(nodes("start t", "end g", "receive hear"), flows("t hear g"), name="q")
    result = checked(pools("ask hear", one="p", two="q"), asking, once)
    assert violated(result) == {"no_leftover_message"}
    twice = nodes("start t", "end g", "receive hear", "and j") + flows("t hear j g", "g2 j")
    stuck = process(twice, nodes("task g2"), name="q")
    result = checked(pools("ask hear", one="p", two="q"), asking, stuck)
    assert result.holds["option_to_complete"] is False


def test_messages_that_begin_a_pool_each_are_not_taken_for_left_over() -> None:
    asking = process(nodes("start s", "end e", "xor x y", "send ask"), flows("s x ask y e", "y x"))
    begun = process(nodes("start:message t", "end g", "task w"), flows("t w g"), name="q")
    result = checked(pools("ask t", one="p", two="q"), asking, begun, budget=3_000)
    assert result.holds["option_to_complete"] is None
    assert result.holds["no_dead_activity"] is True


def test_what_cannot_be_told_without_counting_stays_open() -> None:
    result = alone(
        nodes("start s", "end e", "xor x o", "and split", "task a b"),
        flows("s x split a o x", "o e", "split b e"),
    )
    assert result.holds["safe"] is False
    assert result.holds["option_to_complete"] is None
    assert result.holds["no_leftover_message"] is True
    assert not result.decided


def test_past_the_budget_nothing_is_added() -> None:
    (_, machine, space), *_ = machines(range(2))
    assert isinstance(machine, Machine)
    nothing = Verdicts(dict.fromkeys(PROPERTIES))
    assert sharpened(nothing, machine, machine, space, 1) == nothing

"""Each property by itself: a diagram that has it, and one that violates it alone."""

from __future__ import annotations

import pytest

from engine.verification.properties import PROPERTIES
from tests.verification.drawing import alone, checked, flows, node, nodes, pools, process, violated

LINE = nodes("start s", "end e", "task a b") + flows("s a b e")


def test_a_line_has_every_property() -> None:
    result = alone(LINE)
    assert result.decided
    assert result.sound
    assert result.message_relaxed_sound
    assert result.good
    assert dict(result.holds) == dict.fromkeys(PROPERTIES, True)
    assert (result.paths, result.dead_activities, result.double_activities) == ({}, (), ())


def test_two_tokens_on_one_flow_are_unsafe_and_the_end_is_reached_twice() -> None:
    result = alone(
        nodes("start s", "end e", "and split", "xor merge", "task a b"),
        flows("s split a merge e", "split b merge"),
    )
    assert violated(result) == {"safe", "proper_completion"}
    assert result.paths["safe"].elements == ("s", "split", "a", "merge", "b", "merge")
    assert result.paths["safe"].steps[-1].tokens == ("merge.e", "merge.e")
    assert result.sound is False


def test_a_choice_before_a_join_never_completes() -> None:
    result = alone(
        nodes("start s", "end e", "xor split", "and join", "task a b"),
        flows("s split a join e", "split b join"),
    )
    assert violated(result) == {"option_to_complete"}
    assert result.paths["option_to_complete"].elements == ("s", "split", "a")
    assert result.paths["option_to_complete"].steps[-1].tokens == ("a.join",)


def test_a_cycle_without_a_way_out_never_completes() -> None:
    result = alone(nodes("start s", "end e", "xor x y", "task a b"), flows("s x e", "x y a b y"))
    assert violated(result) == {"option_to_complete"}


def test_one_end_event_reached_twice_is_no_proper_completion() -> None:
    result = alone(
        nodes("start s", "end e", "and split", "task a b"), flows("s split a e", "split b e")
    )
    assert violated(result) == {"proper_completion"}
    assert result.paths["proper_completion"].elements == ("s", "split", "a", "e", "b", "e")


def test_two_end_events_reached_once_each_complete_properly() -> None:
    result = alone(
        nodes("start s", "end e f", "and split", "task a b"), flows("s split a e", "split b f")
    )
    assert violated(result) == set()


def test_a_terminate_end_removes_what_is_left() -> None:
    result = alone(
        nodes("start s", "end:terminate e", "and split", "task a b"),
        flows("s split a e", "split b e"),
    )
    assert violated(result) == set()


def test_an_activity_without_a_way_to_it_is_dead() -> None:
    result = alone(LINE, nodes("task lost", "xor x"), flows("x lost b"))
    assert violated(result) == {"no_dead_activity"}
    assert result.dead_activities == ("lost",)


def test_an_activity_behind_a_false_condition_is_dead() -> None:
    never = (
        '<b:sequenceFlow id="f" sourceRef="x" targetRef="lost">'
        "<b:conditionExpression>= false</b:conditionExpression></b:sequenceFlow>"
    )
    result = alone(
        nodes("start s", "end e", "xor x", "task a lost"), flows("s x a e", "lost e"), never
    )
    assert result.dead_activities == ("lost",)


def test_a_message_nobody_takes_is_left_over() -> None:
    result = checked(
        pools("ask answer", one="p", two="q"),
        process(nodes("start s", "end e", "send ask"), flows("s ask e")),
        process(
            nodes("start t", "end g", "xor x", "receive answer"),
            flows("t x answer g", "x g"),
            name="q",
        ),
    )
    assert violated(result) == {"no_leftover_message"}
    assert result.sound is False
    assert result.message_relaxed_sound is True
    assert result.paths["no_leftover_message"].steps[-1].tokens == ("m_ask_answer",)


def test_messages_that_are_taken_leave_nothing() -> None:
    result = checked(
        pools("ask answer", "reply replied", one="p", two="q"),
        process(nodes("start s", "end e", "send ask", "receive replied"), flows("s ask replied e")),
        process(
            nodes("start t", "end g", "receive answer", "throw:message reply"),
            flows("t answer reply g"),
            name="q",
        ),
    )
    assert violated(result) == set()


def test_one_activity_twice_at_the_same_time_is_a_warning() -> None:
    # The loop back leaves the first one running; what comes after it is taken once.
    result = alone(
        nodes("start s", "end e", "end:terminate t", "and split", "xor merge", "task a b"),
        flows("s split merge a t", "split b merge"),
    )
    assert result.double_activities == ("a",)
    assert "proper_completion" not in violated(result)


def test_a_sub_process_twice_at_the_same_time_is_a_warning() -> None:
    inner = nodes("start i", "end o", "task work") + flows("i work o")
    result = alone(
        nodes("start s", "end e", "and split", "xor merge", "task b"),
        node("sub", "box", inner),
        flows("s split merge box e", "split b merge"),
    )
    assert result.double_activities == ("box",)
    assert violated(result) == {"safe", "proper_completion"}


@pytest.mark.parametrize("budget", [1, 3])
def test_past_the_budget_nothing_holds(budget: int) -> None:
    result = alone(LINE, budget=budget)
    assert not result.decided
    assert result.sound is None
    assert not result.good
    assert result.holds["safe"] is None
    assert result.holds["no_dead_activity"] is None
    assert result.dead_activities == ()


def test_a_violation_within_the_budget_is_told_although_the_rest_is_not_decided() -> None:
    result = alone(
        nodes("start s", "end e", "and f j", "task t0 t1 t2 t3 t4"),
        flows("s f t0 e", "f t1 e", "f t2 j e", "f t3 j", "f t4 j"),
        budget=20,
    )
    assert result.holds["safe"] is None
    assert result.holds["no_leftover_message"] is True
    assert not result.decided

"""Each construct that has a semantics, in a diagram that is right and in one that is wrong."""

from __future__ import annotations

from tests.verification.drawing import (
    alone,
    checked,
    flows,
    node,
    nodes,
    on,
    pools,
    process,
    violated,
)

INNER = nodes("start i", "end o", "task work") + flows("i work o")


def test_parallel_branches_join() -> None:
    drawn = nodes("start s", "end e", "and split join", "task a b c")
    assert (
        violated(alone(drawn, flows("s split a join e", "split b join", "split c join"))) == set()
    )
    unjoined = flows("s split a join e", "split b join", "split c")
    assert violated(alone(drawn, unjoined)) == set()


def test_inclusive_gateways_wait_for_what_can_still_come() -> None:
    drawn = nodes("start s", "end e", "or split join", "task a b c")
    right = flows("s split a join e", "split b join", "split c join")
    assert violated(alone(drawn, right)) == set()
    merged = nodes("start s", "end e", "or split", "xor join", "task a b c")
    assert violated(alone(merged, right)) == {"safe", "proper_completion"}
    joined = nodes("start s", "end e", "or split", "and join", "task a b c")
    assert violated(alone(joined, right)) == {"option_to_complete"}


def test_an_inclusive_gateway_waits_for_a_token_in_a_loop_before_it() -> None:
    result = alone(
        nodes("start s", "end e", "and split", "or join", "xor x y", "task a b"),
        flows("s split a join e", "split x b y join", "y x"),
    )
    assert violated(result) == set()


def test_an_inclusive_gateway_does_not_wait_for_a_token_that_could_come_where_one_is() -> None:
    # BPMN 2.0.2, 13.4.3: a token with a path to a flow that has one already blocks nothing.
    drawn = nodes("start s", "end e", "and split", "or j", "xor x m", "task a b")
    result = alone(drawn, flows("s split a m j e", "split b x m", "x j"))
    assert {"proper_completion", "safe"} <= violated(result)
    assert result.paths["proper_completion"].elements[:6] == ("s", "split", "a", "m", "j", "e")


def test_an_activity_with_conditional_flows_takes_any_of_them() -> None:
    drawn = nodes("start s", "end e", "task a b c", "or join")
    assert violated(alone(drawn, flows("s a ?b join e", "a ?c join"))) == set()
    both = nodes("start s", "end e", "task a b c", "and join")
    assert violated(alone(both, flows("s a b join e", "a c join"))) == set()
    assert violated(alone(both, flows("s a b join e", "a ?c join"))) == {"option_to_complete"}


def test_the_default_of_an_activity_is_taken_when_nothing_else_is() -> None:
    drawn = nodes("start s", "end e f") + node("task", "a", default="a.f")
    assert violated(alone(drawn, flows("s a ?e", "a f"))) == set()


def test_an_event_gateway_takes_the_first_event() -> None:
    result = alone(
        nodes("start s", "end e", "first g", "catch:message m", "catch:timer t", "receive r"),
        nodes("xor x"),
        flows("s g m x e", "g t x", "g r x"),
    )
    assert violated(result) == set()
    assert result.dead_activities == ()


def test_an_interrupting_boundary_event_takes_the_token() -> None:
    drawn = nodes("start s", "end e", "task a b", "xor x") + on("a", "timer", "late")
    assert violated(alone(drawn, flows("s a x e", "late b x"))) == set()
    joined = nodes("start s", "end e", "task a b", "and x") + on("a", "timer", "late")
    assert violated(alone(joined, flows("s a x e", "late b x"))) == {"option_to_complete"}


def test_a_boundary_event_that_does_not_interrupt_adds_a_token() -> None:
    drawn = nodes("start s", "end e f", "task a b") + on("a", "timer", "late", cancel=False)
    assert violated(alone(drawn, flows("s a e", "late b f"))) == set()
    result = alone(
        nodes("start s", "end e", "task a b", "xor x") + on("a", "timer", "late", cancel=False),
        flows("s a x e", "late b x"),
    )
    assert violated(result) == {"safe", "proper_completion"}
    assert result.paths["safe"].elements == ("s", "a", "late", "x", "b", "x")


def test_a_sub_process_ends_when_no_token_is_left_in_it() -> None:
    inner = nodes("start i", "end o o2", "and split", "task a b") + flows(
        "i split a o", "split b o2"
    )
    drawn = nodes("start s", "end e") + node("sub", "box", inner)
    assert violated(alone(drawn, flows("s box e"))) == set()
    stuck = nodes("start i", "end o", "xor split", "and join", "task a b") + flows(
        "i split a join o", "split b join"
    )
    result = alone(nodes("start s", "end e"), node("sub", "box", stuck), flows("s box e"))
    assert violated(result) == {"option_to_complete"}


def test_an_end_event_reached_twice_in_a_sub_process_counts() -> None:
    inner = nodes("start i", "end o", "and split", "task a b") + flows("i split a o", "split b o")
    result = alone(nodes("start s", "end e"), node("sub", "box", inner), flows("s box e"))
    assert violated(result) == {"proper_completion"}


def test_a_loop_over_a_sub_process_begins_with_a_clean_scope() -> None:
    result = alone(
        nodes("start s", "end e", "xor x y"), node("sub", "box", INNER), flows("s x box y e", "y x")
    )
    assert violated(result) == set()


def test_terminate_ends_its_scope_alone() -> None:
    inner = nodes("start i", "end:terminate o", "and split", "task a b") + flows(
        "i split a o", "split b o"
    )
    result = alone(
        nodes("start s", "end e", "task after"), node("sub", "box", inner), flows("s box after e")
    )
    assert violated(result) == set()


def test_a_thrown_error_goes_to_the_boundary() -> None:
    inner = nodes("start i", "end o", "end:error bad", "xor x", "task a") + flows(
        "i x a o", "x bad"
    )
    drawn = nodes("start s", "end e", "task mend", "xor y") + node("sub", "box", inner)
    result = alone(drawn, on("box", "error", "caught"), flows("s box y e", "caught mend y"))
    assert violated(result) == set()


def test_an_error_boundary_that_nothing_throws_to_follows_work_inside() -> None:
    drawn = nodes("start s", "end e", "task mend", "xor y")
    caught = on("box", "error", "caught") + flows("s box y e", "caught mend y")
    assert alone(drawn, node("sub", "box", INNER), caught).dead_activities == ()
    idle = nodes("start i", "end o") + flows("i o")
    assert alone(drawn, node("sub", "box", idle), caught).dead_activities == ("mend",)


def test_an_error_with_another_code_is_not_caught() -> None:
    bad = node("end", "bad", '<b:errorEventDefinition errorRef="one"/>')
    inner = nodes("start i", "end o", "xor x") + bad + flows("i x o", "x bad")
    other = node("on", "caught", '<b:errorEventDefinition errorRef="two"/>', attachedToRef="box")
    codes = '<b:error id="one" errorCode="1"/><b:error id="two" errorCode="2"/>'
    drawn = nodes("start s", "end e", "task mend after") + node("sub", "box", inner) + other
    result = checked(codes, process(drawn, flows("s box after e", "caught mend e")))
    assert result.dead_activities == ("mend",)


def test_an_escalation_that_does_not_interrupt_goes_both_ways() -> None:
    inner = nodes("start i", "end o", "throw:escalation up", "task a") + flows("i up a o")
    drawn = nodes("start s", "end e f", "task told") + node("sub", "box", inner)
    aside = on("box", "escalation", "seen", cancel=False)
    assert violated(alone(drawn, aside, flows("s box e", "seen told f"))) == set()
    assert "safe" in violated(
        alone(drawn, nodes("xor y"), aside, flows("s box y e", "seen told y", "y f"))
    )


def test_a_call_activity_holds_the_process_of_the_same_file() -> None:
    stuck = nodes("start i", "end o", "xor x", "and j", "task a b") + flows("i x a j o", "x b j")
    called = process(
        nodes("start s", "end e"), node("call", "go", calledElement="t:q"), flows("s go e")
    )
    assert violated(checked(called, process(INNER, name="q"))) == set()
    assert violated(checked(called, process(stuck, name="q"))) == {"option_to_complete"}
    assert violated(checked(called)) == set()


def test_an_event_sub_process_that_interrupts_takes_the_place_of_its_scope() -> None:
    handler = node("start", "late", "<b:timerEventDefinition/>") + nodes("end done", "task act")
    inside = node("sub", "handler", handler + flows("late act done"), triggeredByEvent="true")
    result = alone(nodes("start s", "end e", "task a"), flows("s a e"), inside)
    assert violated(result) == set()
    assert result.dead_activities == ()


def test_an_event_sub_process_runs_beside_its_scope() -> None:
    begin = node("start", "news", "<b:messageEventDefinition/>", isInterrupting="false")
    stuck = begin + nodes("end done", "and j", "task a1") + flows("news a1 j done", "j j2")
    good = begin + nodes("end done", "task a1") + flows("news a1 done")
    drawn = nodes("start s", "end e", "task a") + flows("s a e")
    assert violated(alone(drawn, node("sub", "h", good, triggeredByEvent="true"))) == set()
    waiting = stuck + nodes("task j2 never") + flows("never j")
    result = alone(drawn, node("sub", "h", waiting, triggeredByEvent="true"))
    assert violated(result) == {"option_to_complete", "no_dead_activity"}


def test_links_are_followed() -> None:
    link = '<b:linkEventDefinition name="here"/>'
    there = node("throw", "out", link) + node("catch", "back", link)
    result = alone(nodes("start s", "end e", "task a b"), there, flows("s a out", "back b e"))
    assert violated(result) == set()


def test_a_process_without_start_and_end_events_begins_and_ends_where_it_is_open() -> None:
    assert violated(alone(nodes("task a b"), flows("a b"))) == set()
    result = alone(nodes("task a b c"), flows("a b", "c b"))
    assert violated(result) == set()
    assert result.double_activities == ("b",)


def test_start_events_are_alternatives() -> None:
    drawn = nodes("start s t", "end e", "task a b")
    assert violated(alone(drawn, nodes("xor x"), flows("s a x e", "t b x"))) == set()
    joined = alone(drawn, nodes("and x"), flows("s a x e", "t b x"))
    assert violated(joined) == {"option_to_complete"}


def test_a_pool_begins_with_its_message_as_often_as_it_comes() -> None:
    other = process(nodes("start:message t", "end g", "task work"), flows("t work g"), name="q")
    once = process(nodes("start s", "end e", "send ask"), flows("s ask e"))
    together = pools("ask t", one="p", two="q")
    assert violated(checked(together, once, other)) == set()
    twice = process(nodes("start s", "end e", "xor x y", "send ask"), flows("s x ask y e", "y x"))
    result = checked(together, twice, other, budget=3_000)
    assert result.holds["option_to_complete"] is None


def test_pools_that_wait_for_each_other_never_complete() -> None:
    result = checked(
        pools("tell hear", "answer heard", one="p", two="q"),
        process(nodes("start s", "end e", "receive heard", "send tell"), flows("s heard tell e")),
        process(
            nodes("start t", "end g", "receive hear", "send answer"),
            flows("t hear answer g"),
            name="q",
        ),
    )
    assert violated(result) == {"option_to_complete", "no_dead_activity"}
    assert set(result.dead_activities) == {"heard", "tell", "hear", "answer"}


def test_between_pools_every_message_needs_its_flow() -> None:
    asking = process(nodes("start s", "end e", "send ask"), flows("s ask e"))
    waiting = nodes("start t", "end g", "receive answer", "task w") + flows("t answer w g")
    caught = nodes("start t", "end g", "catch:message answer", "task w") + flows("t answer w g")
    late = nodes("start t", "end g", "task w late") + on("w", "message", "cut")
    late += flows("t w g", "cut late g")
    for body, violations in (
        (waiting, {"option_to_complete", "no_dead_activity"}),
        (caught, {"option_to_complete", "no_dead_activity"}),
        (late, {"no_dead_activity"}),
    ):
        other = process(body, name="q")
        assert violated(checked(pools(one="p", two="q"), asking, other)) == violations
        assert violated(checked(pools(two="q"), other)) == set()
    begun = process(nodes("start:message t", "end g", "task w"), flows("t w g"), name="q")
    assert violated(checked(pools(one="p", two="q"), asking, begun)) == set()


def test_a_closed_pool_is_the_world_outside() -> None:
    result = checked(
        pools("outside hear", "tell outside", one="p", outside=""),
        process(nodes("start s", "end e", "receive hear", "send tell"), flows("s hear tell e")),
    )
    assert violated(result) == set()


def test_what_has_no_semantics_is_told_and_nothing_is_claimed() -> None:
    result = alone(nodes("start s", "end e", "complex g"), flows("s g e"))
    assert [(one.element, one.kind) for one in result.unsupported] == [("g", "complexGateway")]
    assert result.holds == {}
    assert not result.decided
    recursive = process(
        nodes("start s", "end e"), node("call", "self", calledElement="p"), flows("s self e")
    )
    assert [one.element for one in checked(recursive).unsupported] == ["self"]

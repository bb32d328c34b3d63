"""Events at their less usual places: thrown through scopes, instantiating, several at once."""

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

MESSAGE = "<b:messageEventDefinition/>"
TIMER = "<b:timerEventDefinition/>"


def handler(start: str, *, cuts: bool, inner: str = "") -> str:
    """Draw an event sub-process `h` with one task."""
    begin = node("start", "hs", f"<b:{start}EventDefinition/>", isInterrupting=str(cuts).lower())
    body = begin + nodes("task act") + (inner or nodes("end done") + flows("hs act done"))
    return node("sub", "h", body, triggeredByEvent="true")


def test_an_uncaught_error_ends_the_whole_process() -> None:
    inner = nodes("start i", "end:error bad") + flows("i bad")
    result = alone(
        nodes("start s", "end e", "and f j", "task a after"),
        node("sub", "box", inner),
        flows("s f a j e", "f box after j"),
    )
    assert violated(result) == {"no_dead_activity"}
    assert result.dead_activities == ("after",)


def test_an_error_is_caught_by_the_nearest_scope_that_catches_it() -> None:
    deepest = nodes("start i2", "end:error bad") + flows("i2 bad")
    middle = nodes("start i", "end o", "task never") + node("sub", "deep", deepest)
    result = alone(
        nodes("start s", "end e f", "task mend"),
        node("sub", "box", middle + flows("i deep never o")),
        on("box", "error", "caught"),
        flows("s box e", "caught mend f"),
    )
    assert result.dead_activities == ("never",)
    assert result.sound


def test_an_error_event_sub_process_takes_the_place_of_its_scope() -> None:
    inner = nodes("start i", "end:error bad", "and f", "task a") + flows("i f a", "f bad")
    result = alone(
        nodes("start s", "end e", "task after"),
        node("sub", "box", inner + handler("error", cuts=True)),
        flows("s box after e"),
    )
    assert violated(result) == set()


def test_an_error_event_sub_process_without_a_throw_follows_work_in_its_scope() -> None:
    working = alone(
        nodes("start s", "end e", "task a"), flows("s a e"), handler("error", cuts=True)
    )
    assert working.dead_activities == ()
    idle = alone(nodes("start s", "end e"), flows("s e"), handler("error", cuts=True))
    assert idle.dead_activities == ("act",)


def test_an_escalation_begins_an_event_sub_process_beside_its_scope() -> None:
    drawn = nodes("start s", "end e", "throw:escalation up", "task a") + flows("s up a e")
    assert violated(alone(drawn, handler("escalation", cuts=False))) == set()
    again = nodes("start s", "end e", "throw:escalation up", "xor x y") + flows("s x up y e", "y x")
    result = alone(again, handler("escalation", cuts=False), budget=5_000)
    assert result.holds["no_dead_activity"] is True
    assert result.double_activities == ()


def test_an_escalation_that_ends_a_sub_process_from_within() -> None:
    inner = nodes("start i", "end:escalation out", "task a") + flows("i a out")
    drawn = nodes("start s", "end e f", "task after") + node("sub", "box", inner)
    cut = on("box", "escalation", "up") + flows("s box after e", "up f")
    result = alone(drawn, cut)
    assert violated(result) == {"no_dead_activity"}
    assert result.dead_activities == ("after",)
    assert violated(alone(drawn, flows("s box after e"))) == set()


def test_what_begins_beside_a_scope_keeps_it_from_ending() -> None:
    waiting = nodes("and j", "task lost", "end done") + flows("hs act j done", "lost j")
    result = alone(
        nodes("start s", "end e", "task a"),
        flows("s a e"),
        handler("timer", cuts=False, inner=waiting),
    )
    assert violated(result) == {"option_to_complete", "no_dead_activity"}


def test_an_event_of_several_kinds_takes_any_of_them() -> None:
    either = node("catch", "c", MESSAGE + TIMER)
    body = nodes("start t", "end g") + either + flows("t c g")
    asking = process(nodes("start s", "end e", "task a"), flows("s a e"))
    result = checked(pools(one="p", two="q"), asking, process(body, name="q"))
    assert violated(result) == set()
    only = process(
        nodes("start t", "end g") + node("catch", "c", MESSAGE) + flows("t c g"), name="q"
    )
    assert violated(checked(pools(one="p", two="q"), asking, only)) == {"option_to_complete"}


def test_definitions_beside_the_processes_are_found() -> None:
    shared = '<b:terminateEventDefinition id="stop"/>'
    end = node("end", "e", "<b:eventDefinitionRef>stop</b:eventDefinitionRef>")
    drawn = nodes("start s", "and f", "task a b") + flows("s f a e", "f b e")
    assert violated(checked(shared, process(drawn, end))) == set()
    missing = node("end", "e", "<b:eventDefinitionRef>gone</b:eventDefinitionRef>")
    assert [one.kind for one in checked(process(drawn, missing)).unsupported] == ["unknown event"]


def test_an_event_gateway_may_begin_a_process() -> None:
    begin = node("first", "g", instantiate="true") + nodes("receive r", "catch:message c")
    body = begin + nodes("end e", "xor x", "task a") + flows("g r x a e", "g c x")
    assert violated(alone(body)) == set()
    asking = process(nodes("start s", "end z", "send ask"), flows("s ask z"), name="q")
    together = checked(pools("ask r", one="p", two="q"), process(body), asking)
    assert violated(together) == set()


def test_a_receiving_task_may_begin_a_process() -> None:
    body = node("receive", "r", instantiate="true") + nodes("end e", "task a") + flows("r a e")
    assert violated(alone(body)) == set()
    asking = process(nodes("start s", "end z", "send ask"), flows("s ask z"), name="q")
    assert violated(checked(pools("ask r", one="p", two="q"), process(body), asking)) == set()
    silent = process(
        nodes("start s", "end z", "xor x y", "send ask"), flows("s x y z", "x ask y"), name="q"
    )
    assert violated(checked(pools("ask r", one="p", two="q"), process(body), silent)) == set()


def test_a_message_of_another_pool_cuts_an_activity_off() -> None:
    asking = process(nodes("start s", "end e", "send stop"), flows("s stop e"))
    body = nodes("start t", "end g", "task w mend", "xor x") + on("w", "message", "cut")
    waiting = process(body, flows("t w x g", "cut mend x"), name="q")
    result = checked(pools("stop cut", one="p", two="q"), asking, waiting)
    # It may come too late, or not at all where nobody listens any more.
    assert violated(result) == {"no_leftover_message"}
    assert result.message_relaxed_sound


def test_a_sub_process_may_wait_for_a_message() -> None:
    asking = process(nodes("start s", "end e", "send ask"), flows("s ask e"))
    inner = nodes("start i", "end o", "task w") + flows("i w o")
    body = nodes("start t", "end g") + node("sub", "box", inner) + flows("t box g")
    result = checked(pools("ask box", one="p", two="q"), asking, process(body, name="q"))
    assert violated(result) == set()


def test_a_task_that_asks_and_is_answered_sends_before_it_waits() -> None:
    asking = process(nodes("start s", "end e", "user ask"), flows("s ask e"))
    answer = nodes("start t", "end g", "catch:message hear", "send say") + flows("t hear say g")
    drawn = (pools("ask hear", "say ask", one="p", two="q"), asking, process(answer, name="q"))
    assert violated(checked(*drawn)) == set()
    late = nodes("start t", "end g", "receive hear") + flows("t hear g")
    both = (pools("ask hear", "hear ask", one="p", two="q"), asking, process(late, name="q"))
    assert violated(checked(*both)) == set()


def test_a_sub_process_that_shows_nothing_is_an_activity() -> None:
    drawn = nodes("start s", "end e f", "task mend") + node("sub", "box")
    result = alone(drawn, on("box", "escalation", "up"), flows("s box e", "up mend f"))
    assert violated(result) == set()


def test_one_of_several_messages_is_enough() -> None:
    asking = process(nodes("start s", "end e", "xor x y", "send a b"), flows("s x a y e", "x b y"))
    hearing = process(nodes("start t", "end g", "receive r"), flows("t r g"), name="q")
    result = checked(pools("a r", "b r", one="p", two="q"), asking, hearing)
    assert violated(result) == set()


def test_an_inclusive_gateway_waits_for_what_a_boundary_event_may_send() -> None:
    result = alone(
        nodes("start s", "end e", "and f", "or j", "task a b c"),
        on("b", "timer", "late"),
        nodes("end gone"),
        flows("s f a j e", "f b gone", "late c j"),
    )
    assert violated(result) == set()


def test_an_inclusive_gateway_waits_for_what_comes_by_a_link() -> None:
    link = '<b:linkEventDefinition name="here"/>'
    result = alone(
        nodes("start s", "end e", "and f", "or j", "task a b"),
        node("throw", "out", link) + node("catch", "back", link),
        flows("s f a j e", "f b out", "back j"),
    )
    assert violated(result) == set()


def test_a_reminder_of_an_activity_that_runs_twice_comes_for_each() -> None:
    result = alone(
        nodes("start s", "end e", "end:terminate t", "and f", "xor m", "task a b"),
        on("a", "timer", "late", cancel=False),
        flows("s f m a t", "f b m", "late e"),
    )
    assert result.double_activities == ("a",)
    assert result.holds["safe"] is False

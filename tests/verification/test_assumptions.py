"""What the verifier takes for granted is told, each thing by its element."""

from __future__ import annotations

from engine.verification.soundness import Result
from tests.verification.drawing import (
    alone,
    checked,
    flows,
    node,
    nodes,
    on,
    pools,
    process,
)

LINE = nodes("start s", "end e") + flows("s a e")


def kinds(drawn: Result) -> list[tuple[str, str]]:
    return [(one.element, one.kind) for one in drawn.assumptions]


def test_a_plain_diagram_needs_no_assumption() -> None:
    assert alone(LINE, nodes("task a")).assumptions == ()


def test_repetition_calls_and_reminders_are_told() -> None:
    repeated = node("task", "a", "<b:multiInstanceLoopCharacteristics/>")
    assert kinds(alone(LINE, repeated)) == [("a", "once")]
    assert kinds(alone(LINE, node("call", "a", calledElement="far"))) == [("a", "called")]
    aside = on("a", "timer", "late", cancel=False) + nodes("end f") + flows("late f")
    assert kinds(alone(LINE, nodes("task a"), aside)) == [("late", "outside_once")]
    start = node("start", "news", "<b:timerEventDefinition/>", isInterrupting="false")
    handler = node("sub", "h", start + nodes("end x") + flows("news x"), triggeredByEvent="true")
    assert kinds(alone(LINE, nodes("task a"), handler)) == [("news", "outside_once")]


def test_who_throws_a_message_waits_for_none() -> None:
    throwing = nodes("throw:message a", "end:message z", "start s") + flows("s a z")
    other = process(nodes("start t", "end g"), flows("t g"), name="q")
    assert checked(pools(one="p", two="q"), process(throwing), other).assumptions == ()


def test_messages_without_an_end_are_told() -> None:
    asking = process(LINE, nodes("send a"))
    hearing = process(nodes("start t", "end g", "receive r"), flows("t r g"), name="q")
    result = checked(pools("a two", one="p", two="q"), asking, hearing)
    assert kinds(result) == [("r", "no_message"), ("m_a_two", "pool_border")]
    assert "永远等待" in result.assumptions[0].text("zh")
    assert "waits for ever" in result.assumptions[0].text("en")

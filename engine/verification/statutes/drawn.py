"""What the elements of a diagram may do, before any state of it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from engine.execution import bpmn_model as d
from engine.expressions.errors import FeelError
from engine.expressions.references import calls
from engine.operations import SEND_MESSAGE
from engine.verification.evaluating import answer
from engine.verification.statutes.events import Event, Label, any_may

DONE: Final = {"userTask": "act", "serviceTask": "operation", "businessRuleTask": "decision"}
"""What completing a task is called, by the kind of the task."""

_THROWERS: Final = frozenset({"intermediateThrowEvent", "endEvent"})


def happens(diagram: d.Diagram, events: Iterable[Event]) -> bool:
    """Tell whether anything drawn may bring one of some events about."""
    wanted = tuple(events)
    return any(any_may(wanted, drawn_labels(node)) for node in diagram.nodes)


def drawn_labels(node: d.Node) -> Iterator[Label]:
    """Yield what a node may do, whatever it answers."""
    yield Label("element", node.id)
    if node.kind in DONE:
        yield Label(DONE[node.kind], does(node))
        yield from (Label("message", name) for name in sent(node))
    yield from of_events(node)


def of_events(node: d.Node) -> Iterator[Label]:
    """Yield what the events of a node send, catch or wait for."""
    for event in node.events:
        if event.kind == "timer":
            yield Label("timer", due_name(event.expression or ""))
        elif event.kind in ("message", "signal"):
            thrown = node.kind in _THROWERS
            yield Label(event.kind if thrown else "received", event.name or "")


def sent(node: d.Node) -> Iterator[str]:
    """Yield the message that a service task sends, as written."""
    if node.operation == SEND_MESSAGE:
        for one in node.parameters:
            if one.name == "message":
                name = answer(one.expression, {})
                yield name if isinstance(name, str) else one.expression


def due_name(expression: str) -> str:
    """Return the name in `due("name")`, or the expression itself."""
    try:
        named = [given[0] for function, given in calls(expression) if function == "due" and given]
    except FeelError:
        return expression
    return named[0] if len(named) == 1 and isinstance(named[0], str) else expression.strip()


def does(node: d.Node) -> str:
    """Return the act, operation or table of a task."""
    if node.kind == "userTask":
        return node.properties.get("act", "")
    return (node.operation if node.kind == "serviceTask" else node.decision) or ""

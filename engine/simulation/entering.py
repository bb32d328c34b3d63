"""What happens when a token comes to an element, by the kind of the element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from engine.simulation.answers import world_of
from engine.simulation.plan import Step
from engine.simulation.tokens import Frame, Marks, plain

if TYPE_CHECKING:  # the case asks for what is here, by way of its turns
    from engine.simulation.moving import Moving

Enter = Callable[["Moving", Frame, Step, Marks], None]


def _pass(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    life.leave(frame, step, marks)


def _task(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    wait = life.rest(frame, step, marks)
    life.guard(wait)
    life.clockwork.open_task(life, wait)


def _service(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    if step.node.operation:
        values = {name: life.answers.value(text, life, marks) for name, text in step.parameters}
        answer = world_of(life).operate(step.node.operation, values, plain(marks), life)
        if step.node.result:
            marks = life.written(marks, {step.node.result: answer})
    if frame.live:
        life.leave(frame, step, marks)


def _decide(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    if step.decision is not None:
        answer = life.answers.decision(step.decision, life, marks)
        if step.node.result:
            marks = life.written(marks, {step.node.result: answer})
    life.leave(frame, step, marks)


def _scope(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    if step.inner is None or step.inner.start is None:
        life.leave(frame, step, marks)
        return
    wait = life.rest(frame, step, marks)
    wait.inner = Frame(step.inner, wait, frame.root)
    life.guard(wait)
    life.put(wait.inner, step.inner.start, marks)


def _catch(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    life.guard(life.rest(frame, step, marks))


def _either(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    wait = life.rest(frame, step, marks)
    for way in step.ways:
        life.rest(frame, way.target, marks, wait)


def _throw(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    if step.trigger is not None:
        life.throw(step.trigger.kind, step.trigger.name, frame)
    life.leave(frame, step, marks)


def _end(life: Moving, frame: Frame, step: Step, marks: Marks) -> None:
    kind = step.trigger.kind if step.trigger else ""
    if kind == "error" and step.trigger:
        life.fail(frame, step.trigger.name)
        return
    if kind == "terminate":
        frame.left.append(marks)
        life.end(frame)
        return
    if step.trigger is not None:
        life.throw(kind, step.trigger.name, frame)
    life.consume(frame, marks)


ENTER: Final[Mapping[str, Enter]] = {
    "userTask": _task,
    "serviceTask": _service,
    "businessRuleTask": _decide,
    **dict.fromkeys(("subProcess", "callActivity"), _scope),
    "intermediateCatchEvent": _catch,
    "intermediateThrowEvent": _throw,
    "eventBasedGateway": _either,
    "endEvent": _end,
    **dict.fromkeys(("startEvent", "exclusiveGateway", "parallelGateway"), _pass),
    "inclusiveGateway": _pass,
}

"""Tiny diagrams for the tests of the runtime, written by hand in a few words."""

from __future__ import annotations

import itertools

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"
  targetNamespace="http://example.org/tests">"""


def start(name: str = "begin", message: str | None = None) -> str:
    inner = _message(message) if message else ""
    return f'<bpmn:startEvent id="{name}">{inner}</bpmn:startEvent>'


def user(name: str, body: str, *, english: str = "", **properties: str) -> str:
    given = {"act": f"{name}.do", "body": body, **properties}
    lines = "".join(f'<spiffworkflow:property name="{k}" value="{v}"/>' for k, v in given.items())
    return (
        f'<bpmn:userTask id="{name}" name="任务 {name}">'
        f"<bpmn:documentation>{english}</bpmn:documentation><bpmn:extensionElements>"
        f"<spiffworkflow:properties>{lines}</spiffworkflow:properties>"
        "</bpmn:extensionElements></bpmn:userTask>"
    )


def service(name: str, operation: str, result: str = "") -> str:
    return (
        f'<bpmn:serviceTask id="{name}"><bpmn:extensionElements>'
        f'<spiffworkflow:serviceTaskOperator id="{operation}" resultVariable="{result}"/>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )


def timer(name: str, due: str) -> str:
    return (
        f'<bpmn:intermediateCatchEvent id="{name}"><bpmn:timerEventDefinition>'
        f'<bpmn:timeDate xsi:type="bpmn:tFormalExpression">due("{due}")</bpmn:timeDate>'
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )


def catch(name: str, message: str) -> str:
    event = _message(message)
    return f'<bpmn:intermediateCatchEvent id="{name}">{event}</bpmn:intermediateCatchEvent>'


def throw(name: str, message: str) -> str:
    event = _message(message)
    return f'<bpmn:intermediateThrowEvent id="{name}">{event}</bpmn:intermediateThrowEvent>'


def exclusive(name: str, default: str = "") -> str:
    given = f' default="{default}"' if default else ""
    return f'<bpmn:exclusiveGateway id="{name}"{given}/>'


def parallel(name: str) -> str:
    return f'<bpmn:parallelGateway id="{name}"/>'


def end(name: str = "end") -> str:
    return f'<bpmn:endEvent id="{name}"/>'


def box(name: str, *inner: str) -> str:
    return f'<bpmn:subProcess id="{name}">{"".join(inner)}</bpmn:subProcess>'


def boundary(
    name: str, on: str, *, message: str = "", signal: str = "", interrupting: bool = True
) -> str:
    event = _message(message) if message else _signal(signal)
    given = "" if interrupting else ' cancelActivity="false"'
    return (
        f'<bpmn:boundaryEvent id="{name}" attachedToRef="{on}"{given}>{event}</bpmn:boundaryEvent>'
    )


def reminder(name: str, on: str, due: str) -> str:
    """A boundary that comes again whenever its date has moved on."""
    return (
        f'<bpmn:boundaryEvent id="{name}" attachedToRef="{on}" cancelActivity="false">'
        '<bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">'
        f'due("{due}")</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>'
    )


def flow(source: str, target: str, condition: str = "") -> str:
    inner = ""
    if condition:
        inner = (
            '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            f"{condition}</bpmn:conditionExpression>"
        )
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inner}</bpmn:sequenceFlow>"
    )


def chain(*names: str) -> str:
    return "".join(flow(a, b) for a, b in itertools.pairwise(names))


def process(
    name: str, *parts: str, messages: tuple[str, ...] = (), signals: tuple[str, ...] = ()
) -> bytes:
    declared = "".join(f'<bpmn:message id="m_{_id(m)}" name="{m}"/>' for m in messages)
    declared += "".join(f'<bpmn:signal id="s_{_id(s)}" name="{s}"/>' for s in signals)
    inner = "".join(parts)
    return (
        f'{HEAD}{declared}<bpmn:process id="{name}" isExecutable="true">{inner}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def _message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="m_{_id(name)}"/>'


def _signal(name: str) -> str:
    return f'<bpmn:signalEventDefinition signalRef="s_{_id(name)}"/>'


def _id(name: str) -> str:
    return name.replace(".", "_")

"""Draws small BPMN documents for the verifier's tests, without a shape or a vendor's word."""

from __future__ import annotations

from itertools import pairwise

from engine.verification.reading import read_model
from engine.verification.soundness import BUDGET, Result, verify
from engine.verification.subjects import subjects

NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"

KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "task": "task",
    "user": "userTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "first": "eventBasedGateway",
    "complex": "complexGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "on": "boundaryEvent",
    "sub": "subProcess",
    "call": "callActivity",
}


def node(kind: str, name: str, inner: str = "", **attributes: str) -> str:
    """Draw one node; `kind` may name an event definition behind a colon, as in `catch:timer`."""
    short, _, definition = kind.partition(":")
    tag = KINDS.get(short, short)
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    event = f"<b:{definition}EventDefinition/>" if definition else ""
    return f'<b:{tag} id="{name}"{written}>{event}{inner}</b:{tag}>'


def nodes(*words: str) -> str:
    """Draw nodes from words such as `task a b` or `end:terminate e`."""
    found = []
    for word in words:
        kind, *names = word.split()
        found += [node(kind, name) for name in names]
    return "".join(found)


def on(activity: str, kind: str, name: str, *, cancel: bool = True, inner: str = "") -> str:
    """Draw a boundary event."""
    cut = "true" if cancel else "false"
    return node(f"on:{kind}", name, inner, attachedToRef=activity, cancelActivity=cut)


def flows(*chains: str) -> str:
    """Draw sequence flows from chains such as `s a b e`; `?b` makes the one into b conditional."""
    found = []
    for chain in chains:
        words = chain.split()
        for source, word in pairwise(words):
            name, target = source.lstrip("?"), word.lstrip("?")
            condition = "<b:conditionExpression>x</b:conditionExpression>" if word != target else ""
            found.append(
                f'<b:sequenceFlow id="{name}.{target}" sourceRef="{name}" targetRef="{target}">'
                f"{condition}</b:sequenceFlow>"
            )
    return "".join(found)


def process(*parts: str, name: str = "p") -> str:
    """Draw a process."""
    return f'<b:process id="{name}">{"".join(parts)}</b:process>'


def pools(*messages: str, **processes: str) -> str:
    """Draw a collaboration: pools by their process (empty for a closed one), messages `a b`."""
    drawn = "".join(
        f'<b:participant id="{name}" processRef="{ref}"/>'
        if ref
        else f'<b:participant id="{name}"/>'
        for name, ref in processes.items()
    )
    for message in messages:
        source, target = message.split()
        drawn += (
            f'<b:messageFlow id="m_{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
        )
    return f'<b:collaboration id="together">{drawn}</b:collaboration>'


def document(*parts: str) -> bytes:
    """Draw a document."""
    body = "".join(parts)
    return f'<b:definitions xmlns:b="{NAMESPACE}" id="d">{body}</b:definitions>'.encode()


def checked(*parts: str, budget: int = BUDGET) -> Result:
    """Verify the first subject of a document of these parts."""
    model = read_model(document(*parts))
    return verify(model, subjects(model)[0], budget=budget)


def alone(*parts: str, budget: int = BUDGET) -> Result:
    """Verify a document with one process of these parts."""
    return checked(process(*parts), budget=budget)


def violated(result: Result) -> set[str]:
    """Return the names of the violated properties; every property has to be decided."""
    assert result.decided, result
    return {name for name, holds in result.holds.items() if not holds}

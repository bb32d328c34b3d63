"""Draws small processes with acts, operations and dates, and asks one thing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import Any

from engine.execution.bpmn_reader import read_bpmn
from engine.verification.names import Names, Write
from engine.verification.reading import read_model
from engine.verification.statutes.application import Application
from engine.verification.statutes.deciding import Ground, Verdict, decide
from engine.verification.statutes.reading import read_statutes
from engine.verification.statutes.steps import Drawn

HEAD = (
    '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core" id="d" targetNamespace="t">'
)


def task(name: str, **properties: str) -> str:
    """Draw a user task; its act is its name unless another is given."""
    held = {"act": name, "body": name, "ladder": "w1", **properties}
    inner = "".join(f'<s:property name="{k}" value="{v}"/>' for k, v in held.items())
    return (
        f'<b:userTask id="{name}"><b:extensionElements><s:properties>{inner}</s:properties>'
        "</b:extensionElements></b:userTask>"
    )


def service(name: str, operation: str, result: str = "") -> str:
    """Draw a service task that calls an operation."""
    written = f' resultVariable="{result}"' if result else ""
    return (
        f'<b:serviceTask id="{name}"><b:extensionElements>'
        f'<s:serviceTaskOperator id="{operation}"{written}><s:parameters/></s:serviceTaskOperator>'
        "</b:extensionElements></b:serviceTask>"
    )


def event(kind: str, name: str, defined: str = "", inner: str = "", **attributes: str) -> str:
    """Draw an event; `defined` is `message x`, `signal x`, `timer x` or `terminate`."""
    sort, _, reference = defined.partition(" ")
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    if sort in ("message", "signal"):
        inner += f'<b:{sort}EventDefinition {sort}Ref="{sort}_{reference}"/>'
    elif sort == "timer":
        inner += (
            f'<b:timerEventDefinition><b:timeDate>due("{reference}")</b:timeDate>'
            "</b:timerEventDefinition>"
        )
    elif sort:
        inner += f"<b:{sort}EventDefinition/>"
    return f'<b:{kind} id="{name}"{written}>{inner}</b:{kind}>'


def on(host: str, name: str, defined: str, *, cancel: bool = True) -> str:
    """Draw a boundary event."""
    cut = "true" if cancel else "false"
    return event("boundaryEvent", name, defined, attachedToRef=host, cancelActivity=cut)


def plain(kind: str, *names: str) -> str:
    """Draw nodes that carry nothing: gateways, starts, ends."""
    return "".join(f'<b:{kind} id="{name}"/>' for name in names)


def choice(name: str, default: str) -> str:
    """Draw an exclusive gateway whose default leads to a node."""
    return f'<b:exclusiveGateway id="{name}" default="{name}.{default}"/>'


def flows(*chains: str) -> str:
    """Draw sequence flows from chains such as `s a b`; `a[x = "y"]` gives the one into a."""
    found = []
    for chain in chains:
        words = chain.split(" > ")
        for source, target in pairwise(words):
            name, _, _ = source.partition("[")
            to, _, condition = target.partition("[")
            inner = ""
            if condition:
                inner = f"<b:conditionExpression>{condition[:-1]}</b:conditionExpression>"
            found.append(
                f'<b:sequenceFlow id="{name}.{to}" sourceRef="{name}" targetRef="{to}">'
                f"{inner}</b:sequenceFlow>"
            )
    return "".join(found)


def document(*parts: str, messages: Sequence[str] = (), signals: Sequence[str] = ()) -> bytes:
    """Draw a document with one process `p`."""
    heard = "".join(f'<b:message id="message_{one}" name="{one}"/>' for one in messages)
    heard += "".join(f'<b:signal id="signal_{one}" name="{one}"/>' for one in signals)
    return f'{HEAD}{heard}<b:process id="p">{"".join(parts)}</b:process></b:definitions>'.encode()


def names(**answers: str) -> Names:
    """Return names of tasks that answer one of some words, written `agree refuse`."""
    return Names(
        writes={
            one: (Write(f"{one}_answer", tuple(said.split())),) for one, said in answers.items()
        },
        acts={one: one for one in answers},
        outcomes={one: f"{one}_answer" for one in answers},
        watched=frozenset(answers),
    )


def judged(
    data: bytes,
    part: Mapping[str, Any],
    *,
    written: Names | None = None,
    application: Application | None = None,
    facts: Mapping[str, Any] | None = None,
    never: Mapping[str, Any] | None = None,
    until: float = inf,
) -> list[Verdict]:
    """Ask one part of a process."""
    told = {"zh": "一句", "en": "a sentence"}
    statutes = read_statutes(
        {
            "id": "T",
            "facts": {name: {**told, **one} for name, one in (facts or {}).items()},
            "never": {name: {**told, **one} for name, one in (never or {}).items()},
            "statutes": {
                "it": {
                    **told,
                    "article": "一",
                    "article_en": "1",
                    "parts": [{"process": "p", **told, **part}],
                }
            },
        }
    )
    diagram = read_bpmn(data)
    drawn = Drawn("p", read_model(data), diagram, written or names(), {})
    ground = Ground("p", diagram, drawn, application or Application(), until=until)
    return decide(statutes, statutes.statutes[0].parts[0], ground)


def one(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the only verdict."""
    assert len(verdicts) == 1
    return verdicts[0]


def way(verdict: Verdict) -> list[str]:
    """Return the elements of the path that breaks a property."""
    return list(verdict.path.elements) if verdict.path is not None else []

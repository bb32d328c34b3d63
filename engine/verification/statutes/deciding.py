"""Decides every part that is declared of a process, each with what breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from engine.execution.bpmn_model import Diagram, Node
from engine.verification.paths import Path
from engine.verification.statutes import silence, structural
from engine.verification.statutes.application import Application, Limit, Traffic
from engine.verification.statutes.availability import impossible
from engine.verification.statutes.declarations import MONITORED, Feasible, Part, Statutes
from engine.verification.statutes.drawn import happens
from engine.verification.statutes.facts import Fact, Name, Value
from engine.verification.statutes.monitors import (
    Absence,
    Barred,
    Monitor,
    Once,
    Precedence,
    Response,
)
from engine.verification.statutes.product import Product
from engine.verification.statutes.shortest import Leg, Way, shortest
from engine.verification.statutes.steps import Drawn, Steps, steps_of
from engine.verification.statutes.structural import Fault
from engine.verification.statutes.unattended import Unattended

TOTAL: Final = 150_000
"""States of all searches of one process together: some seconds."""

BUDGET: Final = 40_000
"""States of one product that are searched before a property is "not decided"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one part; a fault or a path says what breaks it."""

    part: Part
    holds: bool | None
    element: str = ""
    path: Path | None = None
    message_zh: str = ""
    message: str = ""


@dataclass
class Ground:
    """What statutes are decided on: one process, and the application around it.

    Attributes:
        drawn: the process as tokens and values see it; None where it cannot be read.
        required: by the name of a form, the fields that have to be filled in.
        traffic: by process, what it does with messages; of every process that is known.
    """

    process: str
    diagram: Diagram
    drawn: Drawn | None
    application: Application
    required: Mapping[str, frozenset[str]] = field(default_factory=dict)
    traffic: Mapping[str, Traffic] = field(default_factory=dict)
    budget: int = BUDGET
    left: int = TOTAL
    """States that may still be searched; past them the rest is "not decided"."""

    @cached_property
    def steps(self) -> Steps | None:
        """Its states; None where its net is too large, or has no semantics."""
        return steps_of(self.drawn) if self.drawn is not None else None


def decide(statutes: Statutes, part: Part, ground: Ground) -> list[Verdict]:
    """Return what is known of a part: one verdict, or one for each fault."""
    if part.pattern in MONITORED:
        return [_searched(statutes, part, ground)]
    if part.pattern == "escalated":
        return _escalated(part, ground)
    if part.pattern == "possible":
        return [_possible(part, ground)]
    faults = list(_faults(part, ground))
    if not faults:
        return [Verdict(part, True)]
    return [Verdict(part, False, one.element, None, one.message_zh, one.message) for one in faults]


def _faults(part: Part, ground: Ground) -> Iterator[Fault]:
    if part.pattern == "separation":
        yield from structural.separated(part, ground.diagram, ground.application)
    elif part.pattern == "bounded":
        yield from structural.bounded(part, ground.diagram, ground.application)
    elif part.pattern == "asked":
        yield from structural.asked(part, ground.diagram, ground.required)
    else:
        yield from structural.handed(part, ground.traffic)


def _searched(statutes: Statutes, part: Part, ground: Ground) -> Verdict:
    if not _is_asked(part, ground.diagram):
        return Verdict(part, True)
    if ground.steps is None:
        return Verdict(part, None)
    monitor = _monitor(part, ground.steps, ground.application)
    product = Product(
        ground.steps,
        monitor,
        never=_bars(statutes, part.relies_on),
        facts=_facts(statutes, part.assume, part.relies_on),
    )
    answer = product.answer(min(ground.budget, ground.left))
    ground.left -= answer.states
    last = answer.path.elements[-1] if answer.path and answer.path.elements else ""
    holds = answer.holds if ground.steps.whole or answer.holds is False else None
    return Verdict(part, holds, last, answer.path)


def _is_asked(part: Part, diagram: Diagram) -> bool:
    """Tell whether anything drawn brings about what a part is about; `once` always asks."""
    name = "after" if part.pattern == "response" else "event"
    return part.pattern == "once" or happens(diagram, part.events(name))


def quickest(
    statutes: Statutes, way: Feasible, steps: Steps, application: Application
) -> tuple[Leg, ...] | None:
    """Return the steps of authorities that take the time on the shortest way; None if none is."""

    def limit(node: Node) -> Limit | None:
        own = node.properties.get("body", "") not in way.outside
        return application.limit(node.properties) if own else None

    facts = _facts(statutes, way.assume, way.relies_on)
    bars = _bars(statutes, way.relies_on)
    return shortest(steps, Way(way.begin, way.goal, limit, facts, bars), BUDGET)


def _monitor(part: Part, steps: Steps, application: Application) -> Monitor:
    event, after = part.events("event"), part.events("after")
    if part.pattern == "precedence":
        return Precedence(event, part.arguments["needs"], part.events("since"))
    if part.pattern == "absence":
        return Absence(event, after, part.events("until"))
    if part.pattern == "response":
        return Response(after, event, part.events("unless"))
    if part.pattern == "once":
        return Once(event, part.events("unless"))
    attended = frozenset(part.arguments.get("attended", ()))
    return Unattended(steps.machine, event, application.by_people | attended)


def _bars(statutes: Statutes, relied: Sequence[str]) -> list[Barred]:
    """Return what the application never lets happen, of what is relied on."""
    found = [statutes.bars[name] for name in relied if name in statutes.bars]
    return [Barred(bar.event, bar.after, bar.until) for bar in found]


def _facts(
    statutes: Statutes, assume: Mapping[Name, Value], relied: Sequence[str]
) -> Sequence[Fact]:
    """Return values that are taken: what is assumed of a name stands before what is known."""
    assumed = [Fact(".".join(name), name, value, ()) for name, value in sorted(assume.items())]
    known = [statutes.facts[name] for name in relied if name in statutes.facts]
    return [*assumed, *(fact for fact in known if fact.name not in assume)]


def _possible(part: Part, ground: Ground) -> Verdict:
    during = part.events("during")
    if ground.steps is None:
        return Verdict(part, None)
    try:
        found = impossible(ground.steps, part.events("event"), during, ground.budget)
    except TimeoutError:
        return Verdict(part, None)
    if found is None:
        return Verdict(part, True)
    element, path = found
    return Verdict(
        part,
        False,
        element,
        path,
        f"“{element}”待办时不能 {'、'.join(map(str, part.events('event')))}",
        f"while {element} is open there is no {', '.join(map(str, part.events('event')))}",
    )


def _escalated(part: Part, ground: Ground) -> list[Verdict]:
    waiting = silence.waiting(ground.diagram, ground.application)
    if not waiting:
        return [Verdict(part, True)]
    if ground.steps is None:
        return [Verdict(part, None)]
    found = silence.unseen(ground.steps, waiting, part.events("alarms"), ground.budget)
    if not found:
        return [Verdict(part, True)]
    return [
        Verdict(
            part,
            False if one.decided else None,
            one.task.id,
            one.path,
            f"“{one.task.id}”无人办理时，没有上级单位知道",
            f"when nobody does {one.task.id}, no body above hears of it",
        )
        for one in found
    ]

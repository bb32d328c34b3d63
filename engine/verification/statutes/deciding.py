"""Decides every part that is declared of a process, each with what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Final

from engine.execution.bpmn_model import Diagram, Node
from engine.verification.paths import Path
from engine.verification.statutes import silence, structural
from engine.verification.statutes.application import Application, Limit, Traffic
from engine.verification.statutes.availability import impossible
from engine.verification.statutes.declarations import MONITORED, Feasible, Part, Statutes
from engine.verification.statutes.drawn import happens
from engine.verification.statutes.events import Event, any_may
from engine.verification.statutes.facts import Fact, Name, Value
from engine.verification.statutes.idle import HELD_UP, idle
from engine.verification.statutes.monitors import (
    Absence,
    Barred,
    Monitor,
    Once,
    Precedence,
    Response,
)
from engine.verification.statutes.product import Answer, Product
from engine.verification.statutes.shortest import Shortest, Way, shortest
from engine.verification.statutes.space import Space, space_of
from engine.verification.statutes.steps import Drawn, Steps, steps_of
from engine.verification.statutes.structural import Fault, Posting
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
    arises: bool = True
    """Whether anything that the part is about can happen: else it holds of nothing."""


Naming = Callable[[Event], tuple[str, str]]
"""Names an event in words, in Chinese and in English."""


def as_written(event: Event) -> tuple[str, str]:
    """Name an event as a declaration writes it, where no title is known."""
    return str(event), str(event)


@dataclass
class Ground:
    """What statutes are decided on: one process, and the application around it.

    Attributes:
        drawn: the process as tokens and values see it; None where it cannot be read.
        required: by the name of a form, the fields that have to be filled in.
        traffic: by process, what it does with messages; of every process that is known.
        named: what an event is called in what is told of it.
        posted: what a candidate rule and a post of it are called there.
    """

    process: str
    diagram: Diagram
    drawn: Drawn | None
    application: Application
    required: Mapping[str, frozenset[str]] = field(default_factory=dict)
    traffic: Mapping[str, Traffic] = field(default_factory=dict)
    named: Naming = as_written
    posted: Posting = structural.as_posted
    budget: int = BUDGET
    left: int = TOTAL
    """States that may still be searched; past them the rest is "not decided"."""
    until: float = inf
    """When to stop, as `thread_time` tells it; likewise."""

    @cached_property
    def steps(self) -> Steps | None:
        """Its states; None where its net is too large, or has no semantics."""
        return steps_of(self.drawn, self.until) if self.drawn is not None else None

    @cached_property
    def space(self) -> Space | None:
        """All its states at once; None where there are too many."""
        if self.steps is None or not self.steps.whole:
            return None
        found = space_of(self.steps, self.may_search, self.until)
        self.left -= len(found.states) if found is not None else self.may_search
        return found

    @property
    def may_search(self) -> int:
        """How many states the next search may visit."""
        return min(self.budget, self.left)


def decide(statutes: Statutes, part: Part, ground: Ground) -> list[Verdict]:
    """Return what is known of a part: one verdict, or one for each fault."""
    if part.pattern in MONITORED:
        return [_searched(statutes, part, ground)]
    if part.pattern == "escalated":
        return _escalated(part, ground)
    if part.pattern == "drawn":
        return list(_drawn(part, ground))
    if part.pattern == "possible":
        return [_possible(part, ground)]
    faults = list(_faults(part, ground))
    if not faults:
        return [_kept(part, ground)]
    return [Verdict(part, False, one.element, None, one.message_zh, one.message) for one in faults]


def _faults(part: Part, ground: Ground) -> Iterator[Fault]:
    if part.pattern == "separation":
        yield from structural.separated(part, ground.diagram, ground.application)
    elif part.pattern == "confined":
        yield from structural.confined(part, ground.process, ground.diagram)
    elif part.pattern == "entrusted":
        # Of a diagram that cannot be drawn nothing is known; the gate says why.
        if ground.drawn is not None:
            names = ground.drawn.names
            yield from structural.entrusted(part, ground.diagram, names, ground.posted)
    elif part.pattern == "bounded":
        yield from structural.bounded(part, ground.diagram, ground.application, ground.named)
    elif part.pattern == "asked":
        yield from structural.asked(part, ground.diagram, ground.required)
    else:
        yield from structural.handed(part, ground.traffic)


def _kept(part: Part, ground: Ground) -> Verdict:
    """Return what is known of a part that has no fault: it may speak of nothing that is drawn."""
    if part.pattern == "separation":
        return Verdict(part, True, arises=structural.meet(part, ground.diagram))
    if part.pattern == "confined":
        return Verdict(part, True, arises=happens(ground.diagram, part.events("event")))
    if part.pattern != "entrusted":
        return Verdict(part, True)
    if ground.drawn is None:
        return Verdict(part, None)
    return Verdict(part, True, arises=structural.charged(part, ground.diagram, ground.drawn.names))


def _searched(statutes: Statutes, part: Part, ground: Ground) -> Verdict:
    if ground.steps is None:
        return Verdict(part, None)
    name = "after" if part.pattern == "response" else "event"
    if part.pattern != "once" and _happens(part.events(name), ground) is False:
        return Verdict(part, True, arises=False)
    through, outside = part.events("through"), ground.application.outside
    waiting = idle(ground.steps, outside, through) if part.pattern == "response" else []
    answer = _answer(statutes, part, ground, ground.steps, waiting)
    last = answer.path.elements[-1] if answer.path and answer.path.elements else ""
    holds = answer.holds if ground.steps.whole or answer.holds is False else None
    held_up = holds is False and any(waiting)
    held_up = held_up and _answer(statutes, part, ground, ground.steps).holds is True
    return Verdict(part, holds, last, answer.path, *(HELD_UP if held_up else ("", "")))


def _answer(
    statutes: Statutes, part: Part, ground: Ground, steps: Steps, waiting: Sequence[bool] = ()
) -> Answer:
    """Search the states of a process beside a part; what was looked at is spent."""
    product = Product(
        steps,
        _monitor(part, steps, ground.application),
        never=_bars(statutes, part.relies_on),
        facts=_facts(statutes, part.assume, part.relies_on),
        idle=waiting,
    )
    answer = product.answer(ground.may_search, ground.until)
    ground.left -= answer.states
    return answer


def _happens(events: Sequence[Event], ground: Ground) -> bool | None:
    """Tell whether one of some events can ever happen: it is drawn, and can be come to."""
    if not happens(ground.diagram, events):
        return False
    steps = ground.steps
    if steps is None:
        return None
    return any_may(events, steps.happening) or (False if steps.whole else None)


def _drawn(part: Part, ground: Ground) -> Iterator[Verdict]:
    """Yield the events that have to be drawn, and never happen."""
    found = {one: _happens([one], ground) for one in part.events("event")}
    missing = [one for one, there in found.items() if there is False]
    if not missing:
        yield Verdict(part, None if None in found.values() else True)
    for one in missing:
        zh, en = ground.named(one)
        told_zh, told = f"流程图中没有或走不到{zh}", f"{en} never happens on the diagram"
        yield Verdict(part, False, message_zh=told_zh, message=told)


def quickest(statutes: Statutes, way: Feasible, ground: Ground) -> Shortest | None:
    """Return the shortest way by the steps of authorities that take the time; None if none is."""
    if ground.steps is None:
        return None

    def limit(node: Node) -> Limit | None:
        own = node.properties.get("body", "") not in way.outside
        return ground.application.limit(node.properties) if own else None

    facts = _facts(statutes, way.assume, way.relies_on)
    bars = _bars(statutes, way.relies_on)
    looked_for = Way(way.begin, way.goal, limit, facts, bars)
    return shortest(ground.steps, looked_for, ground.may_search, ground.until)


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
    return Unattended(steps.machine, event, application.by_people | attended, part.events("by"))


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
    if _happens(during, ground) is False:
        return Verdict(part, True, arises=False)
    if ground.steps is None or ground.space is None:
        return Verdict(part, None)
    found = impossible(ground.steps, ground.space, part.events("event"), during)
    if found is None:
        return Verdict(part, True)
    element, path = found
    zh, en = ground.named(Event("element", element))
    wanted = [ground.named(one) for one in part.events("event")]
    return Verdict(
        part,
        False,
        element,
        path,
        f"{zh}待办时不会发生{'、'.join(one[0] for one in wanted)}",
        f"while {en} is open there is no {', '.join(one[1] for one in wanted)}",
    )


def _escalated(part: Part, ground: Ground) -> list[Verdict]:
    waiting = silence.waiting(ground.diagram, ground.application)
    if not waiting:
        return [Verdict(part, True)]
    if ground.steps is None:
        return [Verdict(part, None)]
    found = silence.unseen(ground.steps, ground.space, waiting, part.events("alarms"))
    if not found:
        return [Verdict(part, True)]
    return [_unheard(part, one, ground) for one in found]


def _unheard(part: Part, one: silence.Unseen, ground: Ground) -> Verdict:
    zh, en = ground.named(Event("element", one.task.id))
    return Verdict(
        part,
        False if one.decided else None,
        one.task.id,
        one.path,
        f"{zh}无人办理时，没有上级单位知道",
        f"when nobody does {en}, no body above hears of it",
    )

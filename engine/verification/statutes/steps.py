"""What the steps of one process mean to statutes: labels, and the conditions of flows taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from time import thread_time
from typing import Final

from engine.execution import bpmn_model as d
from engine.expressions.tables import DecisionTable
from engine.verification import model as m
from engine.verification.evaluating import paths_read, truth
from engine.verification.machine import FieldFull, Machine
from engine.verification.names import Names
from engine.verification.net import Kind, Mark, TooLarge, Transition
from engine.verification.paths import Path, shown
from engine.verification.statutes.drawn import DONE, does, of_events, sent
from engine.verification.statutes.events import Event, Label
from engine.verification.statutes.facts import Name, Value
from engine.verification.statutes.tables import possible
from engine.verification.subjects import net_of, subjects
from engine.verification.unsupported import unsupported

_ROOM: Final = ((1, 2), (2, 2), (2, 5))
"""Instances of a scope and bits of a place, tried one after the other."""

EXPLORED: Final = 30_000
"""States of a process that are looked at before every property about it is asked."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A flow is taken only if every one of `holding` may hold and none of `failing` must.

    `carried` are the values that the token itself has where the step is taken.
    """

    holding: tuple[str, ...]
    failing: tuple[str, ...]
    carried: Mapping[Name, Value]
    table: DecisionTable | None = None
    answer: str | None = None

    def reads(self, names: Set[Name]) -> bool:
        """Tell whether one of some names may decide it; what a table asks always may."""
        said = (paths_read(one) for one in (*self.holding, *self.failing))
        return self.table is not None or any(found & names for found in said)

    def open(self, values: Mapping[Name, Value]) -> bool:
        """Tell whether values let a token pass."""
        known = {".".join(name): value for name, value in {**self.carried, **values}.items()}
        if self.table is not None and not possible(self.table, self.answer, known):
            return False
        return all(truth(one, known) is not False for one in self.holding) and all(
            truth(one, known) is not True for one in self.failing
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A process as it is written: its diagram, its tables, and what its elements write."""

    process: str
    model: m.Model
    diagram: d.Diagram
    names: Names
    tables: Mapping[str, DecisionTable]
    answered: tuple[Event, ...] = ()
    """Events whose answers are asked for: those steps tell what they answer, others need not."""

    @property
    def told(self) -> Names:
        """Return the names with the elements whose values are told apart at once."""
        watched = {node.id for node in self.diagram.nodes if self._is_asked(node)}
        return replace(self.names, watched=self.names.watched | watched)

    def _is_asked(self, node: d.Node) -> bool:
        kind = DONE.get(node.kind)
        if kind is None:
            return False
        label = Label(kind, does(node))
        return kind == "decision" or any(event.may(label) for event in self.answered)


class Steps:
    """The net of one process with what each of its transitions means."""

    def __init__(self, machine: Machine, drawn: Drawn, *, at_once: bool = True) -> None:
        """Read what every transition does.

        Args:
            machine: the net.
            drawn: the process as it is written.
            at_once: whether the machine does what it can before it waits for anything.
        """
        self.machine = machine
        self.at_once = at_once
        self.whole = False
        """Whether every state was seen: else what was found counts, and nothing is claimed."""
        self.diagram = drawn.diagram
        self._drawn = drawn
        turns = machine.net.transitions
        self.labels = [tuple(self._labels(turn)) for turn in turns]
        self.waits = [any(_waits(label) for label in labels) for labels in self.labels]
        self.guards = [self._guard(turn) for turn in turns]
        self._next: dict[int, list[tuple[int, int]]] = {}

    def after(self, state: int) -> list[tuple[int, int]]:
        """Return the transitions that can happen in a state and the states they lead to.

        What the machine does by itself comes before anything that it waits for: a person, a
        message, a date. It goes on until nothing is left to do, within one transaction.

        Raises:
            FieldFull: more tokens are needed than a place counts.
        """
        found = self._next.get(state)
        if found is None:
            machine = self.machine
            turns = machine.enabled(state)
            if any(machine.net.transitions[turn].mark is Mark.OVERFLOW for turn in turns):
                raise FieldFull
            alone = [turn for turn in turns if not self.waits[turn]] if self.at_once else []
            found = [(turn, machine.fire(state, turn)) for turn in alone or turns]
            self._next[state] = found
        return found

    def visit(self, budget: int, until: float) -> bool:
        """Visit every state; tell whether the budget and the time did.

        Raises:
            FieldFull: there is not enough room.
        """
        waiting, seen = [self.machine.initial], {self.machine.initial}
        while waiting and len(seen) <= budget and thread_time() < until:
            for _, state in self.after(waiting.pop()):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return not waiting

    def settles(self) -> bool:
        """Tell whether what the machine does by itself always comes to an end."""
        left = {
            state: {after for turn, after in found if not self.waits[turn]}
            for state, found in self._next.items()
        }
        before: dict[int, list[int]] = {}
        for state, found in left.items():
            for after in found:
                before.setdefault(after, []).append(state)
        ended = [state for state, found in left.items() if not found]
        while ended:
            state = ended.pop()
            for earlier in before.get(state, ()):
                left[earlier].discard(state)
                if not left[earlier]:
                    ended.append(earlier)
        return not any(left.values())

    def path(self, turns: Sequence[int]) -> Path:
        """Return transitions, played from the start, as they are shown."""
        return shown(self.machine, turns)

    def _labels(self, turn: Transition) -> Iterator[Label]:
        for number, name in enumerate(turn.elements):
            yield Label("element", name)
            node = self.diagram.by_id.get(name)
            if node is not None:
                yield from self._of_node(node, turn, first=number == 0)

    def _of_node(self, node: d.Node, turn: Transition, *, first: bool) -> Iterator[Label]:
        if node.kind in DONE:
            if first and turn.action == "end":
                yield Label(DONE[node.kind], does(node), self._answer(node, turn))
                yield from (Label("message", name) for name in sent(node))
            return
        yield from of_events(node)

    def _answer(self, node: d.Node, turn: Transition) -> str | None:
        """Return the answer with which a task ended, where the step knows it."""
        name = self._drawn.names.outcomes.get(node.id) or node.result
        value = dict(turn.values).get(name) if name is not None else None
        return value if isinstance(value, str) else None

    def _guard(self, turn: Transition) -> Guard | None:
        holding: list[str] = []
        failing: list[str] = []
        for name in turn.flows:
            flow = self._flows.get(name)
            if flow is None:
                continue
            if flow.condition and not flow.default:
                holding.append(flow.condition)
            elif flow.default:
                others = self.diagram.outgoing.get(flow.source, ())
                failing += [o.condition for o in others if o.condition]
        table, answer = self._asked(turn)
        carried: dict[Name, Value] = {
            (place.element,): place.value
            for place in map(self.machine.net.places.__getitem__, turn.read)
            if place.kind is Kind.VALUE and place.value is not None
        }
        if not (holding or failing or table):
            return None
        return Guard(tuple(holding), tuple(failing), carried, table, answer)

    def _asked(self, turn: Transition) -> tuple[DecisionTable | None, str | None]:
        """Return the table that a step asks, with what it answers there; None for no answer."""
        node = self.diagram.by_id.get(turn.elements[0]) if turn.elements else None
        if node is None or node.kind != "businessRuleTask" or turn.action != "end":
            return None, None
        result = self._drawn.names.outcomes.get(node.id) or node.result
        for name, value in turn.values:
            if name == result and (value is None or isinstance(value, str)):
                return self._drawn.tables.get(node.decision or ""), value
        return None, None

    @cached_property
    def happening(self) -> frozenset[Label]:
        """Everything that happens in the states that were visited."""
        taken = {turn for found in self._next.values() for turn, _ in found}
        return frozenset(label for turn in taken for label in self.labels[turn])

    @cached_property
    def _flows(self) -> Mapping[str, d.Flow]:
        return {flow.id: flow for flow in self.diagram.flows}


def _waits(label: Label) -> bool:
    return label.kind in ("act", "timer", "received")


def steps_of(drawn: Drawn, until: float = inf) -> Steps | None:
    """Return the steps of a process alone, with the room it needs; None without semantics.

    Args:
        drawn: the process as it is written.
        until: when to stop, as `thread_time` tells it; then not all of it is seen.
    """
    model = drawn.model
    subject = next((one for one in subjects(model) if drawn.process in one.processes), None)
    if subject is None or unsupported(model, subject.processes):
        return None
    names = drawn.told
    for slots, width in _ROOM:
        try:
            machine = Machine(net_of(model, subject, slots, names), width)
            found = Steps(machine, drawn)
            found.whole = found.visit(EXPLORED, until)
            if found.whole and not found.settles():
                # Where it goes round for ever, nothing else would ever come about.
                found = Steps(machine, drawn, at_once=False)
                found.whole = found.visit(EXPLORED, until)
        except FieldFull:
            continue
        except TooLarge:
            return None
        return found
    return None

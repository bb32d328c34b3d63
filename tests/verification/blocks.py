"""Random block-structured diagrams that our engine runs, and the verifier's token game on them.

Every choice is decided by the task before it: the task `t3` writes the flags that its gateway
reads. So one assignment of flags leaves one thing to happen, and engine and verifier can be held
against each other after every step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from engine.verification.machine import Machine
from engine.verification.net import Kind, Transition
from engine.verification.reading import read_model
from engine.verification.subjects import net_of, subjects
from tests.execution import drawing as d
from tests.verification.structured import Block, Ends, Sheet

Values = Mapping[str, int]


@dataclass
class Drawn(Sheet):
    """A diagram and the flags of each gateway."""

    flags: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each gateway: the flag that opens each of its flows; the default has none."""

    def kinds(self) -> Sequence[Block]:
        return (
            *(self.sequence, self.choice, self.parallel, self.inclusive, self.loop),
            *(self.box, self.race, self.interrupted, self.task),
        )

    def entry(self, split: str) -> str:
        """Put the task that decides before a split."""
        task, _ = self.task()
        self.link(task, split)
        return task

    def conditions(self, split: str, branches: Sequence[Ends]) -> Sequence[str]:
        flags = [f"{split}_{number}" for number in range(len(branches) - 1)]
        opened = [*flags, ""]
        self.flags[split] = {first: flag for (first, _), flag in zip(branches, opened, strict=True)}
        return [*(f"{flag} = 1" for flag in flags), ""]

    def again(self, out: str, into: str, after: str) -> str:
        flag = f"{out}_0"
        self.flags[out] = {into: flag, after: ""}
        return f"{flag} = 1"

    def interrupted(self, _depth: int) -> Ends:
        task, _ = self.task()
        return self.guarded(task)

    def guarded(self, activity: str) -> Ends:
        """Put a border on an activity that interrupts it, or starts something beside it."""
        if self.random.random() < 0.6:
            return super().guarded(activity)
        name = self.name("m")
        self.add(d.boundary(name, activity, message=name, interrupting=False))
        other, _ = self.task()
        self.link(name, other)
        self.link(other, self.add(d.end(self.name("e"))))
        return activity, activity

    def race(self, _depth: int) -> Ends:
        race, merge = self.add(d.race(self.name("g"))), self.add(d.xor(self.name("g")))
        for _ in range(2):
            event = self.name("m")
            self.add(d.catch(event, message=event))
            task, _ = self.task()
            self.link(race, event)
            self.link(event, task)
            self.link(task, merge)
        return race, merge


def diagram(seed: int) -> tuple[bytes, Drawn]:
    """Draw a process `p`."""
    drawn = Drawn(Random(seed))  # noqa: S311 a drawing, not a secret
    return drawn.process(), drawn


class Game:
    """Plays the verifier's tokens: what nobody decides happens at once."""

    def __init__(self, source: bytes, drawn: Drawn) -> None:
        model = read_model(source)
        self.model = model
        self.machine = Machine(net_of(model, subjects(model)[0], 1), 2)
        self.drawn = drawn
        self.values: dict[str, int] = {}
        self.state = self.machine.initial
        self._settle()

    @property
    def tasks(self) -> list[str]:
        """Tasks that somebody may complete."""
        return sorted(self._elements(Kind.ACTIVITY))

    @property
    def events(self) -> set[str]:
        """Events that may occur."""
        return {self._turn(t).elements[-1] for t in self._enabled() if self._outside(self._turn(t))}

    @property
    def ended(self) -> bool:
        return self.machine.over(self.state)

    def complete(self, task: str, values: Values) -> None:
        self.values.update(values)
        self._do(lambda turn: turn.action == "end" and turn.elements == (task,))

    def occur(self, event: str) -> None:
        self._do(lambda turn: self._outside(turn) and turn.elements[-1] == event)

    def _do(self, wanted: object) -> None:
        assert callable(wanted)
        (turn,) = [t for t in self._enabled() if wanted(self._turn(t))]
        self.state = self.machine.fire(self.state, turn)
        self._settle()

    def _settle(self) -> None:
        while True:
            ready = [t for t in self._enabled() if self._happens(self._turn(t))]
            if not ready:
                return
            self.state = self.machine.fire(self.state, ready[0])

    def _happens(self, turn: Transition) -> bool:
        if self._outside(turn) or (turn.action == "end" and self._is_task(turn)):
            return False
        return all(self._takes(gateway, turn) for gateway in self.drawn.flags)

    def _takes(self, gateway: str, turn: Transition) -> bool:
        """Tell whether the flows of a step are those that the flags open at a gateway."""
        flags = self.drawn.flags[gateway]
        flows = [self.model.flows[name] for name in turn.flows]
        taken = {flow.target for flow in flows if flow.source == gateway}
        if not taken:
            return True
        opened = {target for target, flag in flags.items() if flag and self.values.get(flag)}
        default = {target for target, flag in flags.items() if not flag}
        if self.model.nodes[gateway].kind == "exclusiveGateway":
            first = [target for target in flags if target in opened][:1]
            return taken == (set(first) or default)
        return taken == (opened or default)

    def _outside(self, turn: Transition) -> bool:
        return turn.action in {"occur", "interrupt", "aside"}

    def _is_task(self, turn: Transition) -> bool:
        return self.machine.net.places[turn.consume[0]].kind is Kind.ACTIVITY

    def _enabled(self) -> list[int]:
        return self.machine.enabled(self.state)

    def _turn(self, number: int) -> Transition:
        return self.machine.net.transitions[number]

    def _elements(self, kind: Kind) -> list[str]:
        places = self.machine.net.places
        marked = [p for p in self.machine.marked(self.state) if places[p].kind is kind]
        return [places[p].element for p in marked for _ in range(self.machine.count(self.state, p))]

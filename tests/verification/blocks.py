"""Random block-structured diagrams that our engine runs, and the verifier's token game on them.

Every choice is decided by the task before it: the task `t3` writes the flags that its gateway
reads. So one assignment of flags leaves one thing to happen, and engine and verifier can be held
against each other after every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from engine.verification.machine import Machine
from engine.verification.net import Kind, Transition
from engine.verification.reading import read_model
from engine.verification.subjects import net_of, subjects
from tests.execution import drawing as d

DEPTH = 3
Values = Mapping[str, int]


@dataclass
class Drawn:
    """A diagram being drawn: nodes of one scope, its flows, and the flags of each gateway."""

    random: Random
    count: int = 0
    flags: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each gateway: the flag that opens each of its flows; the default has none."""
    nodes: list[d.Node] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def add(self, node: d.Node) -> str:
        self.nodes.append(node)
        return node.id

    def link(self, source: str, target: str, condition: str = "") -> None:
        self.flows.append(f"{source} > {target}" + (f" | {condition} = 1" if condition else ""))


Ends = tuple[str, str]


def diagram(seed: int) -> tuple[bytes, Drawn]:
    """Draw a process `p`."""
    drawn = Drawn(Random(seed))  # noqa: S311 a drawing, not a secret
    first, last = _sequence(drawn, DEPTH + 1)
    drawn.add(d.start())
    drawn.add(d.end())
    drawn.link("start", first)
    drawn.link(last, "end")
    return d.diagram("p", drawn.nodes, "\n".join(drawn.flows)), drawn


def block(drawn: Drawn, depth: int) -> Ends:
    if depth == 0:
        return _task(drawn)
    draw = drawn.random.choice(
        (_sequence, _choice, _parallel, _inclusive, _loop, _box, _race, _interrupted, _task)
    )
    return draw(drawn, depth)


def _task(drawn: Drawn, _depth: int = 0) -> Ends:
    name = drawn.add(d.user(drawn.name("t")))
    return name, name


def _sequence(drawn: Drawn, depth: int) -> Ends:
    first, middle = block(drawn, depth - 1)
    after, last = block(drawn, depth - 1)
    drawn.link(middle, after)
    return first, last


def _choice(drawn: Drawn, depth: int) -> Ends:
    return _split(drawn, depth, d.xor)


def _inclusive(drawn: Drawn, depth: int) -> Ends:
    return _split(drawn, depth, d.either)


def _split(drawn: Drawn, depth: int, gateway: type | object) -> Ends:
    assert callable(gateway)
    task, _ = _task(drawn)
    split, join = drawn.name("g"), drawn.name("g")
    branches = [block(drawn, depth - 1) for _ in range(drawn.random.randint(2, 3))]
    default = f"{split}-{branches[-1][0]}"
    drawn.add(gateway(split, default=default))
    drawn.add(gateway(join))
    drawn.link(task, split)
    flags = drawn.flags.setdefault(split, {})
    for number, (first, last) in enumerate(branches):
        flag = f"{split}_{number}" if number < len(branches) - 1 else ""
        flags[first] = flag
        drawn.link(split, first, flag)
        drawn.link(last, join)
    return task, join


def _parallel(drawn: Drawn, depth: int) -> Ends:
    split, join = drawn.add(d.both(drawn.name("g"))), drawn.add(d.both(drawn.name("g")))
    for _ in range(2):
        first, last = block(drawn, depth - 1)
        drawn.link(split, first)
        drawn.link(last, join)
    return split, join


def _loop(drawn: Drawn, depth: int) -> Ends:
    into, out = drawn.add(d.xor(drawn.name("g"))), drawn.name("g")
    first, last = block(drawn, depth - 1)
    again, _ = _task(drawn)
    after = drawn.add(d.xor(drawn.name("g")))
    drawn.add(d.xor(out, default=f"{out}-{after}"))
    drawn.link(into, first)
    drawn.link(last, again)
    drawn.link(again, out)
    drawn.link(out, into, f"{out}_0")
    drawn.link(out, after)
    drawn.flags[out] = {into: f"{out}_0", after: ""}
    return into, after


def _box(drawn: Drawn, depth: int) -> Ends:
    outer_nodes, outer_flows = drawn.nodes, drawn.flows
    drawn.nodes, drawn.flows = [], []
    first, last = block(drawn, depth - 1)
    begin, finish = drawn.add(d.start(drawn.name("s"))), drawn.add(d.end(drawn.name("e")))
    drawn.link(begin, first)
    drawn.link(last, finish)
    box = d.sub(drawn.name("box"), drawn.nodes, "\n".join(drawn.flows))
    drawn.nodes, drawn.flows = outer_nodes, outer_flows
    drawn.add(box)
    return _guarded(drawn, box.id) if drawn.random.random() < 0.5 else (box.id, box.id)


def _interrupted(drawn: Drawn, _depth: int) -> Ends:
    task, _ = _task(drawn)
    return _guarded(drawn, task)


def _guarded(drawn: Drawn, activity: str) -> Ends:
    """Put a message boundary on an activity; what interrupts comes back to the same flow."""
    name = drawn.name("m")
    cut = drawn.random.random() < 0.6
    drawn.add(d.boundary(name, activity, message=name, interrupting=cut))
    other, _ = _task(drawn)
    drawn.link(name, other)
    if not cut:
        drawn.link(other, drawn.add(d.end(drawn.name("e"))))
        return activity, activity
    merge = drawn.add(d.xor(drawn.name("g")))
    drawn.link(activity, merge)
    drawn.link(other, merge)
    return activity, merge


def _race(drawn: Drawn, _depth: int) -> Ends:
    race, merge = drawn.add(d.race(drawn.name("g"))), drawn.add(d.xor(drawn.name("g")))
    for _ in range(2):
        event = drawn.name("m")
        drawn.add(d.catch(event, message=event))
        task, _ = _task(drawn)
        drawn.link(race, event)
        drawn.link(event, task)
        drawn.link(task, merge)
    return race, merge


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

"""Random diagrams whose tasks write a few names again and again, and everything they may lead to.

Unlike in `blocks`, a condition reads what any task before it wrote: in the same branch, before a
split, in a branch that was joined, in a box. The verifier may know less than the engine does, so
it keeps every state that agrees with what was seen; what the engine does has to be among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from engine.verification.machine import Machine
from engine.verification.names import Names, Value, Write
from engine.verification.net import Kind, Transition
from engine.verification.reading import read_model
from engine.verification.subjects import net_of, subjects
from tests.execution import drawing as d

NAMES = ("x", "y")
VALUES = ("a", "b", "c")
DEPTH = 3
Ends = tuple[str, str]
Seen = tuple[tuple[str, ...], bool]


@dataclass
class Page:
    """A diagram being drawn: nodes and flows of one scope, and what each task writes."""

    random: Random
    count: int = 0
    writes: dict[str, tuple[Write, ...]] = field(default_factory=dict)
    nodes: list[d.Node] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def add(self, node: d.Node) -> str:
        self.nodes.append(node)
        return node.id

    def link(self, source: str, target: str, condition: str = "") -> None:
        self.flows.append(f"{source} > {target}" + (f" | {condition}" if condition else ""))


def diagram(seed: int) -> tuple[bytes, Names]:
    """Draw a process `p`."""
    page = Page(Random(seed))  # noqa: S311 a drawing, not a secret
    first, last = _sequence(page, DEPTH + 1)
    page.add(d.start())
    page.add(d.end())
    page.link("start", first)
    page.link(last, "end")
    source = d.diagram("p", page.nodes, "\n".join(page.flows))
    return source, Names(page.writes, watched=frozenset(page.writes))


def _block(page: Page, depth: int) -> Ends:
    if depth == 0:
        return _task(page)
    kinds = (_sequence, _sequence, _choice, _choice, _parallel, _inclusive, _loop, _box, _task)
    return page.random.choice(kinds)(page, depth)


def _task(page: Page, _depth: int = 0) -> Ends:
    name = page.add(d.user(page.name("t")))
    if page.random.random() < 0.7:
        written = page.random.sample(NAMES, page.random.randint(1, 2))
        values = {one: page.random.sample(VALUES, page.random.randint(1, 3)) for one in written}
        kept = page.random.random() < 0.3
        page.writes[name] = tuple(
            Write(one, tuple(sorted(some)), keeps=kept) for one, some in values.items()
        )
    return name, name


def _sequence(page: Page, depth: int) -> Ends:
    first, middle = _block(page, depth - 1)
    after, last = _block(page, depth - 1)
    page.link(middle, after)
    return first, last


def _choice(page: Page, depth: int) -> Ends:
    return _split(page, depth, d.xor)


def _inclusive(page: Page, depth: int) -> Ends:
    return _split(page, depth, d.either)


def _split(page: Page, depth: int, gateway: object) -> Ends:
    assert callable(gateway)
    split, join = page.name("g"), page.name("g")
    branches = [_block(page, depth - 1) for _ in range(page.random.randint(2, 3))]
    page.add(gateway(split, default=f"{split}-{branches[-1][0]}"))
    page.add(gateway(join))
    read = page.random.choice(NAMES)
    values = page.random.sample(VALUES, len(branches) - 1)
    for number, (first, last) in enumerate(branches):
        condition = f'{read} = "{values[number]}"' if number < len(values) else ""
        page.link(split, first, condition)
        page.link(last, join)
    return split, join


def _parallel(page: Page, depth: int) -> Ends:
    split, join = page.add(d.both(page.name("g"))), page.add(d.both(page.name("g")))
    for _ in range(2):
        first, last = _block(page, depth - 1)
        page.link(split, first)
        page.link(last, join)
    return split, join


def _loop(page: Page, depth: int) -> Ends:
    into, out = page.add(d.xor(page.name("g"))), page.name("g")
    first, last = _block(page, depth - 1)
    again, _ = _task(page)
    after = page.add(d.xor(page.name("g")))
    page.add(d.xor(out, default=f"{out}-{after}"))
    page.link(into, first)
    page.link(last, again)
    page.link(again, out)
    page.link(out, into, f'{page.random.choice(NAMES)} = "{page.random.choice(VALUES)}"')
    page.link(out, after)
    return into, after


def _box(page: Page, depth: int) -> Ends:
    outer_nodes, outer_flows = page.nodes, page.flows
    page.nodes, page.flows = [], []
    first, last = _block(page, depth - 1)
    begin, finish = page.add(d.start(page.name("s"))), page.add(d.end(page.name("e")))
    page.link(begin, first)
    page.link(last, finish)
    box = d.sub(page.name("box"), page.nodes, "\n".join(page.flows))
    page.nodes, page.flows = outer_nodes, outer_flows
    page.add(box)
    if page.random.random() < 0.5:
        return box.id, box.id
    name = page.name("m")
    page.add(d.boundary(name, box.id, message=name, interrupting=True))
    other, _ = _task(page)
    merge = page.add(d.xor(page.name("g")))
    page.link(name, other)
    page.link(box.id, merge)
    page.link(other, merge)
    return box.id, merge


class Possible:
    """Every state that the verifier takes for possible after what was seen."""

    def __init__(self, source: bytes, names: Names) -> None:
        model = read_model(source)
        self._names = names
        self.machine = Machine(net_of(model, subjects(model)[0], 1, names), 2)
        self.states = self._settled({self.machine.initial})

    @property
    def observations(self) -> set[Seen]:
        """What may be seen: the open tasks, and whether it has ended."""
        return {self._seen(state) for state in self.states}

    @property
    def certain(self) -> bool:
        """Tell whether every value is followed, so that one observation alone is possible."""
        return not self.machine.net.free

    def keep(self, seen: Seen) -> None:
        """Drop the states that do not agree with what was seen."""
        self.states = {state for state in self.states if self._seen(state) == seen}

    def complete(self, task: str, values: Mapping[str, Value]) -> None:
        """Complete a task that writes some values, as far as they are told apart there."""
        watched = task in self._names.watched

        def wanted(turn: Transition) -> bool:
            told = dict(turn.values)
            agrees = told == values if watched else told.items() <= values.items()
            return turn.action == "end" and turn.elements == (task,) and agrees

        self._do(wanted)

    def occur(self, event: str) -> None:
        """Let an event at a border occur."""
        self._do(lambda turn: turn.action == "interrupt" and turn.elements[-1] == event)

    def _do(self, wanted: object) -> None:
        assert callable(wanted)
        turns = self.machine.net.transitions
        after = {
            self.machine.fire(state, turn)
            for state in self.states
            for turn in self.machine.enabled(state)
            if wanted(turns[turn])
        }
        self.states = self._settled(after)

    def _settled(self, states: Iterable[int]) -> set[int]:
        """Follow whatever nobody decides, to every state in which something is waited for."""
        waiting, seen, found = list(states), set(states), set()
        while waiting:
            state = waiting.pop()
            ready = [turn for turn in self.machine.enabled(state) if not self._waits(turn)]
            if not ready:
                found.add(state)
            for turn in ready:
                after = self.machine.fire(state, turn)
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return found

    def _waits(self, number: int) -> bool:
        turn: Transition = self.machine.net.transitions[number]
        place = self.machine.net.places[turn.consume[0]] if turn.consume else None
        ends = turn.action == "end" and place is not None and place.kind is Kind.ACTIVITY
        return ends or turn.action == "interrupt"

    def _seen(self, state: int) -> Seen:
        places = self.machine.net.places
        marked = [p for p in self.machine.marked(state) if places[p].kind is Kind.ACTIVITY]
        tasks = [places[p].element for p in marked for _ in range(self.machine.count(state, p))]
        return tuple(sorted(tasks)), self.machine.over(state)

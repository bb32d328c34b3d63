"""Random diagrams whose tasks write a few names again and again, and everything they may lead to.

Unlike in `blocks`, a condition reads what any task before it wrote: in the same branch, before a
split, in a branch that was joined, in a box. The verifier may know less than the engine does, so
it keeps every state that agrees with what was seen; what the engine does has to be among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from engine.verification.machine import Machine
from engine.verification.names import Names, Value, Write
from engine.verification.net import Kind, Transition
from engine.verification.reading import read_model
from engine.verification.subjects import net_of, subjects
from tests.verification.structured import Block, Ends, Sheet

NAMES = ("x", "y")
VALUES = ("a", "b", "c")
Seen = tuple[tuple[str, ...], bool]


@dataclass
class Page(Sheet):
    """A diagram and what each of its tasks writes."""

    writes: dict[str, tuple[Write, ...]] = field(default_factory=dict)

    def kinds(self) -> Sequence[Block]:
        return (
            *(self.sequence, self.sequence, self.choice, self.choice, self.parallel),
            *(self.inclusive, self.loop, self.box, self.task),
        )

    def conditions(self, split: str, branches: Sequence[Ends]) -> Sequence[str]:
        read = self.random.choice(NAMES)
        values = self.random.sample(VALUES, len(branches) - 1)
        return [*(f'{read} = "{value}"' for value in values), ""]

    def again(self, out: str, into: str, after: str) -> str:
        return f'{self.random.choice(NAMES)} = "{self.random.choice(VALUES)}"'

    def task(self, _depth: int = 0) -> Ends:
        name, _ = super().task()
        if self.random.random() < 0.7:
            written = self.random.sample(NAMES, self.random.randint(1, 2))
            values = {one: self.random.sample(VALUES, self.random.randint(1, 3)) for one in written}
            kept = self.random.random() < 0.3
            self.writes[name] = tuple(
                Write(one, tuple(sorted(some)), keeps=kept) for one, some in values.items()
            )
        return name, name


def diagram(seed: int) -> tuple[bytes, Names]:
    """Draw a process `p`."""
    page = Page(Random(seed))  # noqa: S311 a drawing, not a secret
    source = page.process()
    return source, Names(page.writes, watched=frozenset(page.writes))


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

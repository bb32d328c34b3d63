"""Random diagrams of blocks that nest, as both comparisons with the engine draw them.

Where a gateway decides, a subclass says by which condition; what a task writes is its own too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.execution import drawing as d

DEPTH = 3
Ends = tuple[str, str]
"""Where a block is entered, and what it is left by."""

Block = Callable[[int], Ends]


@dataclass
class Sheet:
    """A diagram being drawn: nodes and flows of one scope."""

    random: Random
    count: int = 0
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

    def process(self) -> bytes:
        """Draw a process `p`."""
        first, last = self.sequence(DEPTH + 1)
        self.add(d.start())
        self.add(d.end())
        self.link("start", first)
        self.link(last, "end")
        return d.diagram("p", self.nodes, "\n".join(self.flows))

    # ---------------------------------------------------------------- what a subclass decides

    def kinds(self) -> Sequence[Block]:
        """Blocks to choose from; one that stands twice is drawn twice as often."""
        raise NotImplementedError

    def conditions(self, split: str, branches: Sequence[Ends]) -> Sequence[str]:
        """Return the condition of each branch, "" for the default, which is the last."""
        raise NotImplementedError

    def again(self, out: str, into: str, after: str) -> str:
        """Return the condition on which a loop turns once more."""
        raise NotImplementedError

    def entry(self, split: str) -> str:
        """Return what a split is entered by."""
        return split

    def guarded(self, activity: str) -> Ends:
        """Put a message border on an activity; what interrupts comes back to the same flow."""
        name = self.name("m")
        self.add(d.boundary(name, activity, message=name, interrupting=True))
        other, _ = self.task()
        self.link(name, other)
        merge = self.add(d.xor(self.name("g")))
        self.link(activity, merge)
        self.link(other, merge)
        return activity, merge

    # ---------------------------------------------------------------- blocks

    def block(self, depth: int) -> Ends:
        return self.random.choice(self.kinds())(depth) if depth else self.task()

    def task(self, _depth: int = 0) -> Ends:
        name = self.add(d.user(self.name("t")))
        return name, name

    def sequence(self, depth: int) -> Ends:
        first, middle = self.block(depth - 1)
        after, last = self.block(depth - 1)
        self.link(middle, after)
        return first, last

    def choice(self, depth: int) -> Ends:
        return self._split(depth, d.xor)

    def inclusive(self, depth: int) -> Ends:
        return self._split(depth, d.either)

    def _split(self, depth: int, gateway: Callable[..., d.Node]) -> Ends:
        split, join = self.name("g"), self.name("g")
        entry = self.entry(split)
        branches = [self.block(depth - 1) for _ in range(self.random.randint(2, 3))]
        self.add(gateway(split, default=f"{split}-{branches[-1][0]}"))
        self.add(gateway(join))
        conditions = self.conditions(split, branches)
        for (first, last), condition in zip(branches, conditions, strict=True):
            self.link(split, first, condition)
            self.link(last, join)
        return entry, join

    def parallel(self, depth: int) -> Ends:
        split, join = self.add(d.both(self.name("g"))), self.add(d.both(self.name("g")))
        for _ in range(2):
            first, last = self.block(depth - 1)
            self.link(split, first)
            self.link(last, join)
        return split, join

    def loop(self, depth: int) -> Ends:
        into, out = self.add(d.xor(self.name("g"))), self.name("g")
        first, last = self.block(depth - 1)
        decided, _ = self.task()
        after = self.add(d.xor(self.name("g")))
        self.add(d.xor(out, default=f"{out}-{after}"))
        self.link(into, first)
        self.link(last, decided)
        self.link(decided, out)
        self.link(out, into, self.again(out, into, after))
        self.link(out, after)
        return into, after

    def box(self, depth: int) -> Ends:
        outer_nodes, outer_flows = self.nodes, self.flows
        self.nodes, self.flows = [], []
        first, last = self.block(depth - 1)
        begin, finish = self.add(d.start(self.name("s"))), self.add(d.end(self.name("e")))
        self.link(begin, first)
        self.link(last, finish)
        box = d.sub(self.name("box"), self.nodes, "\n".join(self.flows))
        self.nodes, self.flows = outer_nodes, outer_flows
        self.add(box)
        return self.guarded(box.id) if self.random.random() < 0.5 else (box.id, box.id)

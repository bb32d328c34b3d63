"""What the scenarios of a process visited: user tasks, sequence flows, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.deployment.bundle import Bundle


@dataclass
class Trail:
    """Where tokens were, as (process, id): flows taken, tasks completed, rows that matched."""

    flows: set[tuple[str, str]] = field(default_factory=set)
    tasks: set[tuple[str, str]] = field(default_factory=set)
    rows: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: Trail) -> None:
        """Take in the trail of another scenario."""
        self.flows |= other.flows
        self.tasks |= other.tasks
        self.rows |= other.rows


@dataclass(frozen=True)
class Coverage:
    """How much of one process was visited, and what was not."""

    process: str
    tasks: int
    flows: int
    rows: int
    missed_tasks: tuple[str, ...]
    missed_flows: tuple[str, ...]
    missed_rows: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing was missed."""
        return not (self.missed_tasks or self.missed_flows or self.missed_rows)


def measure(bundle: Bundle, trail: Trail) -> Coverage:
    """Compare the trail with everything that a bundle holds."""
    diagram = bundle.diagram
    nodes = diagram.nodes if diagram is not None else ()
    drawn = diagram.flows if diagram is not None else ()
    tasks = [node.id for node in nodes if node.kind in ("userTask", "manualTask")]
    flows = [flow.id for flow in drawn]
    tables = [file.table for file in bundle.read.decisions.values() if file.table is not None]
    rows = [rule.id for table in tables for rule in table.rules]
    return Coverage(
        process=bundle.process,
        tasks=len(tasks),
        flows=len(flows),
        rows=len(rows),
        missed_tasks=_missed(bundle.process, tasks, trail.tasks),
        missed_flows=_missed(bundle.process, flows, trail.flows),
        missed_rows=_missed(bundle.process, rows, trail.rows),
    )


def _missed(process: str, wanted: Iterable[str], seen: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(name for name in wanted if (process, name) not in seen))

"""What one client measures of its own work: the time within transactions, and nothing between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, process_time

from workflows.bench.processes import resident_mb


@dataclass
class Stopwatch:
    """Adds up the transactions of one client; those of completions are kept one by one."""

    busy: float = 0.0
    cpu: float = 0.0
    transactions: int = 0
    completions: list[float] = field(default_factory=list)

    @contextmanager
    def transaction(self, *, completion: bool) -> Iterator[None]:
        """Measure one transaction, in seconds."""
        began, cpu = perf_counter(), process_time()
        yield
        took = perf_counter() - began
        self.busy += took
        self.cpu += process_time() - cpu
        self.transactions += 1
        if completion:
            self.completions.append(took)


@dataclass(frozen=True)
class Sample:
    """What a client reports: seconds, counts, and its resident memory in MB."""

    busy: float
    cpu: float
    transactions: int
    completions: list[float]
    rss_mb: float


def sample(watch: Stopwatch) -> Sample:
    """Return what a stopwatch shows, with the memory of this process now."""
    # Not the most it ever had: of a process just begun, that would be its parent's as well.
    return Sample(watch.busy, watch.cpu, watch.transactions, watch.completions, resident_mb())

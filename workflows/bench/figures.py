"""From samples to figures: rates, percentiles, ratios of one run on one machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from workflows.bench.measuring import Sample, Stopwatch

FLOORS = {"ratio_to_same_writes": "same_writes", "ratio_to_thin": "thin", "ratio_to_naive": "naive"}


@dataclass(frozen=True)
class Figures:
    """One way in one round; times in ms, memory in MB, storage in bytes."""

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_ms: float
    cpu_ms_database: float | None
    rss_mb: float
    bytes_per_case: float
    index_bytes_per_case: float | None = None
    """What of that lies in indexes; the rest is state and history."""


def figures(samples: Sequence[Sample], server_cpu: float | None, stored: float) -> Figures:
    """Return the figures of clients that worked at the same time."""
    taken = sorted(took for one in samples for took in one.completions)
    transactions = sum(one.transactions for one in samples)
    return Figures(
        per_second=sum(len(one.completions) / one.busy for one in samples),
        p50_ms=_percentile(taken, 0.50),
        p95_ms=_percentile(taken, 0.95),
        p99_ms=_percentile(taken, 0.99),
        cpu_ms=sum(one.cpu for one in samples) / transactions * 1000,
        cpu_ms_database=None if server_cpu is None else server_cpu / transactions * 1000,
        rss_mb=max(one.rss_mb for one in samples),
        bytes_per_case=stored,
    )


def summary(rounds: Mapping[str, Sequence[Figures]]) -> dict[str, Any]:
    """Return the medians of every way, and the ratios of ours within each round."""
    ways = {name: _median(found) for name, found in rounds.items()}
    ratios = {
        ratio: median(
            mine.per_second / theirs.per_second
            for mine, theirs in zip(rounds["ours"], rounds[floor], strict=True)
        )
        for ratio, floor in FLOORS.items()
    }
    return {"ways": ways, **{name: round(value, 3) for name, value in ratios.items()}}


def spans(watch: Stopwatch) -> dict[str, float]:
    """Return percentiles of what one process measured, and its CPU time for each, in ms."""
    found = percentiles(watch.completions)
    return found | {"cpu_ms": round(watch.cpu / watch.transactions * 1000, 3)}


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Return the percentiles of some spans, in ms."""
    ordered = sorted(seconds)
    shares = {"p50_ms": 0.50, "p95_ms": 0.95, "p99_ms": 0.99}
    return {name: round(_percentile(ordered, share), 3) for name, share in shares.items()}


def _median(found: Sequence[Figures]) -> dict[str, float | None]:
    columns: dict[str, list[float | None]] = {}
    for one in found:
        for name, value in asdict(one).items():
            columns.setdefault(name, []).append(value)
    return {name: _middle(values) for name, values in columns.items()}


def _middle(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 3) if known else None


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

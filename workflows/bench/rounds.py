"""Rounds of the sign-off: every way in turn, each on an empty database, again and again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workflows.bench import signoff, thin
from workflows.bench.clients import measure
from workflows.bench.figures import Figures, figures, summary
from workflows.bench.places import Place
from workflows.bench.ways import Job

MEASURED = ("ours", "same_writes", "thin", "naive")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How much is measured: clients at once, cases of each, rounds."""

    clients: int
    cases: int
    rounds: int


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Measure every way in turn and return the summary."""
    rounds: Mapping[str, list[Figures]] = {way: [] for way in MEASURED}
    total, done = plan.rounds * len(MEASURED), 0
    with tempfile.TemporaryDirectory(prefix="bihuan-tape-") as folder:
        _once(place, plan, "recorded", Path(folder))
        for _ in range(plan.rounds):
            for way in MEASURED:
                rounds[way].append(_once(place, plan, way, Path(folder)))
                done += 1
                progress(done, total)
    settings = {"database": place.name, "clients": plan.clients, "cases": plan.cases}
    return settings | {"rounds": plan.rounds} | summary(rounds)


def _once(place: Place, plan: Plan, way: str, folder: Path) -> Figures:
    with place.empty() as url:
        _set_up(place, url)
        before, indexed = place.stored_bytes(url), place.index_bytes(url)
        jobs = [
            Job(way, place, url, plan.cases, folder / f"{client}.tape")
            for client in range(plan.clients)
        ]
        samples, spent = measure(jobs)
        cases = plan.clients * plan.cases
        stored = (place.stored_bytes(url) - before) / cases
        now = place.index_bytes(url)
        indexes = None if now is None or indexed is None else (now - indexed) / cases
    return replace(figures(samples, spent, stored), index_bytes_per_case=indexes)


def _set_up(place: Place, url: str) -> None:
    database = place.open(url)
    with database.begin() as session:
        signoff.deploy(session)
    database.dispose()
    thin.set_up(url, place.synchronous)

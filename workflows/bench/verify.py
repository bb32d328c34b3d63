"""How long the verifier takes, and how many states it visits: our processes and whole families."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.verification.reading import read_model
from engine.verification.soundness import Result, verify
from engine.verification.subjects import subjects
from workflows.bench.diagrams import FAMILIES
from workflows.soundness import read_names

Progress = Callable[[int, int], None]
Measure = Callable[[Progress], dict[str, Any]]

ROUNDS: Final = 5


def runs(bundles: list[Bundle], environment: GateEnvironment) -> Iterator[tuple[str, Measure]]:
    """Yield what is measured: every bundle with the values of its names, then every family."""
    for bundle in bundles:
        yield bundle.process, partial(_process, bundle, environment)
    for family, draw, sizes in FAMILIES:
        for size in sizes:
            yield f"{size:03} {family}", partial(_family, family, size, draw)


def _process(bundle: Bundle, environment: GateEnvironment, progress: Progress) -> dict[str, Any]:
    source = bundle.files[bundle.diagram_path]

    def once() -> list[Result]:
        model = read_model(source)
        names = read_names(bundle, environment)
        return [verify(model, subject, names=names) for subject in subjects(model)]

    return _measured(bundle.process, source, once, progress)


def _family(
    family: str, size: int, draw: Callable[[int], bytes], progress: Progress
) -> dict[str, Any]:
    source = draw(size)

    def once() -> list[Result]:
        model = read_model(source)
        return [verify(model, subject) for subject in subjects(model)]

    return _measured(f"{size:03} {family}", source, once, progress)


def _measured(
    subject: str, source: bytes, once: Callable[[], list[Result]], progress: Progress
) -> dict[str, Any]:
    times: list[float] = []
    cpu: list[float] = []
    found: list[Result] = []
    for number in range(ROUNDS):
        gc.collect()
        began, began_cpu = perf_counter(), process_time()
        found = once()
        times.append((perf_counter() - began) * 1000)
        cpu.append((process_time() - began_cpu) * 1000)
        progress(number + 1, ROUNDS)
    model = read_model(source)
    return {
        "subject": subject,
        "elements": len(model.nodes),
        "flows": len(model.flows),
        "states": sum(result.states for result in found),
        "ms": round(median(times), 1),
        "cpu_ms": round(median(cpu), 1),
        "all_hold": all(result.good for result in found),
        "sound": all(result.decided for result in found),
    }

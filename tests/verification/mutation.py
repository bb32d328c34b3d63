"""Judges mutants of the shipped diagrams and tells who catches them, as a table."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from tests.verification.languages import same_acts
from tests.verification.mutants import OPERATORS, Mutant, mutants
from workflows.app import gate_environment
from workflows.deploying import bundles
from workflows.verifying import Examination, examine

BY: Final = ("gate", "soundness", "statutes", "silence", "feasibility", "equivalent", "survives")
"""Who catches a mutant, the first that does; or nobody, and whether it is the same process."""


@dataclass(frozen=True)
class Caught:
    """One mutant and what became of it; `also` names all that refuse it."""

    mutant: Mutant
    by: str
    also: frozenset[str]


@cache
def shipped() -> dict[str, Bundle]:
    """Return the shipped bundles by process."""
    return {bundle.process: bundle for bundle in bundles()}


@cache
def surroundings() -> GateEnvironment:
    """Return the application with all shipped processes in force."""
    contracts = {name: bundle.contract for name, bundle in shipped().items()}
    return dataclasses.replace(gate_environment(), processes=contracts)


def every_mutant() -> Iterator[Mutant]:
    """Yield every mutant of every shipped diagram."""
    for process, bundle in shipped().items():
        yield from mutants(process, bundle.files[bundle.diagram_path])


def judged(mutant: Mutant) -> Caught:
    """Examine one mutant among the others in force."""
    original = shipped()[mutant.process]
    files = {**original.files, original.diagram_path: mutant.source}
    changed = Bundle(mutant.process, files)
    refused = frozenset(_refusals(examine([changed], surroundings())))
    by = next((one for one in BY if one in refused), "")
    if not by:
        by = "equivalent" if same_acts(original, changed, surroundings()) else "survives"
    return Caught(mutant, by, refused)


def _refusals(found: Examination) -> Iterator[str]:
    if any(one.severity == "error" for one in found.findings):
        yield "gate"
    for one in found.judgements:
        if one.refuses:
            yield "statutes" if one.kind == "statute" else one.kind


def table(found: Sequence[Caught]) -> list[str]:
    """Return a table in Markdown: mutants by operator and by who catches them first."""
    titles = [
        *("改动 · Change", "个数 · Mutants", "门禁 · Gate", "健全 · Soundness"),
        *("法条 · Statutes", "沉默 · Silence", "时限 · Feasibility"),
        *("等价 · Equivalent", "未发现 · Survive"),
    ]
    rows = [f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}"]
    for operator in OPERATORS:
        some = [one for one in found if one.mutant.operator == operator]
        rows.append(_row(operator, some))
    return [*rows, _row("合计 · Total", found)]


def alone(found: Iterable[Caught]) -> Counter[str]:
    """Count the mutants that one kind of examination alone refuses."""
    return Counter(next(iter(one.also)) for one in found if len(one.also) == 1)


def _row(name: str, found: Sequence[Caught]) -> str:
    counts = Counter(one.by for one in found)
    cells = [name, str(len(found)), *(str(counts[by]) for by in BY)]
    return f"| {' | '.join(cells)} |"

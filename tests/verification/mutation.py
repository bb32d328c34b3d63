"""Judges mutants of the shipped diagrams and tells who catches them, as a table."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.deployment.gate import check, errors_of
from tests.verification.languages import same_acts
from tests.verification.mutants import OPERATORS, Mutant, mutants
from workflows.app import gate_environment
from workflows.deploying import bundles
from workflows.verifying import Examination, examine

BY: Final = ("gate", "soundness", "statutes", "silence", "feasibility", "equivalent", "survives")
"""Who catches a mutant, the first that does; or nobody, and whether it is the same process."""


@dataclass(frozen=True)
class Caught:
    """One mutant and what became of it."""

    mutant: Mutant
    by: str


@cache
def shipped() -> dict[str, Bundle]:
    """Return the shipped bundles by process."""
    return {bundle.process: bundle for bundle in bundles()}


@cache
def surroundings() -> GateEnvironment:
    """Return the application with all shipped processes in force."""
    contracts = {name: bundle.contract for name, bundle in shipped().items()}
    return dataclasses.replace(gate_environment(), processes=contracts)


def every_mutant(step: int = 1) -> Iterator[Mutant]:
    """Yield every mutant of every shipped diagram, or every so many of each process and kind."""
    for process, bundle in shipped().items():
        counts: Counter[str] = Counter()
        for mutant in mutants(process, bundle.files[bundle.diagram_path]):
            if counts[mutant.operator] % step == 0:
                yield mutant
            counts[mutant.operator] += 1


def judged(mutant: Mutant) -> Caught:
    """Examine one mutant among the others in force, as far as somebody refuses it."""
    original = shipped()[mutant.process]
    files = {**original.files, original.diagram_path: mutant.source}
    changed = Bundle(mutant.process, files)
    findings = check([changed], surroundings())
    if errors_of(findings) or {one.code for one in findings} - _codes(mutant.process):
        return Caught(mutant, "gate")
    refused = frozenset(_refusals(examine([changed], surroundings())))
    by = next((one for one in BY if one in refused), "")
    if not by:
        # What conditions read of the case is free where orders are compared.
        compared = mutant.operator != "swap a condition"
        same = compared and same_acts(original, changed, surroundings())
        by = "equivalent" if same else "survives"
    return Caught(mutant, by)


@cache
def _codes(process: str) -> frozenset[str]:
    """Return what the gate says of a shipped process: of a mutant that is nothing new."""
    return frozenset(one.code for one in check([shipped()[process]], surroundings()))


def _refusals(found: Examination) -> Iterator[str]:
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


def _row(name: str, found: Sequence[Caught]) -> str:
    counts = Counter(one.by for one in found)
    cells = [name, str(len(found)), *(str(counts[by]) for by in BY)]
    return f"| {' | '.join(cells)} |"

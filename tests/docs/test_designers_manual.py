"""The designer's manual lists what the gate knows, no more and no less."""

from __future__ import annotations

import importlib
import pkgutil

from engine.deployment import checks
from engine.deployment.checks.constructs import ALLOWED
from engine.deployment.findings import Fault
from tests.docs.reading import first_cells, quoted, section
from workflows.app import gate_environment

PAGE = "docs/designer.md"
WORDS = {
    "userTask": "user task",
    "serviceTask": "service task",
    "businessRuleTask": "business rule task",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event-based",
    "startEvent": "Start",
    "endEvent": "End",
    "intermediateCatchEvent": "Catching",
    "intermediateThrowEvent": "Throwing",
    "boundaryEvent": "Boundary",
    "subProcess": "sub-process",
    "callActivity": "call activity",
}


def faults() -> dict[str, Fault]:
    """Return every fault that some check can find, by its code."""
    modules = (
        importlib.import_module(f"{checks.__name__}.{found.name}")
        for found in pkgutil.iter_modules(checks.__path__)
    )
    found = [one for module in modules for one in vars(module).values() if isinstance(one, Fault)]
    return {fault.code: fault for fault in found}


def named(title: str) -> list[str]:
    """Return the names in the first column of a section's first table."""
    body = section(PAGE, title).partition("\n### ")[0]
    return [name for cell in first_cells(body) for name in quoted(cell)]


def subsection(title: str) -> list[str]:
    whole = section(PAGE, "用户任务的属性 · Properties of a user task")
    body = whole.partition(f"### {title}\n")[2].partition("\n### ")[0]
    return [name for cell in first_cells(body) for name in quoted(cell)]


def test_every_finding_is_listed_once() -> None:
    assert sorted(named("检查会发现什么 · What the gate finds")) == sorted(faults())


def test_warnings_are_told_from_errors() -> None:
    table = section(PAGE, "检查会发现什么 · What the gate finds")
    for code, fault in faults().items():
        word = "警告 warning" if fault.severity == "warning" else "错误 error"
        assert f"| `{code}` | {word} |" in table


def test_the_vocabulary_is_the_one_of_the_application() -> None:
    known = gate_environment()
    assert set(named("操作 · Operations")) == set(known.operations)
    assert set(named("期限 · Dates")) == known.due_names
    assert set(subsection("承办规则 · Candidate rules")) == known.bodies
    assert set(subsection("督办阶梯 · Ladders")) == known.ladders
    for name in known.functions:
        assert f"`{name}(" in section(PAGE, "期限 · Dates")


def test_every_element_that_may_be_drawn_is_named() -> None:
    table = section(PAGE, "能画什么 · What may be drawn")
    assert set(WORDS) == ALLOWED
    for words in WORDS.values():
        assert words in table

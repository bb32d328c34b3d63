"""What a draft is found to be: the examination of its bundle beside the processes in force."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.deployment.findings import Finding
from engine.deployment.gate import check, errors_of
from engine.store import definitions


def examined(bundle: Bundle, environment: GateEnvironment) -> list[Finding]:
    """Return all that is wrong with a bundle in its surroundings."""
    return check([bundle], environment)


def surroundings(session: Session, agency: str, environment: GateEnvironment) -> GateEnvironment:
    """Return what the application gives, with what the processes in force do with messages."""
    in_force = {
        one.process: _contract(session, agency, one.process, one.version)
        for one in definitions.active(session, agency=agency)
    }
    return replace(environment, processes={**in_force, **environment.processes})


def examination_json(
    process: str, findings: list[Finding], began: float, language: str
) -> dict[str, Any]:
    """Return an examination as pages and programs read it."""
    return {
        "process": process,
        "deployable": not errors_of(findings),
        "findings": [_finding(one, language) for one in findings],
        "properties": [],
        "states": 0,
        "decided": False,
        "elapsed_ms": round((monotonic() - began) * 1000),
        "assumptions": [],
    }


def _finding(one: Finding, language: str) -> dict[str, Any]:
    english = language == "en"
    return {
        "severity": one.severity,
        "code": one.code,
        "file": one.file,
        "element": one.element,
        "line": one.line,
        "sentence": one.sentence if english else one.sentence_zh,
        "remedy": one.remedy if english else one.remedy_zh,
    }


def _contract(session: Session, agency: str, process: str, version: int) -> ProcessContract:
    """Return what a version does with messages; it never changes, so it is read once."""
    held = definitions.files(session, process, version, agency=agency)
    return _read(process, held.get(f"{process}.bpmn", b""))


@lru_cache(maxsize=64)
def _read(process: str, diagram: bytes) -> ProcessContract:
    return Bundle(process, {f"{process}.bpmn": diagram}).contract

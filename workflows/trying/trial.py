"""Plays the scenarios of one process that is not in force, and says what they visited."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from engine import clock
from engine.deployment.bundle import Bundle
from engine.deployment.deploy import deploy
from engine.deployment.differences_table import column_name, columns
from engine.errors import BihuanError, Invalid
from engine.ports import SYSTEM
from workflows.app import Bihuan
from workflows.demo.zone import load_zone
from workflows.scenarios.coverage import Trail
from workflows.scenarios.loader import Scenario
from workflows.scenarios.player import Failure, Played
from workflows.scenarios.runner import Stage
from workflows.scenarios.written import Written, read_all

Event: TypeAlias = dict[str, Any]
"""One thing that happened, as JSON has it; `kind` says what."""

LINES: Final = 20
"""How many sentences of one refusal are told."""


@dataclass(frozen=True)
class Trial:
    """A process, the processes around it, its scenarios by path, and which of them are played."""

    process: str
    bundles: Sequence[Bundle]
    scenarios: Mapping[str, bytes]
    only: frozenset[str] = frozenset()

    @property
    def bundle(self) -> Bundle:
        """The process that is tried."""
        return next(one for one in self.bundles if one.process == self.process)


def conduct(trial: Trial) -> Iterator[Event]:
    """Play the scenarios one after another; yield what happens as it happens.

    Kinds: `begun` (how many), `faulty` (a file that is no scenario), `refused` (the process does
    not run as drawn), `played`, and at the end `coverage` of all that was played.
    """
    read = read_all(trial.process, trial.scenarios)
    chosen = [one for one in read if not trial.only or one.name in trial.only]
    yield {"kind": "begun", "scenarios": len(chosen)}
    yield from (faulty(one) for one in chosen if one.faults)
    trail = Trail()
    sound = [one.scenario for one in chosen if one.scenario is not None]
    if sound:
        with tempfile.TemporaryDirectory(prefix="bihuan-trial-") as folder:
            yield from _played(trial, Path(folder), sound, trail)
    yield {"kind": "coverage", **covered(trial.bundle, trail)}


def covered(bundle: Bundle, trail: Trail) -> Event:
    """Return every task, flow and row of a process with whether it was visited."""
    diagram = bundle.diagram
    nodes = diagram.nodes if diagram is not None else ()
    flows = diagram.flows if diagram is not None else ()
    process = bundle.process
    tables = [
        (file.path, name, file.table)
        for name, file in sorted(bundle.read.decisions.items())
        if file.table is not None
    ]
    return {
        "tasks": [
            {"id": node.id, "visited": (process, node.id) in trail.tasks}
            for node in nodes
            if node.kind in ("userTask", "manualTask")
        ],
        "flows": [{"id": flow.id, "visited": (process, flow.id) in trail.flows} for flow in flows],
        "rows": [
            {
                "file": path,
                "decision": name,
                "row": place,
                "id": rule.id,
                "cells": [*rule.tests, *rule.outputs],
                "visited": (process, rule.id) in trail.rows,
            }
            for path, name, table in tables
            for place, rule in enumerate(table.rules, start=1)
        ],
        "tables": [
            {
                "decision": name,
                "name": table.name or name,
                "columns": [column_name(one) for one in columns(table).values()],
            }
            for _, name, table in tables
        ],
    }


def _played(trial: Trial, folder: Path, sound: Sequence[Scenario], trail: Trail) -> Iterator[Event]:
    try:
        stage = Stage(folder, load_zone, lambda bihuan: put_in_force(bihuan, trial.bundles))
    except BihuanError as error:
        yield refused(error)
        return
    for scenario in sound:
        played = stage.play(scenario)
        trail.add(played.trail)
        yield told(played)


def put_in_force(bihuan: Bihuan, bundles: Sequence[Bundle]) -> None:
    """Deploy past the gate alone: what a statute says of a draft does not keep it from trial."""
    now: datetime = clock.now()
    agency = bihuan.settings.agency
    with bihuan.database.begin() as session:
        deploy(session, bundles, bihuan.gate_environment(), actor=SYSTEM, now=now, agency=agency)


def faulty(one: Written) -> Event:
    """Return what is wrong with a file."""
    faults = [
        {"line": f.line, "field": f.field, "sentence": f.sentence, "sentence_zh": f.sentence_zh}
        for f in one.faults
    ]
    return {"kind": "faulty", "name": one.name, "path": one.path, "faults": faults}


def refused(error: BihuanError) -> Event:
    """Return why the processes do not run as drawn."""
    fields = error.errors[:LINES] if isinstance(error, Invalid) else ()
    return {
        "kind": "refused",
        "sentence": error.text("en"),
        "sentence_zh": error.text("zh"),
        "faults": [
            {"field": one.field, "sentence": one.text("en"), "sentence_zh": one.text("zh")}
            for one in fields
        ],
    }


def told(played: Played) -> Event:
    """Return what became of a scenario, step by step."""
    count = len(played.scenario.steps) + 1
    failed = {one.step for one in played.failures}
    first = min(failed, default=count)
    return {
        "kind": "played",
        "name": played.scenario.name,
        "title": played.scenario.title,
        "title_zh": played.scenario.title_zh,
        "passed": played.passed,
        "steps": [_state(number, first, failed) for number in range(count)],
        "failures": [_failure(one) for one in played.failures],
    }


def _state(number: int, first: int, failed: set[int]) -> str:
    if number in failed:
        return "failed"
    return "passed" if number < first else "not_reached"


def _failure(one: Failure) -> Event:
    found: Event = {
        "step": one.step,
        "sentence": one.sentence,
        "sentence_zh": one.sentence_zh or one.sentence,
    }
    if one.difference is not None:
        difference = one.difference
        found |= {
            "word": difference.word,
            "expected": _plain(difference.wanted),
            "found": _plain(difference.found),
        }
    return found


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)

"""`bihuan test`: the scenarios beside the processes, and what they visit."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.errors import Invalid
from workflows.cli.output import emit, language, speaking, tell

if TYPE_CHECKING:  # the gate and its libraries take longer to load than the help to print
    from workflows.trying.trial import Event, Trial

_DRAFT = "draft:"


@click.command("test")
@click.argument("processes", nargs=-1)
@speaking
def test_command(processes: tuple[str, ...], *, as_json: bool) -> None:
    """运行流程旁的场景并报告覆盖 · Run the scenarios beside the processes; report coverage.

    流程名；或一个导出的目录、zip，或草稿 draft:ID · Processes; or one exported folder, zip or
    draft:ID, which is played beside the others.
    """
    from workflows.designing.packing import is_source

    apart = [name for name in processes if name.startswith(_DRAFT) or is_source(name)]
    if not apart:
        _test_source(processes, as_json=as_json)
        return
    if len(processes) > 1:
        raise Invalid(
            "Expected one folder, zip or draft, but there are several names",
            "一次只能测试一个目录、zip 或草稿",
        )
    trial, events = _trial(apart[0])
    _test_apart(trial.process, events, as_json=as_json)


def _test_source(processes: tuple[str, ...], *, as_json: bool) -> None:
    from workflows.demo.zone import load_zone
    from workflows.scenarios.player import Played
    from workflows.scenarios.runner import run_scenarios

    def progress(played: Played) -> None:
        mark = "✓" if played.passed else "✗"
        tell(f"{mark} {played.scenario.title_zh}", f"{mark} {played.scenario.title}")

    report = run_scenarios(processes, load_zone, progress)
    document = {
        "passed": report.passed,
        "scenarios": [
            {"name": p.scenario.name, "passed": p.passed, "failures": [str(f) for f in p.failures]}
            for p in report.played
        ],
        "coverage": [dataclasses.asdict(c) for c in report.coverage],
    }
    lines = [f"  {f}" for p in report.played for f in p.failures]
    for c in report.coverage:
        missed = [*c.missed_tasks, *c.missed_flows, *c.missed_rows]
        lines.append(_covered(c.process, (c.tasks, c.flows, c.rows), missed))
    emit(document, as_json=as_json, text="\n".join(lines))
    if not report.passed:
        sys.exit(1)


def _trial(name: str) -> tuple[Trial, Iterator[Event]]:
    """Return what is tried, and what happens; of a draft it is kept, as when its page runs it."""
    from workflows.designing import packing
    from workflows.trying import asking
    from workflows.trying.trial import conduct

    if not name.startswith(_DRAFT):
        trial = asking.of_package(packing.read(Path(name)))
        return trial, conduct(trial)
    from engine.ports import SYSTEM
    from workflows.cli.opening import founded
    from workflows.designing import drafts
    from workflows.trying.kept import keeping

    bihuan = founded()
    with bihuan.database.read() as session:
        draft = drafts.one(session, bihuan.settings.agency, name.removeprefix(_DRAFT))
        trial = asking.of_draft(session, draft)
    return trial, keeping(bihuan, (draft.id, SYSTEM.id), trial, conduct(trial))


def _test_apart(process: str, happening: Iterator[Event], *, as_json: bool) -> None:
    events = []
    for event in happening:
        events.append(event)
        if event["kind"] == "played":
            mark = "✓" if event["passed"] else "✗"
            tell(f"{mark} {event['title_zh']}", f"{mark} {event['title']}")
    passed = all(_holds(one) for one in events)
    coverage = events[-1]
    document: dict[str, Any] = {
        "passed": passed,
        "process": process,
        "scenarios": [one for one in events if one["kind"] not in ("begun", "coverage")],
        "coverage": {key: value for key, value in coverage.items() if key != "kind"},
    }
    lines = [*(line for one in events for line in _faults(one)), _missed(process, coverage)]
    emit(document, as_json=as_json, text="\n".join(lines))
    if not passed:
        sys.exit(1)


def _holds(event: Event) -> bool:
    """Return whether nothing failed; what a draft leaves unvisited is told, and is no failure."""
    return event["kind"] not in ("faulty", "refused") and event.get("passed", True)


def _faults(event: Event) -> Iterator[str]:
    name = "sentence" if language().startswith("en") else "sentence_zh"
    if event["kind"] == "refused":
        yield f"  {event[name]}"
    for one in (*event.get("failures", ()), *event.get("faults", ())):
        where = one.get("step", one.get("line", one.get("field", "")))
        yield f"  {event.get('path', event.get('name', ''))}:{where} {one[name]}"


def _missed(process: str, coverage: Event) -> str:
    missed = [
        one["id"]
        for kind in ("tasks", "flows", "rows")
        for one in coverage[kind]
        if not one["visited"]
    ]
    tasks, flows, rows = (len(coverage[kind]) for kind in ("tasks", "flows", "rows"))
    return _covered(process, (tasks, flows, rows), missed)


def _covered(process: str, counts: tuple[object, object, object], missed: Sequence[str]) -> str:
    """Return a line on what was visited of a process."""
    tasks, flows, rows = counts
    left_zh, left = "、".join(missed) or "无", ", ".join(missed) or "nothing"
    chinese = f"{process}：任务 {tasks}，连线 {flows}，规则行 {rows}；没有走到：{left_zh}"
    english = f"{process}: {tasks} tasks, {flows} flows, {rows} rows; missed {left}"
    return english if language().startswith("en") else chinese

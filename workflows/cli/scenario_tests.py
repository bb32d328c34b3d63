"""`bihuan test`: the scenarios beside the processes, and what they visit."""

from __future__ import annotations

import dataclasses
import sys

import click

from workflows.cli.output import emit, speaking, tell


@click.command("test")
@click.argument("processes", nargs=-1)
@speaking
def test_command(processes: tuple[str, ...], *, as_json: bool) -> None:
    """运行流程旁的场景并报告覆盖 · Run the scenarios beside the processes; report coverage."""
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
    lines += [
        f"{c.process}: {c.tasks} tasks, {c.flows} flows, {c.rows} rows; "
        f"missed {[*c.missed_tasks, *c.missed_flows, *c.missed_rows] or '—'}"
        for c in report.coverage
    ]
    emit(document, as_json=as_json, text="\n".join(lines))
    if not report.passed:
        sys.exit(1)

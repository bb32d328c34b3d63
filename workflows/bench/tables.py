"""The tables of the documents: of every workload the newest run of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflows.bench.reports import SAME, Run, found

_OURS = {
    "completions/s": "ways.ours.per_second",
    "p50 ms": "ways.ours.p50_ms",
    "p95 ms": "ways.ours.p95_ms",
    "p99 ms": "ways.ours.p99_ms",
    "CPU ms": "ways.ours.cpu_ms",
    "CPU ms database": "ways.ours.cpu_ms_database",
    "× same writes": "ratio_to_same_writes",
    "× thin": "ratio_to_thin",
    "× naive": "ratio_to_naive",
    "bytes a case": "ways.ours.bytes_per_case",
    "of these indexes": "ways.ours.index_bytes_per_case",
    "RSS MB": "ways.ours.rss_mb",
}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "signoff": {"workload": "workload", "database": "database", "clients": "clients"} | _OURS,
    "inbox": {
        "workload": "workload",
        "database": "database",
        "open tasks": "tasks",
        "of these found": "total",
        "list: database p50 ms": "list.database.p50_ms",
        "database p95 ms": "list.database.p95_ms",
        "list p95 ms": "list.p95_ms",
        "list CPU ms": "list.cpu_ms",
        "page p50 ms": "page.p50_ms",
        "page p95 ms": "page.p95_ms",
        "page CPU ms": "page.cpu_ms",
    },
    "http": {
        "workload": "workload",
        "database": "database",
        "clients": "clients",
        "workers": "workers",
        "completions/s": "per_second",
        "× thin": "ratio_to_thin",
        "p50 ms": "p50_ms",
        "p95 ms": "p95_ms",
        "p99 ms": "p99_ms",
        "page p95 ms": "page.p95_ms",
        "server CPU ms a request": "server_cpu_ms",
        "RSS MB": "rss_mb",
    },
    "memory": {
        "workload": "workload",
        "database": "database",
        "completions": "completions",
        "settled": "settled",
        "web MB": "web_mb_most",
        "worker MB": "worker_mb_most",
        "web grown in the second half": "web_mb_grown",
        "worker grown": "worker_mb_grown",
        "web and worker together": "all_mb",
    },
    "timers": {
        "workload": "workload",
        "database": "database",
        "overdue": "overdue",
        "settled/s": "per_second",
        "by two/s": "two_per_second",
        "× same writes": "ratio_to_same_writes",
        "two × one": "ratio_of_two",
        "p50 ms": "p50_ms",
        "p95 ms": "p95_ms",
        "CPU ms": "cpu_ms",
        "CPU ms database": "cpu_ms_database",
    },
    "verify": {
        "diagram": "subject",
        "elements": "elements",
        "flows": "flows",
        "states": "states",
        "ms": "ms",
        "CPU ms": "cpu_ms",
        "every property holds": "all_hold",
    },
    "cityyear": {
        "workload": "workload",
        "database": "database",
        "scale": "scale",
        "clients": "clients",
        "hazards": "hazards",
        "completions": "completions",
        "commands": "commands",
        "minutes": "minutes",
        "commands/s": "commands_per_second",
        "CPU ms a command": "cpu_ms",
        "full year, minutes": "full_year_minutes",
        "RSS MB at most": "rss_mb_most",
        "bytes a case": "bytes_per_case",
        "sound": "sound",
    },
}
"""Headings of each workload, and where a run has the figure."""


def table(workload: str, runs: Sequence[Run]) -> str:
    """Return the newest run of every kind of a workload as a table of Markdown."""
    columns = COLUMNS[workload]
    newest = {tuple(str(run.get(name)) for name in SAME): run for run in runs}
    rule = "|" + "---|" * len(columns)
    lines = [
        _line([found(newest[key], path) for path in columns.values()]) for key in sorted(newest)
    ]
    return "\n".join(["| " + " | ".join(columns) + " |", rule, *lines])


def _line(values: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(value) for value in values) + " |"


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    if value >= _LARGE:
        return f"{value:,.0f}"
    # Two places would make nothing of a thousandth.
    return f"{value:g}" if 0 < value < _SMALL else f"{value:,.2f}"


_LARGE, _SMALL = 100, 0.01

"""What was measured, kept and shown: a history of runs, a regression, a table for the documents."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine import clock

SAME = ("workload", "database", "clients")
"""What must agree for two runs to be compared."""

RATIOS = ("ratio_to_same_writes", "ratio_to_thin", "ratio_to_naive")
WORSE = 0.85
"""A ratio below this share of the run before is called a regression: less is noise."""

_MARKS = ("<!-- bench: begin -->", "<!-- bench: end -->")
Run = Mapping[str, Any]


def stamped(workload: str, summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return a summary with what was measured, when, on what."""
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    about = {"workload": workload, "at": clock.now().isoformat(timespec="seconds")}
    return about | {"version": version("bihuan"), **machine} | dict(summary)


def keep(path: Path, run: Run) -> None:
    """Add a run to the history, one JSON document a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(run, ensure_ascii=False, sort_keys=True) + "\n")


def kept(path: Path) -> list[dict[str, Any]]:
    """Return the runs of a history, the oldest first."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def regressions(before: Sequence[Run], run: Run) -> list[str]:
    """Return the ratios that are clearly worse than in the last run of the same kind."""
    alike = [one for one in before if all(one.get(name) == run.get(name) for name in SAME)]
    if not alike:
        return []
    last = alike[-1]
    return [
        name for name in RATIOS if name in run and name in last and run[name] < last[name] * WORSE
    ]


def table(runs: Sequence[Run]) -> str:
    """Return the newest run of every kind as a table of Markdown."""
    newest = {tuple(str(run.get(name)) for name in SAME): run for run in runs}
    head = (
        "| workload | database | clients | completions/s | p50 ms | p95 ms | p99 ms | CPU ms "
        "| CPU ms database | × same writes | × thin | × naive | bytes a case | RSS MB |"
    )
    rule = "|" + "---|" * 14
    return "\n".join([head, rule, *(_line(newest[key]) for key in sorted(newest))])


def written(document: str, text: str) -> str:
    """Return a document with a table between its two marks; ValueError if they are missing."""
    begin, end = (re.escape(mark) for mark in _MARKS)
    found = re.search(f"{begin}.*?{end}", document, re.DOTALL)
    if found is None:
        message = f"Expected the marks {' and '.join(_MARKS)} in the document, but they are missing"
        raise ValueError(message)
    filled = f"{_MARKS[0]}\n\n{text}\n\n{_MARKS[1]}"
    return document[: found.start()] + filled + document[found.end() :]


def _line(run: Run) -> str:
    ours = run["ways"]["ours"]
    shown = (
        *(run[name] for name in SAME),
        *(ours[name] for name in ("per_second", "p50_ms", "p95_ms", "p99_ms", "cpu_ms")),
        ours["cpu_ms_database"],
        *(run[name] for name in RATIOS),
        ours["bytes_per_case"],
        ours["rss_mb"],
    )
    return "| " + " | ".join(_cell(value) for value in shown) + " |"


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:,.2f}" if isinstance(value, float) and value < 100 else _whole(value)  # noqa: PLR2004


def _whole(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else str(value)

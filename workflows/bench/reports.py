"""What was measured, kept and told: a history of runs, a regression, a place in a document."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine import clock

SAME = ("workload", "database", "clients", "scale", "subject")
"""What must agree for two runs to be compared."""

RATIOS = ("ratio_to_same_writes", "ratio_to_thin", "ratio_to_naive")
WORSE = 0.85
"""A ratio below this share of the run before is called a regression: less is noise."""

COSTS: Mapping[str, Sequence[str]] = {
    "http": ("server_cpu_ms",),
    "inbox": ("list.cpu_ms", "page.cpu_ms"),
    "memory": ("web_mb_most", "worker_mb_most", "all_mb"),
    "timers": ("cpu_ms",),
    "verify": ("states",),
    "cityyear": ("cpu_ms", "bytes_per_case", "rss_mb_most"),
}
"""Figures that only one machine can compare: CPU time, for it is quiet where the clock is not."""

COSTLIER = 1.4
"""A cost beyond so many times that of the run before is called a regression."""

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
    """Return the figures that are clearly worse than in the last run of the same kind."""
    alike = [one for one in before if all(one.get(name) == run.get(name) for name in SAME)]
    if not alike:
        return []
    last = alike[-1]
    ratios = [
        name for name in RATIOS if name in run and name in last and run[name] < last[name] * WORSE
    ]
    known = [name for name in COSTS.get(run["workload"], ()) if found(last, name) is not None]
    return ratios + [name for name in known if _costs_more(found(last, name), found(run, name))]


def _costs_more(last: float, now: float) -> bool:
    return now > last * COSTLIER


def found(run: Run, path: str) -> Any:  # noqa: ANN401 any figure
    """Return a figure of a run by the names that lead to it, None where there is none."""
    value: Any = run
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def written(document: str, workload: str, text: str) -> str:
    """Return a document with a table between the marks of its workload; ValueError without them."""
    marks = [f"<!-- bench {workload}: {end} -->" for end in ("begin", "end")]
    begin, end = (re.escape(mark) for mark in marks)
    found = re.search(f"{begin}.*?{end}", document, re.DOTALL)
    if found is None:
        message = f"Expected the marks {' and '.join(marks)} in the document, but they are missing"
        raise ValueError(message)
    filled = f"{marks[0]}\n\n{text}\n\n{marks[1]}"
    return document[: found.start()] + filled + document[found.end() :]

"""The fuzzers from the command line: `python -m tests.fuzzing [seconds] [seed]`.

Half of the time goes to the expression engine, the rest to decision documents and to the deploy
gate with the runner behind it. Returns 1 if anything was found.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.fuzzing.documents import DOCUMENTS
from tests.fuzzing.guided import Guided, Report
from tests.fuzzing.mutations import change_document, change_text
from tests.fuzzing.targets import Files, cases, change_files, expression, gate, tables

SECONDS = 600
_ALL = ("engine/expressions", "engine/deployment", "engine/execution", "engine/forms")


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201 what the command is for


def reports(seconds: float, seed: int) -> list[Report]:
    """Run every target for its share of the time."""
    found = []
    for share, one in (
        (0.5, Guided("expressions", expression, cases(), change_text, _ALL[:1], seed)),
        (0.15, Guided("decisions", tables, DOCUMENTS, change_document, _ALL, seed)),
        (0.35, Guided("gate", gate, [Files()], change_files, _ALL[1:3], seed)),
    ):
        report = one.run(seconds * share)
        say(report.line())
        for number, finding in enumerate(report.findings):
            kept = Path(tempfile.gettempdir()) / f"fuzz-{report.name}-{seed}-{number}.txt"
            kept.write_text(repr(finding.source), encoding="utf-8", errors="backslashreplace")
            say(f"  {finding.why[:300]}\n    {kept}")
        found.append(report)
    return found


def main(arguments: list[str]) -> int:
    """Fuzz for some seconds; return 1 if anything was found."""
    seconds, seed = [*map(int, arguments), *(SECONDS, 0)[len(arguments) :]][:2]
    found = sum(len(report.findings) for report in reports(seconds, seed))
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

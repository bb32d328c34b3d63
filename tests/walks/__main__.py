"""Walks from the command line, each reproducible from its seed.

`python -m tests.walks [walks] [first seed]` walks and tells which sequence flows no walk took;
`python -m tests.walks play FILE` plays the script that a failed walk printed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.walks.checks import BrokenError
from tests.walks.coverage import drawn, taken
from tests.walks.roads import Road
from tests.walks.walk import replay
from tests.walks.zone import Zone, fresh_zone

WALKS = 1000
_FAILURES = 10


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201 what the command is for


@contextmanager
def temporary_zone() -> Iterator[Zone]:
    """Open a zone in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder, fresh_zone(Path(folder)) as zone:
        yield zone


def walk_many(zone: Zone, seeds: range) -> tuple[int, int]:
    """Walk from every seed; return how many commands were done and how many walks failed."""
    commands = failed = 0
    for count, seed in enumerate(seeds, 1):
        try:
            commands += len(Road(zone, seed).go().log)
        except BrokenError as error:
            failed += 1
            say(str(error))
            if failed == _FAILURES:
                break
        if not count % 100:
            say(f"{count} walks, {commands} commands, {failed} failed")
    return commands, failed


def main(arguments: list[str]) -> int:
    """Walk, or play a script; return 1 if anything does not hold."""
    with temporary_zone() as zone:
        if arguments[:1] == ["play"]:
            replay(zone, Path(arguments[1]).read_text(encoding="utf-8"))
            return 0
        walks, first = [*map(int, arguments), *(WALKS, 0)[len(arguments) :]][:2]
        began = time.monotonic()
        commands, failed = walk_many(zone, range(first, first + walks))
        flows, passed = drawn(), taken(zone)
        say(
            f"{walks} walks, {commands} commands, {failed} failed, {time.monotonic() - began:.0f} s"
        )
        say(f"{len(flows & passed)} of {len(flows)} sequence flows taken")
        for process, flow in sorted(flows - passed):
            say(f"never taken: {process} {flow}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

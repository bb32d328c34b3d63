"""Plants every fault and tells how many walks it took to catch it.

`python -m tests.walks.mutants [walks] [part of a fault's name]`; each fault has a database of its
own in a temporary directory, and the shipped files are never touched.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

from engine.deployment import deploy
from engine.deployment.bundle import Bundle
from engine.errors import Invalid
from tests.walks.checks import BrokenError
from tests.walks.faults_coded import CODED
from tests.walks.faults_drawn import DRAWN, planted
from tests.walks.roads import Road
from tests.walks.zone import fresh_zone

WALKS = 150
Fault = tuple[str, list[Bundle] | None, AbstractContextManager[Any]]


def faults(part: str = "") -> Iterator[Fault]:
    """Yield every fault whose name has a part, with its diagrams and what plants it."""
    for name in (name for name in DRAWN if part in name):
        yield name, planted(name), nullcontext()
    for name in (name for name in CODED if part in name):
        yield name, None, CODED[name]()


def hunt(shipped: list[Bundle] | None, walks: int) -> tuple[int, str] | None:
    """Return the first walk that meets a fault and what it says; None if no walk does."""
    with tempfile.TemporaryDirectory() as folder, fresh_zone(Path(folder), shipped) as zone:
        for seed in range(walks):
            try:
                Road(zone, seed).go()
            except BrokenError as error:
                return seed + 1, str(error).splitlines()[0]
    return None


def told(fault: Fault, walks: int) -> tuple[bool, str]:
    """Return whether a fault is caught, and where."""
    name, shipped, planting = fault
    try:
        with planting:
            found = hunt(shipped, walks)
    except Invalid:
        with mock.patch.object(deploy, "refuse_errors"):
            found = hunt(shipped, walks)
        where = f"without the gate by walk {found[0]}" if found else "by no walk"
        return True, f"refused at deployment ({where}): {name}"
    if found is None:
        return False, f"MISSED by {walks} walks: {name}"
    return True, f"caught by walk {found[0]}: {name} [{found[1][:140]}]"


def main(arguments: list[str]) -> int:
    """Hunt every fault; fail if one is missed."""
    logging.disable(logging.CRITICAL)
    walks = int(arguments[0]) if arguments else WALKS
    missed = count = 0
    for fault in faults(arguments[1] if len(arguments) > 1 else ""):
        caught, line = told(fault, walks)
        count, missed = count + 1, missed + (not caught)
        print(line, flush=True)  # noqa: T201 the report
    print(f"{count} faults, {missed} missed")  # noqa: T201 the report
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A process of its own that is about to commit and never gets there: its stamp takes for ever.

Run as `python -m tests.work.slow_process URL INSTANT fire` or `… complete TASK`. It says
`stamping` once the operation has begun, and is killed then.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import clock
from engine.ports import Context
from engine.store.database import Database
from tests.work.application import CLERK, PaperApplication, PaperFile
from tests.work.world import World


def _stamp(case: PaperFile, token: Mapping[str, Any], context: Context) -> None:
    case.note("stamped by the dead")
    context.journal.send("mail", "office", {"text": "from the dead"})
    sys.stdout.write("stamping\n")
    sys.stdout.flush()
    threading.Event().wait()


def main(url: str, instant: str, what: str, *task: str) -> None:
    moment = clock.VirtualClock(datetime.fromisoformat(instant))
    clock.install(moment)
    application = PaperApplication()
    application.operations["stamp"] = _stamp
    world = World(Database(url), application, moment)
    if what == "fire":
        world.runtime.fire_due()
    else:
        world.runtime.complete_task(CLERK, task[0], {})


if __name__ == "__main__":
    main(*sys.argv[1:])

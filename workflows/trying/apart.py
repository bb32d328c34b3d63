"""Plays a trial in a program of its own, which ends with its time or with whoever asked."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Final, Literal

from engine.errors import Unavailable
from workflows.trying.child import MEMORY, packed
from workflows.trying.trial import Event, Trial

LONGEST: Final = 300.0
"""Seconds of one trial."""

AT_ONCE: Final = 2
"""Trials of one server process: each takes a core."""

Why = Literal["late", "memory", "broken"]
"""Why a program did not come to its end: its time was over, its memory, or something else."""

_ROOM: Final = threading.BoundedSemaphore(AT_ONCE)
_OURS: Final = "BIHUAN_"


def played_apart(trial: Trial, seconds: float = LONGEST) -> Iterator[Event]:
    """Yield the events of a trial, then `ended` with whether it came to its end.

    The program is ended when its time is over or nobody reads on.

    Raises:
        Unavailable: as many trials as there may be are going on.
    """
    if not _ROOM.acquire(blocking=False):
        raise Unavailable(
            "Expected to play the scenarios, but others are being played; try again in a minute",
            "正在运行其他场景，请一分钟后再试",
        )
    events = _events(trial, seconds)
    # A generator that has begun is ended when it is dropped; one that has not would keep the room.
    return itertools.chain([next(events)], events)


def environment(folder: str) -> dict[str, str]:
    """Return what such a program learns of its surroundings: nothing of ours, where to write."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_OURS)}
    return {**kept, "TMPDIR": folder}


def why_ended(code: int, *, late: bool) -> Why:
    """Return why a program did not come to its end.

    Args:
        code: what it ended with.
        late: whether it was ended here because its time was over.
    """
    if late:
        return "late"
    # Nobody else kills it but the system, where the memory of the machine is used up.
    return "memory" if code in (MEMORY, -signal.SIGKILL) else "broken"


def _events(trial: Trial, seconds: float) -> Iterator[Event]:
    try:
        # The folder is ours: a program that is ended takes nothing away.
        with (
            tempfile.TemporaryDirectory(prefix="bihuan-trial-") as folder,
            tempfile.TemporaryFile() as given,
        ):
            given.write(packed(trial))
            given.seek(0)
            program = subprocess.Popen(
                [sys.executable, "-m", "workflows.trying.child"],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(folder),
            )
            yield from _lines(program, seconds)
    finally:
        _ROOM.release()


def _lines(program: subprocess.Popen[bytes], seconds: float) -> Iterator[Event]:
    late = threading.Event()

    def end() -> None:
        late.set()
        program.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        for line in program.stdout or ():
            yield json.loads(line)
        code = program.wait()
        why = why_ended(code, late=late.is_set()) if code else ""
        yield {"kind": "ended", "whole": not code, "why": why}
    finally:
        timer.cancel()
        program.kill()
        program.wait()
        if program.stdout is not None:
            program.stdout.close()

"""The program that plays a trial apart: the trial as JSON from standard input, events as lines."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from engine.deployment.bundle import Bundle
from workflows.trying.trial import Trial, conduct

MEMORY: Final = 77
"""What a program ends with whose memory does not suffice."""


@contextmanager
def within_memory() -> Iterator[None]:
    """Let a program say, by what it ends with, that its memory did not suffice."""
    try:
        yield
    except MemoryError:
        sys.exit(MEMORY)


def packed(trial: Trial) -> bytes:
    """Return a trial as the program reads it."""
    return json.dumps(
        {
            "process": trial.process,
            "bundles": {one.process: coded(one.files) for one in trial.bundles},
            "scenarios": coded(trial.scenarios),
            "only": sorted(trial.only),
        }
    ).encode()


def unpacked(data: bytes) -> Trial:
    """Return the trial that was written."""
    value = json.loads(data)
    return Trial(
        value["process"],
        [Bundle(process, decoded(files)) for process, files in value["bundles"].items()],
        decoded(value["scenarios"]),
        frozenset(value["only"]),
    )


def main() -> None:
    """Play what standard input says; a line for every event."""
    told = sys.stdout
    sys.stdout = sys.stderr  # nothing else may speak between the lines
    with within_memory():
        for event in conduct(unpacked(sys.stdin.buffer.read())):
            told.write(json.dumps(event, ensure_ascii=False) + "\n")
            told.flush()


def coded(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return files as JSON has them."""
    return {path: base64.b64encode(content).decode() for path, content in files.items()}


def decoded(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files that were written."""
    return {path: base64.b64decode(content) for path, content in files.items()}


if __name__ == "__main__":
    main()

"""The program that plays a trial apart: the trial as JSON from standard input, events as lines."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from engine.deployment.bundle import Bundle
from workflows.trying.trial import Trial, conduct


def packed(trial: Trial) -> bytes:
    """Return a trial as the program reads it."""
    return json.dumps(
        {
            "process": trial.process,
            "bundles": {one.process: _written(one.files) for one in trial.bundles},
            "scenarios": _written(trial.scenarios),
            "only": sorted(trial.only),
        }
    ).encode()


def unpacked(data: bytes) -> Trial:
    """Return the trial that was written."""
    value = json.loads(data)
    return Trial(
        value["process"],
        [Bundle(process, _read(files)) for process, files in value["bundles"].items()],
        _read(value["scenarios"]),
        frozenset(value["only"]),
    )


def main() -> None:
    """Play what standard input says; a line for every event."""
    told = sys.stdout
    sys.stdout = sys.stderr  # nothing else may speak between the lines
    for event in conduct(unpacked(sys.stdin.buffer.read())):
        told.write(json.dumps(event, ensure_ascii=False) + "\n")
        told.flush()


def _written(files: Any) -> dict[str, str]:  # noqa: ANN401 a mapping of bytes
    return {path: base64.b64encode(content).decode() for path, content in files.items()}


def _read(files: dict[str, str]) -> dict[str, bytes]:
    return {path: base64.b64decode(content) for path, content in files.items()}


if __name__ == "__main__":
    main()

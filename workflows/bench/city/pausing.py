"""A year that pauses between two hazards: what is kept of it, and where another run finds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass
class Pause:
    """Where one agency's year stands, beyond what its cases tell."""

    after: int
    """The number of the hazard that was registered last."""

    at: str
    """The instant on the agency's clock, as RFC 3339 has it."""

    lives: Sequence[Mapping[str, Any]]
    done: Mapping[str, int]
    refused: Mapping[str, int]
    repeated: int
    cpu: float = 0.0
    """Seconds of CPU time up to here."""

    rss_mb: Sequence[float] = ()

    def keep(self, folder: Path, agency: str) -> None:
        """Write it down for the next run."""
        _path(folder, agency).write_text(json.dumps(asdict(self)), encoding="utf-8")


def pause_of(folder: Path, agency: str) -> Pause | None:
    """Return where an agency's year paused; None where it did not."""
    path = _path(folder, agency)
    return Pause(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def forget(folder: Path, agency: str) -> None:
    """Remove a pause, since its year goes on."""
    _path(folder, agency).unlink(missing_ok=True)


def _path(folder: Path, agency: str) -> Path:
    return folder / f"{agency}.paused.json"

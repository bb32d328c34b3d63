"""A diagram is written as it was read, to the byte: a saved change shows as that change alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).parent / "drafts" / "diagrams.mjs"
NODE = Path(sys.executable).parent / "node"


def test_every_shipped_diagram_is_written_as_it_was_read() -> None:
    diagrams = sorted((ROOT / "workflows" / "processes").rglob("*.bpmn"))
    assert len(diagrams) > 5
    studio = ROOT / "webapp" / "assets" / "js" / "studio"
    command = [str(NODE), str(WRITER), str(studio), *map(str, diagrams)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(found.stdout) == {}

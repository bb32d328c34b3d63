"""What single fields of the editors write into a file, run under node."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parent / "editors" / "rules.mjs"
NODE = Path(sys.executable).parent / "node"
NAMES = re.findall(r'^test\("([^"]+)"', RULES.read_text("utf-8"), re.MULTILINE)

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="node is not installed; see make setup")


@pytest.fixture(scope="module")
def told() -> str:
    """What node says of all of them, one run for all."""
    command = [str(NODE), "--test-reporter=tap", str(RULES)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return found.stdout + found.stderr


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_writes(name: str, told: str) -> None:
    line = rf"(?ms)^(ok|not ok) \d+ - {re.escape(name)}$.*?(?=^(?:not )?ok |\Z)"
    outcome = re.search(line, told)
    assert outcome, told
    assert outcome[1] == "ok", outcome[0]

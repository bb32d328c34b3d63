"""What is typed into a draft is never lost: the store of the editors, run under node."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SITUATIONS = Path(__file__).parent / "drafts" / "situations.mjs"
NODE = Path(sys.executable).parent / "node"
NAMES = re.findall(r'^test\("([^"]+)"', SITUATIONS.read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def told() -> str:
    """What node says of all situations, one run for all."""
    command = [str(NODE), "--test-reporter=tap", str(SITUATIONS)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return found.stdout + found.stderr


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_where(name: str, told: str) -> None:
    line = rf"(?ms)^(ok|not ok) \d+ - {re.escape(name)}$.*?(?=^(?:not )?ok |\Z)"
    outcome = re.search(line, told)
    assert outcome, told
    assert outcome[1] == "ok", outcome[0]

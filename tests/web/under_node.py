"""Tests of modules of pages that node runs: one run of a file for all its tests."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

NODE = Path(sys.executable).parent / "node"


@dataclass(frozen=True)
class NodeTests:
    """A file of `node:test`, by its path."""

    file: Path

    @property
    def names(self) -> list[str]:
        """What its tests are called."""
        return re.findall(r'^test\("([^"]+)"', self.file.read_text("utf-8"), re.MULTILINE)

    @cached_property
    def told(self) -> str:
        """What node says of all of them."""
        command = [str(NODE), "--test-reporter=tap", str(self.file)]
        found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return found.stdout + found.stderr

    def check(self, name: str) -> None:
        """Fail with what node says of one unless it passed."""
        line = rf"(?ms)^(ok|not ok) \d+ - {re.escape(name)}$.*?(?=^(?:not )?ok |\Z)"
        outcome = re.search(line, self.told)
        assert outcome, self.told
        assert outcome[1] == "ok", outcome[0]

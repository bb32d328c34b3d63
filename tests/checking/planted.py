"""Faults to plant, read from `faults.sql`: the statement by its title."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

_TEXT = Path(__file__).with_name("faults.sql").read_text(encoding="utf-8")
_ROWS = dict(re.findall(r"^-- let (\w+) = (.+)$", _TEXT, re.MULTILINE))

FAULTS = {
    title: Template(statement).safe_substitute(_ROWS)
    for title, statement in re.findall(r"^-- (\w+: .+)\n([^;]+);", _TEXT, re.MULTILINE)
}


def check_of(title: str) -> str:
    """Return the part of the check that must find a fault."""
    return title.partition(":")[0]

"""What other processes of this machine spend: memory and CPU, by what the kernel tells of them."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = 100
"""The clock ticks of a second in /proc, the same on every Linux."""


def resident_mb(pid: int | None = None) -> float:
    """Return the memory of a process in MB, of this one where none is named; 0 for one gone."""
    try:
        text = Path(f"/proc/{pid or 'self'}/statm").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return round(int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def parent(pid: int) -> int | None:
    """Return the parent of a process, None for one that is gone."""
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def children(of: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [pid for pid in pids if (fields := _stat(pid)) and int(fields[1]) == of]


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds of a process and of its children that have ended."""
    fields = _stat(pid)
    return sum(int(value) for value in fields[11:15]) / _TICKS if fields else 0.0


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat behind the name of the program."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []

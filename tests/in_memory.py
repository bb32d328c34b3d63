"""Where the tests keep their databases: in memory where there is room, for they wait for no disk.

A commit of SQLite and the files of a new PostgreSQL database cost the tests more time on a disk
than in themselves. What a database must outlive here is killed processes, which memory outlives.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 folders with names of chance are made in it
VARIABLE = "TMPDIR"
ROOM = 2 * 1024**3
"""A run takes up less than a quarter of it; containers often have 64 MB there, far too little."""


def prefer_memory() -> None:
    """Let every temporary file of the tests and of what they start be made in memory.

    Whoever names a folder for temporary files gets that one.
    """
    if VARIABLE in os.environ or not _has_room():
        return
    os.environ[VARIABLE] = str(MEMORY)
    tempfile.tempdir = None  # asked again where they are


def _has_room() -> bool:
    return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM

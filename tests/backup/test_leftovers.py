"""A restore that was killed leaves folders behind; the next one removes them, and no other's."""

from __future__ import annotations

import subprocess
import sys
from subprocess import PIPE

from tests.backup.conftest import Places
from workflows.backup.restoring import restore
from workflows.backup.saving import save

KILLED = """
import os, sys
from pathlib import Path
from workflows.app import Bihuan, Settings
from workflows.backup import places
base = Path(sys.argv[1])
settings = Settings(f"sqlite:///{base / 'zone.db'}", base, base / "evidence")
with places.beside(Bihuan.open(settings)) as (files, _):
    (files / "half").write_bytes(b"half of it")
    print("at work", flush=True)
    sys.stdin.readline()
    os._exit(9)
"""


def test_what_a_killed_restore_left_goes_and_what_is_in_use_stays(sqlite_places: Places) -> None:
    save(sqlite_places.world.bihuan, sqlite_places.file, lambda *_: None)
    base = sqlite_places.folder / "new"
    command = [sys.executable, "-c", KILLED, str(base)]
    killed, working = (
        subprocess.Popen(command, text=True, stdin=PIPE, stdout=PIPE) for _ in range(2)
    )
    for one in (killed, working):
        assert one.stdout is not None
        assert one.stdout.readline() == "at work\n"
    killed.communicate("\n", timeout=30)
    left = set(base.glob(".bihuan-restore-*"))
    assert len(left) == 4
    mine = base / ".bihuan-backup-notes"
    mine.mkdir()
    empty = sqlite_places.empty(database_url=f"sqlite:///{base / 'zone.db'}")
    assert restore(empty, sqlite_places.file, lambda *_: None).report.sound
    stays = set(base.glob(".bihuan-restore-*"))
    assert len(stays) == 2
    assert stays < left
    assert mine.is_dir()
    working.communicate("\n", timeout=30)
    empty.database.dispose()

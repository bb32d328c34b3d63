"""What lies beside the tables: evidence, its orphans, and the file of the database itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store.database import Database
from engine.work.checking.relations import file_findings
from tests.checking.zone import Spoiled


@pytest.fixture
def original(spoiled: Spoiled) -> Iterator[Path]:
    """One original in the evidence, brought back afterwards."""
    digest = spoiled.ask("SELECT sha256 FROM hz_evidence ORDER BY id LIMIT 1")
    path = spoiled.evidence / digest[:2] / digest
    content = path.read_bytes()
    yield path
    path.write_bytes(content)


def test_a_missing_original_is_found(spoiled: Spoiled, original: Path) -> None:
    original.unlink()
    found = spoiled.found()["evidence"]
    assert {finding.case_id for finding in found} != {None}
    assert all("缺失" in finding.message_zh for finding in found)


def test_an_altered_original_is_found(spoiled: Spoiled, original: Path) -> None:
    original.write_bytes(original.read_bytes() + b" ")
    assert all("已被改动" in finding.message_zh for finding in spoiled.found()["evidence"])


def test_a_file_that_nobody_names_is_told_and_is_no_fault(spoiled: Spoiled) -> None:
    stray = spoiled.evidence / "ab" / ("ab" + "0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"cut off")
    report = spoiled.inspect()
    stray.unlink()
    assert report.sound
    assert [note.check for note in report.notes] == ["orphans"]
    assert stray.name in report.notes[0].message


def test_a_file_of_the_database_that_was_damaged_is_found(spoiled: Spoiled, tmp_path: Path) -> None:
    copy = tmp_path / "damaged.db"
    shutil.copy(spoiled.pristine, copy)
    with sqlite3.connect(copy) as connection:
        page = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_bpm_task_inbox'"
        ).fetchone()[0]
    with copy.open("r+b") as file:
        file.seek(root * page - 40)
        file.write(b"\xff" * 40)
    database = Database(f"sqlite:///{copy}")
    with database.snapshot() as session:
        found = list(file_findings(session))
    database.dispose()
    assert {finding.check for finding in found} == {"database"}

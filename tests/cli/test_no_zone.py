"""Commands that read a zone say in one line that there is none, and make nothing in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import run
from tests.postgres import PostgresServer

READING = (
    ("audit", "verify"),
    ("db", "check"),
    ("db", "check", "--deep"),
    ("export", "ledger", "ledger.csv"),
    ("deploy",),
)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_without_a_zone_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "BIHUAN_DATA_DIR" in str(run(*command, expect=1)["error"])
    assert [one for one in tmp_path.iterdir() if one.is_file()] == []


@pytest.mark.parametrize("command", READING[:3], ids=" ".join)
def test_a_server_without_the_database_is_told_as_such(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BIHUAN_DATABASE_URL", postgres_server.url("nowhere"))
    said = str(run(*command, expect=1)["error"])
    assert "createdb nowhere" in said
    assert "bihuan setup" in said


def test_a_file_that_is_no_database_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "notes.txt"
    monkeypatch.setenv("BIHUAN_DATABASE_URL", f"sqlite:///{file}")
    for command in READING[:3]:
        assert "bihuan setup" in str(run(*command, expect=1)["error"])
    file.write_text("what somebody wrote down", "utf-8")
    for command in READING[:3]:
        assert "SQLite" in str(run(*command, expect=1)["error"])
    assert file.read_text("utf-8") == "what somebody wrote down"


def test_an_older_schema_is_upgraded_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    run("db", "upgrade")
    monkeypatch.setattr("workflows.cli.opening.head", lambda: "newer")
    assert "db upgrade" in str(run("audit", "verify", expect=1)["error"])


def test_what_json_does_not_have_is_no_input(tmp_path: Path) -> None:
    table = next(Path("workflows/processes/hazard_rectification").glob("*.dmn"))
    given = tmp_path / "in.json"
    given.write_text('{"level": NaN}', "utf-8")
    told = run("decide", str(table), "--input", str(given), expect=1)
    assert "NaN" in str(told["error"])
    assert "errors" not in told

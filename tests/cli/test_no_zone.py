"""Commands that read a zone say in one line that there is none, and make nothing in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.test_cli import run
from tests.postgres import PostgresServer
from workflows.cli.root import main

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


MAKING = (("db", "upgrade"), ("setup", "--zone", "园区"), ("demo", "--prepare-only"))


def _refused(command: tuple[str, ...]) -> str:
    """Return what a command says that makes a zone and cannot; `demo` speaks without JSON."""
    ended = CliRunner().invoke(main, command)
    assert ended.exit_code == 1
    assert isinstance(ended.exception, SystemExit), ended.exception
    return ended.stderr


@pytest.mark.parametrize("command", MAKING, ids=" ".join)
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("{server}", "createdb nowhere"),
        ("postgresql://somebody@127.0.0.1:9/zone", "数据库暂时繁忙或不可用"),
        ("sqlite:///{folder}/absent/zone.db", "absent"),
        ("sqlite:///{folder}/notes.txt", "不是 SQLite 数据库"),
        ("mysql://somebody:s3cret@host/zone", "postgresql://"),
        ("postgresql+pg8000://somebody:s3cret@host/zone", "postgresql://"),
        ("zone", "postgresql://"),
    ],
)
def test_where_no_zone_can_be_made_that_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    postgres_server: PostgresServer,
    command: tuple[str, ...],
    address: str,
    told: str,
) -> None:
    (tmp_path / "notes.txt").write_text("what somebody wrote down", "utf-8")
    (tmp_path / "password").write_text("quite-a-long-password", "utf-8")
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BIHUAN_ADMIN_PASSWORD_FILE", str(tmp_path / "password"))
    place = address.format(server=postgres_server.url("nowhere"), folder=tmp_path)
    monkeypatch.setenv("BIHUAN_DATABASE_URL", place)
    said = _refused(command)
    assert told in said
    assert "s3cret" not in said


def test_a_database_that_is_named_by_an_address_of_a_file_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"sqlite:///file:{tmp_path}/zone.db?uri=true"
    monkeypatch.setenv("BIHUAN_DATABASE_URL", place)
    assert run("db", "upgrade")["revision"]
    assert (tmp_path / "zone.db").is_file()


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

"""`bihuan setup` from outside: an empty directory becomes a zone that an administrator enters."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from workflows.accounts import sign_in
from workflows.cli.first_setup import PASSWORD_FILE
from workflows.cli.opening import database
from workflows.cli.root import main
from workflows.deploying import processes
from workflows.domain import organisation
from workflows.domain.org_tables import GrantRow

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv(PASSWORD_FILE, raising=False)


def setup(*more: str, expect: int = 0, stdin: str = "") -> dict[str, Any]:
    arguments = ["setup", "--zone", "示例经开区", *more, "--json"]
    result = CliRunner().invoke(main, arguments, input=stdin)
    assert result.exit_code == expect, result.output
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def test_an_empty_directory_becomes_a_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    monkeypatch.setenv(PASSWORD_FILE, str(tmp_path / "password"))
    done = setup("--rules-from", "2026-01-01")
    assert done["rules_from"] == "2026-01-01"
    assert done["deployed"] == len(processes())
    with database().begin() as session:
        assert sign_in.attempt(session, "admin", PASSWORD).token
    assert "不能重复初始化" in setup(expect=1)["error"]


def test_nobody_else_on_the_machine_reads_what_is_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path / "zone"))
    before = os.umask(0o022)
    try:
        setup(stdin=f"{PASSWORD}\n")
        CliRunner().invoke(main, ["backup", str(tmp_path / "zone.tar")])
    finally:
        os.umask(before)
    made = [tmp_path / "zone", *(tmp_path / "zone").rglob("*"), tmp_path / "zone.tar"]
    assert len(made) > 3
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_the_password_may_come_from_standard_input() -> None:
    assert setup("--admin", "root", stdin=f"{PASSWORD}\n")["admin"] == "root"


def test_a_weak_password_sets_nothing_up() -> None:
    for password in ("", "short", "bihuan-demo"):
        assert "password" in setup(expect=1, stdin=f"{password}\n")["errors"], password
    assert setup(stdin=f"{PASSWORD}\n")["admin"] == "admin"


def test_a_password_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_FILE, "nowhere")
    assert PASSWORD_FILE in setup(expect=1)["error"]


def user(*more: str, expect: int = 0, stdin: str = "") -> dict[str, Any]:
    result = CliRunner().invoke(main, ["user", *more, "--json"], input=stdin)
    assert result.exit_code == expect, result.output
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def test_posts_from_the_command_line_are_checked_and_begin_when_asked() -> None:
    setup("--rules-from", "2026-01-01", stdin=f"{PASSWORD}\n")
    with database().begin() as session:
        organisation.add_body(session, "bureau", "emergency_bureau", "应急管理局", "Bureau")
    lin = ("add", "lin", "--name", "林", "--from", "2026-01-05")
    assert (
        "post"
        in user(*lin, "--grant", "bureau:nonsense", expect=1, stdin=f"{PASSWORD}\n")["errors"]
    )
    user(*lin, "--grant", "bureau:officer", stdin=f"{PASSWORD}\n")
    assert "post" in user("grant", "admin", "bureau:head", expect=1)["errors"]
    assert "post" in user("grant", "lin", "bureau:officer", expect=1)["errors"]
    given = user("grant", "lin", "bureau:deputy", "--from", "2026-01-06")
    assert given["valid_from"] == "2026-01-06"
    with database().begin() as session:
        held = session.execute(
            select(GrantRow.role, GrantRow.valid_from).where(GrantRow.person_id == "lin")
        )
        assert {role: str(day) for role, day in held} == {
            "officer": "2026-01-05",
            "deputy": "2026-01-06",
        }
    assert (
        CliRunner().invoke(main, ["user", "grant", "lin", "bureau:head", "--from", "x"]).exit_code
    )

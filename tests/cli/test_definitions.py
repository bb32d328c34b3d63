"""Processes out of the database and in again from the command line: the same checks, one digest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.deployment.bundle import Bundle
from engine.ports import Actor
from engine.store import definitions
from tests.cli.test_cli import run
from workflows.app import Bihuan
from workflows.cli.opening import acting, application
from workflows.designing import going_live, reviewing
from workflows.domain import organisation

PROCESS = "void_request"


@pytest.fixture(autouse=True)
def _deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    run("db", "upgrade")
    run("deploy")


def exported(*arguments: str) -> dict[str, Any]:
    return run("export", "definition", PROCESS, *arguments)


@pytest.mark.parametrize("name", ["tree", "process.zip"])
def test_what_is_exported_deploys_as_the_same_version(tmp_path: Path, name: str) -> None:
    told = exported(str(tmp_path / name))
    assert (told["process"], told["version"]) == (PROCESS, 1)
    assert run("check", told["target"])["findings"] == []
    (again,) = run("deploy", told["target"])["deployed"]
    assert again == {"process": PROCESS, "version": 1, "new": False}


def test_a_changed_folder_is_the_next_version_and_a_broken_one_none(tmp_path: Path) -> None:
    root = Path(exported(str(tmp_path / "tree"))["target"])
    diagram = root / f"{PROCESS}.bpmn"
    text = diagram.read_text("utf-8")
    diagram.write_text(text.replace("提请误报", "提出误报"), "utf-8")
    (done,) = run("deploy", str(root))["deployed"]
    assert (done["version"], done["new"]) == (2, True)
    diagram.write_text(text.replace('value="void.decide"', 'value="none.such"'), "utf-8")
    assert run("check", str(root), expect=1)["ok"] is False
    assert "decide_void" in str(run("deploy", str(root), expect=1))
    first = exported(str(tmp_path / "first"), "--version", "1")
    with application().database.read() as session:
        stored = definitions.files(session, PROCESS, 1)
    assert first["digest"] == Bundle(PROCESS, stored).digest
    assert run("export", "definition", "none", str(tmp_path), expect=1)["error"]
    assert run("export", "definition", PROCESS, str(tmp_path), "--version", "9", expect=1)["error"]


def test_a_folder_becomes_a_draft_of_a_designer(tmp_path: Path) -> None:
    root = exported(str(tmp_path / "tree"))["target"]
    with application().database.begin() as session:
        organisation.add_body(session, "designers", "designers", "流程设计组", "Designers")
        organisation.add_person(session, "drawer", "某人", "Somebody")
        organisation.grant(session, "drawer", "designers", "designer")
        organisation.add_person(session, "other", "另一人", "Another")
    told = run("import", "definition", root, "--as", "drawer")
    assert (told["process"], told["base"]) == (PROCESS, 1)
    assert run("import", "definition", root, "--as", "other", expect=1)["error"]


def test_an_upgrade_keeps_what_the_operator_brought(tmp_path: Path) -> None:
    target = exported(str(tmp_path / "tree"))["target"]
    diagram = Path(target) / f"{PROCESS}.bpmn"
    diagram.write_text(diagram.read_text("utf-8").replace("提请误报", "提出误报"), "utf-8")
    run("deploy", target)
    assert run("deploy")["kept"] == {PROCESS: 2}
    assert run("deploy", PROCESS)["deployed"][0]["version"] == 3
    assert run("deploy")["kept"] == {}


def test_an_upgrade_keeps_what_the_zone_changed(tmp_path: Path) -> None:
    root = Path(exported(str(tmp_path / "tree"))["target"])
    diagram = root / f"{PROCESS}.bpmn"
    diagram.write_text(diagram.read_text("utf-8").replace("提请误报", "提出误报"), "utf-8")
    with application().database.begin() as session:
        organisation.add_body(session, "designers", "designers", "流程设计组", "Designers")
        for person in ("drawer", "other"):
            organisation.add_person(session, person, "某人", "Somebody")
            organisation.grant(session, person, "designers", "designer")
    draft = run("import", "definition", str(root), "--as", "drawer")["draft"]
    bihuan = application()
    drawer, other = acting_as(bihuan, "drawer"), acting_as(bihuan, "other")
    digest = reviewing.propose(bihuan, drawer, draft, 1).digest or ""
    reviewing.approve(bihuan, other, draft, digest)
    going_live.go_live(bihuan, drawer, draft)
    again = run("deploy")
    assert again["kept"] == {PROCESS: 2}
    assert PROCESS not in {one["process"] for one in again["deployed"]}
    (named,) = run("deploy", PROCESS)["deployed"]
    assert (named["version"], named["new"]) == (3, True)
    assert run("deploy")["kept"] == {}


def acting_as(bihuan: Bihuan, person: str) -> Actor:
    with bihuan.database.read() as session:
        return acting(session, person)

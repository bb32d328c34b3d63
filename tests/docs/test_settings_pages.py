"""The pages of the settings are what the code says, and the code says what it reads."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.docs.reading import DOCS, first_cells
from workflows import settings
from workflows.cli.root import main
from workflows.settings import Settings
from workflows.settings_table import VARIABLES, present

ELSEWHERE = {"BIHUAN_LANGUAGE", "BIHUAN_ADMIN_PASSWORD_FILE"}
"""What the command line reads by itself."""


class Asked(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_known = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values_known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_known)

    def __len__(self) -> int:
        return len(self.values_known)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_current(language: str) -> None:
    script = runpy.run_path(str(DOCS / "settings.py"))
    kept = (DOCS / f"settings.{language}.md").read_text(encoding="utf-8")
    assert kept == script["page"](language), "run make docs-settings"


def test_every_variable_that_is_read_is_told(tmp_path: Path) -> None:
    asked = Asked({"BIHUAN_DATA_DIR": str(tmp_path), "BIHUAN_CLOCK": "virtual"})
    Settings.from_environment(asked)
    plain = {name for name in asked.names if not name.endswith("_FILE")}
    told = {name for one in VARIABLES for name in one.names}
    assert told == plain | ELSEWHERE
    files = {name.removesuffix("_FILE") for name in asked.names if name.endswith("_FILE")}
    assert {name for one in VARIABLES if one.in_file for name in one.names} == files


def test_the_table_in_the_code_names_the_same() -> None:
    assert settings.__doc__ is not None
    known = {name for cell in first_cells(settings.__doc__) for name in cell.split(", ")}
    assert known | ELSEWHERE == {name for one in VARIABLES for name in one.names}


def test_secrets_are_never_shown() -> None:
    given = {
        "BIHUAN_SECRET_KEY": "s3cret",
        "DATABASE_URL": "postgresql://user:s3cret@host/name",
        "BIHUAN_ANCHOR_KEY_FILE": "/run/keys/anchor",
        "BIHUAN_AGENCY": "zone",
    }
    found = {one.names[0]: value for one, value in present(given)}
    assert found["BIHUAN_SECRET_KEY"] == found["BIHUAN_DATABASE_URL"] == "***"
    assert found["BIHUAN_ANCHOR_KEY"] == "BIHUAN_ANCHOR_KEY_FILE=/run/keys/anchor"
    assert found["BIHUAN_AGENCY"] == "zone"
    assert found["BIHUAN_DEMO"] is None


def test_the_command_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BIHUAN_SECRET_KEY", "s3cret")
    done = CliRunner().invoke(main, ["settings", "--json"])
    assert done.exit_code == 0, done.output
    assert "s3cret" not in done.output
    rows = {row["names"][0]: row["value"] for row in json.loads(done.stdout)["settings"]}
    assert rows["BIHUAN_DATA_DIR"] == str(tmp_path)
    spoken = CliRunner().invoke(main, ["settings"])
    assert "BIHUAN_SECRET_KEY=***" in spoken.output

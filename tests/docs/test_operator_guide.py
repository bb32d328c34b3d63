"""Every command of the operator's guide does what the guide says, in its order, on SQLite."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.docs.reading import blocks, text
from workflows.cli.root import main

GUIDES = ("docs/operator.zh.md", "docs/operator.en.md")
CALLED = re.compile(r"^(?:BIHUAN_\w+=\S+ )*\.venv/bin/bihuan .+$", re.MULTILINE)


def commands(guide: str) -> list[str]:
    """Return the lines of a guide that call the program."""
    return [line for block in blocks(guide, "sh") for line in CALLED.findall(block)]


@dataclass
class Machine:
    """A machine of the guide, its folders below one of ours."""

    folder: Path
    done: list[str] = field(default_factory=list)

    def place(self, name: str) -> Path:
        return self.folder / name

    def run(self, line: str) -> str:
        """Run a line of the guide; it must go through."""
        self.done.append(line)
        words = shlex.split(line.replace("/srv/", f"{self.folder}/"))
        given = dict(word.split("=", 1) for word in words if word.startswith("BIHUAN_"))
        arguments = words[words.index(".venv/bin/bihuan") + 1 :]
        done = CliRunner().invoke(main, arguments, env=self._environment(given))
        assert done.exit_code == 0, f"{line}\n{done.output}"
        return done.output

    def _environment(self, given: Mapping[str, str]) -> dict[str, str | None]:
        return {
            "BIHUAN_DATA_DIR": str(self.place("bihuan")),
            "BIHUAN_ADMIN_PASSWORD_FILE": str(self.place("password")),
            "DATABASE_URL": None,
            "BIHUAN_DATABASE_URL": None,
            **given,
        }


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "password").write_text("a long enough password", encoding="utf-8")
    (tmp_path / "bihuan-backup").mkdir()
    return Machine(tmp_path)


def test_both_guides_call_the_same() -> None:
    chinese, english = map(commands, GUIDES)
    assert chinese == english


def test_every_command_of_the_guide_goes_through(machine: Machine) -> None:
    said = commands(GUIDES[0])
    settings, setup, backup, restore, rehearse, verify, again, upgrade, deploy, schema = said[:10]
    machine.run(settings)
    machine.run(setup)
    machine.run(backup)
    (saved,) = machine.place("bihuan-backup").iterdir()
    saved.rename(machine.place("bihuan-backup") / "bihuan.tar")
    before = machine.place("bihuan").rename(machine.place("before"))
    machine.place("bihuan").mkdir()
    shutil.copy(before / "anchor.key", machine.place("bihuan"))
    assert "一致" in machine.run(restore)
    machine.place("bihuan-drill").mkdir()
    shutil.copy(machine.place("bihuan") / "anchor.key", machine.place("bihuan-drill"))
    for line in (rehearse, verify, again, upgrade, deploy, schema, *said[10:]):
        machine.run(line)
    assert machine.done == said


@pytest.mark.parametrize("guide", GUIDES)
def test_every_part_of_the_deep_check_is_explained(guide: str) -> None:
    checks = set(re.findall(r"^-- (\w+): ", text("tests/checking/faults.sql"), re.MULTILINE))
    explained = set(re.findall(r"`([a-z]+)`", text(guide)))
    assert checks | {"evidence", "database", "orphans"} <= explained

"""The linters' own rules were seen failing once: imports between rooms, and the one clock."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.contracts.tree import ROOT, plant

BIN = Path(sys.executable).parent
CONTRACTS: list[dict[str, str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
    "tool"
]["importlinter"]["contracts"]

SOUND = {
    "engine/__init__.py": "",
    "engine/clock.py": "",
    "engine/errors.py": "",
    "engine/execution/__init__.py": "import SpiffWorkflow\nfrom lxml import etree\n",
    "engine/expressions/grammar.py": "import lark\n",
    "engine/forms/schema.py": "import marshmallow\n",
    "engine/store/tables.py": "import sqlalchemy\n",
    "engine/work/start.py": "import engine.execution\nimport engine.store.tables\n",
    "workflows/__init__.py": "",
    "workflows/domain/case.py": "import marshmallow\nimport engine.work.start\n",
    "webapp/__init__.py": "import flask\nimport workflows.domain.case\n",
    "webapp/api/tasks.py": "import marshmallow\n",
}
FAULTS = {
    "layers": ("engine/work/mail.py", "import webapp.api.tasks\n"),
    "ground-floor": ("engine/errors.py", "import engine.execution\n"),
    "spiff-home": ("engine/work/run.py", "import SpiffWorkflow.task\n"),
    "lark-home": ("workflows/domain/rules.py", "from lark import Lark\n"),
    "flask-home": ("workflows/domain/web.py", "from flask import request\n"),
    "marshmallow-home": ("engine/work/data.py", "from marshmallow import Schema\n"),
    "sqlalchemy-home": ("engine/forms/rows.py", "from sqlalchemy import select\n"),
    "acyclic-rooms": ("engine/store/back.py", "import engine.work.start\n"),
}
PACKAGES = ("engine", "workflows", "webapp")


def build(root: Path, files: dict[str, str]) -> None:
    shutil.copy(ROOT / "pyproject.toml", root)
    for name, text in files.items():
        plant(root, name, text)
    for package in PACKAGES:
        for folder in [root / package, *(root / package).rglob("*/")]:
            (folder / "__init__.py").touch()


def lint_imports(root: Path) -> str:
    done = subprocess.run(
        [BIN / "lint-imports", "--no-logo", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root), "PATH": "", "COLUMNS": "300"},
    )
    return done.stdout + done.stderr


def verdicts(output: str) -> dict[str, str]:
    found = {}
    for contract in CONTRACTS:
        for line in output.splitlines():
            if line.startswith(contract["name"] + " "):
                found[contract["id"]] = line.removeprefix(contract["name"]).split()[0]
    return found


def test_the_import_rules_hold_here() -> None:
    output = lint_imports(ROOT)
    assert set(verdicts(output).values()) == {"KEPT"}, output


def test_the_import_rules_let_the_lawful_pass(tmp_path: Path) -> None:
    build(tmp_path, SOUND)
    output = lint_imports(tmp_path)
    assert verdicts(output) == {contract["id"]: "KEPT" for contract in CONTRACTS}, output


@pytest.mark.parametrize("contract", FAULTS)
def test_the_import_rule_finds_a_planted_fault(tmp_path: Path, contract: str) -> None:
    build(tmp_path, SOUND)
    name, text = FAULTS[contract]
    plant(tmp_path, name, text)
    output = lint_imports(tmp_path)
    assert verdicts(output)[contract] == "BROKEN", output


def test_every_import_rule_has_a_planted_fault() -> None:
    assert set(FAULTS) == {contract["id"] for contract in CONTRACTS}


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime\nNOW = datetime.now()\n",
        "from datetime import datetime\nNOW = datetime.utcnow()\n",
        "import datetime as dt\nNOW = dt.date.today()\n",
        "from time import time\nNOW = time()\n",
        "import time\nNOW = time.time_ns()\n",
    ],
)
def test_the_linter_bans_every_other_clock(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "engine/work/late.py", line)
    done = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "--config", ROOT / "pyproject.toml", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "one clock" in done.stdout

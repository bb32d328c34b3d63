"""Every rule in `checks.py` holds here, and every rule was seen failing once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts import checks
from tests.contracts.tree import ROOT, plant, planted_files, repository_files

LONG_FUNCTION = "def long() -> None:\n" + "    x = 1\n" * 45
HOST = checks.REGISTRY_HOSTS[0]
FOLDER = "/".join(("", checks.MACHINE_FOLDERS[0], "main"))
WORD = "haz" + "ard"
HASH = "--hash=sha256:" + "0" * 64

FAULTS: list[tuple[checks.Check, str, str]] = [
    (checks.commits_in_one_place, "webapp/inbox/views.py", "session.commit()\n"),
    (checks.commits_in_one_place, "engine/work/claim.py", "def run(u):\n    u.session.commit()\n"),
    (checks.one_clock, "workflows/domain/dates.py", "now()  # noqa: TID251\n"),
    (checks.one_clock, "engine/store/tables.py", "column(server_default=func.now())\n"),
    (checks.files_are_short, "engine/long.py", "x = 1\n" * 301),
    (checks.functions_are_short, "engine/long.py", LONG_FUNCTION),
    (checks.functions_are_short, "engine/long.py", "# noqa: C901\n" + LONG_FUNCTION),
    (checks.nothing_names_a_machine, "docs/setup.md", f"Take it from https://{HOST}/simple\n"),
    (checks.nothing_names_a_machine, "webapp/settings.py", f'HERE = "{FOLDER}"\n'),
    (checks.engine_knows_no_application, "engine/work/start.py", f"{WORD}_level = 1\n"),
    (checks.engine_knows_no_application, f"engine/{WORD}s.py", "x = 1\n"),
    (checks.python_locks_are_hashed, "requirements/runtime.txt", "flask==3.1.3\n"),
    (checks.python_locks_are_hashed, "requirements/runtime.txt", f"flask>=3 {HASH}\n"),
    (checks.node_lock_is_hashed, "package-lock.json", '{"packages": {"node_modules/a": {}}}'),
    (
        checks.node_lock_is_hashed,
        "package-lock.json",
        '{"packages": {"node_modules/a": {"integrity": "sha512-0", "resolved": "x"}}}',
    ),
    (checks.top_level_is_fixed, "scripts/do.sh", "true\n"),
    (checks.modules_are_named_by_subject, "webapp/utils.py", "x = 1\n"),
]

HARMLESS: list[tuple[checks.Check, str, str]] = [
    (checks.commits_in_one_place, checks.UNIT_OF_WORK, "session.commit()\n"),
    (checks.functions_are_short, "engine/long.py", "# a table of cases\n" + LONG_FUNCTION),
    (checks.nothing_names_a_machine, "docs/rooms.md", "See engine/work/start.py\n"),
    (checks.engine_knows_no_application, "workflows/domain/case.py", f"{WORD} = 1\n"),
    (checks.python_locks_are_hashed, "requirements/a.txt", f"flask==3.1.3 \\\n    {HASH}\n"),
    (checks.files_are_short, "workflows/migrations/versions/a.py", "x = 1\n" * 301),
]


def names(rows: list[tuple[checks.Check, str, str]]) -> list[str]:
    return [f"{check.__name__}-{number}" for number, (check, _, _) in enumerate(rows)]


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_the_rule_holds_here(check: checks.Check) -> None:
    assert check(ROOT, repository_files()) == []


@pytest.mark.parametrize(("check", "name", "text"), FAULTS, ids=names(FAULTS))
def test_the_rule_finds_a_planted_fault(
    tmp_path: Path, check: checks.Check, name: str, text: str
) -> None:
    plant(tmp_path, name, text)
    findings = check(tmp_path, planted_files(tmp_path))
    assert len(findings) == 1
    assert findings[0].startswith(name.split("/", maxsplit=1)[0])


@pytest.mark.parametrize(("check", "name", "text"), HARMLESS, ids=names(HARMLESS))
def test_the_rule_leaves_the_lawful_alone(
    tmp_path: Path, check: checks.Check, name: str, text: str
) -> None:
    plant(tmp_path, name, text)
    assert check(tmp_path, planted_files(tmp_path)) == []


def test_a_named_package_must_be_locked(tmp_path: Path) -> None:
    plant(tmp_path, "requirements/runtime.in", "# why\nFlask>=3\nlark\n")
    plant(tmp_path, "requirements/runtime.txt", f"flask==3.1.3 \\\n    {HASH}\n")
    findings = checks.python_locks_are_hashed(tmp_path, planted_files(tmp_path))
    assert findings == ["requirements/runtime.txt: lark is not locked"]


def test_every_rule_has_a_planted_fault() -> None:
    assert {check for check, _, _ in FAULTS} == set(checks.CHECKS)


def test_every_rule_is_registered() -> None:
    public = {
        value
        for name, value in vars(checks).items()
        if callable(value)
        and not name.startswith("_")
        and getattr(value, "__module__", "") == checks.__name__
    }
    assert public == set(checks.CHECKS)

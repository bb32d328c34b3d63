"""The pages about the interface: the reference is its description, the guide's examples run."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.api.harness import Zone, ok
from tests.api.harness import zone as opened
from tests.conftest import absent
from tests.docs.reading import DOCS, blocks
from tests.domain.pictures import jpeg

GUIDE = "docs/api.zh.md"
TRANSLATED = "docs/api.en.md"
STANDING = "http://127.0.0.1:8000"
"""Where the guide finds the server."""


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    found = runpy.run_path(str(DOCS / "api_reference.py"))
    return found | {"spec": found["description"]()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reference_is_current(script: dict[str, Any], language: str) -> None:
    kept = (DOCS / f"api-reference.{language}.md").read_text(encoding="utf-8")
    assert kept == script["page"](script["spec"], language), "run make docs-api"


def test_both_guides_show_the_same_examples() -> None:
    for language in ("sh", "python"):
        assert blocks(GUIDE, language) == blocks(TRANSLATED, language) != []


def test_both_guides_tell_every_step_of_migrating_many_cases(script: dict[str, Any]) -> None:
    paths = [path for path in script["spec"]["paths"] if "migration-runs" in path]
    assert len(paths) == 8
    for guide in (GUIDE, TRANSLATED):
        told = (DOCS.parent / guide).read_text(encoding="utf-8")
        for path in paths:
            last = path.rpartition("/")[2]
            assert f"/{last}`" in told or f"/{last}/" in told, (guide, path)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Zone, str]]:
    """A zone behind a server of its own, and the address of the server."""
    with opened(f"sqlite:///{tmp_path / 'zone.db'}", tmp_path) as zone:
        server = make_server("127.0.0.1", 0, zone.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield zone, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def test_the_examples_run(served: tuple[Zone, str], tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        absent("curl")
    zone, address = served
    client = zone.client("inspector1")
    (tmp_path / "photo.jpg").write_bytes(jpeg())
    *commands, last = (block.replace(STANDING, address) for block in blocks(GUIDE, "sh"))
    in_shell("\n".join(commands), tmp_path)
    (case,) = ok(client.get("/cases"))["items"]
    assert (case["location"], case["level"]) == ("三号库", "general")
    task = ok(client.get("/tasks", case=case["id"]))["items"][0]["id"]
    ok(client.post(f"/tasks/{task}/claim"))
    (program,) = (block.replace(STANDING, address) for block in blocks(GUIDE, "python"))
    assert case["number"] in run([sys.executable, "-c", program], tmp_path)
    assert case["number"] in (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    gone = 'curl -s "$ADDRESS/me" -H "Authorization: Bearer $TOKEN"'
    assert '"status": 401' in in_shell("\n".join([commands[0], last, gone]), tmp_path)


def in_shell(commands: str, folder: Path) -> str:
    return run(["bash", "-euo", "pipefail", "-c", commands], folder)


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

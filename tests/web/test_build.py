"""A new build of the front end takes the place of the served one file by file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BUILD = Path(__file__).parents[2] / "webapp" / "assets" / "build"
NODE = Path(sys.executable).parent / "node"
PUBLISH = """
const { publish } = await import(process.argv[1]);
await publish(process.argv[2], process.argv[3]);
"""


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.skipif(not NODE.exists(), reason="node is not installed; see make setup")
def test_a_build_replaces_the_one_before(tmp_path: Path) -> None:
    served, fresh = tmp_path / "built", tmp_path / "built" / ".fresh"
    _write(served, app_js="old", app_css="old", chunks__gone_js="old", _stamp="")
    inode = served.stat().st_ino
    _write(fresh, app_js="new", app_css="new", chunks__come_js="new")
    arguments = ["--input-type=module", "-e", PUBLISH, str(BUILD / "publish.mjs")]
    subprocess.run([NODE, *arguments, str(fresh), str(served)], check=True)
    found = {str(p.relative_to(served)): p.read_text("utf-8") for p in served.rglob("*.*")}
    assert found == {"app.js": "new", "app.css": "new", "chunks/come.js": "new"}
    assert served.stat().st_ino == inode, "the folder itself is never taken away"


def test_the_build_clears_nothing_that_is_served() -> None:
    assert "rm(built" not in (BUILD / "build.mjs").read_text("utf-8")

"""Keys made at first use: the same for all, whole, and private."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from workflows.keys import kept_key


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: kept_key(tmp_path / "data", "secret"), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    kept_key(tmp_path, "anchor")
    assert (tmp_path / "anchor.key").stat().st_mode & 0o077 == 0


def test_each_name_has_its_own(tmp_path: Path) -> None:
    assert kept_key(tmp_path, "anchor") != kept_key(tmp_path, "secret")

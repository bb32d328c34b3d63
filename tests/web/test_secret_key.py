"""Every process of one installation signs with the same key, which only its user may read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from webapp.secret_key import NAME, kept_secret


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    first = kept_secret(directory)
    assert len(first) == 64
    assert kept_secret(directory) == first
    assert [path.name for path in directory.iterdir()] == [NAME]


def test_only_its_user_may_read_it(tmp_path: Path) -> None:
    kept_secret(tmp_path)
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_installations_have_different_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(kept_secret, [tmp_path / str(n) for n in range(4)]))
    assert len(keys) == 4

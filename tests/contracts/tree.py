"""Which files count: in the repository, and below a folder with a planted fault."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def repository_files(root: Path = ROOT) -> list[str]:
    """Return every file that is committed or would be, by its path below the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    names = [name for name in done.stdout.decode().split("\0") if name]
    return sorted(name for name in names if (root / name).is_file())


def planted_files(root: Path) -> list[str]:
    """Return every file below a folder."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def plant(root: Path, name: str, text: str) -> None:
    """Write a file below a folder."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""A process as files outside: a folder or a zip of it, the same content as the same bytes.

The folder holds the diagram, the tables, `forms/`, `scenarios/` and `bundle.json`, which says
what it is; git shows a change as the few lines that changed.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from engine.errors import Invalid, NotFound
from workflows.designing import paths

MANIFEST: Final = "bundle.json"
MOST_ENTRIES: Final = 4 * paths.MOST_FILES
"""Entries of a zip, with folders and what other programs add."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o100644 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class Package:
    """The files of a process, and what is said of them."""

    process: str
    files: Mapping[str, bytes]
    manifest: Mapping[str, Any] = field(default_factory=dict)

    def entries(self) -> dict[str, bytes]:
        """Return every file by its path within the folder, in order."""
        text = json.dumps(dict(self.manifest), indent=2, ensure_ascii=False) + "\n"
        return dict(sorted({**self.files, MANIFEST: text.encode()}.items()))


def pack(package: Package) -> bytes:
    """Return a package as a zip; the same package gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in package.entries().items():
            entry = zipfile.ZipInfo(f"{package.process}/{path}", _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PLAIN_FILE
            archive.writestr(entry, content)
    return target.getvalue()


def unpack(data: bytes) -> Package:
    """Return the package of a zip that somebody sent.

    Raises:
        Invalid: it is no zip, too large, or holds something else than one process.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _packaged(dict(_read(archive)))
    except _BROKEN as error:
        raise _invalid(
            "Expected a zip of a process, but it cannot be read", "文件不是可以读取的 zip 压缩包"
        ) from error


def write(package: Package, folder: Path) -> Path:
    """Write a package as a folder; files of the process that it no longer has are removed."""
    root = folder / package.process
    wanted = package.entries()
    for path in [*root.rglob("*")]:
        inner = path.relative_to(root).as_posix()
        if path.is_file() and inner not in wanted and _is_ours(package.process, inner):
            path.unlink()
    for inner, content in wanted.items():
        target = root / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


def read(source: Path) -> Package:
    """Return the package of a folder or a zip on disk.

    Raises:
        NotFound: there is nothing.
        Invalid: it holds no process, or too much.
    """
    if source.is_file():
        return unpack(source.read_bytes())
    if not source.is_dir():
        raise NotFound(f"Expected a folder or zip {source}, but there is none", f"找不到 {source}")
    found = (path for path in sorted(source.rglob("*")) if path.is_file())
    held: dict[str, bytes] = {}
    for path in found:
        inner = path.relative_to(source).as_posix()
        if not _is_noise(inner):
            held[inner] = path.read_bytes()
            _check_sizes(held)
    return _packaged(held)


def is_source(name: str) -> bool:
    """Return whether a word of a command line names a folder or zip rather than a process."""
    return name.endswith(".zip") or "/" in name or Path(name).is_dir()


def _read(archive: zipfile.ZipFile) -> Iterable[tuple[str, bytes]]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    entries = [one for one in entries if not _is_noise(one.filename)]
    if len(entries) > MOST_ENTRIES:
        raise paths.too_many(len(entries))
    left = paths.LARGEST
    for entry in entries:
        # What the entry says of its size may be a lie: no more is read than there may be.
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _invalid(
                f"Expected files of at most {paths.LARGEST:,} bytes together, but there are more",
                f"压缩包内的文件合计最多 {paths.LARGEST:,} 字节",
            )
        yield entry.filename.replace("\\", "/"), content


def _packaged(held: Mapping[str, bytes]) -> Package:
    """Find the process among files: its one diagram, and what lies below the same folder."""
    diagrams = [path for path in held if path.endswith(".bpmn")]
    if len(diagrams) != 1:
        raise _invalid(
            f"Expected one diagram, process.bpmn, but there are {len(diagrams)}",
            f"应有且只有一个流程图（流程编号.bpmn），实际有 {len(diagrams)} 个",
        )
    root = PurePosixPath(diagrams[0]).parent
    process = PurePosixPath(diagrams[0]).stem
    inner = {
        PurePosixPath(path).relative_to(root).as_posix(): content
        for path, content in held.items()
        if PurePosixPath(path).is_relative_to(root)
    }
    manifest = _manifest(inner.pop(MANIFEST, b"{}"))
    files = {path: content for path, content in inner.items() if path.lower() != "readme.md"}
    for path in files:
        paths.check_path(process, path)
    _check_sizes(files)
    return Package(process, files, manifest)


def _manifest(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _check_sizes(files: Mapping[str, bytes]) -> None:
    paths.check_whole({path: len(content) for path, content in files.items()})


def _is_ours(process: str, path: str) -> bool:
    try:
        paths.check_path(process, path)
    except Invalid:
        return False
    return True


def _is_noise(path: str) -> bool:
    """Return whether a file is what systems leave behind."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts if part != "..")


def _invalid(message: str, message_zh: str) -> Invalid:
    return Invalid.at("file", message, message_zh)

"""Which diagrams a simulation is about: files, the source tree, and examples that come along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.deployment.bundle import SIZE_LIMIT, Bundle
from engine.errors import Invalid, NotFound, Unavailable

ROOT_PROCESS: Final = "hazard_rectification"
EXAMPLES: Final = Path(__file__).resolve().with_name("examples")
CURRENT: Final = "current"
_NAMES: Final[Mapping[str, tuple[str, str, str]]] = {
    "single_signer": (
        "extension_request",
        "示例：延期只由园区一家签署",
        "Example: a single signer",
    ),
}


@dataclass(frozen=True)
class Example:
    """A diagram that comes along for comparisons; it is not deployed."""

    id: str
    process: str
    zh: str
    en: str

    @property
    def data(self) -> bytes:
        """The diagram."""
        return (EXAMPLES / f"{self.id}.bpmn").read_bytes()


def examples(process: str = "") -> list[Example]:
    """Return the examples of a process, or all."""
    found = [Example(name, *words) for name, words in _NAMES.items()]
    return [one for one in found if process in ("", one.process)]


def example(name: str) -> Example:
    """Return an example by its name; NotFound if there is none."""
    for one in examples():
        if one.id == name:
            return one
    raise NotFound(f"Expected an example {name}, but there is none", f"没有示例 {name}")


def with_diagram(bundles: Sequence[Bundle], process: str, data: bytes) -> list[Bundle]:
    """Return bundles in which one process has another diagram; its tables and forms stay.

    Raises:
        NotFound: the process is none of them.
        Invalid: the diagram holds no process of that name.
    """
    base = next((one for one in bundles if one.process == process), None)
    if base is None:
        raise NotFound(f"Expected a process {process}, but there is none", f"没有流程 {process}")
    return with_files(bundles, process, {**base.files, base.diagram_path: data})


def with_files(bundles: Sequence[Bundle], process: str, files: Mapping[str, bytes]) -> list[Bundle]:
    """Return bundles in which one process has other files; a new one is added.

    Raises:
        Invalid: its diagram holds no process of that name.
    """
    changed = Bundle(process, dict(files))
    if changed.diagram is not None and changed.info is None:
        raise Invalid.at(
            "version",
            f"Expected a diagram of {process}, but it holds no process of that name",
            f"流程图中没有流程 {process}",
        )
    others = [one for one in bundles if one.process != process]
    return [*others, changed]


def read_file(path: Path) -> bytes:
    """Return a diagram on disk.

    Raises:
        NotFound: there is no such file.
        Invalid: it is too large.
        Unavailable: it cannot be read.
    """
    if not path.is_file():
        raise NotFound(f"Expected a file {path}, but there is none", f"找不到文件 {path}")
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Invalid(f"Expected at most {SIZE_LIMIT} bytes, but {path} has more", "文件过大")
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(f"Expected to read {path}, but cannot", f"无法读取 {path}") from error


def root_of(bundles: Iterable[Bundle], process: str) -> str:
    """Return with which process a case begins: the given one, or the one that starts it.

    Raises:
        NotFound: the process is none of the bundles.
    """
    chosen = next((one for one in bundles if one.process == process), None)
    if chosen is None:
        raise NotFound(f"Expected a process {process}, but there is none", f"没有流程 {process}")
    return ROOT_PROCESS if chosen.contract.starts else process

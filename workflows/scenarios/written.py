"""Reads scenarios as somebody wrote them: everything that is wrong, at its line and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final

from engine.errors import FieldError, Invalid
from workflows.scenarios import yaml_nodes
from workflows.scenarios.faults import Check, Fault
from workflows.scenarios.loader import Scenario, scenario_of


@dataclass(frozen=True)
class Written:
    """A file as it was read: its scenario, or what is wrong, with the lines of its parts."""

    path: str
    value: Mapping[str, Any]
    lines: tuple[int, ...]
    faults: tuple[Fault, ...]
    scenario: Scenario | None = None
    before: int = 1

    @property
    def name(self) -> str:
        """What others call it."""
        return PurePosixPath(self.path).stem


MOST_PLAYED: Final = 30
"""Scenarios played for one: what was before is played again for each that names it."""


def read_all(process: str, files: Mapping[str, bytes]) -> list[Written]:
    """Return every scenario of some files, by path; those before others are linked to them."""
    read = {one.name: one for one in (read_one(path, files[path]) for path in sorted(files))}
    links = _Links(process, read, {}, {})
    return [_linked(one, links) for one in read.values()]


def read_one(path: str, content: bytes) -> Written:
    """Return what one file says, not yet linked to others."""
    try:
        marked = yaml_nodes.read(content.decode())
    except UnicodeDecodeError:
        fault = Fault(1, "", "Expected a text in UTF-8, but it is none", "文件不是 UTF-8 文字")
        return Written(path, {}, (), (fault,))
    except Invalid as error:
        return Written(path, {}, (), tuple(_of_line(one) for one in error.errors))
    checked = Check(marked)
    checked.whole()
    value = marked.value if isinstance(marked.value, dict) else {}
    steps = value.get("steps")
    many = len(steps) if isinstance(steps, list) else 0
    lines = (marked.line(("start",)), *(marked.line(("steps", n)) for n in range(many)))
    before = marked.line(("before",))
    return Written(path, value, lines, tuple(checked.faults), before=before)


def _of_line(one: FieldError) -> Fault:
    return Fault(int(one.field), "", one.text("en"), one.text("zh"))


@dataclass(frozen=True)
class _Links:
    """The files of a folder, and the scenarios of those that were linked already."""

    process: str
    read: Mapping[str, Written]
    known: dict[str, Scenario]
    played: dict[str, int]
    """How many are played for each, with all that were before them."""


def _linked(one: Written, links: _Links) -> Written:
    """Return the file with its scenario; a fault where it has none or what was before has none."""
    if one.faults:
        return one
    try:
        found = _scenario(one, links, ())
    except Invalid as error:
        fault = Fault(one.before, "before", error.text("en"), error.text("zh"))
        return replace(one, faults=(fault,))
    return replace(one, scenario=found)


def _scenario(one: Written, links: _Links, above: tuple[str, ...]) -> Scenario:
    if one.name in above:
        raise Invalid(
            f"Expected {one.name} once, but it happens before itself",
            f"场景 {one.name} 绕一圈又发生在自己之前",
        )
    if one.name not in links.known:
        names = one.value.get("before") or ()
        before = tuple(_before(name, one, links, above) for name in names)
        played = 1 + sum(links.played[name] for name in names)
        if played > MOST_PLAYED:
            raise Invalid(
                f"Expected at most {MOST_PLAYED} scenarios played for {one.name}, with all that "
                f"were before it, but there are {played}",
                f"场景 {one.name} 连同之前发生的最多 {MOST_PLAYED} 个，实际为 {played} 个",
            )
        links.played[one.name] = played
        links.known[one.name] = scenario_of(one.value, one.name, links.process, before)
    return links.known[one.name]


def _before(name: str, one: Written, links: _Links, above: tuple[str, ...]) -> Scenario:
    earlier = links.read.get(name)
    if earlier is None or earlier.faults:
        raise Invalid(
            f"Expected a sound scenario {name}, but there is none", f"没有可用的场景 {name}"
        )
    return _scenario(earlier, links, (*above, one.name))

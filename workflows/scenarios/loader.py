"""Reads scenario files: what happens, who does it, and what must then be true.

A scenario is a YAML file in `processes/<process>/scenarios/`:

    title: {zh: …, en: …}
    before: [other]                  # scenarios of the folder that happened before, other cases
    clock: 2026-03-02T09:00          # Beijing time, when the story begins
    start: {by: inspector1, data: {…}}
    steps:
      - {by: inspector1, task: confirm_level, data: {level: general}}
      - {by: bureau_head, act: case.shut_down, data: {reason: …}}
      - {by: town1, task: recheck, data: {…}, refused: not_allowed}
      - {by: leader, task: decide, which: 2, data: {…}}    # of several open: a number, or a body
      - {clock: 2026-03-18T00:10}    # or {advance: P1D}
      - expect: {open: [rectify], state: rectifying, history: [order.serve]}

Where several tasks of one element are open, `which` tells the one that is meant: by its number, in
the order in which they were opened, or by a body that it is offered to.

A field that takes files names them freely (`[front, back]`): the player makes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from engine import clock
from engine.errors import Invalid
from workflows import yaml_text
from workflows.scenarios.facts import EXPECTATIONS

REFUSALS: Final = ("not_allowed", "invalid", "conflict", "not_found")
_PERIOD: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


@dataclass(frozen=True)
class Start:
    """Who registers the case, with what; `refused` names the refusal that must follow."""

    by: str
    data: Mapping[str, Any]
    refused: str | None = None


@dataclass(frozen=True)
class Deed:
    """A person completes a task or performs an act; `which` tells apart tasks of one element."""

    by: str
    name: str
    is_task: bool
    data: Mapping[str, Any]
    refused: str | None = None
    which: str = ""


@dataclass(frozen=True)
class Wait:
    """Time passes: until an instant, or for a period."""

    until: datetime | None = None
    step: timedelta | None = None


@dataclass(frozen=True)
class Expect:
    """What must be true now, by the words of the scenario file."""

    facts: Mapping[str, Any]


Step: TypeAlias = Deed | Wait | Expect


@dataclass(frozen=True)
class Scenario:
    """One story of a process; `before` are other cases whose stories are played first."""

    process: str
    name: str
    title_zh: str
    title: str
    begins: datetime
    start: Start
    steps: tuple[Step, ...]
    before: tuple[Scenario, ...] = ()


def load_scenarios(folder: Path, process: str) -> list[Scenario]:
    """Return the scenarios beside a process, by file name.

    Args:
        folder: holds a folder for each process.
        process: the process.

    Raises:
        Invalid: a file does not follow the form; `details` name the file.
    """
    files = sorted((folder / process / "scenarios").glob("*.yaml"))
    return [read_scenario(path, process) for path in files]


def read_scenario(path: Path, process: str) -> Scenario:
    """Return the scenario of one file; raise Invalid if it does not follow the form."""
    try:
        raw = yaml_text.read(path.read_text(encoding="utf-8"))
        before = tuple(
            read_scenario(path.with_name(f"{name}.yaml"), process)
            for name in raw.get("before") or ()
        )
        return scenario_of(raw, path.stem, process, before)
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise Invalid(
            f"Expected a scenario in {path.name}, but {type(error).__name__}: {error}",
            f"场景文件 {path.name} 格式有误：{error}",
            file=path.name,
        ) from error


def scenario_of(
    raw: Mapping[str, Any], name: str, process: str, before: tuple[Scenario, ...] = ()
) -> Scenario:
    """Return the scenario that the text of a file says; KeyError, TypeError, ValueError if none."""
    return Scenario(
        process=process,
        name=name,
        title_zh=str(raw["title"]["zh"]),
        title=str(raw["title"]["en"]),
        begins=instant(raw["clock"]),
        start=_start(raw["start"]),
        steps=tuple(_step(entry) for entry in raw.get("steps") or ()),
        before=before,
    )


def _start(raw: Mapping[str, Any]) -> Start:
    _only(raw, "by", "data", "refused")
    return Start(str(raw["by"]), dict(raw.get("data") or {}), _refusal(raw))


def _step(raw: Mapping[str, Any]) -> Step:
    if "expect" in raw:
        _only(raw, "expect")
        _only(raw["expect"], *EXPECTATIONS)
        return Expect(dict(raw["expect"]))
    if "by" in raw:
        is_task = "task" in raw
        _only(raw, "by", "task", "act", "data", "refused", *(["which"] if is_task else []))
        name = str(raw["task"] if is_task else raw["act"])
        data, which = dict(raw.get("data") or {}), str(raw.get("which") or "")
        return Deed(str(raw["by"]), name, is_task, data, _refusal(raw), which)
    _only(raw, "clock", "advance")
    if "clock" in raw:
        return Wait(until=instant(raw["clock"]))
    return Wait(step=period(str(raw["advance"])))


def _refusal(raw: Mapping[str, Any]) -> str | None:
    refused = raw.get("refused")
    if refused is not None and refused not in REFUSALS:
        message = f"refused is one of {', '.join(REFUSALS)}, not {refused}"
        raise ValueError(message)
    return refused


def _only(raw: Mapping[str, Any], *allowed: str) -> None:
    strange = sorted(set(raw) - set(allowed))
    if strange:
        message = f"unknown words {', '.join(strange)}"
        raise ValueError(message)


def instant(raw: object) -> datetime:
    """Return an instant as a file has it, Beijing time where it names no zone; else ValueError."""
    found = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    return found.replace(tzinfo=clock.BEIJING) if found.tzinfo is None else found


def period(text: str) -> timedelta:
    """Return a period of days, hours and minutes; raise ValueError if the text is none."""
    found = _PERIOD.fullmatch(text)
    if found is None or not any(found.groups()):
        message = f"advance is a period such as P1D or PT2H, not {text}"
        raise ValueError(message)
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)

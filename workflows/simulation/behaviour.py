"""Reads how people behave: `behaviour.yaml`, checked, with the source of each figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from engine.errors import Invalid
from engine.simulation import distributions
from engine.simulation.distributions import Distribution, Fixed
from workflows import yaml_text

SHIPPED: Final = Path(__file__).resolve().with_name("behaviour.yaml")
LEVELS: Final = ("general", "larger", "major")
_NOTES: Final = ("source", "assumption", "zh", "en")
_PARTS: Final = (
    *("loads", "arrivals", "hours", "bodies", "parts", "manners", "acts", "otherwise"),
    *("operations", "fixing", "extension", "befalls"),
)
_NONE: Final = Fixed(0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer, its weight and the flags that it leaves."""

    share: float
    flags: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ByLimit:
    """A day that is set: hours before the limit, or for some after it."""

    hours: Distribution
    late: float
    late_hours: Distribution


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of task is taken up: hours, minutes of work, and who keeps silent for days."""

    reaction: Distribution
    work: Distribution
    delay: Distribution
    silent: float
    silent_days: float
    nobody: bool
    """Whether nobody must be free for it."""

    by_limit: ByLimit | None = None


@dataclass(frozen=True, slots=True)
class ActBehaviour:
    """What people do about one act."""

    manner: Manner
    by_level: Mapping[str, Manner]
    outcomes: Sequence[Outcome]
    again: Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Fixing:
    """How long hazards of a level take to be fixed."""

    hours: Distribution
    late: float
    asks: float


@dataclass(frozen=True, slots=True)
class Note:
    """Where a figure is from, or that it is assumed."""

    about: str
    text: str
    assumed: bool


@dataclass(frozen=True)
class Behaviour:
    """Everything of the file; `raw` holds what is read where it is used."""

    raw: Mapping[str, Any]
    acts: Mapping[str, ActBehaviour]
    otherwise: ActBehaviour
    fixing: Mapping[str, Fixing]
    late_days: Distribution
    operations: Mapping[str, Sequence[Outcome]]
    notes: Sequence[Note]

    def figure(self, part: str, name: str) -> Any:  # noqa: ANN401 a number or a list
        """Return a figure that stands alone."""
        return self.raw[part][name]["value"]

    def shares(self, part: str, name: str) -> Mapping[str, float]:
        """Return shares by name, without their notes."""
        return {k: float(v) for k, v in self.raw[part][name].items() if k not in _NOTES}


@cache
def shipped() -> Behaviour:
    """Return the behaviour that comes with the product."""
    return parse(SHIPPED.read_text(encoding="utf-8"))


def parse(text: str) -> Behaviour:
    """Read a behaviour.

    Raises:
        Invalid: it is no YAML, lacks a part, or a figure in it cannot be.
    """
    try:
        raw = yaml_text.read(text)
    except yaml.YAMLError as error:
        raise _wrong(f"Expected YAML, but {error}", "行为数据不是有效的 YAML") from error
    if not isinstance(raw, Mapping) or set(_PARTS) - set(raw):
        missing = ", ".join(sorted(set(_PARTS) - set(raw or {})))
        raise _wrong(f"Expected every part, but {missing} is missing", f"行为数据缺少 {missing}")
    try:
        return _behaviour(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _wrong(
            f"Expected the shape of the shipped file, but {error!r}", f"行为数据的结构不对：{error}"
        ) from error


def _behaviour(raw: Mapping[str, Any]) -> Behaviour:
    manners = {name: _manner(entry) for name, entry in raw["manners"].items()}
    fixing = raw["fixing"]
    return Behaviour(
        raw=raw,
        acts={name: _act(entry, manners) for name, entry in raw["acts"].items()},
        otherwise=_act(raw["otherwise"], manners),
        fixing={level: _fixing(fixing[level]) for level in LEVELS},
        late_days=distributions.read(fixing["late_days"]["value"]),
        operations={name: _answers(entry) for name, entry in (raw["operations"] or {}).items()},
        notes=tuple(_notes(raw, "")),
    )


def _manner(entry: Mapping[str, Any]) -> Manner:
    silence = entry.get("silence", {"share": 0, "days": 0})
    return Manner(
        reaction=_optional(entry, "reaction"),
        work=_optional(entry, "work"),
        delay=_optional(entry, "delay"),
        silent=float(silence["share"]),
        silent_days=float(silence["days"]),
        nobody=entry.get("nobody", False) is True,
        by_limit=_by_limit(entry["by_limit"]) if "by_limit" in entry else None,
    )


def _by_limit(entry: Mapping[str, Any]) -> ByLimit:
    hours, late_hours = entry["hours"], entry["late_hours"]
    return ByLimit(distributions.read(hours), float(entry["late"]), distributions.read(late_hours))


def _optional(entry: Mapping[str, Any], name: str) -> Distribution:
    return distributions.read(entry[name]) if name in entry else _NONE


def _act(entry: Mapping[str, Any], manners: Mapping[str, Manner]) -> ActBehaviour:
    outcomes = _outcomes(entry.get("outcomes", ()))
    return ActBehaviour(
        manner=manners[entry["like"]],
        by_level={level: manners[name] for level, name in entry.get("by_level", {}).items()},
        outcomes=outcomes,
        again=_outcomes(entry["again"]) if "again" in entry else outcomes,
    )


def _outcomes(raw: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
    found = tuple(Outcome(float(one["share"]), dict(one["set"])) for one in raw)
    if found and not sum(one.share for one in found) > 0:
        raise ValueError("outcomes without a share")
    return found


def _answers(entry: Mapping[str, Any]) -> Sequence[Outcome]:
    return tuple(Outcome(float(o["share"]), {"answer": o["answer"]}) for o in entry["answers"])


def _fixing(entry: Mapping[str, Any]) -> Fixing:
    hours = distributions.read(entry["hours"])
    return Fixing(hours, float(entry["late"]), float(entry["asks"]))


def _notes(raw: Mapping[str, Any], path: str) -> Iterator[Note]:
    for name, entry in raw.items():
        if not isinstance(entry, Mapping):
            continue
        about = f"{path}.{name}" if path else str(name)
        for kind in ("source", "assumption"):
            if isinstance(entry.get(kind), str):
                yield Note(about, entry[kind], assumed=kind == "assumption")
        yield from _notes(entry, about)


def _wrong(sentence: str, sentence_zh: str) -> Invalid:
    return Invalid(sentence, sentence_zh)

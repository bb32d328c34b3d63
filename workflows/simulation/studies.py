"""A study: one version played several times, or two on the same load, as one plain document."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from engine.deployment.bundle import Bundle
from engine.errors import Invalid
from engine.simulation.comparing import compared
from engine.simulation.figures import figures, metrics, quantile
from engine.simulation.plan import Plan, plan_of
from engine.simulation.records import RunRecord
from engine.simulation.running import Request, Simulation
from workflows.simulation.behaviour import Behaviour
from workflows.simulation.versions import root_of
from workflows.simulation.world import Setting, ZoneWorld

MOST_CASES: Final = 200_000
MOST_REPLICATIONS: Final = 50
_MOST_STAFF: Final = 50
_NINE_OF_TEN: Final = 0.9
_HOUR: Final = 3_600
_PLACES: Final = 4

Progress = Callable[[int, int], None]
Steps = Generator[int, None, dict[str, Any]]
Playing = Generator[int, None, tuple[list[list[RunRecord]], set[str]]]


@dataclass(frozen=True)
class Version:
    """A version under study: what it is called, and the bundles with it in place."""

    label: str
    bundles: Sequence[Bundle]


@dataclass(frozen=True)
class Target:
    """A wish: nine of ten tasks of a post wait at most some working hours for somebody."""

    post: str
    hours: float


@dataclass(frozen=True, slots=True)
class Tried:
    """So many people, and how long nine of ten tasks then waited at most."""

    staff: int
    hours: float


@dataclass(frozen=True)
class Study:
    """What is asked for.

    Attributes:
        cases: how many cases begin in each replication.
        replications: how often all of it is played, each time with other random numbers.
    """

    process: str
    version: Version
    against: Version | None = None
    cases: int = 1000
    seed: int = 1
    replications: int = 1
    setting: Setting = field(default_factory=Setting)
    target: Target | None = None
    calibrated: Mapping[str, int] = field(default_factory=dict)
    """Acts that behave as in the zone's own history, with how often each was done."""

    @property
    def versions(self) -> list[Version]:
        """Return the one version, or both."""
        return [self.version, *([self.against] if self.against else [])]

    @property
    def total(self) -> int:
        """Return how many cases are played in all."""
        return self.cases * self.replications * len(self.versions)


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""


def conduct(study: Study, progress: Progress = _quiet) -> dict[str, Any]:
    """Play everything and return the report.

    Raises:
        Invalid: the numbers are out of bounds, a diagram cannot be simulated, or a setting is
            none.
    """
    steps = conducting(study)
    while True:
        try:
            progress(next(steps), study.total)
        except StopIteration as ended:
            report: dict[str, Any] = ended.value
            return report


def conducting(study: Study) -> Steps:
    """Play everything a little at a time, telling how many cases have ended; return the report.

    Raises:
        Invalid: as `conduct` does, at its first step.
    """
    _check(study)
    versions = study.versions
    plans = [plan_of(one.bundles, root_of(one.bundles, study.process)) for one in versions]
    runs, unknown = yield from _played(study, plans)
    told = [[metrics(one) for one in found] for found in runs]
    report: dict[str, Any] = {
        "process": study.process,
        "cases": study.cases,
        "seed": study.seed,
        "replications": study.replications,
        "load": study.setting.load,
        "staff": dict(study.setting.staff),
        "versions": [
            {"label": one.label, **figures(_pooled(found), plan)}
            for one, plan, found in zip(versions, plans, runs, strict=True)
        ],
        "unknown": sorted(unknown),
        "calibrated": dict(study.calibrated),
        "assumptions": _assumptions(study.setting.behaviour),
    }
    if study.against is not None:
        report["comparison"] = [
            _rounded(asdict(one) | {"certain": one.certain}) for one in compared(told[0], told[1])
        ]
    if study.target is not None:
        report["target"] = yield from _target(study, plans[0], study.target)
    return report


def _check(study: Study) -> None:
    for name, value, most in (
        ("cases", study.cases, MOST_CASES),
        ("replications", study.replications, MOST_REPLICATIONS),
    ):
        if not 1 <= value <= most:
            raise Invalid.at(
                name, f"Expected 1 to {most}, but it is {value}", f"应在 1 到 {most} 之间"
            )


def _played(study: Study, plans: Sequence[Plan]) -> Playing:
    """Play every version in every replication; both of a pair with the same seed."""
    runs: list[list[RunRecord]] = [[] for _ in plans]
    unknown: set[str] = set()
    for number in range(study.replications * len(plans)):
        replication, place = divmod(number, len(plans))
        world = ZoneWorld(study.setting, study.cases)
        request = Request(study.cases, f"{study.seed}/{replication}")
        simulation = Simulation(plans[place], world, request)
        for ended in simulation.play():
            yield number * study.cases + ended
        runs[place].append(simulation.record)
        unknown |= world.unknown
    yield study.total
    return runs, unknown


def _pooled(runs: Sequence[RunRecord]) -> RunRecord:
    """Return the record of several replications as one; the weeks are those of the first."""
    first = runs[0]
    for other in runs[1:]:
        first.take_in(other)
    return first


def _assumptions(behaviour: Behaviour) -> list[str]:
    return [f"{note.about}: {note.text}" for note in behaviour.notes if note.assumed]


def _target(study: Study, plan: Plan, target: Target) -> Steps:
    """Return how many people of a post it takes; the others stay as they are."""
    tried: list[Tried] = []
    for staff in range(1, _MOST_STAFF + 1):
        setting = replace(study.setting, staff={**study.setting.staff, target.post: staff})
        request = Request(study.cases, f"{study.seed}/0")
        simulation = Simulation(plan, ZoneWorld(setting, study.cases), request)
        for _ in simulation.play():
            yield study.total
        queued = simulation.record.pools[target.post].queued
        hours = quantile(queued, _NINE_OF_TEN) / _HOUR if len(queued) else 0.0
        tried.append(Tried(staff, hours))
        if hours <= target.hours:
            break
    return {
        "post": target.post,
        "hours": target.hours,
        "met": tried[-1].hours <= target.hours,
        "staff": tried[-1].staff,
        "tried": [{"staff": one.staff, "p90_hours": round(one.hours, 3)} for one in tried],
    }


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: round(v, _PLACES) if isinstance(v, float) else v for k, v in values.items()}

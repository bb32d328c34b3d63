"""What may be chosen of a simulation on the page, checked and kept as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.deploy import bundles_in_force
from engine.errors import FieldError, Invalid, NotFound
from engine.store import definitions
from workflows.designing import drafts
from workflows.simulating import history
from workflows.simulation import versions
from workflows.simulation.behaviour import shipped
from workflows.simulation.studies import Study, Target, Version
from workflows.simulation.world import Setting

MOST_CASES: Final = 10_000
MOST_REPLICATIONS: Final = 10
MOST_IN_ALL: Final = 40_000
"""Cases of all replications of both versions; more is for the command line."""

MOST_A_YEAR: Final = 300_000
MOST_STAFF: Final = 99
MOST_HOURS: Final = 200
MOST_FOR_TARGET: Final = 3_000
"""Cases each time where it is tried how many people it takes: it is played again and again."""

MOST_SEED: Final = 2**31 - 1
VERSION, DRAFT, EXAMPLE = "version", "draft", "example"


@dataclass(frozen=True)
class Asked:
    """One simulation as it was asked for; versions are written `version:3`, `draft:…`."""

    process: str
    first: str
    second: str = ""
    cases: int = 1000
    replications: int = 1
    seed: int = 1
    load: str = "zone"
    per_year: int = 0
    staff: Mapping[str, int] = field(default_factory=dict)
    history: bool = False
    """Whether times and answers are those of the zone's own history where there is enough."""

    target_post: str = ""
    target_hours: int = 0
    """How many people of a post it takes, so that nine of ten tasks wait no longer than that."""

    @property
    def total(self) -> int:
        """How many cases are played in all."""
        return self.cases * self.replications * (2 if self.second else 1)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def check(asked: Asked) -> None:
    """Raise Invalid by field where a number is out of bounds."""
    faults = list(_faults(asked))
    if faults:
        raise Invalid(faults[0].message, faults[0].message_zh, faults)


def _faults(asked: Asked) -> Iterator[FieldError]:
    numbers = {
        "cases": (asked.cases, 10, MOST_CASES),
        "replications": (asked.replications, 1, MOST_REPLICATIONS),
        "seed": (asked.seed, 0, MOST_SEED),
        "per_year": (asked.per_year, 0, MOST_A_YEAR),
        **({"target_hours": (asked.target_hours, 1, MOST_HOURS)} if asked.target_post else {}),
        **{f"staff.{post}": (number, 1, MOST_STAFF) for post, number in asked.staff.items()},
    }
    for name, (value, least, most) in numbers.items():
        if not least <= value <= most:
            yield FieldError(
                name,
                f"Expected {least} to {most}, but it is {value}",
                f"应在 {least} 到 {most} 之间",
            )
    if asked.load not in shipped().raw["loads"]:
        yield FieldError("load", "Expected one of the loads, but it is none", "请选择负荷")
    if asked.target_post and asked.target_post not in posts():
        yield FieldError("target_post", "Expected one of the posts, but it is none", "请选择岗位")
    if asked.target_post and asked.cases > MOST_FOR_TARGET:
        yield FieldError(
            "cases",
            f"Expected at most {MOST_FOR_TARGET} cases with a target, but it is {asked.cases}",
            f"求所需人数时每次最多 {MOST_FOR_TARGET} 件",
        )
    if asked.second and asked.replications < 2:  # noqa: PLR2004 one pair has no interval
        yield FieldError(
            "replications",
            "Expected at least 2 replications for a comparison, but it is 1",
            "对比至少重复 2 次，才有置信区间",
        )
    if asked.total > MOST_IN_ALL:
        yield FieldError(
            "cases",
            f"Expected at most {MOST_IN_ALL} cases in all, but these are {asked.total}",
            f"合计最多 {MOST_IN_ALL} 件，现为 {asked.total} 件；更多请用命令行",
        )


def posts() -> list[str]:
    """Return every post, as body and role."""
    bodies = shipped().raw["bodies"]
    return [f"{body}.{post}" for body, one in bodies.items() for post in one["staff"]]


def study_of(session: Session, agency: str, asked: Asked) -> Study:
    """Return what is to be conducted, with the processes that are in force around it.

    Raises:
        NotFound: a version, draft or example is not there any more.
        Invalid: a diagram holds no process of its name.
    """
    check(asked)
    around = list(bundles_in_force(session, agency).values())
    first = version_of(session, agency, asked.process, asked.first, around)
    second = None
    if asked.second:
        second = version_of(session, agency, asked.process, asked.second, around)
    behaviour, counts = shipped(), {}
    if asked.history:
        own = history.calibrated(session, agency, behaviour)
        behaviour, counts = own.behaviour, dict(own.counts)
    setting = Setting(asked.load, asked.per_year or None, asked.staff, behaviour)
    return Study(
        process=asked.process,
        version=first,
        against=second,
        cases=asked.cases,
        seed=asked.seed,
        replications=asked.replications,
        setting=setting,
        calibrated=counts,
        target=Target(asked.target_post, float(asked.target_hours)) if asked.target_post else None,
    )


def spelled(process: str, name: str) -> str:
    """Return the name of a version as it is kept: `3` is `version:3`, an example `example:…`."""
    if name.isdecimal():
        return f"{VERSION}:{name}"
    if name in {one.id for one in versions.examples(process)}:
        return f"{EXAMPLE}:{name}"
    return name


def is_kept(name: str) -> bool:
    """Return whether a version lies in the database: one that was deployed, or a draft."""
    return name.partition(":")[0] in (VERSION, DRAFT)


def version_of(
    session: Session, agency: str, process: str, name: str, around: list[Bundle]
) -> Version:
    """Return one version with the processes around it, labelled by what it was chosen as."""
    kind, _, key = name.partition(":")
    if kind == EXAMPLE:
        data = versions.example(key).data
        return Version(name, versions.with_diagram(around, process, data))
    if kind == DRAFT:
        draft = drafts.one(session, agency, key)
        if draft.process == process:
            bundle = drafts.bundle_of(process, drafts.files(session, key))
            return Version(name, versions.with_files(around, process, bundle.files))
    if kind == VERSION and key.isdecimal():
        files = definitions.files(session, process, int(key), agency=agency)
        if files:
            return Version(name, versions.with_files(around, process, files))
    raise NotFound(f"Expected a version {name[:60]}, but there is none", "没有该版本或草稿")

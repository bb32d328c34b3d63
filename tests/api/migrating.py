"""Runs of a migration in a zone: cases behind a version, orders to a run, a worker."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from engine import clock
from engine.clock import Clock
from engine.ports import Actor
from engine.store.tables import History
from tests.api.harness import Zone
from tests.api.newer import PROCESS, deploy_newer
from workflows.domain import organisation
from workflows.leasing import LEASE
from workflows.migrating import report, runs
from workflows.migrating.runs import Run
from workflows.migrating.worker import Migrating

HEAD, DEPUTY = "office_head", "office_officer"


class Killed(BaseException):
    """What no code catches."""


def actor_of(zone: Zone, person: str) -> Actor:
    with zone.bihuan.database.read() as session:
        return organisation.actor_of(session, person, clock.now())


def looker(zone: Zone) -> str:
    """Return a person of the safety office who may look and not decide."""
    [grant] = [one for one in actor_of(zone, HEAD).grants if one.role == "head"]
    zone.bihuan.database.run(
        lambda session: organisation.grant(session, "inspector3", grant.body, "officer")
    )
    return "inspector3"


def begin_cases(zone: Zone, count: int) -> list[str]:
    """Register cases of which the last cannot go on under the newer version."""
    plain = [zone.begin("inspector3", finder_body="industry_economy") for _ in range(count - 1)]
    second = zone.begin(proposed_level="major", criterion="判定标准第三条")
    proposal = {"level": "major", "criterion": "判定标准第三条", "reason": "符合"}
    zone.do("inspector1", second, "propose_major", **proposal)
    assert deploy_newer(zone.bihuan) == 2
    return [*plain, second]


def ask(zone: Zone, person: str = HEAD, version: int = 2) -> str:
    actor = actor_of(zone, person)
    return zone.bihuan.database.run(
        lambda session: runs.ask(session, actor, "default", PROCESS, version)
    )


def order(zone: Zone, what: str, run: str, *more: str, person: str = HEAD) -> None:
    actor, act = actor_of(zone, person), getattr(runs, what)
    zone.bihuan.database.run(lambda session: act(session, actor, "default", run, *more))


def state(zone: Zone, run: str) -> Run:
    actor = actor_of(zone, DEPUTY)
    with zone.bihuan.database.read() as session:
        return runs.one(session, actor, "default", run)


def work(zone: Zone, steps: int = 10_000) -> None:
    """Let a worker do so many cases, or looks at cases, then nothing more."""
    migrating = Migrating(zone.bihuan, seconds=0)
    for _ in range(steps):
        if not migrating.step():
            return


def entries(zone: Zone) -> Counter[str]:
    with zone.bihuan.database.read() as session:
        query = select(History.case_id).where(History.act == "process.migrated")
        return Counter(session.scalars(query))


def kinds(zone: Zone, run: str) -> Counter[str]:
    with zone.bihuan.database.read() as session:
        return Counter(report.counted(session, run))


def later(zone: Zone) -> None:
    """Let the leases of whoever was killed end."""
    current: Clock = clock.current()
    current.advance(LEASE + timedelta(seconds=1))  # type: ignore[attr-defined]


def numbers(run: Run) -> tuple[int, ...]:
    return run.cases, run.looked, run.possible, run.done, run.stayed

"""An analysis of a process: all its figures, for whoever may see figures of the whole zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.errors import NotAllowed, NotFound
from engine.ports import Actor
from engine.store import definitions
from workflows.analysis import waits, ways
from workflows.analysis.cohort import Size, Wanted, cohort, size
from workflows.analysis.waits import Step, Waiting
from workflows.analysis.ways import Conformance, Way
from workflows.domain import visibility

FIGURES = frozenset({"designer"})
"""Whoever sees figures of all cases and no case; those who see every case see them as well."""


@dataclass(frozen=True)
class Analysis:
    """Figures only; what they were counted from names no case but where a deviation is told."""

    wanted: Wanted
    current: int
    size: Size
    steps: Sequence[Step]
    levels: Sequence[Waiting]
    bodies: Sequence[Waiting]
    ways: Sequence[Way]
    conformance: Conformance


def analysis(session: Session, wanted: Wanted, *, named: bool = False) -> Analysis:
    """Count everything, and name cases that deviate; NotFound for a process that is not."""
    active = definitions.latest(session, wanted.process, agency=wanted.agency)
    if active is None:
        raise NotFound(
            f"Expected a process {wanted.process[:64]!r}, but there is none", "没有该流程"
        )
    files = definitions.files(session, wanted.process, active.version, agency=wanted.agency)
    among = cohort(wanted)
    taken = ways.ways(session, among)
    return Analysis(
        wanted=wanted,
        current=active.version,
        size=size(session, wanted, among),
        steps=waits.steps(session, among),
        levels=waits.by_level(session, among),
        bodies=waits.by_body(session, among),
        ways=taken,
        conformance=ways.conformance(
            session, among, taken, (wanted.agency, Bundle(wanted.process, files)), named=named
        ),
    )


def check_may_read(session: Session, actor: Actor) -> None:
    """Raise NotAllowed unless the person designs processes, or sees every case."""
    if may_read(session, actor):
        return
    raise NotAllowed(
        "Expected a process designer or somebody who sees every case, but you are neither",
        "流程分析由流程设计人员和可以查看全部案件的人员查看",
    )


def may_read(session: Session, actor: Actor) -> bool:
    """Return whether a person sees figures of the whole zone."""
    return any(grant.role in FIGURES for grant in actor.grants) or sees_cases(session, actor)


def sees_cases(session: Session, actor: Actor) -> bool:
    """Return whether a person may be told which cases a figure is about."""
    return visibility.reach(session, actor).everything

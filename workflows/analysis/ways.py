"""Which ways cases went, and which of their steps the current model would not let them take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.execution.bpmn_model import Diagram, Flow
from engine.store import definitions
from engine.store.tables import Visit

NAMED: Final = 20
"""Cases that are named beside a step, and steps that have such names."""

Step = tuple[str, str | None]
"""The element that was left, and the flow by which."""

Why = Literal["gone", "flow_gone", "elsewhere"]


@dataclass(frozen=True)
class Way:
    """A step of tokens: which element was left by which flow, under which version, how often."""

    version: int
    element: str
    flow: str | None
    times: int
    instances: int


@dataclass(frozen=True)
class Deviation:
    """A step that was taken and that the current model does not allow.

    Attributes:
        why: the element is gone, the flow is gone, or it leads elsewhere now.
        title: what the element is called, in Chinese and in English.
        target: where the flow led.
    """

    element: str
    flow: str | None
    why: Why
    title: tuple[str, str]
    target: tuple[str, str]
    times: int
    open: int
    closed: int
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fitting:
    """One case that deviates: how many of its steps fit."""

    case_id: str
    steps: int
    fitting: int


@dataclass(frozen=True)
class Conformance:
    """How far what was done fits the current model."""

    instances: int
    fitting: int
    fitness: float
    """The mean over the instances of the share of their steps that fit."""

    deviations: tuple[Deviation, ...]
    least: tuple[Fitting, ...] = ()
    """The cases that fit least, where cases are named."""


def ways(session: Session, among: Subquery) -> list[Way]:
    """Return every way that was taken, counted."""
    query = (
        select(
            among.c.version,
            Visit.element,
            Visit.flow,
            func.count(),
            func.count(Visit.instance_id.distinct()),
        )
        .join(among, _mine(among))
        .group_by(among.c.version, Visit.element, Visit.flow)
    )
    return [Way(*row) for row in session.execute(query)]


def conformance(
    session: Session,
    among: Subquery,
    taken: Sequence[Way],
    source: tuple[str, Bundle],
    *,
    named: bool,
) -> Conformance:
    """Replay what was done over the current diagram of an agency; name cases where wanted."""
    agency, current = source
    diagrams = _diagrams(session, agency, current, {way.version for way in taken})
    now = diagrams.get(0)
    wrong: dict[Step, Why] = {}
    for way in taken:
        why = _why(way, diagrams.get(way.version, now), now) if now is not None else None
        if why is not None:
            wrong[way.element, way.flow] = why
    instances, fitting, fitness = _fitness(session, among, wrong)
    found = _deviations(session, among, wrong, list(diagrams.values()))
    ordered = sorted(found, key=lambda one: (-one.times, one.element, one.flow or ""))
    if named:
        ordered = [_naming(session, among, one) for one in ordered[:NAMED]] + ordered[NAMED:]
    least = _least(session, among, wrong) if named and wrong else ()
    return Conformance(instances, fitting, fitness, tuple(ordered), least)


def _diagrams(
    session: Session, agency: str, current: Bundle, versions: Iterable[int]
) -> dict[int, Diagram]:
    """Return the current diagram under 0, the others under their versions."""
    found: dict[int, Diagram] = {}
    if current.diagram is not None:
        found[0] = current.diagram
    for version in versions:
        files = definitions.files(session, current.process, version, agency=agency)
        diagram = Bundle(current.process, files).diagram
        if diagram is not None:
            found[version] = diagram
    return found


def _why(way: Way, then: Diagram, now: Diagram) -> Why | None:
    """Return why a way cannot be taken now; None where it can."""
    if way.element not in now.by_id:
        return "gone"
    if way.flow is None:
        return None
    flow = _flow(now, way.flow)
    before = _flow(then, way.flow)
    if flow is None:
        # Redrawn under another id it is the same way.
        same = before is not None and any(
            (one.source, one.target) == (before.source, before.target) for one in now.flows
        )
        return None if same else "flow_gone"
    if before is None or (flow.source, flow.target) == (before.source, before.target):
        return None
    return "elsewhere"


def _flow(diagram: Diagram, flow_id: str) -> Flow | None:
    return next((one for one in diagram.flows if one.id == flow_id), None)


def _fitness(
    session: Session, among: Subquery, wrong: Mapping[Step, Why]
) -> tuple[int, int, float]:
    """Return how many instances there are, how many fit wholly, and the mean share that fits."""
    each = _each(among, wrong)
    query = select(
        func.count(),
        func.sum(case((each.c.off == 0, 1), else_=0)),
        func.avg(1.0 - each.c.off * 1.0 / each.c.steps),
    )
    count, fitting, mean = session.execute(query).one()
    return count, fitting or 0, float(mean) if mean is not None else 1.0


def _each(among: Subquery, wrong: Iterable[Step]) -> Subquery:
    """Return the steps of each instance, and how many of them do not fit."""
    keys = list(wrong)
    off = case((_one_of(keys), 1), else_=0) if keys else literal(0)
    return (
        select(
            Visit.instance_id,
            func.max(Visit.case_id).label("case_id"),
            func.count().label("steps"),
            func.sum(off).label("off"),
        )
        .join(among, _mine(among))
        .group_by(Visit.instance_id)
        .subquery("each")
    )


def _least(session: Session, among: Subquery, wrong: Iterable[Step]) -> tuple[Fitting, ...]:
    each = _each(among, wrong)
    share = each.c.off * 1.0 / each.c.steps
    query = (
        select(each.c.case_id, each.c.steps, each.c.steps - each.c.off)
        .where(each.c.off > 0)
        .order_by(share.desc(), each.c.case_id)
        .limit(NAMED)
    )
    return tuple(Fitting(*row) for row in session.execute(query))


def _one_of(wrong: Iterable[Step]) -> ColumnElement[bool]:
    return or_(*(_is(element, flow) for element, flow in wrong))


def _is(element: str, flow: str | None) -> ColumnElement[bool]:
    at = Visit.flow.is_(None) if flow is None else Visit.flow == flow
    return and_(Visit.element == element, at)


def _deviations(
    session: Session, among: Subquery, wrong: Mapping[Step, Why], diagrams: Sequence[Diagram]
) -> list[Deviation]:
    if not wrong:
        return []
    live = among.c.status == "live"
    query = (
        select(
            Visit.element,
            Visit.flow,
            func.count(),
            func.count(case((live, Visit.case_id)).distinct()),
            func.count(case((~live, Visit.case_id)).distinct()),
        )
        .join(among, _mine(among))
        .where(_one_of(wrong))
        .group_by(Visit.element, Visit.flow)
    )
    return [
        Deviation(
            element,
            flow,
            wrong[element, flow],
            *_titles(element, flow, diagrams),
            times,
            open_,
            closed,
        )
        for element, flow, times, open_, closed in session.execute(query)
    ]


def _naming(session: Session, among: Subquery, one: Deviation) -> Deviation:
    took = select(Visit.case_id).join(among, _mine(among)).where(_is(one.element, one.flow))
    query = took.distinct().order_by(Visit.case_id).limit(NAMED)
    return replace(one, cases=tuple(session.scalars(query)))


def _titles(
    element: str, flow: str | None, diagrams: Sequence[Diagram]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return what an element and the end of a flow were called where they are known."""
    known = [diagram for diagram in diagrams if element in diagram.by_id]
    title = _called(known[-1], element) if known else (element, element)
    led = [found for one in diagrams if flow and (found := _flow(one, flow))]
    holders = [one for one in diagrams if led and led[-1].target in one.by_id]
    return title, _called(holders[-1], led[-1].target) if led and holders else ("", "")


def _called(diagram: Diagram, element: str) -> tuple[str, str]:
    node = diagram.by_id[element]
    name = node.name or element
    return name, node.documentation.partition("\n")[0] or name


def _mine(among: Subquery) -> ColumnElement[bool]:
    return and_(Visit.case_id == among.c.case_id, Visit.instance_id == among.c.instance)

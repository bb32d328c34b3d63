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

Why = Literal["gone", "flow_gone", "elsewhere"]


@dataclass(frozen=True)
class _Astray:
    """A step that the current model does not allow, and the versions under which it is one.

    Under another version the same flow may lead where it leads now: then it is no deviation.
    """

    element: str
    flow: str | None
    why: Why
    target: str
    versions: frozenset[int]

    def taken(self, among: Subquery) -> ColumnElement[bool]:
        """Return whether a visit is this step."""
        at = Visit.flow.is_(None) if self.flow is None else Visit.flow == self.flow
        return and_(Visit.element == self.element, at, among.c.version.in_(sorted(self.versions)))


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
    astray = _astray(taken, diagrams)
    instances, fitting, fitness = _fitness(session, among, astray)
    found = _deviations(session, among, astray, diagrams)
    ordered = sorted(found, key=lambda one: (-one[1].times, one[1].element, one[1].flow or ""))
    deviations = [
        replace(told, cases=_cases(session, among, step)) if named and place < NAMED else told
        for place, (step, told) in enumerate(ordered)
    ]
    least = _least(session, among, astray) if named and astray else ()
    return Conformance(instances, fitting, fitness, tuple(deviations), least)


def _astray(taken: Sequence[Way], diagrams: Mapping[int, Diagram]) -> list[_Astray]:
    """Return the steps that cannot be taken now, those of several versions as one."""
    now = diagrams.get(0)
    found: dict[tuple[str, str | None, Why, str], set[int]] = {}
    for way in taken if now is not None else ():
        then = diagrams.get(way.version, now)
        why = _why(way, then, now) if then is not None and now is not None else None
        if why is not None and then is not None:
            led = _flow(then, way.flow) if way.flow else None
            key = (way.element, way.flow, why, led.target if led else "")
            found.setdefault(key, set()).add(way.version)
    return [_Astray(*key, frozenset(versions)) for key, versions in found.items()]


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
    session: Session, among: Subquery, astray: Sequence[_Astray]
) -> tuple[int, int, float]:
    """Return how many instances there are, how many fit wholly, and the mean share that fits."""
    each = _each(among, astray)
    query = select(
        func.count(),
        func.sum(case((each.c.off == 0, 1), else_=0)),
        func.avg(1.0 - each.c.off * 1.0 / each.c.steps),
    )
    count, fitting, mean = session.execute(query).one()
    return count, fitting or 0, float(mean) if mean is not None else 1.0


def _each(among: Subquery, astray: Sequence[_Astray]) -> Subquery:
    """Return the steps of each instance, and how many of them do not fit."""
    off = case((or_(*(one.taken(among) for one in astray)), 1), else_=0) if astray else literal(0)
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


def _least(session: Session, among: Subquery, astray: Sequence[_Astray]) -> tuple[Fitting, ...]:
    each = _each(among, astray)
    share = each.c.off * 1.0 / each.c.steps
    query = (
        select(each.c.case_id, each.c.steps, each.c.steps - each.c.off)
        .where(each.c.off > 0)
        .order_by(share.desc(), each.c.case_id)
        .limit(NAMED)
    )
    return tuple(Fitting(*row) for row in session.execute(query))


def _deviations(
    session: Session, among: Subquery, astray: Sequence[_Astray], diagrams: Mapping[int, Diagram]
) -> list[tuple[_Astray, Deviation]]:
    if not astray:
        return []
    live = among.c.status == "live"
    place = case(*((one.taken(among), number) for number, one in enumerate(astray))).label("place")
    query = (
        select(
            place,
            func.count(),
            func.count(case((live, Visit.case_id)).distinct()),
            func.count(case((~live, Visit.case_id)).distinct()),
        )
        .join(among, _mine(among))
        .group_by(place)
        .having(place.is_not(None))
    )
    return [
        (astray[number], _deviation(astray[number], diagrams, times, open_, closed))
        for number, times, open_, closed in session.execute(query)
    ]


def _deviation(
    one: _Astray, diagrams: Mapping[int, Diagram], times: int, open_: int, closed: int
) -> Deviation:
    under = sorted(one.versions, reverse=True)
    known = [diagrams[version] for version in (*under, 0) if version in diagrams]
    title = _called(known, one.element) or (one.element, one.element)
    target = _called(known, one.target) or ("", "")
    return Deviation(one.element, one.flow, one.why, title, target, times, open_, closed)


def _cases(session: Session, among: Subquery, one: _Astray) -> tuple[str, ...]:
    took = select(Visit.case_id).join(among, _mine(among)).where(one.taken(among))
    query = took.distinct().order_by(Visit.case_id).limit(NAMED)
    return tuple(session.scalars(query))


def _called(diagrams: Sequence[Diagram], element: str) -> tuple[str, str] | None:
    """Return what an element was called where it is known."""
    node = next((found for one in diagrams if (found := one.by_id.get(element))), None)
    return node.titles if node is not None else None


def _mine(among: Subquery) -> ColumnElement[bool]:
    return and_(Visit.case_id == among.c.case_id, Visit.instance_id == among.c.instance)

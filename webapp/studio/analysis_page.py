"""An analysis of a process in words: what waits where, by whom, and what would not fit now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from engine.store.definitions import DefinitionVersion
from webapp.i18n.language import both, current_language, t
from webapp.presentation import labels
from webapp.presentation.remaining import instant_words
from webapp.studio.analysis_heat import Heat, heat_of
from workflows.analysis.analysis import Analysis
from workflows.analysis.cohort import LEVELS, MOST, PERIODS, Wanted
from workflows.analysis.waits import ENTERPRISES, Step, Waiting
from workflows.analysis.ways import Deviation, Fitting
from workflows.domain.org_facts import Body

_HOURS: Final = 24.0
_MINUTES: Final = 60.0
_PERCENT: Final = 100.0


@dataclass(frozen=True)
class Choice:
    """One value that may be chosen."""

    value: str
    said: str
    chosen: bool


@dataclass(frozen=True)
class StepLine:
    """One step in words."""

    element: str
    title: str
    done: int
    open: int
    late: int
    returns: int
    median: str
    p90: str
    levels: Sequence[str]


@dataclass(frozen=True)
class BodyLine:
    """One body in words."""

    name: str
    done: int
    open: int
    late: str
    median: str
    p90: str


@dataclass(frozen=True)
class DeviationLine:
    """A step that the current version would not allow, and where it was taken."""

    said: str
    open: int
    closed: int
    cases: Sequence[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class AnalysisPage:
    """What the page shows."""

    name: str
    process: str
    version: int
    periods: Sequence[Choice]
    versions: Sequence[Choice]
    levels: Sequence[Choice]
    rests_on: str
    cut: str
    empty: bool
    address: str
    heat: Heat
    steps: Sequence[StepLine]
    level_names: Sequence[str]
    bodies: Sequence[BodyLine]
    fitness: str
    deviations: Sequence[DeviationLine]
    least: Sequence[tuple[str, str, str]]
    """Number of the case, the way there, how many of its steps fit."""


def analysis_page(
    found: Analysis,
    versions: Sequence[DefinitionVersion],
    bodies: Mapping[str, Body],
    numbers: Mapping[str, str],
) -> AnalysisPage:
    """Return the page; `numbers` are those of the cases that the reader may be told."""
    wanted, language = found.wanted, current_language()
    active = next(one for one in versions if one.version == found.current)
    by_level = {one.key: one for one in found.levels}
    return AnalysisPage(
        name=both(active.name_zh, active.name),
        process=wanted.process,
        version=found.current,
        periods=[_period(one, wanted) for one in PERIODS],
        versions=_versions(versions, wanted),
        levels=_levels(wanted),
        rests_on=_rests_on(found),
        cut=t("analysis.cut", count=MOST) if found.size.found == MOST else "",
        empty=not found.size.instances,
        address=url_for(
            "studio.drawing", process=wanted.process, version=found.current, language=language
        ),
        heat=heat_of(found, waited),
        steps=[_step(one, by_level) for one in found.steps],
        level_names=[labels.label(labels.LEVELS, one, language) for one in LEVELS],
        bodies=[_body(one, bodies) for one in found.bodies],
        fitness=_fitness(found),
        deviations=[_deviation(one, numbers) for one in found.conformance.deviations],
        least=[_fit(one, numbers) for one in found.conformance.least if one.case_id in numbers],
    )


def waited(days: float | None) -> str:
    """Return a wait in words: hours below a day, else days."""
    if days is None:
        return t("analysis.none")
    if days * _HOURS < 1:
        return t("analysis.minutes", count=round(days * _HOURS * _MINUTES))
    if days < 1:
        return t("analysis.hours", count=f"{days * _HOURS:.1f}")
    return t("analysis.days", count=f"{days:.1f}")


def _rests_on(found: Analysis) -> str:
    size, language = found.size, current_language()
    if size.first is None or size.last is None:
        return t("analysis.nothing")
    return t(
        "analysis.rests_on",
        cases=f"{size.cases:,}",
        instances=f"{size.instances:,}",
        first=instant_words(size.first, language),
        last=instant_words(size.last, language),
    )


def _period(name: str, wanted: Wanted) -> Choice:
    said = t("analysis.period_all") if name == "all" else t("analysis.period_days", days=name)
    return Choice(name, said, name == wanted.period)


def _versions(versions: Sequence[DefinitionVersion], wanted: Wanted) -> list[Choice]:
    numbers = sorted((one.version for one in versions), reverse=True)
    every = Choice("", t("analysis.every_version"), wanted.version is None)
    return [every] + [
        Choice(str(one), t("studio.version_number", version=one), one == wanted.version)
        for one in numbers
    ]


def _levels(wanted: Wanted) -> list[Choice]:
    language = current_language()
    every = Choice("", t("analysis.every_level"), wanted.level is None)
    return [every] + [
        Choice(one, labels.label(labels.LEVELS, one, language), one == wanted.level)
        for one in LEVELS
    ]


def _step(step: Step, by_level: Mapping[tuple[str, ...], Waiting]) -> StepLine:
    one = step.waiting
    found = [by_level.get((step.element, level)) for level in LEVELS]
    return StepLine(
        element=step.element,
        title=both(step.title_zh, step.title),
        done=one.done,
        open=one.open,
        late=one.late,
        returns=step.returns,
        median=waited(one.median),
        p90=waited(one.p90),
        levels=[waited(level.median) if level else t("analysis.none") for level in found],
    )


def _body(one: Waiting, bodies: Mapping[str, Body]) -> BodyLine:
    [name] = one.key
    known = bodies.get(name)
    said = both(known.name_zh, known.name) if known else name
    return BodyLine(
        name=t("analysis.enterprises") if name == ENTERPRISES else said,
        done=one.done,
        open=one.open,
        late=f"{_PERCENT * one.late / one.done:.0f}%" if one.done else t("analysis.none"),
        median=waited(one.median),
        p90=waited(one.p90),
    )


def _fitness(found: Analysis) -> str:
    one = found.conformance
    if not one.instances:
        return ""
    return t(
        "analysis.fitness",
        fitting=f"{one.fitting:,}",
        instances=f"{one.instances:,}",
        share=f"{_PERCENT * one.fitness:.1f}%",
    )


def _fit(one: Fitting, numbers: Mapping[str, str]) -> tuple[str, str, str]:
    said = t(
        "analysis.fit_of",
        fitting=one.fitting,
        steps=one.steps,
        share=f"{_PERCENT * one.fitting / one.steps:.0f}%",
    )
    return numbers[one.case_id], url_for("cases.show", case_id=one.case_id), said


_WHY: Final[Mapping[str, Callable[..., str]]] = {
    "gone": lambda **values: t("analysis.gone", **values),
    "flow_gone": lambda **values: t("analysis.flow_gone", **values),
    "elsewhere": lambda **values: t("analysis.elsewhere", **values),
}


def _deviation(one: Deviation, numbers: Mapping[str, str]) -> DeviationLine:
    named = [
        (numbers[case], url_for("cases.show", case_id=case))
        for case in one.cases
        if case in numbers
    ]
    return DeviationLine(
        said=_WHY[one.why](title=both(*one.title), target=both(*one.target)),
        open=one.open,
        closed=one.closed,
        cases=named,
        more=max(0, one.open + one.closed - len(named)) if named else 0,
    )

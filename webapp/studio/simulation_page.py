"""The report of a simulation in words, tables and drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store import definitions
from webapp.i18n.language import both, current_language, t
from webapp.presentation.following import Following, following
from webapp.presentation.remaining import instant_words
from webapp.studio.simulation_charts import QueueChart, queue_chart
from webapp.studio.simulation_differences import DifferenceLine, differences_of
from webapp.studio.simulation_form import STATES, choices_of, process_name, version_words
from webapp.studio.simulation_words import (
    days_words,
    hours_words,
    level_words,
    load_words,
    post_words,
    share_words,
    step_words,
)
from workflows.designing.people import names_of
from workflows.simulating import kept

_SLOWEST: Final = 8
_LEVELS: Final = ("general", "larger", "major")


@dataclass(frozen=True)
class VersionReport:
    """What one version came to."""

    title: str
    groups: Sequence[Mapping[str, str]]
    slowest: Sequence[Mapping[str, str]]
    others: Sequence[Mapping[str, str]]
    bodies: Sequence[Mapping[str, Any]]
    chart: QueueChart | None
    unfinished: int
    stuck: Sequence[str]
    """Where cases could not go on, in words."""


@dataclass(frozen=True)
class SimulatedPage:
    """One simulation."""

    process: str
    name: str
    title: str
    facts: Sequence[tuple[str, str]]
    state: str
    tone: str
    running: bool
    cancel: str
    """Where it is cancelled; "" where the reader may not, or it has ended."""
    following: Following
    done: int
    total: int
    fault: str
    again: str
    versions: Sequence[VersionReport]
    titles: Sequence[str]
    differences: Sequence[DifferenceLine]
    same: Sequence[str]
    """Figures that are the same in every replication."""

    compared: bool
    unknown: str
    calibrated: str
    target: str
    tried: Sequence[str]
    assumptions: Sequence[str]


def simulated_page(
    session: Session, actor: Actor, agency: str, process: str, simulation_id: str
) -> SimulatedPage:
    """Return the page of a simulation; NotFound if there is none."""
    found = kept.one(session, actor, agency, process, simulation_id)
    choices = choices_of(session, agency, process)
    names = [name for name in (found.asked.first, found.asked.second) if name]
    titles = [version_words(name, choices) for name in names]
    who = both(*names_of(session, {found.person})[found.person])
    report = found.report or {}
    processes = _process_names(session, agency)
    differences = differences_of(report)
    return SimulatedPage(
        process=process,
        name=process_name(session, agency, process),
        title=titles[0] if len(titles) == 1 else _both_titles(titles),
        facts=_facts(found, who),
        state=t(STATES[found.state][0]),
        tone=STATES[found.state][1],
        running=found.running,
        cancel=_cancel(found) if kept.may_cancel(session, actor, found) else "",
        following=following(found.created_at, found.held_until),
        done=found.done,
        total=found.total,
        fault=both(found.fault_zh, found.fault),
        again=_again(found),
        versions=[
            _version(title, one, processes)
            for title, one in zip(titles, report.get("versions", ()), strict=False)
        ],
        titles=titles,
        differences=[one for one in differences if not one.same],
        same=[one.figure for one in differences if one.same],
        compared="comparison" in report,
        unknown=", ".join(report.get("unknown", ())),
        calibrated=_calibrated(found, report),
        target=_target(report),
        tried=[_tried(one) for one in report.get("target", {}).get("tried", ())],
        assumptions=[assumed_words(one) for one in report.get("assumptions", ())],
    )


def _cancel(found: kept.Kept) -> str:
    return url_for("drafts.cancel_simulation", process=found.process, simulation_id=found.id)


def _process_names(session: Session, agency: str) -> dict[str, str]:
    found = definitions.active(session, agency=agency)
    return {one.process: both(one.name_zh, one.name) for one in found}


def _target(report: Mapping[str, Any]) -> str:
    """Say how many people a post needs."""
    found = report.get("target")
    if found is None:
        return ""
    key = "simulation.target_met" if found["met"] else "simulation.target_missed"
    hours, post = f"{found['hours']:g}", post_words(found["post"])
    return t(key, post=post, staff=found["staff"], hours=hours)


def _tried(one: Mapping[str, Any]) -> str:
    return t("simulation.tried", staff=one["staff"], time=hours_words(one["p90_hours"]))


def _calibrated(found: kept.Kept, report: Mapping[str, Any]) -> str:
    """Say how much of the behaviour is the zone's own."""
    if not found.asked.history or found.report is None:
        return ""
    counts = report.get("calibrated", {})
    return t("simulation.calibrated", acts=len(counts), tasks=f"{sum(counts.values()):,}")


def assumed_words(assumption: str) -> str:
    """Return an assumption in the reader's language, behind what it is about."""
    about, _, said = assumption.partition(": ")
    chinese, _, english = said.partition(" · ")
    return f"{about}{t('form.colon')}{both(chinese, english or chinese)}"


def _both_titles(titles: Sequence[str]) -> str:
    return t("simulation.against", first=titles[0], second=titles[1])


def _facts(found: kept.Kept, who: str) -> list[tuple[str, str]]:
    asked = found.asked
    load = load_words(asked.load)
    if asked.per_year:
        load += f" · {t('simulation.a_year', count=f'{asked.per_year:,}')}"
    staff = [f"{post_words(post)} {number}" for post, number in asked.staff.items()]
    facts = [
        ("simulation.load", load),
        (
            "simulation.size",
            t("simulation.size_words", cases=f"{asked.cases:,}", times=asked.replications),
        ),
        ("simulation.seed", str(asked.seed)),
        ("simulation.staff", "；".join(staff)),
        ("simulation.who", who),
        ("simulation.when", instant_words(found.created_at, current_language())),
    ]
    return [(t(key), words) for key, words in facts if words]


def _again(found: kept.Kept) -> str:
    asked = found.asked
    chosen: dict[str, Any] = {
        "first": asked.first,
        "second": asked.second,
        "cases": asked.cases,
        "replications": asked.replications,
        "seed": asked.seed,
        "load": asked.load,
        "per_year": asked.per_year or "",
        "history": "yes" if asked.history else "",
        "target_post": asked.target_post,
        "target_hours": asked.target_hours or "",
        **{f"staff.{post}": number for post, number in asked.staff.items()},
    }
    return url_for("drafts.simulation", process=found.process, **chosen)


def _version(title: str, report: Mapping[str, Any], processes: Mapping[str, str]) -> VersionReport:
    done = [one for one in report["steps"] if one["lasted_p90_hours"] is not None]
    steps = sorted(done, key=lambda one: -float(one["lasted_p90_hours"]))
    groups = {one["group"]: one for one in report["groups"]}
    ordered = [*(level for level in _LEVELS if level in groups), *(set(groups) - set(_LEVELS))]
    return VersionReport(
        title=title,
        groups=[_group(groups[level]) for level in ordered],
        slowest=[_step(one, processes) for one in steps[:_SLOWEST]],
        others=[_step(one, processes) for one in steps[_SLOWEST:]],
        bodies=[_body(one) for one in report["bodies"] if one["tasks"]],
        chart=queue_chart(report["queue"]),
        unfinished=int(report["unfinished"]),
        # A report that was kept before has none.
        stuck=[
            t("simulation.stuck", step=step_words(one), count=one["times"])
            for one in report.get("stuck", ())
        ],
    )


def _group(group: Mapping[str, Any]) -> dict[str, str]:
    return {
        "level": level_words(group["group"]),
        "cases": f"{group['cases']:,}",
        "median": days_words(group["median_days"]),
        "p90": days_words(group["p90_days"]),
        "overdue": share_words(group["shares"].get("overdue")),
        "requests": f"{group['sums'].get('requests', 0):,}",
        "interviews": f"{group['sums'].get('interviews', 0):,}",
    }


def _step(step: Mapping[str, Any], processes: Mapping[str, str]) -> dict[str, str]:
    return {
        "step": step_words(step),
        "process": processes.get(step["process"], step["process"]),
        "done": f"{step['done']:,}",
        "median": hours_words(step["lasted_median_hours"]),
        "p90": hours_words(step["lasted_p90_hours"]),
        "queued": hours_words(step["queued_mean_hours"]),
        "late": share_words(step["late_share"]),
    }


def _body(body: Mapping[str, Any]) -> dict[str, Any]:
    busy = float(body["busy_share"] or 0)
    return {
        "post": post_words(body["post"]),
        "staff": body["staff"],
        "busy": share_words(busy),
        "width": round(busy * 100, 1),
        "tasks": f"{body['tasks']:,}",
        "queued": hours_words(body["queued_mean_hours"]),
        "p90": hours_words(body["queued_p90_hours"]),
        "longest": body["longest_queue"],
    }

"""Who hears at the top of a ladder: nobody is told, or stood in for, about himself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.ports import Grant, Rung, TaskFacts
from workflows.domain.hazard_case import HazardCase

DEPUTY, LEADER, PRINCIPAL = "deputy", "leader_and_office", "principal_and_office"
TOPS = (LEADER, PRINCIPAL)


def fitted(task: TaskFacts, rungs: Sequence[Rung]) -> Sequence[Rung]:
    """Return the rungs of a task; one of the leader in charge goes to the principal leader.

    The leaders have no deputies, so that no second rung reminds whoever was reminded. Nor has the
    host of an interview: what he alone may do is offered to nobody else.
    """
    if task.properties.get("body") == "interview_host":
        return [rung for rung in rungs if rung.name != DEPUTY]
    if not _owed_by_leader(task):
        return rungs
    return [
        replace(rung, name=PRINCIPAL) if rung.name == LEADER else rung
        for rung in rungs
        if rung.name != DEPUTY
    ]


def told(case: HazardCase, task: TaskFacts) -> tuple[Grant, ...]:
    """Return who is told at the top: a leader who does not owe the task, and the office."""
    office = case.body("office")
    leader = "principal" if _owed_by_leader(task) else "in_charge"
    return (
        Grant(case.body("leaders"), leader),
        Grant(office, "officer"),
        Grant(office, "head"),
    )


def said(task: TaskFacts) -> tuple[str, str]:
    """Return what the news at the top say."""
    if _owed_by_leader(task):
        return (
            "超过办理时限，已报区主要领导和区安办督办",
            "late, the principal leader and the safety office are told",
        )
    return (
        "超过办理时限，已报分管领导和区安办督办",
        "late, the leader in charge and the safety office are told",
    )


def _owed_by_leader(task: TaskFacts) -> bool:
    return task.properties.get("body") == "leader_incharge"

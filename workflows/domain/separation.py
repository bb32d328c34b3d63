"""Separation of duties beyond the candidates: who, having done one thing, may not do another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.errors import NotAllowed
from engine.ports import Actor, TaskFacts
from workflows.domain.hazard_case import HazardCase

Check = Callable[[HazardCase, Actor], None]


def check(case: HazardCase, task: TaskFacts, actor: Actor) -> None:
    """Raise NotAllowed where the actor may not do a task that is otherwise his."""
    if task.properties.get("body") != "enterprise":
        not_of_the_enterprise(case, actor)
    for rule in _CHECKS.get(task.act, ()):
        rule(case, actor)
    if task.element == "confirm_major":
        _three_persons(case, actor)


def not_of_the_enterprise(case: HazardCase, actor: Actor) -> None:
    """Raise NotAllowed where the actor belongs to the enterprise that is supervised."""
    if actor.holds(case.body("enterprise")):
        raise _refused(
            "Expected somebody outside the enterprise, but the actor belongs to it",
            "本企业人员不得办理对本企业的监管事项",
        )


def _not_the_proposer(case: HazardCase, actor: Actor) -> None:
    if actor.id in case.data["proposers"]:
        raise _refused(
            "Expected another officer, but the actor made the proposal",
            "提出人不得复核本人的提议，须由另一名检查人员办理",
        )


def _three_persons(case: HazardCase, actor: Actor) -> None:
    if actor.id in case.data["proposers"]:
        raise _refused(
            "Expected a person who did not propose the major level, but the actor did",
            "提出重大等级的人员不得确认",
        )


def _not_the_rectifier(case: HazardCase, actor: Actor) -> None:
    if actor.id in _values(case.data["reports"], "by"):
        raise _refused(
            "Expected somebody other than the rectifier, but the actor reported completion",
            "整改人不得复查本人的整改",
        )


def _finder_is_not_sole_verifier(case: HazardCase, actor: Actor) -> None:
    one = case.basis.rules.whole(f"recheck.officers_min.{case.level}") == 1
    if one and actor.id == case.data["registered_by"]:
        raise _refused(
            "Expected an officer other than the finder to verify alone, but the actor found it",
            "发现人不得单独复查，须由另一名检查人员办理",
        )


def _another_officer(case: HazardCase, actor: Actor) -> None:
    lead = (case.data["recheck"] or {}).get("lead")
    if actor.id == lead:
        raise _refused(
            "Expected another officer, but the actor led the recheck",
            "主查人不得兼任第二复查人",
        )


def _not_an_officer_of_the_recheck(case: HazardCase, actor: Actor) -> None:
    recheck = case.data["recheck"] or {}
    if actor.id in (recheck.get("lead"), recheck.get("second")):
        raise _refused(
            "Expected an expert, but the actor took part as an officer",
            "复查人员不得兼任专家",
        )


def _not_the_sole_verifier(case: HazardCase, actor: Actor) -> None:
    passed = [one for one in case.data["rechecks"] if one["verdict"] == "pass"]
    last = passed[-1] if passed else {}
    if not last.get("second") and actor.id == last.get("lead"):
        raise _refused(
            "Expected somebody other than the sole verifier, but the actor verified alone",
            "单独复查的人员不得批准销号",
        )


def _decides_once(case: HazardCase, actor: Actor) -> None:
    standing = [one for one in case.data["strike_offs"] if one["standing"]]
    if actor.id in _values(standing, "by"):
        raise _refused(
            "Expected a different person for each body, but the actor has already agreed",
            "各单位的销号意见须由不同人员签署",
        )


def _values(rows: Iterable[dict[str, Any]], name: str) -> set[str]:
    return {str(row[name]) for row in rows}


def _refused(message: str, message_zh: str) -> NotAllowed:
    return NotAllowed(message, message_zh)


_VERIFYING: tuple[Check, ...] = (_not_the_rectifier, _finder_is_not_sole_verifier)
_STRIKING: tuple[Check, ...] = (_not_the_rectifier, _not_the_sole_verifier, _decides_once)
_CHECKS: dict[str, tuple[Check, ...]] = {
    "level.second": (_not_the_proposer,),
    "recheck.submit": _VERIFYING,
    "recheck.at_expiry": _VERIFYING,
    "recheck.second": (_not_the_rectifier, _another_officer),
    "recheck.expert": (_not_the_rectifier, _not_an_officer_of_the_recheck),
    "strike_off.finder": _STRIKING,
    "strike_off.industry_department": _STRIKING,
    "strike_off.park_command": _STRIKING,
    "strike_off.emergency_bureau": _STRIKING,
}

"""Raising a running hazard to major: two officers propose, the head of the bureau confirms.

Three persons, as when a hazard is graded as major, and silence decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Conflict, NotAllowed
from engine.ports import Act, Completion, Context, Grant, TaskFacts
from workflows.domain import grading, notifications, proposing, regrading, zone
from workflows.domain import raise_proposals as proposals
from workflows.domain.candidates import INSPECTING
from workflows.domain.hazard_case import HazardCase
from workflows.domain.proposers import makers

PROPOSE, WITHDRAW = "level.raise_propose", "level.raise_withdraw"
ACTS = (
    Act(PROPOSE, "提请升级重大", "Propose to raise to major", "raise_propose"),
    Act(WITHDRAW, "撤回升级提请", "Withdraw the proposal to raise", "raise_withdraw"),
)
FORMS = frozenset(str(act.form) for act in ACTS)
"""Forms of the acts, which lie with the process `level_raise`."""

_THREE_PERSONS = (
    "提请、复核、确认须为三人",
    "Expected a person who did not propose to raise, but the actor did",
)


def may_propose(case: HazardCase, context: Context) -> None:
    """Let an officer of the finding body or of the bureau propose, one proposal at a time."""
    regrading.check_running(case)
    if case.level == "major":
        raise Conflict("Expected a level below major, but it is major", "已是重大隐患")
    # Whoever proposed does not confirm, so the head leaves the proposal to an officer.
    if context.actor.holds(case.body("emergency_bureau"), "head"):
        raise NotAllowed(
            "Expected a person other than the head of the bureau, who confirms, but the actor is "
            "the head",
            "升级重大由应急管理局局长确认，须由检查人员提请",
        )
    bodies = (case.body("finder"), case.body("emergency_bureau"))
    if not any(context.actor.holds(body, role) for body in bodies for role in INSPECTING):
        raise NotAllowed(
            "Expected an officer of the finding body or the bureau, but the actor is not",
            "须由检查人员提请升级",
        )
    if proposals.waiting(case.data) is not None:
        raise Conflict(
            "Expected no proposal to raise to major that waits, but there is one",
            "已有升级提请，等待复核或者局长确认",
        )


def may_withdraw(case: HazardCase, context: Context) -> None:
    """Let the first proposer alone withdraw, and only what is not decided."""
    waiting = proposals.waiting(case.data)
    if waiting is None:
        raise Conflict(
            "Expected a proposal to raise to major that waits, but there is none",
            "没有待办理的升级提请",
        )
    if context.actor.id not in makers(waiting):
        raise NotAllowed(
            "Expected the person who proposed to raise, but the actor is not",
            "只有提请人可以撤回升级提请",
        )


def proposed(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Keep one officer's proposal with its clause, and tell those who may second it."""
    criterion = str(data.get("criterion") or "").strip()
    grading.require_criterion(case, criterion)
    word = {
        "level": "major",
        "criterion": criterion,
        **proposing.word(data, context),
        "round": case.round,
        "status": proposals.PROPOSED,
        "second": None,
    }
    case.data["raise_proposals"] = [*case.data["raise_proposals"], word]
    zh, en = notifications.named(context)
    words = (f"{zh}提请升级重大，须由另一名检查人员复核", f"{en} proposes to raise it to major")
    _tell_officers(case, "raise.proposed", words, context)
    return Completion({}, "major")


def withdrawn(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Take the proposal back; the case goes on as it stands."""
    seconded = proposals.expected(case.data)["status"] == proposals.SECONDED
    proposal = _close(case, "withdrawn", data, context)
    zh, en = notifications.named(context)
    words = (f"{zh}撤回升级提请", f"{en} withdraws the proposal to raise it to major")
    if not seconded:
        _tell_officers(case, "raise.withdrawn", words, context)
        return Completion()
    news = proposing.news(case, "raise.withdrawn", words)
    told = {*zone.holders(context, proposing.deciders(case))}
    others = {*told, *proposals.persons(proposal)} - {context.actor.id}
    notifications.tell_persons(case, sorted(others), news, context)
    return Completion()


def seconded(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let a second officer agree, which goes to the head of the bureau, or refuse."""
    proposing.check_another(proposals.who_proposed(case.data), context, _THREE_PERSONS)
    decision = str(data["decision"])
    zh, en = notifications.named(context)
    if decision == "agree":
        proposals.change(case.data, status=proposals.SECONDED, second=proposing.word(data, context))
        words = (f"{zh}复核同意升级重大，由局长确认", f"{en} seconds raising it to major")
        notifications.tell(
            case, proposing.deciders(case), proposing.news(case, "raise.seconded", words), context
        )
    else:
        _refused(case, data, context)
    return Completion({"decision": decision}, decision)


def decided(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Confirm, which raises the level as of now, or refuse with a reason."""
    proposing.check_another(proposals.who_proposed(case.data), context, _THREE_PERSONS)
    decision = str(data["decision"])
    if decision != "agree":
        _refused(case, data, context)
        return Completion({"decision": decision}, decision)
    criterion = str(data.get("criterion") or proposals.expected(case.data)["criterion"]).strip()
    grading.require_criterion(case, criterion)
    proposal = _close(case, "agreed", data, context)
    raising = regrading.decide(case, "major", criterion, data, context)
    context.journal.record(
        "level.raise", {name: raising[name] for name in ("level", "criterion", "reason")}
    )
    words = ("升级重大已获确认，须重新送达", "raised to major, a new paper is to be served")
    news = proposing.news(case, "raise.agreed", words)
    notifications.tell_persons(case, proposals.persons(proposal), news, context)
    return Completion({"decision": decision}, decision)


def lapse(case: HazardCase, context: Context) -> None:
    """End a proposal whose paper was replaced meanwhile, and tell its officers."""
    ended = proposals.end_open(case.data, context.now)
    if ended is not None:
        words = (
            "等级已另行上调，升级提请终止",
            "the level was raised meanwhile, the proposal ends",
        )
        news = proposing.news(case, "raise.ended", words)
        notifications.tell_persons(case, proposals.persons(ended), news, context)


def shown(case: HazardCase, task: TaskFacts, context: Context) -> dict[str, Any]:
    """Return the proposal as the forms show it, and the clause for the head to confirm."""
    proposal = proposals.expected(case.data)
    words = [
        proposing.said(one, context) for one in (proposal, proposal["second"]) if one is not None
    ]
    found: dict[str, Any] = {"proposal": "\n".join([str(proposal["criterion"]), *words]).strip()}
    return found | ({"criterion": proposal["criterion"]} if task.act == "raise.decide" else {})


def _close(
    case: HazardCase, status: str, data: Mapping[str, Any], context: Context
) -> dict[str, Any]:
    return proposals.change(case.data, **proposing.closing(status, data, context))


def _refused(case: HazardCase, data: Mapping[str, Any], context: Context) -> None:
    """Close with a refusal, and tell it with its reason to who proposed."""
    proposal = _close(case, "refused", data, context)
    answer = proposal["answer"]
    words = (f"升级重大未获同意：{answer}", f"raising to major is refused: {answer}")
    news = proposing.news(case, "raise.refused", words)
    notifications.tell_persons(case, proposals.persons(proposal), news, context)


def _tell_officers(case: HazardCase, kind: str, words: proposing.Words, context: Context) -> None:
    bodies = dict.fromkeys((case.body("finder"), case.body("emergency_bureau")))
    officers = [Grant(body, "officer") for body in bodies]
    persons = zone.holders(context, officers)
    others = [person for person in persons if person != context.actor.id]
    notifications.tell_persons(case, others, proposing.news(case, kind, words), context)

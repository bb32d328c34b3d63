"""Voiding a wrong entry: proposed by the head of the finding body, decided by the bureau's head.

Two persons, and silence decides nothing. Where the head of the finding body is the head of the
bureau too, the decision stays with him and his deputy proposes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Conflict, NotAllowed
from engine.ports import Act, Completion, Context, Grant, TaskFacts
from workflows.domain import notifications, proposing, zone
from workflows.domain import void_proposals as proposals
from workflows.domain.hazard_case import HazardCase
from workflows.domain.proposers import makers

ACTS = (
    Act("case.void_propose", "提请误报更正", "Propose to void", "void_propose"),
    Act(
        "case.void_withdraw",
        "撤回误报更正提请",
        "Withdraw the proposal to void",
        "void_withdraw",
    ),
)
_TWO_PERSONS = (
    "提请人与决定人须为两人",
    "Expected a second person to decide, but the actor proposed to void",
)
FORMS = frozenset(str(act.form) for act in ACTS)
"""Forms of the acts, which lie with the process `void_request`."""


def may_propose(case: HazardCase, context: Context) -> None:
    """Refuse whoever is not the head of the finding body, and a second proposal at a time."""
    actor, finder = context.actor, case.body("finder")
    # A proposer never decides, so whoever decides leaves the proposal to another person.
    if actor.holds(case.body("emergency_bureau"), "head"):
        raise NotAllowed(
            "Expected a person other than the head of the bureau, who decides, but the actor is "
            "the head",
            "误报更正由应急管理局局长决定，须由其他人员提请",
        )
    deputy = actor.holds(finder, "deputy") and not _a_head_may(case, context)
    if not (deputy or actor.holds(finder, "head")):
        raise NotAllowed(
            "Expected the head of the finding body, but the actor is not",
            "误报更正须由发现单位负责人提请",
        )
    if proposals.waiting(case.data) is not None:
        raise Conflict(
            "Expected no proposal to void that waits for its decision, but there is one",
            "误报更正已提请，等待应急管理局局长决定",
        )


def may_withdraw(case: HazardCase, context: Context) -> None:
    """Let the proposer alone withdraw, and only what is not decided."""
    if proposals.waiting(case.data) is None:
        raise Conflict(
            "Expected a proposal to void that waits for its decision, but there is none",
            "没有待决定的误报更正提请",
        )
    if context.actor.id not in proposals.who_proposed(case.data):
        raise NotAllowed(
            "Expected the person who proposed to void, but the actor is not",
            "只有提请人可以撤回误报更正提请",
        )


def proposed(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Keep the proposal, and tell the head of the bureau to decide."""
    case.data["void_proposal"] = {**proposing.word(data, context), "status": proposals.OPEN}
    zh, en = notifications.named(context)
    words = (
        f"{zh}提请误报更正，由应急管理局局长决定",
        f"{en} proposes to void it, the head of the bureau decides",
    )
    _tell_the_head(case, "void.proposed", words, context)
    return Completion()


def withdrawn(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Take the proposal back; the case goes on as it stands."""
    _close(case, "withdrawn", data, context)
    zh, en = notifications.named(context)
    words = (f"{zh}撤回误报更正提请", f"{en} withdraws the proposal to void it")
    _tell_the_head(case, "void.withdrawn", words, context)
    return Completion()


def decided(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Decide: agreed, the case leaves as voided; refused, it goes on and the proposer is told."""
    agreed = str(data["decision"]) == "agree"
    proposing.check_another(proposals.who_proposed(case.data), context, _TWO_PERSONS)
    _close(case, "agreed" if agreed else "refused", data, context)
    if agreed:
        case.data["exit"] = {
            "kind": "voided",
            "by": context.actor.id,
            "at": context.now.isoformat(),
            "reason": data.get("reason"),
        }
    _tell_the_proposer(case, context)
    return Completion({"decision": str(data["decision"])}, str(data["decision"]))


def shown(case: HazardCase, _task: TaskFacts, context: Context) -> dict[str, Any]:
    """Return the proposal as the form shows it to whoever decides."""
    return {"proposal": proposing.said(proposals.expected(case.data), context)}


def _a_head_may(case: HazardCase, context: Context) -> bool:
    """Return whether the finding body has a head who does not decide himself."""

    def heads(body: str) -> set[str]:
        return set(zone.holders(context, [Grant(body, "head")]))

    return bool(heads(case.body("finder")) - heads(case.body("emergency_bureau")))


def _close(case: HazardCase, status: str, data: Mapping[str, Any], context: Context) -> None:
    closed = proposing.closing(status, data, context)
    case.data["void_proposal"] = {**proposals.expected(case.data), **closed}


def _tell_the_head(case: HazardCase, kind: str, words: proposing.Words, context: Context) -> None:
    news = proposing.news(case, kind, words)
    notifications.tell(case, proposing.deciders(case), news, context)


def _tell_the_proposer(case: HazardCase, context: Context) -> None:
    proposal = case.data["void_proposal"]
    kind, words = "void.agreed", ("误报更正已获同意", "voiding is agreed to")
    if proposal["status"] == "refused":
        answer = proposal["answer"]
        kind = "void.refused"
        words = (
            f"误报更正未获同意，案件继续办理：{answer}",
            f"voiding is refused, the case goes on: {answer}",
        )
    news = proposing.news(case, kind, words)
    notifications.tell_persons(case, makers(proposal), news, context)

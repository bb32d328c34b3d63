"""The acts on a running case that are not tasks: when lawful, by whom, and what they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import clock
from engine.errors import Conflict, NotAllowed, NotFound
from engine.ports import SYSTEM, Act, Completion, Context
from workflows.domain import (
    deadlines,
    exits,
    fatality,
    instants,
    listing_order,
    notifications,
    raising,
    regrading,
    separation,
    suspension,
    visibility,
    voiding,
    zone,
)
from workflows.domain.candidates import INSPECTING
from workflows.domain.extension import registered as extension
from workflows.domain.hazard_case import HazardCase
from workflows.domain.levels import STATE_NAMES
from workflows.domain.seen import facts

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("level.raise", "升级为较大隐患", "Raise to larger", "level_raise"),
        Act("level.lower", "降低隐患等级", "Lower the level", "level_lower", plain=True),
        Act("case.transfer", "移交", "Transfer", "transfer"),
        Act("case.shut_down", "关停销号", "Close as shut down", "shut_down"),
        Act("comment", "留言", "Comment", "comment", plain=True),
        Act("urge", "催办", "Urge", "urge", plain=True),
        Act("watch", "关注", "Watch", "watch", plain=True),
        Act("calendar.published", "按公布的放假安排重算期限", "Settle dates anew", plain=True),
        fatality.ACT,
        suspension.SUSPEND,
        suspension.RESUME,
        listing_order.ACT,
        *extension.ACTS,
        *raising.ACTS,
        *voiding.ACTS,
    )
}

_OPEN_TO_ENTERPRISE = frozenset({"comment", "watch"}) | extension.BY_THE_ENTERPRISE
"""Everything else supervises, so nobody does it to the enterprise that they belong to."""

Guard = Callable[[HazardCase, Context], None]
Write = Callable[[HazardCase, Mapping[str, Any], Context], Completion]


def guard(case: HazardCase, act: str, context: Context) -> None:
    """Raise NotAllowed or Conflict if the actor may not perform an act now."""
    if act not in ACTS:
        raise NotFound(f"Expected an act {act}, but there is none", f"没有名为 {act} 的办理事项")
    if not visibility.may_see(context.session, context.actor, facts(case)):
        raise _not_allowed("somebody who may see the case", "您无权查看该隐患")
    if case.closed:
        zh, en = STATE_NAMES[case.phase]
        raise Conflict(
            f"Expected an open case, but it is {en}", f"案件已办结（{zh}），不能再办理该事项"
        )
    if act not in _OPEN_TO_ENTERPRISE:
        separation.not_of_the_enterprise(case, context.actor)
    _GUARDS[act](case, context)


def acted(case: HazardCase, act: str, data: Mapping[str, Any], context: Context) -> Completion:
    """Write an act that the guard has let through."""
    return _WRITES[act](case, data, context)


def _holds(case: HazardCase, context: Context, body: str, *roles: str) -> bool:
    return any(context.actor.holds(case.body(body), role) for role in roles)


def _may_raise(case: HazardCase, context: Context) -> None:
    regrading.check_running(case)
    if case.level != "general":
        raise Conflict(
            f"Expected a general hazard, but it is {case.level}",
            "一般隐患方可升为较大；升为重大的，须提请升级重大",
        )
    finder = _holds(case, context, "finder", *INSPECTING)
    if not (finder or _holds(case, context, "emergency_bureau", "head")):
        raise _not_allowed("an officer of the finding body", "升为较大由发现单位检查人员决定")


def _may_lower(case: HazardCase, context: Context) -> None:
    regrading.check_running(case)
    if case.phase == "striking_off":
        raise Conflict("Expected no strike-off under way, but there is one", "销号中不能降级")
    if case.level == "general":
        raise Conflict("Expected a level above general, but it is general", "已是一般隐患")
    if not _holds(case, context, "emergency_bureau", "head"):
        raise _not_allowed("the head of the emergency bureau", "降级须经应急管理局局长同意")
    regrading.check_before_expiry(case, context)


def _may_transfer(case: HazardCase, context: Context) -> None:
    head = _holds(case, context, "finder", "head", "deputy")
    if not (head or _holds(case, context, "emergency_bureau", "head")):
        parts = dict.fromkeys((case.body("finder"), case.body("emergency_bureau")))
        named = [zone.body(context, one) for one in parts]
        who = " or of ".join(one.name for one in named)
        who_zh = "或".join(one.name_zh for one in named)
        raise _not_allowed(f"the head of {who}", f"移交须由{who_zh}的负责人决定")


def _may_shut_down(case: HazardCase, context: Context) -> None:
    if not _holds(case, context, "emergency_bureau", "head"):
        raise _not_allowed("the head of the emergency bureau", "关停销号由应急管理局局长决定")


def _may_urge(case: HazardCase, context: Context) -> None:
    if not visibility.is_authority(context.session, context.actor):
        raise _not_allowed("somebody of an authority", "催办由监管单位人员办理")
    today = clock.beijing_date(context.now)
    days = (clock.beijing_date(instants.stored(one["at"])) for one in case.data["urged"])
    if today in days:
        raise Conflict("Expected no urging yet today, but there was one", "今日已催办，请勿重复")


def _may_watch(case: HazardCase, context: Context) -> None:
    if context.actor.id in case.data["watchers"]:
        raise Conflict("Expected not to watch the case yet, but you do", "您已关注该隐患")


def _anybody(case: HazardCase, context: Context) -> None:
    """Whoever may see the case may."""


def _may_settle(case: HazardCase, context: Context) -> None:
    if context.actor != SYSTEM:
        raise _not_allowed(
            "the system, once a calendar is published", "期限只能由系统按公布的日历重算"
        )
    if not any(one.provisional and one.running for one in case.deadlines):
        raise Conflict("Expected a provisional date, but there is none", "没有暂定期限")


def _settled(case: HazardCase, _data: Mapping[str, Any], context: Context) -> Completion:
    moved = deadlines.resettle(case.deadlines, case.basis, context.now, context.actor.id)
    return Completion({}, str(len(moved)))


def _commented(case: HazardCase, _data: Mapping[str, Any], context: Context) -> Completion:
    number, name = case.data["number"], context.actor.name
    others = [person for person in case.data["watchers"] if person != context.actor.id]
    news = notifications.News("comment", f"{number} {name}留言", f"{number}: {name} commented")
    notifications.tell_persons(case, others, news, context)
    return Completion()


def _urged(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    word = {"by": context.actor.id, "at": context.now.isoformat(), "text": data.get("text")}
    case.data["urged"] = [*case.data["urged"], word]
    number, name = case.data["number"], context.actor.name
    news = notifications.News("urge", f"{number} {name}催办", f"{number}: {name} urges")
    holders = notifications.candidates_of_open_tasks(context.session, case.id)
    notifications.tell(case, holders, news, context)
    return Completion()


def _watched(case: HazardCase, _data: Mapping[str, Any], context: Context) -> Completion:
    case.data["watchers"] = [*case.data["watchers"], context.actor.id]
    return Completion()


def _not_allowed(who: str, message_zh: str) -> NotAllowed:
    return NotAllowed(f"Expected {who}, but the actor is not", message_zh)


_GUARDS: dict[str, Guard] = {
    "level.raise": _may_raise,
    "level.lower": _may_lower,
    "case.transfer": _may_transfer,
    "case.shut_down": _may_shut_down,
    "comment": _anybody,
    "urge": _may_urge,
    "watch": _may_watch,
    "calendar.published": _may_settle,
    fatality.ACT.name: fatality.may_link,
    suspension.SUSPEND.name: suspension.may_suspend,
    suspension.RESUME.name: suspension.may_resume,
    listing_order.ACT.name: listing_order.may_order,
    **extension.GUARDS,
    raising.PROPOSE: raising.may_propose,
    raising.WITHDRAW: raising.may_withdraw,
    "case.void_propose": voiding.may_propose,
    "case.void_withdraw": voiding.may_withdraw,
}
_WRITES: dict[str, Write] = {
    "level.raise": regrading.raised,
    "level.lower": regrading.lowered,
    "case.transfer": exits.transferred,
    "case.shut_down": exits.shut_down,
    "comment": _commented,
    "urge": _urged,
    "watch": _watched,
    "calendar.published": _settled,
    fatality.ACT.name: fatality.linked,
    suspension.SUSPEND.name: suspension.suspended,
    suspension.RESUME.name: suspension.resumed,
    listing_order.ACT.name: listing_order.ordered,
    **extension.WRITES,
    raising.PROPOSE: raising.proposed,
    raising.WITHDRAW: raising.withdrawn,
    "case.void_propose": voiding.proposed,
    "case.void_withdraw": voiding.withdrawn,
}

"""Referral of a refusal to the police: two officers check, the head decides, nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident, Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import enforcement_entries as entries
from workflows.domain import evidence, instants
from workflows.domain.hazard_case import HazardCase
from workflows.domain.language import spoken

NAMES = {
    "named_criterion": ("判定依据", "named criterion"),
    "served_order": ("已送达的决定", "served order"),
    "refusal": ("拒不执行", "refusal"),
    "actual_danger": ("现实危险", "actual danger"),
}
MET, NOT_MET = "met", "not_met"


def checked(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the first officer's check list: each element with a note, and evidence if it is met."""
    found = [_element(case, name, data, context) for name in _elements(case)]
    _keep(case, task, elements=found, officers=[context.actor.id])
    return Completion({}, None)


def seconded(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let the second officer agree, or give the list back."""
    decision = str(data["decision"])
    first = _referral(case, task)["officers"]
    second = [context.actor.id] if decision == "agree" else []
    _keep(case, task, officers=[*first[:1], *second], opinion=data.get("opinion"))
    return Completion({"decision": decision}, decision)


def referred(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the head's decision; without four elements and a major hazard it cannot be yes."""
    refer = data["refer"] == "yes"
    referral = _referral(case, task)
    _check_officers(case, referral)
    missing = [one["element"] for one in referral["elements"] if not one["met"]]
    if refer and (missing or case.level != "major"):
        raise _not_to_refer(missing)
    if not refer and not str(data.get("reason") or "").strip():
        raise Invalid.at(
            "reason",
            "Expected the reason for not referring, but there is none",
            "请说明不移送的理由",
        )
    _keep(
        case,
        task,
        decided_by=context.actor.id,
        decided_at=context.now.isoformat(),
        refer=refer,
        reason=data.get("reason"),
    )
    return Completion({"refer": data["refer"]}, "refer" if refer else "not_referred")


def handed_over(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take when the police received it, by their receipt number."""
    at = instants.not_future(data["handed_over_at"], "handed_over_at", context.now)
    decided_at = instants.optional(_referral(case, task)["decided_at"])
    if decided_at is not None and at < decided_at:
        raise Invalid.at(
            "handed_over_at",
            "Expected a time after the decision to refer, but it is earlier",
            "移送时间不得早于移送决定",
        )
    given = data.get("photos") or ()
    papers = evidence.attach(context.session, given, case.id, context)
    receipt = {"number": data["receipt_number"], "police": data["police"], "evidence": papers}
    _keep(case, task, handed_over_at=at.isoformat(), receipt=receipt)
    return Completion({}, None)


def shown(case: HazardCase, task: TaskFacts, context: Context) -> dict[str, Any]:
    """Return the check list as a form shows it to the second officer and to the head."""
    lines = []
    for one in _referral(case, task)["elements"]:
        chinese, english = NAMES.get(one["element"], (one["element"],) * 2)
        state = ("具备", "met") if one["met"] else ("不具备", "not met")
        zh = f"{chinese}：{state[0]}；{one['note']}"
        en = f"{english[:1].upper()}{english[1:]}: {state[1]}; {one['note']}"
        lines.append(spoken(context, zh, en))
    return {"elements": "\n".join(lines)}


def _elements(case: HazardCase) -> tuple[str, ...]:
    return case.basis.rules.words("referral.elements")


def _element(case: HazardCase, name: str, data: Mapping[str, Any], context: Context) -> JsonMap:
    met = data.get(f"{name}_met") == MET
    given = data.get(f"{name}_evidence") or ()
    if met and not given:
        raise Invalid.at(
            f"{name}_evidence",
            "Expected evidence for an element that is met, but there is none",
            "认定具备的要素须附证据",
        )
    return {
        "element": name,
        "met": met,
        "evidence": evidence.attach(context.session, given, case.id, context),
        "note": data.get(f"{name}_note"),
    }


def _check_officers(case: HazardCase, referral: JsonMap) -> None:
    need = case.basis.rules.whole("referral.officers_min")
    if len(set(referral["officers"])) < need:
        raise Incident(
            f"Expected {need} officers to have checked the elements, but there are fewer",
            f"移送须由{need}名以上执法人员核查",
        )


def _not_to_refer(missing: list[str]) -> Invalid:
    if not missing:
        return Invalid.at(
            "refer", "Expected a major hazard for a referral, but it is not", "非重大隐患不得移送"
        )
    chinese = "、".join(NAMES.get(name, (name,))[0] for name in missing)
    english = ", ".join(NAMES.get(name, ("", name))[1] for name in missing)
    return Invalid.at(
        "refer",
        f"Expected all elements to be met for a referral, but missing are: {english}",
        f"四要素未全部具备，不得移送：{chinese}",
    )


def _referral(case: HazardCase, task: TaskFacts) -> JsonMap:
    found: JsonMap | None = entries.of(case, task.token)["referral"]
    if found is None:
        raise Incident("Expected a referral under way, but there is none", "没有移送核查事项")
    return found


def _keep(case: HazardCase, task: TaskFacts, **changes: Any) -> None:
    entry = entries.of(case, task.token)
    entries.keep(case, {**entry, "referral": {**_referral(case, task), **changes}})

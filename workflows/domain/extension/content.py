"""What a request asks for: checked field by field, and sealed by a hash that signatures repeat."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Context, JsonMap
from workflows.domain import evidence, instants
from workflows.domain import extension_requests as requests
from workflows.domain.hazard_case import HazardCase
from workflows.domain.rule_set import RuleSet

_SEALED = (
    "number",
    "revision",
    "deadline",
    "original_due",
    "new_date",
    "second",
    "ground",
    "reason",
    "interim_measures",
    "milestones",
    "evidence",
    "expert_opinion",
    "milestone_proof",
)


def checked(case: HazardCase, data: Mapping[str, Any], original: date, context: Context) -> JsonMap:
    """Return what is asked for, or raise Invalid at the field that is wrong."""
    new_date = _new_date(case, data, original, context)
    found = {
        "ground": _ground(case, data),
        "reason": _text(data, "reason", "延期理由", "a reason"),
        "interim_measures": _interim_measures(case, data),
        "new_date": new_date.isoformat(),
        "rest_day": _rests(case, new_date),
        "milestones": _milestones(data, new_date, context),
        "evidence": _evidence(case, data, context),
        "expert_opinion": None,
        "milestone_proof": None,
    }
    return found | (_second(case, data, context) if requests.in_force(case.data) else {})


def sealed(case: HazardCase, request: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of what a request asks for."""
    said = {"case": case.data["number"], **{name: request[name] for name in _SEALED}}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_ahead(request: Mapping[str, Any], context: Context, instead: tuple[str, str]) -> None:
    """Refuse consent to a date that has passed: it would be overdue in the same instant."""
    asked = date.fromisoformat(request["new_date"])
    if context.now >= clock.end_of_day(asked):
        zh, en = instead
        raise Invalid.at(
            "decision",
            f"Expected a date still ahead, but the date asked for, {asked}, has passed; {en}",
            f"申请的期限 {asked} 已过，不能同意；{zh}",
        )


def last_lawful_day(data: Mapping[str, Any], rules: RuleSet, original: date) -> date:
    """Return the last day that an extension may name: by its own cap and by the cap of all."""
    granted = requests.in_force(data)
    caps = rules.wholes("extension.max_days")
    own = original + timedelta(days=caps[min(len(granted), len(caps) - 1)])
    first = date.fromisoformat(granted[0]["original_due"]) if granted else original
    return min(own, first + timedelta(days=rules.whole("extension.max_total_days")))


def _new_date(case: HazardCase, data: Mapping[str, Any], original: date, context: Context) -> date:
    asked = instants.entered_day(data.get("new_date"), "new_date")
    today = clock.beijing_date(context.now)
    if asked < today:
        raise Invalid.at(
            "new_date",
            f"Expected a date still ahead, but the date asked for, {asked}, has passed; it is "
            f"{today}",
            f"申请的期限 {asked} 已过，请改报今天（{today}）或以后的日期",
        )
    if asked <= original:
        raise Invalid.at(
            "new_date",
            f"Expected a date after {original}, the date that stands, but it is {asked}",
            f"延期后的日期须晚于现期限 {original}",
        )
    last = last_lawful_day(case.data, case.basis.rules, original)
    if asked > last:
        raise Invalid.at(
            "new_date",
            f"Expected a date not later than {last}, but it is {asked}",
            f"本次延期最迟至 {last}；更长的期限须由区安委会决定",
        )
    return asked


def _rests(case: HazardCase, day: date) -> bool:
    """An enterprise's date may fall on a rest day and never rolls; signatories are told."""
    calendar = case.basis.calendar
    return calendar.covers(day) and not calendar.is_workday(day)


def _ground(case: HazardCase, data: Mapping[str, Any]) -> str:
    ground = str(data.get("ground") or "")
    rules = case.basis.rules
    if ground in rules.words("extension.grounds_refused"):
        rule = rules["extension.grounds_refused"]
        raise Invalid.at(
            "ground", f"Expected an objective ground, but: {rule.en}", f"不予受理：{rule.zh}"
        )
    if ground not in rules.words("extension.grounds"):
        raise Invalid.at(
            "ground", f"Expected an objective ground, but it is {ground!r}", "请选择一项客观因素"
        )
    return ground


def _interim_measures(case: HazardCase, data: Mapping[str, Any]) -> str:
    if not case.basis.rules.flag("extension.interim_measures_required"):
        return str(data.get("interim_measures") or "").strip()
    return _text(data, "interim_measures", "延期期间的防控措施", "interim measures")


def _text(data: Mapping[str, Any], field: str, name_zh: str, name: str) -> str:
    found = str(data.get(field) or "").strip()
    if not found:
        raise Invalid.at(field, f"Expected {name}, but there is none", f"请填写{name_zh}")
    return found


def _evidence(case: HazardCase, data: Mapping[str, Any], context: Context) -> list[str]:
    found = _attached(case, data, "evidence", context)
    if not found and case.basis.rules.flag("extension.evidence_required"):
        raise Invalid.at(
            "evidence",
            "Expected evidence of the ground, but there is none",
            "每项理由须附证据（合同、报价单、受理单等）",
        )
    return found


def _attached(case: HazardCase, data: Mapping[str, Any], field: str, context: Context) -> list[str]:
    return evidence.attach(context.session, data.get(field) or (), case.id, context, field)


def _milestones(data: Mapping[str, Any], new_date: date, context: Context) -> list[JsonMap]:
    rows = list(data.get("milestones") or ())
    if not rows:
        raise Invalid.at(
            "milestones", "Expected at least one milestone, but there is none", "请填写整改节点"
        )
    today = clock.beijing_date(context.now)
    return [_milestone(n, row, today, new_date) for n, row in enumerate(rows)]


def _milestone(number: int, row: Mapping[str, Any], today: date, new_date: date) -> JsonMap:
    what = str(row.get("what") or "").strip()
    if not what:
        raise Invalid.at(
            f"milestones.{number}.what", "Expected a milestone, but it is empty", "请填写节点内容"
        )
    field = f"milestones.{number}.finish_on"
    day = instants.entered_day(row.get("finish_on"), field)
    if not today <= day <= new_date:
        raise Invalid.at(
            field,
            f"Expected a day from {today} to {new_date}, but it is {day}",
            f"节点日期须在 {today} 与 {new_date} 之间",
        )
    return {"what": what, "date": day.isoformat()}


def _second(case: HazardCase, data: Mapping[str, Any], context: Context) -> JsonMap:
    """What a further extension needs besides; the consent of the leader is a task of its own."""
    needs = case.basis.rules.words("extension.second_needs")
    found: JsonMap = {}
    if "expert_opinion" in needs:
        found["expert_opinion"] = _text(data, "expert_opinion", "专家意见", "an expert opinion")
    if "milestone" in needs:
        found["milestone_proof"] = _proof(case, data, context)
    return found


def _proof(case: HazardCase, data: Mapping[str, Any], context: Context) -> JsonMap:
    milestones = requests.in_force(case.data)[-1]["milestones"]
    number = int(data.get("milestone_number") or 0)
    if not 1 <= number <= len(milestones):
        raise Invalid.at(
            "milestone_number",
            f"Expected the number of a milestone of the extension in force, 1 to "
            f"{len(milestones)}, but it is {number}",
            f"请填写上次延期中已完成节点的序号（1 至 {len(milestones)}）",
        )
    files = _attached(case, data, "milestone_proof", context)
    if not files:
        raise Invalid.at(
            "milestone_proof",
            "Expected proof of a finished milestone, but there is none",
            "须附至少一项已完成节点的证明",
        )
    return {"number": number, "what": milestones[number - 1]["what"], "evidence": files}


def same_as(one: Mapping[str, Any], other: Mapping[str, Any], context: Context) -> bool:
    """Return whether two requests ask the same; a file sent again is the same file."""
    return _said(one, context) == _said(other, context)


def _said(request: Mapping[str, Any], context: Context) -> JsonMap:
    said = {name: request[name] for name in _SEALED if name not in ("number", "revision")}
    proof = said["milestone_proof"] or {}
    return said | {
        "evidence": _hashes(said["evidence"], context),
        "milestone_proof": proof | {"evidence": _hashes(proof.get("evidence", ()), context)},
    }


def _hashes(files: Sequence[str], context: Context) -> list[str]:
    return sorted(evidence.get(context.session, one).sha256 for one in files)

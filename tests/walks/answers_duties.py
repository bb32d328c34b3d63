"""Lawful answers to what an expiry brings about: the interview and enforcement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.walks.calendar_days import rolled
from tests.walks.draws import DAY, PHOTO, Draw
from tests.walks.model import Model
from tests.walks.model_rows import POLICY, Interview, Request

FINAL_DAYS = 7
ELEMENTS = ("named_criterion", "served_order", "refusal", "actual_danger")
_SIGNERS = ("park_command", "industry_department")


def host(draw: Draw, _number: int | None) -> dict[str, Any]:
    hosts = ("park_command", "leader_incharge", "leader_principal")
    return {"host": draw.rng.choice(hosts), "reason": "r"}


def notice(draw: Draw, _number: int | None) -> dict[str, Any]:
    meet_at = draw.local(hours=draw.rng.choice([1, 20, 60]))
    where = {"invitee_role": "actual_investor", "late_reason": "r", "way": "video", "place": "p"}
    given = draw.rng.choice([{}, {"given_at": draw.local()}])
    return {**where, **given, "meet_at": meet_at}


def meeting(draw: Draw, number: int | None) -> dict[str, Any]:
    entry = draw.model.interviews.all[(number or 0) - 1]
    outcomes = ["held", *absences(draw, entry)]
    outcome = draw.one_of("held", *outcomes)
    if outcome == "no_show":
        return {"outcome": outcome, "absence_reason": "r", "substitute_came": True}
    if outcome == "postponed":
        proof = {"ground": "illness", "new_mode": "video", "proof": PHOTO}
        return {"outcome": outcome, "to": draw.local(hours=1), **proof}
    words = dict.fromkeys(("recorder", "attendees", "circulated", "explanation", "commitment"), "w")
    present = {"held_at": draw.local(), "came": "invitee", "signature": "signed"}
    return {"outcome": outcome, **words, **present, **final(draw)}


def absences(draw: Draw, entry: Interview) -> list[str]:
    assert entry.meeting is not None
    assert entry.first_meeting is not None
    latest = entry.first_meeting + 3 * DAY
    found = ["no_show"] if draw.now >= entry.meeting else []
    return found + ["postponed"] * (draw.now + timedelta(hours=1) <= latest)


def final(draw: Draw) -> dict[str, Any]:
    """Return the dates that the minutes fix: one for each silent signatory, or the final one."""
    model = draw.model
    found = {f"decision_{part}": decision_day(draw.today).isoformat() for part in silent(model)}
    if found or model.row(*POLICY) is not None:
        return found
    if model.place.startswith("strike") or not model.in_loop:
        return found
    day = draw.today + draw.rng.randint(0, FINAL_DAYS) * DAY
    return found | {"final_date": day.isoformat()}


def decision_day(today: date) -> date:
    """Return the first working day of those that may be set; a long holiday has none."""
    day = rolled(today)
    return day if day <= today + FINAL_DAYS * DAY else today


def fixing(draw: Draw, _number: int | None) -> dict[str, Any]:
    return {"final_date": (draw.today + draw.rng.randint(0, FINAL_DAYS) * DAY).isoformat()}


def silent(model: Model) -> list[str]:
    """Return who has not answered a timely request."""
    one: Request | None = model.extensions.undecided
    if one is None or not one.timely or one.status != "pending":
        return []
    missing = [part for part in _SIGNERS if part not in one.signed]
    return missing or ["leader_incharge"]


def enforcement(draw: Draw, number: int | None) -> dict[str, Any]:
    one = draw.model.enforcements.all[(number or 0) - 1]
    if not one.mandatory and draw.rng.random() < 0.4:
        return {"pursue": "no", "reason": "r"}
    major = ["stop_measures", "power_cut"] * (draw.model.level == "major")
    measures = ["penalty", *major, *["referral"] * (not draw.model.enforcements.referral_open)]
    chosen = draw.rng.sample(measures, draw.rng.randint(1, len(measures)))
    if "power_cut" in chosen:
        chosen.append("stop_measures")
    return {"pursue": "yes", "reason": "r", **dict.fromkeys(chosen, True)}


LEFT_UNDONE = {"not_carried_out": True, "not_carried_out_reason": "r"}


def stop(draw: Draw, _number: int | None) -> dict[str, Any]:
    if draw.model.enforcements.groundless:
        return LEFT_UNDONE
    return stopping()


def stopping() -> dict[str, Any]:
    officers = [{"name": name, "certificate": name} for name in ("a", "b")]
    return {"measure": "stop_use", "scope": "s", "ground": "g", "officers": officers}


def power_cut(draw: Draw, _number: int | None) -> dict[str, Any]:
    enforcements = draw.model.enforcements
    if enforcements.groundless or not enforcements.stopped or draw.rng.random() < 0.2:
        return LEFT_UNDONE
    return cutting(draw)


def cutting(draw: Draw) -> dict[str, Any]:
    why = {"supplier": "s", "refusal": "r", "danger": "d", "emergency": True}
    return {**why, "cut_at": draw.local()}


def check_list(draw: Draw, number: int | None) -> dict[str, Any]:
    met = draw.rng.random() < 0.6
    draw.met[number or 0] = met
    found: dict[str, Any] = {}
    for name in ELEMENTS:
        found |= {f"{name}_met": "met" if met else "not_met", f"{name}_note": "n"}
        found |= {f"{name}_evidence": PHOTO} if met else {}
    return found


def referral(draw: Draw, number: int | None) -> dict[str, Any]:
    if draw.met.get(number or 0) and draw.model.level == "major" and draw.rng.random() < 0.8:
        return {"refer": "yes"}
    return {"refer": "no", "reason": "r"}

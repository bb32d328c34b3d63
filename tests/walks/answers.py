"""Lawful answers to every task, drawn at random; a hopeful walker brings the case forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.walks.calendar_days import BEIJING, day_of, end_of
from tests.walks.model import Model
from tests.walks.model_rows import POLICY, Interview, Request

CLAUSE = "令10 第五条(六)"
DAY = timedelta(days=1)
LIMITS = {"general": 3, "larger": 15, "major": 15}
OWN_CAPS = (15, 30)
WHOLE_CAP = 60
FINAL_DAYS = 7
PHOTO = ["photo"]
ELEMENTS = ("named_criterion", "served_order", "refusal", "actual_danger")
_ORDERING = ("bureau", "industry_economy")
_OWN_PART = {"sign_park": "park_command", "sign_department": "industry_department"}


@dataclass
class Draw:
    """What an answer may depend on: chance, the model, the instant, and a wish to get on."""

    rng: Random
    model: Model
    now: datetime
    finder: str
    reported: datetime | None
    hopeful: bool
    met: dict[int, bool]

    @property
    def today(self) -> date:
        """The Beijing day."""
        return day_of(self.now)

    def one_of(self, hope: str, *others: str) -> str:
        """Return what brings the case forward, or any."""
        return hope if self.hopeful else self.rng.choice((hope, *others))

    def local(self, **step: float) -> str:
        """Return an instant some time from now as a person writes it."""
        return (self.now + timedelta(**step)).astimezone(BEIJING).isoformat()


Answer = Callable[[Draw, int | None], dict[str, Any] | None]


def _level(draw: Draw, _number: int | None) -> dict[str, Any]:
    level = draw.one_of("general", "larger", "larger", "major", "major", "major")
    return {"level": level, "reason": "r"} | ({"criterion": CLAUSE} if level == "major" else {})


def _decision(draw: Draw, _number: int | None) -> dict[str, Any]:
    if draw.one_of("agree", "agree", "agree", "agree", "return") == "agree":
        return {"decision": "agree"}
    return {"decision": "return", "opinion": "o"}


def _confirmation(draw: Draw, number: int | None) -> dict[str, Any]:
    found = _decision(draw, number)
    return found | ({"criterion": CLAUSE} if found["decision"] == "agree" else {})


def _paper(draw: Draw, _number: int | None) -> dict[str, Any]:
    model, level = draw.model, str(draw.model.level)
    start = draw.today
    if draw.reported and level == "major" and not model.round:
        from_report = day_of(draw.reported) + LIMITS[level] * DAY
        start = day_of(draw.reported) if draw.now < end_of(from_report) else start
    last = start + LIMITS[level] * DAY
    printed = [r.due for r in model.rows if r.kind == "rectification" and r.level == level]
    last = min(last, max(min(printed), draw.today)) if printed else last
    days = (last - draw.today).days
    due = draw.today + draw.rng.choice([days, days, draw.rng.randint(0, days)]) * DAY
    may_order = draw.finder in _ORDERING
    return {
        "document_kind": draw.rng.choice(["notice", "order"]) if may_order else "notice",
        "requirements": "q",
        "due_date": due.isoformat(),
        "service_method": "direct",
        "served_at": draw.local(),
        "recipient": "x",
        "reason" if level == "general" else "interim_measures": "y",
    }


def _plan(draw: Draw, _number: int | None) -> dict[str, Any]:
    row = draw.model.row("rectification")
    finish = row.due if row is not None else draw.today
    told = {"responsible": "a", "measures": "m", "funds": 1, "contingency": "c"}
    return {**told, "finish_date": finish.isoformat()}


def _recheck(draw: Draw, _number: int | None) -> dict[str, Any]:
    result = draw.one_of("pass", "pass", "fail", "fail")
    items = [{"item": "a", "state": "done" if result == "pass" else "partly"}]
    found: dict[str, Any] = {"method": "visit", "items": items, "result": result, "photos": PHOTO}
    return found | ({} if result == "pass" else {"opinion": "o"})


def _expiry_recheck(draw: Draw, _number: int | None) -> dict[str, Any]:
    if draw.one_of("pass", "fail", "fail", "fail") == "pass":
        return {"result": "pass"}
    return {"result": "fail", "opinion": "o"}


def _expert(draw: Draw, _number: int | None) -> dict[str, Any]:
    return {"result": draw.one_of("pass", "pass", "fail"), "opinion": "o"}


def _signature(task: str) -> Answer:
    def sign(draw: Draw, number: int | None) -> dict[str, Any]:
        decision = draw.rng.choice(("agree",) * 10 + ("refuse", "return"))
        if decision != "agree":
            return {"decision": decision, "opinion": "o"}
        if draw.model.extensions.all[(number or 0) - 1].issuer != _OWN_PART.get(task):
            return {"decision": decision}
        if draw.rng.random() < 0.5:
            return {"decision": decision, "order_reply": "agree"}
        return {"decision": decision, "order_reply": "refuse", "order_opinion": "o"}

    return sign


def asked(draw: Draw, original: date) -> dict[str, Any] | None:
    """Return a lawful request beyond a date; None if no lawful day is left."""
    granted = draw.model.extensions.in_force()
    last = original + OWN_CAPS[min(len(granted), 1)] * DAY
    last = min(last, granted[0].original + WHOLE_CAP * DAY) if granted else last
    first = max(original + DAY, draw.today)
    if last < first:
        return None
    new_date = first + draw.rng.randint(0, (last - first).days) * DAY
    found = {
        "new_date": new_date.isoformat(),
        "ground": draw.rng.choice(["procurement", "force_majeure", "external"]),
        "reason": "r",
        "evidence": PHOTO,
        "interim_measures": "m",
        "milestones": [{"what": "w", "finish_on": draw.today.isoformat()}],
    }
    second = {"expert_opinion": "o", "milestone_number": 1, "milestone_proof": PHOTO}
    return found | (second if granted else {})


def _resubmission(draw: Draw, number: int | None) -> dict[str, Any] | None:
    return asked(draw, draw.model.extensions.all[(number or 0) - 1].original)


def _filing(draw: Draw, number: int | None) -> dict[str, Any]:
    requests = draw.model.extensions.all
    may_object = not requests[(number or 0) - 1].objected and len(requests) == number
    decision = draw.one_of("file", "return", *["object"] * may_object)
    return {"decision": decision} | ({} if decision == "file" else {"reason": "r"})


def _host(draw: Draw, _number: int | None) -> dict[str, Any]:
    hosts = ("park_command", "leader_incharge", "leader_principal")
    return {"host": draw.rng.choice(hosts), "reason": "r"}


def _notice(draw: Draw, _number: int | None) -> dict[str, Any]:
    meet_at = draw.local(hours=draw.rng.choice([1, 20, 60]))
    where = {"invitee_role": "actual_investor", "late_reason": "r", "way": "video", "place": "p"}
    return {**where, "meet_at": meet_at}


def _meeting(draw: Draw, number: int | None) -> dict[str, Any]:
    entry = draw.model.interviews.all[(number or 0) - 1]
    outcomes = ["held", "held", *_absences(draw, entry)]
    outcome = draw.one_of("held", *outcomes)
    if outcome == "no_show":
        return {"outcome": outcome, "absence_reason": "r", "substitute_came": True}
    if outcome == "postponed":
        proof = {"ground": "illness", "new_mode": "video", "proof": PHOTO}
        return {"outcome": outcome, "to": draw.local(hours=1), **proof}
    words = dict.fromkeys(("recorder", "attendees", "circulated", "explanation", "commitment"), "w")
    present = {"held_at": draw.local(), "came": "invitee", "signature": "signed"}
    return {"outcome": outcome, **words, **present, **_final(draw)}


def _absences(draw: Draw, entry: Interview) -> list[str]:
    assert entry.meeting is not None
    assert entry.first_meeting is not None
    latest = entry.first_meeting + 3 * DAY
    found = ["no_show"] if draw.now >= entry.meeting else []
    return found + ["postponed"] * (draw.now + timedelta(hours=1) <= latest)


def _final(draw: Draw) -> dict[str, Any]:
    """Return the dates that the minutes fix: the final one, one for each silent signatory."""
    model = draw.model
    found = {f"decision_{part}": draw.today.isoformat() for part in silent(model)}
    if model.row(*POLICY) is not None or model.place.startswith("strike") or not model.in_loop:
        return found
    if found and draw.rng.random() < 0.5:
        return found
    day = draw.today + draw.rng.randint(0, FINAL_DAYS) * DAY
    return found | {"final_date": day.isoformat()}


def silent(model: Model) -> list[str]:
    """Return who has not answered a timely request."""
    one: Request | None = model.extensions.undecided
    if one is None or not one.timely or one.status != "pending":
        return []
    missing = [part for part in _OWN_PART.values() if part not in one.signed]
    return missing or ["leader_incharge"]


def _enforcement(draw: Draw, number: int | None) -> dict[str, Any]:
    one = draw.model.enforcements.all[(number or 0) - 1]
    if not one.mandatory and draw.rng.random() < 0.4:
        return {"pursue": "no", "reason": "r"}
    major = ["stop_measures", "power_cut"] * (draw.model.level == "major")
    measures = ["penalty", *major, *["referral"] * (not draw.model.enforcements.referral_open)]
    chosen = draw.rng.sample(measures, draw.rng.randint(1, len(measures)))
    return {"pursue": "yes", "reason": "r", **dict.fromkeys(chosen, True)}


def _stop(draw: Draw, _number: int | None) -> dict[str, Any]:
    officers = [{"name": name, "certificate": name} for name in ("a", "b")]
    return {"measure": "stop_use", "scope": "s", "ground": "g", "officers": officers}


def _power_cut(draw: Draw, _number: int | None) -> dict[str, Any] | None:
    if draw.model.level != "major":
        return None
    why = {"supplier": "s", "refusal": "r", "danger": "d", "emergency": True}
    return {**why, "cut_at": draw.local(hours=1)}


def _check_list(draw: Draw, number: int | None) -> dict[str, Any]:
    met = draw.rng.random() < 0.6
    draw.met[number or 0] = met
    found: dict[str, Any] = {}
    for name in ELEMENTS:
        found |= {f"{name}_met": "met" if met else "not_met", f"{name}_note": "n"}
        found |= {f"{name}_evidence": PHOTO} if met else {}
    return found


def _referral(draw: Draw, number: int | None) -> dict[str, Any]:
    if draw.met.get(number or 0) and draw.model.level == "major" and draw.rng.random() < 0.8:
        return {"refer": "yes"}
    return {"refer": "no", "reason": "r"}


def _fixed(**data: Any) -> Answer:  # noqa: ANN401 whatever a form takes
    return lambda _draw, _number: data


def _today(name: str, **data: Any) -> Answer:  # noqa: ANN401 whatever a form takes
    return lambda draw, _number: {**data, name: draw.today.isoformat()}


ANSWERS: dict[str, Answer] = {
    "propose_major": _level,
    "confirm_level": _level,
    "second_proposal": _decision,
    "confirm_major": _confirmation,
    "serve_order": _paper,
    "submit_plan": _plan,
    "post_notice": _today("posted_on", place="p", photos=PHOTO),
    "rectify": _fixed(done="d", photos_after=PHOTO),
    "recheck": _recheck,
    "recheck_second": _decision,
    "recheck_expert": _expert,
    "expiry_recheck": _expiry_recheck,
    **dict.fromkeys(
        ("strike_finder", "strike_department", "strike_park", "strike_bureau"), _decision
    ),
    **{name: _signature(name) for name in ("sign_park", "sign_department", "sign_leader")},
    "resubmit": _resubmission,
    "file": _filing,
    "amend": _fixed(correction="c"),
    "objection": lambda draw, _: {"decision": draw.one_of("dismiss", "uphold"), "reason": "r"},
    "issuer_reply": lambda draw, _: {"decision": draw.one_of("agree", "refuse"), "opinion": "o"},
    "propose_host": _host,
    "confirm_host": _host,
    "schedule": _notice,
    "hold": _meeting,
    "talk": lambda draw, _: {"talked_at": draw.local(), "spoken_to": "p", "record": "r"},
    "report": _fixed(text="t"),
    "decide": _enforcement,
    "stop_measures": _stop,
    "penalty": _fixed(basis="112", amount=5, facts="f", paper_number="n"),
    "power_cut": _power_cut,
    "check_elements": _check_list,
    "check_second": _decision,
    "refer": _referral,
    "hand_over": lambda draw, _: {
        "police": "p",
        "receipt_number": "1",
        "handed_over_at": draw.local(),
    },
    "publish": _today("published_on", medium="m"),
    "progress": _fixed(progress="p", percent=3),
    "remove": _today("removed_on", medium="m"),
}

"""Lawful answers to every task, drawn at random; a hopeful walker brings the case forward."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.walks import answers_duties as duties
from tests.walks.calendar_days import day_of, end_of
from tests.walks.draws import DAY, PHOTO, Answer, Draw

CLAUSE = "令10 第五条(六)"
LIMITS = {"general": 3, "larger": 15, "major": 15}
OWN_CAPS = (15, 30)
WHOLE_CAP = 60
_ORDERING = ("bureau", "industry_economy")
_OWN_PART = {"sign_park": "park_command", "sign_department": "industry_department"}


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
        "document_kind": draw.one_of("notice", "order") if may_order else "notice",
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
        decision = draw.one_of(*("agree",) * 7, "refuse", "return")
        unsettled = task == "sign_leader" and draw.model.extensions.objected()
        if unsettled or _has_passed(draw, number):
            decision = draw.rng.choice(["refuse", "return"])
        if decision != "agree":
            return {"decision": decision, "opinion": "o"}
        if draw.model.extensions.all[(number or 0) - 1].issuer != _OWN_PART.get(task):
            return {"decision": decision}
        if draw.rng.random() < 0.5:
            return {"decision": decision, "order_reply": "agree"}
        return {"decision": decision, "order_reply": "refuse", "order_opinion": "o"}

    return sign


def _has_passed(draw: Draw, number: int | None) -> bool:
    """Whether nobody may agree any more: the date asked for is over."""
    return draw.now >= end_of(draw.model.extensions.all[(number or 0) - 1].asked)


def _issuer_reply(draw: Draw, number: int | None) -> dict[str, Any]:
    decision = draw.one_of("agree", "refuse")
    return {"decision": "refuse" if _has_passed(draw, number) else decision, "opinion": "o"}


def _raise(draw: Draw, _number: int | None) -> dict[str, Any]:
    decision = draw.one_of("agree", "refuse")
    clause = {"criterion": CLAUSE} if decision == "agree" else {}
    return {"decision": decision, "reason": "r", **clause}


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
        "reason": f"r{len(draw.model.extensions.all)}",
        "evidence": PHOTO,
        "interim_measures": "m",
        "milestones": [{"what": "w", "finish_on": draw.today.isoformat()}],
    }
    second = {"expert_opinion": "o", "milestone_number": 1, "milestone_proof": PHOTO}
    return found | (second if granted else {})


def _resubmission(draw: Draw, number: int | None) -> dict[str, Any] | None:
    return asked(draw, draw.model.extensions.all[(number or 0) - 1].original)


def _filing(draw: Draw, number: int | None) -> dict[str, Any]:
    may_object = draw.model.extensions.may_object(number or 0)
    decision = draw.one_of("file", "return", *["object"] * may_object)
    return {"decision": decision} | ({} if decision == "file" else {"reason": "r"})


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
    "issuer_reply": _issuer_reply,
    "second_raise": lambda draw, _: {"decision": draw.one_of("agree", "refuse"), "reason": "r"},
    "decide_raise": _raise,
    "decide_void": lambda draw, _: {"decision": draw.one_of("refuse", "agree"), "reason": "r"},
    "propose_host": duties.host,
    "confirm_host": duties.host,
    "schedule": duties.notice,
    "hold": duties.meeting,
    "talk": lambda draw, _: {"talked_at": draw.local(), "spoken_to": "p", "record": "r"},
    "report": _fixed(text="t"),
    "fix_final": duties.fixing,
    "decide": duties.enforcement,
    "stop_measures": duties.stop,
    "penalty": _fixed(basis="112", amount=5, facts="f", paper_number="n"),
    "power_cut": duties.power_cut,
    "check_elements": duties.check_list,
    "check_second": _decision,
    "refer": duties.referral,
    "hand_over": lambda draw, _: {
        "police": "p",
        "receipt_number": "1",
        "handed_over_at": draw.local(),
    },
    "publish": _today("published_on", medium="m"),
    "publish_zone": _today(
        "published_on", medium="m", basis="b", frequency="f", supervising_body="s", department="d"
    ),
    "progress": _fixed(progress="p", percent=3),
    "take_note": _fixed(opinion="o"),
    "remove": _today("removed_on", medium="m"),
}

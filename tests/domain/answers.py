"""Valid answers to every task, drawn at random, for walks through the loop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from engine import clock
from tests.domain import enforcements
from tests.domain.world import World

CLAUSE = "令10 第五条(六)"
LIMITS = {"general": 3, "larger": 15, "major": 15}
Answer = Callable[[Random, World, str, str], dict[str, Any]]


def _level(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    level = rng.choice(list(LIMITS))
    return {"level": level, "reason": "r"} | ({"criterion": CLAUSE} if level == "major" else {})


def _decision(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    if rng.random() < 0.2:
        return {"decision": "return", "opinion": "o"}
    return {"decision": "agree"}


def _confirmation(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    found = _decision(rng, world, case, person)
    return found | ({"criterion": CLAUSE} if found["decision"] == "agree" else {})


def _paper(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    now, level = clock.beijing(clock.now()), str(world.document(case)["level"])
    due = now.date() + timedelta(days=rng.randint(0, LIMITS[level]))
    return {
        "document_kind": rng.choice(["notice", "order"]),
        "requirements": "q",
        "due_date": due.isoformat(),
        "service_method": "direct",
        "served_at": now.isoformat(),
        "recipient": "x",
        "reason" if level == "general" else "interim_measures": "y",
    }


def _plan(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    return {
        "responsible": "a",
        "measures": "m",
        "funds": 1,
        "finish_date": _today(),
        "contingency": "c",
    }


def _notice(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    return {"place": "p", "posted_on": _today(), "photos": [world.photo(person)]}


def _report(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    return {"done": "d", "photos_after": [world.photo(person)]}


def _recheck(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    found = _seen(rng, world, case, person)
    state = "done" if found["result"] == "pass" else "partly"
    photos = [world.photo(person)]
    return found | {"method": "visit", "items": [{"item": "a", "state": state}], "photos": photos}


def _seen(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    if rng.random() < 0.4:
        return {"result": "fail", "opinion": "o"}
    return {"result": "pass"}


def _host(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    hosts = ["park_command", "leader_incharge", "leader_principal"]
    return {"host": rng.choice(hosts), "reason": "r"}


def _meeting(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    at = clock.beijing(clock.now()) + timedelta(hours=rng.choice([1, 20, 60]))
    return {
        "invitee_role": "actual_investor",
        "meet_at": at.isoformat(),
        "late_reason": "r",
        "way": "on_site",
        "place": "p",
    }


def _interview(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    outcome = rng.choice(["held", "held", "no_show", "postponed"])
    if outcome == "no_show":
        return {"outcome": outcome, "absence_reason": "r"}
    if outcome == "postponed":
        to = clock.beijing(clock.now()) + timedelta(hours=rng.choice([1, 30]))
        proof = [world.photo(person)]
        return {
            "outcome": outcome,
            "ground": "illness",
            "to": to.isoformat(),
            "new_mode": "video",
            "proof": proof,
        }
    words = dict.fromkeys(("recorder", "attendees", "circulated", "explanation", "commitment"), "w")
    final = {"final_date": _today()} if rng.random() < 0.8 else {}
    return {
        "outcome": outcome,
        "held_at": _now(),
        "came": "invitee",
        **words,
        **final,
        "signature": "signed",
    }


def _expert(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    return {"result": rng.choice(["pass", "fail"]), "opinion": "o"}


def _fixed(**data: Any) -> Answer:
    return lambda *_: data


def _dated(name: str) -> Answer:
    return lambda *_: {"medium": "m", name: _today()}


def _now() -> str:
    return clock.beijing(clock.now()).isoformat()


def _today() -> str:
    return clock.beijing_date(clock.now()).isoformat()


ANSWERS: dict[str, Answer] = {
    "propose_major": _level,
    "confirm_level": _level,
    "second_proposal": _decision,
    "confirm_major": _confirmation,
    "serve_order": _paper,
    "submit_plan": _plan,
    "post_notice": _notice,
    "rectify": _report,
    "recheck": _recheck,
    "recheck_second": _decision,
    "recheck_expert": _expert,
    "expiry_recheck": _seen,
    "talk": lambda *_: {"talked_at": _now(), "spoken_to": "p", "record": "r"},
    "propose_host": _host,
    "confirm_host": _host,
    "schedule": _meeting,
    "hold": _interview,
    "report": _fixed(text="t"),
    "fix_final": lambda *_: {"final_date": _today()},
    "strike_finder": _decision,
    "strike_department": _decision,
    "strike_park": _decision,
    "strike_bureau": _decision,
    "publish": _dated("published_on"),
    "publish_zone": lambda *_: {
        "basis": "b",
        "frequency": "f",
        "supervising_body": "s",
        "department": "d",
        "medium": "m",
        "published_on": _today(),
    },
    "take_note": _fixed(opinion="o"),
    "progress": _fixed(progress="p", percent=3),
    "remove": _dated("removed_on"),
    **enforcements.ANSWERS,
}

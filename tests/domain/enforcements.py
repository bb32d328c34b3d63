"""Roads into enforcement, and valid answers to its tasks."""

from __future__ import annotations

from random import Random
from typing import Any

from engine import clock
from tests.domain import journeys
from tests.domain.world import World

ELEMENTS = ("named_criterion", "served_order", "refusal", "actual_danger")
OFFICERS = [{"name": "示例甲", "certificate": "A1"}, {"name": "示例乙", "certificate": "A2"}]
PENALTY = {"basis": "102", "amount": 50000, "facts": "未消除隐患", "paper_number": "罚1号"}
CUT = {"supplier": "供电公司", "refusal": "仍在使用", "danger": "可能爆炸"}


def expired(world: World, level: str = "larger", **changes: Any) -> str:
    """Bring a hazard to the morning after its date; enforcement is to be decided."""
    case = journeys.served(world, level, **changes)
    world.pass_time(days={"larger": 8, "major": 16}[level])
    return case


def decide(world: World, case: str, *measures: str, person: str = "bureau_head") -> None:
    """Pursue by some measures, or by none: not pursue."""
    pursue = "yes" if measures else "no"
    chosen = dict.fromkeys(measures, True)
    world.do(person, case, "decide", pursue=pursue, reason="理由", **chosen)


def elements(world: World, person: str, *missing: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ELEMENTS:
        found[f"{name}_met"] = "not_met" if name in missing else "met"
        found[f"{name}_note"] = "已核实"
        found[f"{name}_evidence"] = [] if name in missing else [world.photo(person)]
    return found


def checked(world: World, case: str, *missing: str) -> None:
    """Let two officers check the elements."""
    found = elements(world, "inspector1", *missing)
    world.do("inspector1", case, "check_elements", **found)
    world.do("inspector2", case, "check_second", decision="agree")


def entry(world: World, case: str) -> dict[str, Any]:
    """Return the last enforcement of a case."""
    found: dict[str, Any] = world.document(case)["enforcements"][-1]
    return found


def any_decision(rng: Random, world: World, case: str, _person: str) -> dict[str, Any]:
    names = ("stop_measures", "penalty", "power_cut", "referral")
    chosen = {name: rng.random() < 0.5 for name in names}
    chosen["stop_measures"] = chosen["stop_measures"] or chosen["power_cut"]
    pursue = rng.choice(["yes", "no"])
    return {"pursue": pursue, "reason": "r"} | (chosen if pursue == "yes" else {})


def any_check(rng: Random, world: World, case: str, person: str) -> dict[str, Any]:
    return elements(world, person, *rng.sample(ELEMENTS, rng.choice([0, 0, 1])))


def any_referral(rng: Random, world: World, case: str, _person: str) -> dict[str, Any]:
    refer = rng.choice(["yes", "no"])
    return {"refer": refer} | ({"reason": "r"} if refer == "no" else {})


def now(**_more: Any) -> str:
    return clock.beijing(clock.now()).isoformat()


ANSWERS: dict[str, Any] = {
    "decide": any_decision,
    "stop_measures": lambda *_: {
        "measure": "stop_use",
        "scope": "s",
        "ground": "g",
        "officers": OFFICERS,
    },
    "penalty": lambda *_: PENALTY,
    "power_cut": lambda *_: CUT | {"emergency": True, "cut_at": now()},
    "check_elements": any_check,
    "check_second": lambda *_: {"decision": "agree"},
    "refer": any_referral,
    "hand_over": lambda *_: {"police": "p", "receipt_number": "1", "handed_over_at": now()},
}

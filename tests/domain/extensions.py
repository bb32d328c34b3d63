"""Stretches of road around an extension, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import yaml

from engine import clock
from engine.store import queries
from engine.work.finish import CommandResult
from tests.domain.journeys import serve
from tests.domain.world import World
from workflows.domain import rule_set, rule_store
from workflows.domain.ledger_tables import HazardRow

DUE = date(2026, 3, 17)
"""The date of a larger hazard served on 2026-03-02 with the longest limit."""

END = clock.end_of_day(DUE)


def running(world: World, enterprise: str = "enterprise01", **changes: Any) -> str:
    """Serve a notice on a larger hazard with fifteen days; rectification runs."""
    case = world.register(enterprise=enterprise)
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    serve(world, case, "larger", **({"due_date": DUE.isoformat()} | changes))
    return case


def asked(world: World, days: int = 10, **changes: Any) -> dict[str, Any]:
    """Return what an enterprise asks for: so many days beyond the date that stands."""
    today = clock.beijing_date(clock.now())
    return {
        "new_date": (DUE + timedelta(days=days)).isoformat(),
        "ground": "procurement",
        "reason": "报警装置交货期十五天",
        "evidence": [world.photo("principal1")],
        "interim_measures": "停用一号炉并派人值守",
        "milestones": [{"what": "设备到货", "finish_on": today.isoformat()}],
    } | changes


def request(world: World, case: str, days: int = 10, **changes: Any) -> CommandResult:
    data = asked(world, days, **changes)
    return world.act("principal1", case, "extension.request", **data)


def requested(world: World, days: int = 10, **changes: Any) -> str:
    """Return a case whose request waits for both signatures."""
    case = running(world)
    request(world, case, days, **changes)
    return case


def park(world: World, case: str, decision: str = "agree", **data: Any) -> CommandResult:
    return sign(world, "park_east_head", case, "sign_park", decision, **data)


def department(world: World, case: str, decision: str = "agree", **data: Any) -> CommandResult:
    return sign(world, "economy_head", case, "sign_department", decision, **data)


def sign(
    world: World, person: str, case: str, element: str, decision: str, **data: Any
) -> CommandResult:
    more = {} if decision == "agree" else {"opinion": "理由"}
    return world.do(person, case, element, decision=decision, **more, **data)


def granted(world: World, days: int = 10) -> str:
    case = requested(world, days)
    park(world, case)
    department(world, case)
    return case


def last(world: World, case: str) -> Mapping[str, Any]:
    """Return the last request of a case."""
    found: Mapping[str, Any] = world.document(case)["extension_requests"][-1]
    return found


def rows(world: World, case: str, *kinds: str) -> list[tuple[str, str, str]]:
    """Return kind, state and day of the deadlines of some kinds."""
    return [
        (one["kind"], one["state"], one["due_date"])
        for one in world.document(case)["deadlines"]
        if one["kind"] in kinds
    ]


def state(world: World, case: str) -> str:
    with world.bihuan.database.read() as session:
        return session.get_one(HazardRow, case).state


def tasks(world: World, case: str, element: str) -> list[str]:
    """Return the open tasks of an element, the oldest first."""
    with world.bihuan.database.read() as session:
        found = queries.case_tasks(session, case, status="open")
    own = [task for task in found if task.element == element]
    return [task.id for task in sorted(own, key=lambda one: one.opened_at)]


def newer_rules(world: World, **values: Any) -> None:
    """Put a next version of the rule set in force, with other values."""
    raw = yaml.safe_load(rule_set.shipped_text())
    raw["version"] = int(raw["version"]) + 1
    for key, value in values.items():
        raw["values"][key]["value"] = value
    today = clock.beijing_date(clock.now())
    with world.bihuan.database.begin() as session:
        rule_store.add_rule_set(session, yaml.safe_dump(raw, allow_unicode=True), today)


def second(world: World, days: int = 30, **changes: Any) -> dict[str, Any]:
    """Return what is asked for beyond an extension of ten days, with all that a second needs."""
    needed = {
        "expert_opinion": "同意延期并加强监测",
        "milestone_number": 1,
        "milestone_proof": [world.photo("principal1")],
    }
    return asked(world, days + 10, **(needed | changes))


def history(world: World, case: str) -> list[str]:
    with world.bihuan.database.read() as session:
        return [row.act for row in queries.case_history(session, case)]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)

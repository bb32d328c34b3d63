"""Stretches of road around an interview, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine import clock
from engine.work.finish import CommandResult
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import notifications

DUE = "2026-03-09"
"""The date of a larger hazard served on 2026-03-02 in these tests; day 3 is 2026-03-12."""

WORDS = dict.fromkeys(("recorder", "attendees", "circulated", "explanation", "commitment"), "纪要")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def until(world: World, text: str) -> None:
    """Let time pass to a Beijing instant; what falls due meanwhile happens."""
    world.pass_time(seconds=(at(text) - clock.now()).total_seconds())


def overdue(world: World, level: str = "larger", due: str = DUE, **changes: Any) -> str:
    """Return a case whose date has just passed."""
    case = world.register(**({"criterion": "令10 第五条(六)"} if level == "major" else {}))
    if level == "major":
        journeys.grade_major(world, case)
    else:
        world.do("inspector1", case, "confirm_level", level=level, criterion=None, reason=None)
    reason = {"reason": "需调运"} if level == "general" else {}
    journeys.serve(world, case, level, due_date=due, **reason, **changes)
    expire(world, due)
    return case


def expire(world: World, due: str) -> None:
    last = date.fromisoformat(due)
    until(world, f"{last.fromordinal(last.toordinal() + 1)}T00:00")


def named(world: World, case: str, host: str = "park_command") -> None:
    world.do("office_officer", case, "propose_host", host=host, reason="按判定表")
    world.do("leader", case, "confirm_host", host=host)


def noticed(world: World, case: str, meet_at: str, **changes: Any) -> CommandResult:
    data = {
        "invitee_role": "actual_investor",
        "meet_at": at(meet_at).isoformat(),
        "way": "on_site",
        "place": "会议室",
    }
    return world.do("office_officer", case, "schedule", **(data | changes))


def minutes(held_at: str, final: str | None, **changes: Any) -> dict[str, Any]:
    data = {
        "outcome": "held",
        "held_at": at(held_at).isoformat(),
        "came": "invitee",
        "signature": "signed",
        **WORDS,
    }
    if final:
        data["final_date"] = final
    return data | changes


def held(
    world: World,
    case: str,
    final: str | None = "2026-03-16",
    person: str = "park_east_head",
    held_at: str = "2026-03-11T10:00",
    **changes: Any,
) -> CommandResult:
    return world.do(person, case, "hold", **minutes(held_at, final, **changes))


def ready(world: World, **changes: Any) -> str:
    """Return an overdue larger hazard whose interview is due at 10:00 of day 2, at 11:00."""
    case = overdue(world, **changes)
    until(world, "2026-03-10T09:00")
    named(world, case)
    noticed(world, case, "2026-03-11T10:00")
    until(world, "2026-03-11T11:00")
    return case


def entry(world: World, case: str, number: int = 1) -> Mapping[str, Any]:
    found: Mapping[str, Any] = world.document(case)["interviews"][number - 1]
    return found


def rows(world: World, case: str, kind: str) -> list[tuple[str, str]]:
    dates = world.document(case)["deadlines"]
    return [(one["state"], one["due_date"]) for one in dates if one["kind"] == kind]


def news(world: World, person: str) -> list[str]:
    with world.bihuan.database.read() as session:
        return [one.kind for one in notifications.latest(session, person, 50)]

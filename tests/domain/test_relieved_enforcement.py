"""A final date that gives way to a late extension brings no enforcement any more."""

from __future__ import annotations

from tests.domain import enforcements, extensions, interviews
from tests.domain.world import World


def expired_twice_with_a_late_request(world: World) -> str:
    """Bring a hazard past its final date while a request made close to expiry is undecided."""
    case = extensions.running(world)
    interviews.until(world, "2026-03-16T09:00")
    extensions.request(world, case)
    extensions.park(world, case)
    interviews.until(world, "2026-03-18T09:00")
    interviews.named(world, case)
    interviews.noticed(world, case, "2026-03-19T09:00")
    interviews.until(world, "2026-03-19T10:00")
    interviews.held(world, case, "2026-03-20", held_at="2026-03-19T09:00")
    interviews.until(world, "2026-03-21T09:00")
    return case


def test_a_late_extension_relieves_the_final_date_with_the_first(world: World) -> None:
    case = expired_twice_with_a_late_request(world)
    assert enforcements.entry(world, case)["mandatory"] is True
    extensions.department(world, case)
    assert interviews.rows(world, case, "final") == [("voided", "2026-03-20")]
    assert enforcements.entry(world, case)["lapsed"]["cause"] == "extension"
    assert "decide" not in world.open_tasks(case)

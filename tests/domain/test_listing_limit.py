"""A publication that is owed keeps its date, whatever ground is added before it."""

from __future__ import annotations

from datetime import date, datetime

from engine import clock
from engine.store import queries
from tests.domain import extensions, journeys
from tests.domain.test_listing_withdrawal import publish_zone, undone
from tests.domain.world import World


def due(world: World, case: str, element: str) -> tuple[date, datetime]:
    """Return the last day of the one open task of an element, and when it was opened."""
    with world.bihuan.database.read() as session:
        found = queries.case_tasks(session, case, status="open")
    (task,) = [one for one in found if one.element == element]
    assert task.due_at is not None
    return clock.day_of_event(task.due_at), task.opened_at


def extended_again(world: World, case: str) -> None:
    world.act("principal1", case, "extension.request", **extensions.second(world, 5))
    extensions.park(world, case)
    extensions.department(world, case)
    extensions.sign(world, "leader", case, "sign_leader", "agree")


def test_a_late_publication_stays_late_when_a_ground_is_added(world: World) -> None:
    case = extensions.granted(world)
    first, opened = due(world, case, "publish_zone")
    assert first == date(2026, 3, 9)
    world.pass_time(days=9)
    extended_again(world, case)
    again, anew = due(world, case, "publish_zone")
    assert (again, anew > opened) == (first, True)
    assert len(world.document(case)["listing"]["grounds"]) == 2


def test_the_park_hands_its_date_to_the_zone_and_takes_it_back(world: World) -> None:
    case = journeys.served(world, "major")
    first, _ = due(world, case, "publish")
    world.pass_time(days=2)
    journeys.planned(world, case)
    extensions.request(world, case)
    extensions.park(world, case)
    extensions.department(world, case)
    assert due(world, case, "publish_zone")[0] == first
    undone(world, case)
    assert due(world, case, "publish")[0] == first


def test_what_was_published_has_a_limit_of_its_own_for_its_next_edition(world: World) -> None:
    case = extensions.granted(world)
    publish_zone(world, case)
    world.pass_time(days=7)
    extended_again(world, case)
    assert due(world, case, "publish_zone")[0] == date(2026, 3, 16)


def test_the_ladder_counts_from_the_first_day_too(world: World) -> None:
    case = extensions.granted(world)
    world.pass_time(days=4)
    extended_again(world, case)
    world.pass_time(days=3, hours=20)
    with world.bihuan.database.read() as session:
        history = queries.case_history(session, case)
    fired = [
        row.data for row in history if (row.act, row.element) == ("rung.fired", "publish_zone")
    ]
    assert [(one["rung"], one["due"][:16]) for one in fired] == [("remind", "2026-03-09T16:00")]

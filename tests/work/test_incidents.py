from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import Conflict, Incident, Invalid, NotFound, Unavailable
from engine.ports import SYSTEM, Context
from engine.work.incidents import MOST_ATTEMPTS, pause
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK, PaperFile
from tests.work.test_due import LATE, LIMITED
from tests.work.world import World

SEALED = d.process(
    "sealed",
    d.start(),
    d.user("write", "office"),
    d.service("seal", "seal.it"),
    d.user("read", "office"),
    d.end(),
    d.chain("begin", "write", "seal", "read", "end"),
)


class BrokenError(Exception):
    pass


def _breaks(case: PaperFile, token: Mapping[str, Any], context: Context) -> None:
    case.note("half done")
    context.journal.record("half.done")
    raise BrokenError("the seal is broken")


@pytest.fixture
def poisoned(world: World) -> World:
    world.application.operations["seal.it"] = _breaks
    world.deploy("sealed", SEALED)
    world.deploy("limited", LIMITED)
    world.deploy("late", LATE)
    return world


def test_a_failing_operation_undoes_the_command_and_keeps_an_incident(poisoned: World) -> None:
    case = poisoned.start("sealed")
    before = poisoned.document(case)
    with pytest.raises(Incident):
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    with pytest.raises(Incident) as told:
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    [incident] = poisoned.incidents()
    assert told.value.details["incident_id"] == incident.id
    assert (incident.status, incident.attempts, incident.kind) == ("open", 2, "command")
    assert "seal" in incident.message
    assert poisoned.case(case).open_incidents == 1
    assert poisoned.open_elements() == ["write"]
    assert poisoned.acts(case) == ["case.start"]
    assert poisoned.document(case) == before
    assert poisoned.sound()


def test_an_incident_is_closed_when_the_command_goes_through(poisoned: World) -> None:
    case = poisoned.start("sealed")
    with pytest.raises(Incident):
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    poisoned.application.operations["seal.it"] = lambda *_: None
    poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    assert [incident.status for incident in poisoned.incidents()] == ["resolved"]
    assert poisoned.case(case).open_incidents == 0


def test_an_operation_may_refuse_without_an_incident(poisoned: World) -> None:
    poisoned.application.operations["seal.it"] = poisoned.application.operations["later"]
    poisoned.start("sealed")
    with pytest.raises(Conflict, match="seal"):
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    assert poisoned.incidents() == []


def test_an_operation_that_nobody_registered_is_an_incident(poisoned: World) -> None:
    del poisoned.application.operations["seal.it"]
    poisoned.start("sealed")
    with pytest.raises(Incident):
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    assert "seal.it" in poisoned.incidents()[0].message


def test_a_case_that_cannot_begin_leaves_an_incident_only(poisoned: World) -> None:
    begins = d.process(
        "begins", d.start(), d.service("seal", "seal.it"), d.end(), d.chain("begin", "seal", "end")
    )
    poisoned.deploy("begins", begins)
    with pytest.raises(Incident):
        poisoned.start("begins")
    [incident] = poisoned.incidents()
    assert (incident.case_id, incident.process) == (None, "begins")
    assert poisoned.instances() == []
    poisoned.runtime.retry_incident(CHIEF, incident.id, "已修复")
    assert poisoned.incidents()[0].status == "retried"


def _poison(world: World, sick: str) -> Callable[..., Any]:
    """Let the stamp fail in one case only; return the stamp that works."""
    good = world.application.operations["stamp"]

    def stamp(case: PaperFile, token: Mapping[str, Any], context: Context) -> Any:
        if context.journal.case_id == sick:  # type: ignore[attr-defined]
            raise BrokenError("no ink")
        return good(case, token, context)

    world.application.operations["stamp"] = stamp
    return good


def test_a_poisoned_date_waits_and_blocks_no_other_case(poisoned: World) -> None:
    poisoned.application.dates = {"limit": poisoned.instant(days=1)}
    sick, healthy = poisoned.start("limited"), poisoned.start("limited")
    _poison(poisoned, sick)
    poisoned.later(days=1)
    assert poisoned.runtime.fire_due() == 2
    assert poisoned.runtime.fire_due() == 0
    assert "paper.stamped" in poisoned.acts(healthy)
    [incident] = poisoned.incidents()
    assert (incident.kind, incident.case_id) == ("timer", sick)
    assert incident.retry_at == poisoned.moment.now() + timedelta(minutes=1)
    poisoned.later(minutes=1)
    assert poisoned.runtime.fire_due() == 1
    assert poisoned.incidents()[0].attempts == 2


def test_an_incident_is_tried_again_by_hand(poisoned: World) -> None:
    poisoned.application.dates = {"limit": poisoned.instant(days=1)}
    sick = poisoned.start("limited")
    good = _poison(poisoned, sick)
    poisoned.later(days=1)
    poisoned.runtime.fire_due()
    [incident] = poisoned.incidents()
    with pytest.raises(Incident):
        poisoned.runtime.retry_incident(CHIEF, incident.id, "已修复")
    poisoned.application.operations["stamp"] = good
    poisoned.runtime.retry_incident(CHIEF, incident.id, "已修复")
    assert "paper.stamped" in poisoned.acts(sick)
    [told] = [row for row in poisoned.history(sick) if row.act == "incident.retried"]
    assert (told.actor, told.data["reason"], told.data["subject"]) == ("chief", "已修复", "timers")
    # Trying again is the chief's act; what fell due is nobody's.
    [stamped] = [row for row in poisoned.history(sick) if row.act == "paper.stamped"]
    assert stamped.actor == SYSTEM.id
    assert poisoned.incidents()[0].status == "resolved"
    assert poisoned.incidents()[0].resolved_by == "chief"
    with pytest.raises(NotFound):
        poisoned.runtime.retry_incident(CHIEF, incident.id, "已修复")


def test_a_retry_owes_a_reason(poisoned: World) -> None:
    poisoned.start("sealed")
    with pytest.raises(Incident):
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    with pytest.raises(Invalid):
        poisoned.runtime.retry_incident(CHIEF, poisoned.incidents()[0].id, " ")
    assert poisoned.incidents()[0].status == "open"


def test_a_poisoned_date_is_left_to_people_in_the_end(poisoned: World) -> None:
    poisoned.application.operations["stamp"] = _breaks
    poisoned.application.dates = {"limit": poisoned.instant(days=1)}
    case = poisoned.start("limited")
    tried = 0
    for _ in range(40):
        poisoned.later(days=1)
        tried += poisoned.runtime.fire_due()
    assert tried == MOST_ATTEMPTS
    assert poisoned.case(case).next_due_at is None
    assert pause(1) < pause(2) < pause(20) == pause(21)


def test_acting_on_a_poisoned_case_tells_the_person(poisoned: World) -> None:
    poisoned.application.operations["stamp"] = _breaks
    poisoned.application.dates = {"limit": poisoned.instant(days=1)}
    poisoned.start("limited")
    poisoned.later(days=2)
    for _ in range(2):
        with pytest.raises(Incident):
            poisoned.runtime.complete_task(CLERK, poisoned.task("limit_task"), {})
    assert poisoned.open_elements() == ["limit_task"]


def test_a_lost_database_is_no_incident(poisoned: World) -> None:
    def lost(*_: Any) -> None:
        raise Unavailable("Expected the database to answer, but it is gone", "数据库不可用")

    poisoned.application.operations["seal.it"] = lost
    poisoned.start("sealed")
    with pytest.raises(Unavailable):
        poisoned.runtime.complete_task(CLERK, poisoned.task("write"), {})
    assert poisoned.incidents() == []

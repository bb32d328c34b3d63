"""A worker serves one database with all its agencies; each case goes by its own agency."""

from __future__ import annotations

from engine.store.definitions import NewDefinition, insert_definition
from engine.store.queries import case_tasks
from tests.work import diagrams as d
from tests.work.application import CLERK
from tests.work.world import World

PROCESS = "reply"


def _drawn(task: str) -> bytes:
    """A process of one name whose task differs by agency, behind a date."""
    parts = (d.start(), d.timer("clock", "limit"), d.user(task, "office"), d.end())
    return d.process(PROCESS, *parts, d.chain("begin", "clock", task, "end"))


def _deploy(world: World, agency: str, task: str) -> None:
    new = NewDefinition(
        agency=agency,
        process=PROCESS,
        digest=task,
        name_zh=PROCESS,
        name=PROCESS,
        deployed_at=world.moment.now(),
        deployed_by="designer",
        files={f"{PROCESS}.bpmn": _drawn(task)},
    )
    with world.database.begin() as session:
        insert_definition(session, new)


def test_what_falls_due_goes_by_the_definitions_of_its_agency(world: World) -> None:
    world.application.dates = {"limit": world.instant(days=1)}
    tasks = {"north": "sign", "south": "stamp"}
    cases = {}
    for agency, task in tasks.items():
        _deploy(world, agency, task)
        cases[agency] = world.runtime.start_case(CLERK, PROCESS, {}, agency=agency)
    world.later(days=1)
    assert world.runtime.fire_due() == 2
    with world.database.read() as session:
        found = {agency: case_tasks(session, case) for agency, case in cases.items()}
    assert {agency: [(t.agency, t.element) for t in rows] for agency, rows in found.items()} == {
        agency: [(agency, task)] for agency, task in tasks.items()
    }
    assert world.incidents() == []

"""Random walks on which the safety office acts after each command, in ways that change nothing.

A case is taken to a version that is alike but for its number, or suspended and resumed at once.
The model knows nothing of either: whatever they changed would be found by the next comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.errors import Conflict
from engine.store import definitions
from engine.store.cases import Instance
from engine.store.definitions import Definition, DefinitionVersion, NewDefinition
from engine.work.migrate import MigrateCase
from tests.walks.commands import Command
from tests.walks.roads import Road
from tests.walks.walk import Walk
from tests.walks.zone import Zone, fresh_zone

VERSIONS = 60
"""About as many as a walk has commands; new instances begin under the first."""

WALKS = 5


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """A zone in which every process has many versions, the first in force."""
    with fresh_zone(tmp_path_factory.mktemp("versions")) as zone:
        with zone.database.begin() as session:
            for first in definitions.active(session):
                _number_again(session, first)
            session.execute(update(Definition).values(active=Definition.version == 1))
        yield zone


def _number_again(session: Session, first: DefinitionVersion) -> None:
    files = definitions.files(session, first.process, first.version)
    new = NewDefinition(
        agency=first.agency,
        process=first.process,
        digest=first.digest,
        name_zh=first.name_zh,
        name=first.name,
        deployed_at=first.deployed_at,
        deployed_by=first.deployed_by,
        files=files,
    )
    for _ in range(1, VERSIONS):
        definitions.insert_definition(session, new)


def _migrate_all(walk: Walk) -> int:
    """Take every process of the case to its next version."""
    with walk.zone.database.read() as session:
        live = select(Instance.process, Instance.version).where(
            Instance.case_id == walk.case,
            Instance.status == "live",
            Instance.version < VERSIONS,
        )
        found = {row.process: row.version + 1 for row in session.execute(live)}
    for process, version in found.items():
        order = MigrateCase(walk.case, process, version, "新版")
        walk.zone.runtime.migrate_case(walk.zone.actor("office:head"), order)
    return len(found)


@pytest.mark.parametrize("seed", range(70_000, 70_000 + WALKS))
def test_a_walk_goes_on_under_one_version_after_the_other(
    versions: Zone, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = []
    plain = Walk.play

    def restless(walk: Walk, command: Command) -> None:
        plain(walk, command)
        if walk.case and command.kind != "wait":
            migrations.append(_migrate_all(walk))
            walk._compare()

    monkeypatch.setattr(Walk, "play", restless)
    road = Road(versions, seed).go()
    assert len(road.log) > 1
    assert sum(migrations) > 0


def test_a_pause_of_no_time_changes_nothing(
    versions: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Walk.play

    def halting(walk: Walk, command: Command) -> None:
        plain(walk, command)
        if walk.case and command.kind != "wait" and not walk.model.over:
            head, why = walk.zone.actor("office:head"), {"reason": "核对"}
            with suppress(Conflict):  # nothing of the case may stand still
                walk.zone.runtime.perform_act(head, walk.case, "case.suspend", why)
                walk.zone.runtime.perform_act(head, walk.case, "case.resume", why)
            walk._compare()

    monkeypatch.setattr(Walk, "play", halting)
    for seed in (72_000, 72_001):
        assert Road(versions, seed).go().model.over

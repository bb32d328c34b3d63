"""What was on record before the ledger kept it is found by the migration that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from engine.store.base import json_text
from engine.store.cases import Case
from tests.domain import interviews as road
from tests.domain.world import World
from workflows.domain import ledger_flags
from workflows.migrations import run

REVISION = "c2e85f0a71d6"


def _migrate(world: World, way: str) -> None:
    script = ScriptDirectory(str(Path(run.__file__).parent)).get_revision(REVISION)
    assert script is not None
    with world.bihuan.database.begin() as session:
        found = MigrationContext.configure(session.connection())
        with Operations.context(found):
            getattr(script.module, way)()


def _forget_why(world: World, documents: Mapping[str, Mapping[str, Any]]) -> None:
    """Leave the documents as they were written before a reason was kept."""
    with world.bihuan.database.begin() as session:
        for case, document in documents.items():
            interviews = [{**one} for one in document["interviews"]]
            for entry in interviews:
                del entry["why"]
            session.get_one(Case, case).document = json_text({**document, "interviews": interviews})


def test_what_is_late_and_why_a_host_was_named_is_filled_in(world: World) -> None:
    late = road.overdue(world)
    road.until(world, "2026-03-13T09:00")
    again = road.overdue(world, due="2026-03-16")
    expected = {case: world.document(case) for case in (late, again)}
    why = [expected[case]["interviews"][0]["why"] for case in (late, again)]
    assert why == ["larger", "larger_again"]
    _migrate(world, "downgrade")
    _forget_why(world, expected)
    _migrate(world, "upgrade")
    assert {case: world.document(case) for case in expected} == expected
    with world.bihuan.database.read() as session:
        flags = ledger_flags.flags_of(session, list(expected))
    assert [ledger_flags.INTERVIEW_LATE in flags[case] for case in (late, again)] == [True, False]

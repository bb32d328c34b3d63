"""One zone with cases in every stage, built once; whatever a request changes is undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.api import harness
from tests.security import knocking, parties, stages
from tests.security.knocking import Door
from tests.web.conftest import app, bihuan, built, own_app, visit

__all__ = ["app", "bihuan", "built", "own_app", "visit"]
"""Browsers on a zone of their own, for tests that change it."""


@dataclass(frozen=True)
class Scene:
    """The door with what the rows of the table name."""

    door: Door
    named: Mapping[str, str]
    numbers: frozenset[str]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("security")
    file = folder / "zone.db"
    with harness.zone(f"sqlite:///{file}", folder) as zone:
        zone.bihuan.database.run(parties.add)
        named = stages.build(zone)
        cases = (named[name] for name in stages.CASES)
        numbers = frozenset(zone.case(case)["number"] for case in cases)
        with knocking.opened(zone, file, folder / "kept.db") as door:
            yield Scene(door, named, numbers)

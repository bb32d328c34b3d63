"""The ledger's keys follow the texts that they come from, and are made only with them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ledger_keys
from workflows.domain.ledger_tables import HazardRow


def kept(world: World, case: str) -> tuple[str, str, str]:
    columns = (HazardRow.search_text, HazardRow.description_key, HazardRow.responsible_key)
    with world.bihuan.database.read() as session:
        row = session.execute(select(*columns).where(HazardRow.case_id == case)).one()
    return (row.search_text, row.description_key, row.responsible_key)


def test_keys_follow_their_texts(world: World) -> None:
    case = journeys.served(world, "major")
    before = kept(world, case)
    assert "冷却水未设压力报警" in before[0]
    assert before[1].startswith("leng3 que4 shui3")
    assert before[2] == ""
    journeys.planned(world, case)
    after = kept(world, case)
    assert after[2] != ""
    assert after[1] == before[1]
    assert after[0].startswith(before[0])


def test_keys_are_not_made_again_while_texts_stand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = journeys.served(world, "larger")
    before = kept(world, case)

    def never(_values: object) -> dict[str, str]:
        raise AssertionError("no text has changed")

    monkeypatch.setattr(ledger_keys, "of", never)
    world.act("office_officer", case, "urge", text="请抓紧")
    monkeypatch.undo()
    assert kept(world, case) == before
    assert set(ledger_keys.DERIVED) >= {"search_text", "description_key"}

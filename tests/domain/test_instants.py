"""What people are told of an instant: the minute in Beijing, in whichever sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from engine.errors import Invalid
from tests.contracts.tree import ROOT
from tests.domain import interviews as road
from tests.domain.world import World
from workflows.domain import instants

RAW = re.compile(r'f"Expected[^"\n]*\{[^}\n]*(isoformat\(\)|_at(\'\])?)\}')
"""A sentence that would tell an instant as a record keeps it."""
KEPT = {"workflows/checking/administration.py", "webapp/api/clock_moves.py"}
"""Where a name of the kind is the number of an entry, and where a program is told what to send."""


def test_a_sentence_tells_the_minute_in_beijing() -> None:
    now = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    with pytest.raises(Invalid) as refused:
        instants.not_future("2026-11-21T06:30:00+00:00", "held_at", now)
    assert "2026-11-21 14:30 Beijing time lies ahead" in refused.value.message


def test_minutes_before_the_notice_are_told_its_minute_in_beijing(world: World) -> None:
    case = road.ready(world)
    with pytest.raises(Invalid) as refused:
        road.held(world, case, held_at="2026-03-10T08:00")
    assert "the notice of 2026-03-10 09:00 Beijing time" in refused.value.message
    assert "+00:00" not in refused.value.message


def test_no_sentence_tells_an_instant_as_a_record_keeps_it() -> None:
    files = [*(ROOT / "workflows").rglob("*.py"), *(ROOT / "webapp").rglob("*.py")]
    found = {
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in files
        for hit in RAW.finditer(path.read_text(encoding="utf-8"))
        if str(path.relative_to(ROOT)) not in KEPT
    }
    assert found == set()

"""After random walks, some to their end and some broken off, the deep check finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.walks.roads import Road
from tests.walks.zone import Zone, fresh_zone
from workflows.checking.inspection import inspect

TO_THE_END = range(40_000, 40_002)
BROKEN_OFF = range(41_000, 41_006)


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with fresh_zone(tmp_path) as opened:
        yield opened


def test_wherever_cases_stand_they_agree_with_themselves(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in TO_THE_END:
        Road(zone, seed).go(12)
    monkeypatch.setattr(Road, "_leave", lambda _: None)
    for seed in BROKEN_OFF:
        Road(zone, seed).go(4 + seed % 12)
    report = inspect(zone.bihuan)
    # The evidence of walks is a row without a file.
    assert [one for one in report.findings if one.check != "evidence"] == []
    assert report.read["cases"] == len(TO_THE_END) + len(BROKEN_OFF)
    assert 0 < report.read["closed"] < report.read["cases"]

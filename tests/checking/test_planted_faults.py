"""Every part of the deep check was seen to find what it is there for."""

from __future__ import annotations

import pytest

from tests.checking.planted import FAULTS, check_of
from tests.checking.zone import Spoiled


def test_a_sound_zone_has_no_finding(spoiled: Spoiled) -> None:
    report = spoiled.inspect()
    assert report.findings == []
    assert report.notes == []
    for kind in ("cases", "closed", "history", "instances", "tasks", "deadlines", "evidence"):
        assert report.read[kind] > 0, kind


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(spoiled: Spoiled, fault: str) -> None:
    assert spoiled.spoil(FAULTS[fault]) > 0, "the fault was planted"
    found = spoiled.found()
    assert check_of(fault) in found, found
    for finding in found[check_of(fault)]:
        assert finding.message
        assert finding.message_zh
        assert finding.message != finding.message_zh


def test_many_faults_are_counted_and_only_some_kept(
    spoiled: Spoiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.checking.report.MOST_KEPT", 3)
    spoiled.spoil("UPDATE bpm_case SET open_incidents = 1")
    report = spoiled.inspect()
    assert report.faults["incidents"] == report.read["cases"] > 3
    assert len(report.findings) == 3
    assert any("另有" in line for line in report.lines("zh"))

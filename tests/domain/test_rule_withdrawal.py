"""An adoption is withdrawn before its day; a day too far and a version that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from engine import clock
from engine.clock import VirtualClock
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.copied import Copies
from tests.domain.office import Office, faults, open_office
from tests.domain.test_administration_sheets import newer
from workflows.administration import record, rule_sets
from workflows.domain import rule_store

TODAY = date(2026, 3, 2)
SOON = date(2026, 4, 1)
SUBJECT = "GY-2022-15/2"


@pytest.fixture
def office(copied: Copies) -> Iterator[Office]:
    with open_office(copied) as opened:
        yield opened


def adopt(office: Office, text: str, since: date) -> None:
    rule_sets.adopt(office.database, office.actor(), "default", text, since)


def versions(office: Office) -> list[tuple[int, bool, bool]]:
    with office.database.read() as session:
        found = rule_sets.versions(session, TODAY)
    return [(one.version, one.current, one.pending) for one in found]


def test_an_adoption_is_withdrawn_and_made_again_with_the_right_day(office: Office) -> None:
    text = newer(interview__due_days=5)
    adopt(office, text, TODAY + rule_sets.FURTHEST)
    assert versions(office) == [(2, False, True), (1, True, False)]
    with pytest.raises(Invalid):
        adopt(office, newer(3, interview__due_days=4), SOON)
    office.do("rules.withdraw", SUBJECT, reason="日期误填")
    assert versions(office) == [(1, True, False)]
    with office.database.read() as session:
        (entry,) = record.entries(session, "default", limit=1)
    assert (entry.act, entry.subject) == ("rules.withdraw", "GY-2022-15")
    since = str(TODAY + rule_sets.FURTHEST)
    assert entry.data == {"version": 2, "since": since, "reason": "日期误填"}
    adopt(office, text, SOON)
    with office.database.read() as session:
        assert rule_store.rules_in_force(session, SOON).version == 2


def test_what_is_in_force_stays(office: Office) -> None:
    adopt(office, newer(interview__due_days=5), SOON)
    with pytest.raises(Conflict) as refused:
        office.do("rules.withdraw", "GY-2022-15/1", reason="不再需要")
    assert "已经生效" in refused.value.message_zh
    with clock.use(VirtualClock(clock.now() + timedelta(days=30))), pytest.raises(Conflict):
        office.do("rules.withdraw", SUBJECT, reason="生效当日")
    assert len(versions(office)) == 2


@pytest.mark.parametrize("subject", ["", "GY-2022-15/3", "GY-2022-15/x", "2", "GY-2022-15/99999"])
def test_only_a_version_that_is_there_is_withdrawn(office: Office, subject: str) -> None:
    with pytest.raises(NotFound):
        office.do("rules.withdraw", subject, reason="没有")


def test_a_reason_and_an_administrator_are_needed(office: Office) -> None:
    adopt(office, newer(interview__due_days=5), SOON)
    office.do("body.add", kind="town", name_zh="示例镇")
    head = office.person("示例甲", "town01:head")
    with pytest.raises(NotAllowed):
        office.do("rules.withdraw", SUBJECT, by=head, reason="日期误填")
    with pytest.raises(Invalid) as refused:
        office.do("rules.withdraw", SUBJECT)
    assert list(faults(refused)) == ["reason"]


@pytest.mark.parametrize("since", [TODAY + rule_sets.FURTHEST + timedelta(days=1), date.max])
def test_a_day_too_far_ahead_is_refused_at_its_field(office: Office, since: date) -> None:
    with pytest.raises(Invalid) as refused:
        adopt(office, newer(interview__due_days=5), since)
    assert list(faults(refused)) == ["since"]
    assert "2027-03-03" in faults(refused)["since"][0]


def test_a_version_that_changes_nothing_is_refused(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        adopt(office, newer(), SOON)
    assert faults(refused) == {"text": ["与第 1 版内容完全相同，无须采用"]}
    adopt(office, newer(interview__due_days=5), SOON)
    with pytest.raises(Invalid) as refused:
        adopt(office, newer(3, interview__due_days=5), SOON + timedelta(days=1))
    assert "第 2 版" in faults(refused)["text"][0]
    adopt(office, newer(3), SOON + timedelta(days=1))
    assert len(versions(office)) == 3, "back to what was before is a change"

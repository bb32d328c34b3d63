"""Dates: the ruled test vectors, and properties that hold for every date."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import clock
from engine.errors import Conflict, Invalid
from workflows.domain import deadline as acts
from workflows.domain import deadline_json, deadlines, rule_set
from workflows.domain.deadline import Change, Deadline, Step
from workflows.domain.deadlines import Basis, Start
from workflows.domain.working_days import SpecialDay, WorkingCalendar, seeded_days

BASIS = Basis(
    rule_set.parse(rule_set.shipped_text()),
    WorkingCalendar.of(seeded_days()),
)
LEVELS = st.sampled_from(["general", "larger", "major"])
INSTANTS = st.datetimes(datetime(2024, 1, 2), datetime(2027, 5, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=clock.BEIJING)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def begin(
    kind: str, moment: datetime, level: str = "major", printed: date | None = None
) -> Deadline:
    return deadlines.start(BASIS, kind, Start(moment, "officer", moment, level), 1, printed)


def test_order_served_on_monday_ends_on_day_fifteen() -> None:
    found = begin("rectification", at("2026-03-02T10:00"))
    assert found.due_date == date(2026, 3, 17)
    assert found.due_at == at("2026-03-18T00:00")
    assert found.changes == [
        Change("served", "officer", at("2026-03-02T10:00"), None, found.due_date)
    ]


@pytest.mark.parametrize(
    ("expired_on", "level", "held_by"),
    [
        ("2026-03-17", "major", date(2026, 3, 20)),
        ("2026-06-12", "larger", date(2026, 6, 15)),
        ("2026-09-30", "larger", date(2026, 10, 8)),
        ("2026-09-30", "major", date(2026, 10, 3)),
    ],
)
def test_interview_within_three_days(expired_on: str, level: str, held_by: date) -> None:
    assert begin("interview", at(expired_on + "T12:00"), level).due_date == held_by


def test_the_proposal_is_printed_before_the_holiday() -> None:
    served = at("2026-09-18T09:00")
    assert deadlines.limit(BASIS, "rectification", "major", served)[0] == date(2026, 10, 3)
    assert deadlines.propose(BASIS, "major", served) == date(2026, 9, 30)


def test_the_printed_date_governs_even_on_a_rest_day() -> None:
    found = begin("rectification", at("2026-09-18T09:00"), printed=date(2026, 10, 3))
    assert found.due_date == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [(date(2026, 3, 18), "not later than 2026-03-17"), (date(2026, 3, 1), "from the day of")],
)
def test_a_printed_date_outside_the_limit_is_refused(printed: date, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        begin("rectification", at("2026-03-02T10:00"), printed=printed)
    assert refused.value.errors[0].field == "due_date"


def test_authorities_serve_within_working_days() -> None:
    assert begin("serve", at("2026-03-06T18:00"), "major").due_date == date(2026, 3, 9)
    assert begin("serve", at("2026-03-06T18:00"), "larger").due_date == date(2026, 3, 10)


def test_a_failed_recheck_after_expiry_is_overdue_since_the_end_of_the_due_day() -> None:
    found = begin("rectification", at("2026-03-02T10:00"))
    acts.hold(found, "enterprise", at("2026-03-16T15:00"))
    acts.resume(found, "officer", at("2026-03-21T11:00"))
    acts.expire(found, "system", at("2026-03-21T11:00"))
    assert found.expired_at == at("2026-03-18T00:00")
    assert found.recorded_at == at("2026-03-21T11:00")
    interview = begin("interview", found.due_at - timedelta(seconds=1))
    assert interview.due_date == date(2026, 3, 20)


def test_completion_is_dated_at_the_report() -> None:
    found = begin("rectification", at("2026-03-02T10:00"))
    acts.hold(found, "enterprise", at("2026-03-16T15:00"))
    acts.meet(found, "officer", at("2026-03-16T15:00"), at("2026-03-21T11:00"))
    assert (found.state, found.met_at) == ("met", at("2026-03-16T15:00"))


def test_the_last_day_belongs_to_the_enterprise() -> None:
    found = begin("rectification", at("2026-03-02T10:00"))
    with pytest.raises(Conflict, match="to have passed"):
        acts.expire(found, "system", at("2026-03-17T23:59:59"))
    acts.expire(found, "system", at("2026-03-18T00:00"))


def test_a_date_moves_for_lawful_causes_only() -> None:
    found = begin("rectification", at("2026-03-02T10:00"))
    change = Change("convenience", "officer", at("2026-03-03T10:00"), found.due_date, None)
    with pytest.raises(Conflict, match="lawful cause"):
        acts.move(found, date(2026, 3, 20), change, Step("", ""))
    with pytest.raises(Conflict, match="lawful cause"):
        acts.end(found, "extension", "officer", at("2026-03-03T10:00"))


def test_upgrading_replaces_and_leaves_the_cause() -> None:
    found = begin("rectification", at("2026-03-02T10:00"), "general")
    acts.end(found, "upgraded", "head", at("2026-03-04T10:00"))
    assert (found.state, found.changes[-1].cause) == ("replaced", "upgraded")


def test_a_provisional_date_settles_when_the_year_is_published() -> None:
    found = begin("recheck", at("2027-02-04T10:00"))
    before, was_provisional = found.due_date, found.provisional
    days = [d for d in BASIS.calendar.specials.values() if d.day.year != 2027]
    rest = [date(2027, 2, 5) + timedelta(days=n) for n in range(9)]
    days += [SpecialDay(day, "holiday", "春节", "notice") for day in rest]
    published = Basis(BASIS.rules, WorkingCalendar.of(days))
    assert deadlines.resettle([found], published, at("2026-12-05T09:00"), "system") == [found]
    assert found.due_date == date(2027, 2, 17)
    assert (was_provisional, found.provisional) == (True, False)
    assert (found.changes[-1].cause, found.changes[-1].before) == ("calendar_published", before)
    assert deadlines.replay(found, published) == found.due_date


@given(INSTANTS, LEVELS, st.sampled_from(sorted({"rectification", "order", "recheck", "final"})))
def test_no_date_lies_before_its_start(moment: datetime, level: str, kind: str) -> None:
    found = begin(kind, moment, level)
    assert found.due_at > found.started_at
    assert found.due_date > clock.beijing_date(moment)
    assert found.explained


@given(INSTANTS, LEVELS)
def test_rolling_never_moves_an_enterprise_date(moment: datetime, level: str) -> None:
    days = BASIS.rules.whole(f"limits.{level}.max")
    due = begin("rectification", moment, level).due_date
    assert due == clock.beijing_date(moment) + timedelta(days=days)
    assert clock.beijing_date(moment) < deadlines.propose(BASIS, level, moment) <= due


@given(INSTANTS, LEVELS, st.integers(0, 15), st.sampled_from(["rectification", "recheck"]))
def test_replaying_the_record_gives_the_same_date(
    moment: datetime, level: str, shorter: int, kind: str
) -> None:
    last, _ = deadlines.limit(BASIS, kind, level, moment)
    printed = max(clock.beijing_date(moment), last - timedelta(days=shorter))
    found = begin(kind, moment, level, printed if kind == "rectification" else None)
    stored = Deadline.from_json(deadline_json.as_json(found))
    assert stored == found
    assert list(deadline_json.as_json(found)) == [field.name for field in fields(Deadline)]
    assert deadlines.replay(stored, BASIS) == found.due_date

"""What a process keeps of the zone holds no longer than it is true, whoever changes it."""

from __future__ import annotations

import re
import weakref
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from engine import clock
from engine.clock import VirtualClock
from engine.ports import Context, Grant
from tests.domain.kept_zone import Ask, Zone, kept_zone
from tests.domain.world import START
from workflows.domain import choices, organisation, zone
from workflows.domain.deadlines import Basis
from workflows.domain.revision_tables import BODIES, CALENDAR, POSTS, RULES, WATCHED

__all__ = ["kept_zone"]

TODAY = clock.beijing_date(START)
HEAD = Grant("bureau", "head")

_OF_ZONE = r"(?:FROM|JOIN) ((?:hz|org|bpm)_\w+)"


def _basis(command: Context) -> Basis:
    rules = zone.rules_in_force(command, TODAY)
    return zone.basis(command, rules.id, rules.version)


QUESTIONS: dict[str, tuple[Sequence[str], Ask]] = {
    "basis": ((RULES, CALENDAR), _basis),
    "rules_in_force": ((RULES,), lambda command: zone.rules_in_force(command, TODAY)),
    "body": ((BODIES,), lambda command: zone.body(command, "bureau")),
    "bodies": ((BODIES,), lambda command: zone.bodies(command, "town")),
    "body_of_kind": ((BODIES,), lambda command: zone.body_of_kind(command, "office")),
    "enterprises": ((BODIES,), zone.enterprises),
    "options": ((BODIES,), lambda command: choices.options("register", command)),
    "holders": ((POSTS,), lambda command: zone.holders(command, [HEAD])),
    "grants_of": ((POSTS,), lambda command: zone.grants_of(command, "bureau_head")),
}


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_what_is_known_costs_a_command_one_statement(kept_zone: Zone, name: str) -> None:
    subjects, question = QUESTIONS[name]
    first = kept_zone.statements(question)
    assert len(first) > 1
    again = kept_zone.statements(question)
    assert [re.findall(_OF_ZONE, one) for one in again] == [["org_revision"]]
    read = {found for one in first for found in re.findall(_OF_ZONE, one)}
    read -= {"org_revision"}
    assert {WATCHED.get(one) for one in read} == set(subjects)


def test_a_day_that_somebody_else_corrected_counts_at_once(kept_zone: Zone) -> None:
    def works(command: Context) -> bool:
        return bool(_basis(command).calendar.is_workday(date(2026, 3, 6)))

    assert kept_zone.ask(works)
    kept_zone.change(
        "INSERT INTO org_calendar_day (day, year, kind, name, source, provisional) "
        "VALUES ('2026-03-06', 2026, 'holiday', '', '', false)"
    )
    assert not kept_zone.ask(works)
    kept_zone.change("DELETE FROM org_calendar_day WHERE day = '2026-03-06'")
    assert kept_zone.ask(works)
    kept_zone.change("UPDATE org_calendar_year SET provisional = true WHERE year = 2026")
    assert kept_zone.ask(lambda one: _basis(one).calendar.is_provisional(date(2026, 3, 6)))


def test_a_version_withdrawn_and_adopted_anew_is_the_new_one(kept_zone: Zone) -> None:
    def days(command: Context) -> int:
        return _basis(command).rules.whole("limits.major.max")

    assert kept_zone.ask(days) == 15
    kept_zone.change(
        "UPDATE hz_rule_set SET content = replace(content, 'limits.major.max: {value: 15,', "
        "'limits.major.max: {value: 9,')"
    )
    assert kept_zone.ask(days) == 9


def test_posts_end_with_their_day_and_by_hand(kept_zone: Zone) -> None:
    def heads(command: Context) -> list[str]:
        return zone.holders(command, [HEAD])

    def both(command: Context) -> tuple[list[str], list[str]]:
        read = organisation.holders(command.session, [HEAD], command.now)
        return heads(command), read

    assert kept_zone.ask(heads) == ["bureau_head"]
    time = VirtualClock(START)
    with clock.use(time):
        last = TODAY + timedelta(days=3)
        kept_zone.change("UPDATE org_grant SET valid_to = :last", last=last.isoformat())
        time.advance(timedelta(days=3))
        assert kept_zone.ask(both) == (["bureau_head"], ["bureau_head"])
        time.advance(timedelta(days=1))
        assert kept_zone.ask(both) == ([], [])


def test_a_body_and_an_enterprise_are_as_they_are_named_now(kept_zone: Zone) -> None:
    def named(command: Context) -> tuple[str, str]:
        return zone.body(command, "bureau").name, next(
            iter(zone.enterprises(command).values())
        ).name

    kept_zone.ask(named)
    kept_zone.change("UPDATE org_body SET name = 'Renamed'")
    assert kept_zone.ask(named) == ("Renamed", "Renamed")
    first = kept_zone.ask(lambda command: next(iter(zone.enterprises(command))))
    kept_zone.change("UPDATE org_enterprise SET industry = 'x' WHERE id = :id", id=first)
    assert kept_zone.ask(lambda c: zone.enterprise(c, str(first)).industry) == "x"


def test_what_was_rolled_back_is_not_remembered(kept_zone: Zone) -> None:
    def named(command: Context) -> str:
        return zone.body(command, "bureau").name

    before = kept_zone.ask(named)

    with pytest.raises(ArithmeticError):
        _undone(kept_zone, named)
    assert kept_zone.ask(named) == before
    kept_zone.change("UPDATE org_body SET name = 'third'")
    assert kept_zone.ask(named) == "third"


def _undone(kept_zone: Zone, named: Ask) -> None:
    with kept_zone.command() as command:
        command.session.execute(text("UPDATE org_body SET name = 'first'"))
        assert named(command) == "first"
        command.session.execute(text("UPDATE org_body SET name = 'second'"))
        assert named(replace(command)) == "second"
        raise ArithmeticError


def test_what_has_an_older_mark_goes(kept_zone: Zone) -> None:
    gone = []
    for number in range(5):
        kept_zone.change("UPDATE org_body SET name = :name", name=f"Name {number}")
        gone.append(weakref.ref(kept_zone.ask(lambda command: zone.body(command, "bureau"))))
    assert [one() is None for one in gone] == [True, True, True, False, False]

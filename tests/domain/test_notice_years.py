"""A notice stands for whole years: each has its statutory holidays, borders join the neighbour."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.errors import Invalid, NotFound
from engine.ports import SYSTEM
from tests.copied import Copies
from tests.domain.notices import rest, whole
from tests.domain.world import World, new_world
from workflows.administration import calendar_years, notice_effect
from workflows.domain import notice_years, rule_store
from workflows.domain.working_days import SEED, SpecialDay

BORDER = date(2026, 12, 31)
WORKED = SpecialDay(date(2027, 1, 4), "workday", "元旦", "国办通知")


@pytest.fixture
def world(copied: Copies, tmp_path: Path) -> Iterator[World]:
    with new_world(copied, tmp_path) as opened:
        yield opened


def lacking(days: list[SpecialDay]) -> list[str]:
    return [festival.zh for festival, _ in notice_years.missing(days[0].day.year, days)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_published_year_is_whole(year: int) -> None:
    with (SEED / "published.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["year"]) == year]
    days = [SpecialDay(date.fromisoformat(r["day"]), r["kind"], r["name"], "") for r in rows]
    assert lacking(days) == []
    for word in ("清明", "中秋"):
        assert len(lacking([one for one in days if word not in one.name])) == 1, word


@pytest.mark.parametrize("year", range(2027, 2033))
def test_the_statutory_days_alone_are_a_whole_year(year: int) -> None:
    assert lacking(whole(year=year)) == []
    for festival in notice_years.FESTIVALS:
        words = festival.words
        left = [one for one in whole(year=year) if not any(word in one.name for word in words)]
        assert festival.zh in lacking(left)


def test_a_year_without_known_festivals_needs_them_by_name() -> None:
    fixed = [date(2040, 1, 1), date(2040, 5, 1), date(2040, 10, 1)]
    days = rest(*fixed, name="holiday")
    assert lacking(days) == ["春节", "清明节", "端午节", "中秋节"]
    days += rest(date(2040, 2, 13), name="Spring Festival")
    days += rest(date(2040, 4, 4), name="Qingming") + rest(date(2040, 6, 14), name="Dragon Boat")
    assert lacking(days) == ["中秋节"]


def test_a_part_of_a_year_is_refused_and_nothing_is_loaded(world: World) -> None:
    runtime = world.bihuan.runtime
    for call in (
        lambda: calendar_years.preview(runtime, [WORKED]),
        lambda: calendar_years.apply(runtime, SYSTEM, "default", [WORKED]),
    ):
        with pytest.raises(Invalid) as refused:
            call()
        (fault,) = refused.value.errors
        assert "2027 年缺少法定节日的放假日" in fault.message_zh
        assert "中秋节 2027-09-15" in fault.message_zh
        assert "National Day 2027-10-01" in fault.message
    with world.bihuan.database.read() as session:
        latest = calendar_years.years(session)[0]
    assert (latest.year, latest.provisional, latest.rest_days) == (2027, True, 13)


def test_days_at_the_border_join_the_neighbouring_year(world: World) -> None:
    days = [*rest(BORDER, name="元旦"), *whole(WORKED), *rest(date(2028, 1, 3), name="元旦")]
    with world.bihuan.database.read() as session:
        before, this, after = notice_effect.effects(session, days)
    assert (before.joined, before.before, before.after, list(before.gone)) == (True, 39, 40, [])
    assert (this.joined, this.published, this.after) == (False, False, 14)
    assert (after.joined, after.published) == (True, False)
    for _ in range(2):
        calendar_years.apply(world.bihuan.runtime, SYSTEM, "default", days)
    with world.bihuan.database.read() as session:
        calendar = rule_store.calendar(session)
        loaded = {one.year: one for one in calendar_years.years(session)}
    assert not calendar.is_workday(BORDER)
    assert not calendar.is_workday(date(2026, 10, 1))
    assert not calendar.is_workday(date(2028, 1, 3))
    assert loaded[2026].rest_days + loaded[2026].worked_days == 40
    assert "国务院" in loaded[2026].source
    assert (loaded[2027].provisional, loaded[2028].provisional) == (False, True)


def test_other_days_of_a_neighbouring_year_do_not_join() -> None:
    with pytest.raises(Invalid) as refused:
        notice_years.split([*rest(date(2026, 10, 12), name="国庆节"), *whole()])
    assert "2026 年缺少" in refused.value.errors[0].message_zh


def test_what_a_correction_takes_away_is_named(world: World) -> None:
    with world.bihuan.database.read() as session:
        specials = rule_store.calendar(session).specials.values()
        kept = [one for one in specials if one.day.year == 2026]
        dropped = next(one for one in kept if one.kind == "workday")
        (effect,) = notice_effect.effects(session, [one for one in kept if one is not dropped])
    assert (effect.published, effect.before, effect.after) == (True, 39, 38)
    assert effect.gone == [dropped.day]


def test_a_notice_tells_each_day_that_differs_and_the_same_one_that_none_does(
    world: World,
) -> None:
    with world.bihuan.database.read() as session:
        kept = calendar_years.days(session, 2026)
        (same,) = notice_effect.effects(session, kept)
        assert (same.unchanged, same.new, same.gone, same.changed) == (True, [], [], [])
        moved = replace(kept[3], kind="workday" if kept[3].kind == "holiday" else "holiday")
        added = SpecialDay(date(2026, 11, 24), "holiday", "更正", "更正通知")
        named = replace(kept[5], source="更正通知")
        days = [*kept[:3], moved, kept[4], named, *kept[6:], added]
        (effect,) = notice_effect.effects(session, days)
    assert not effect.unchanged
    assert (effect.new, effect.changed, effect.gone) == ([added], [moved], [])
    assert effect.reworded == 1


def test_a_provisional_year_is_changed_by_its_notice_even_where_the_days_are_the_same(
    world: World,
) -> None:
    with world.bihuan.database.read() as session:
        days = calendar_years.days(session, 2027)
        (effect,) = notice_effect.effects(session, days)
    assert (effect.published, effect.unchanged, effect.new) == (False, False, [])
    calendar_years.apply(world.bihuan.runtime, SYSTEM, "default", whole())
    with world.bihuan.database.read() as session:
        (again,) = notice_effect.effects(session, whole())
    assert again.unchanged


def test_a_year_that_is_not_loaded_has_no_days(world: World) -> None:
    with world.bihuan.database.read() as session, pytest.raises(NotFound):
        calendar_years.days(session, 1999)

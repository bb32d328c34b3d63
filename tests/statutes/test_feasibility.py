"""The shortest way through the steps of authorities, and how it fits a period on the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from engine.execution.bpmn_model import Node
from engine.execution.bpmn_reader import read_bpmn
from engine.verification.reading import read_model
from engine.verification.statutes.application import Limit
from engine.verification.statutes.events import parse_event
from engine.verification.statutes.shortest import Leg, Way, shortest
from engine.verification.statutes.steps import Drawn, steps_of
from tests.statutes.drawing import document, flows, names, on, plain, task
from workflows.domain.rule_set import parse, shipped_text
from workflows.domain.working_days import WorkingCalendar
from workflows.proving import feasibility

ENDS = plain("startEvent", "s") + plain("endEvent", "e")
LIMITS = {
    "two": Limit(2, "workdays"),
    "five": Limit(5, "workdays"),
    "six": Limit(6, "days"),
    "duty": Limit(3, "workdays", "duty.days", "duty"),
}


def _limit(node: Node) -> Limit | None:
    return LIMITS.get(node.properties["ladder"])


def _shortest(data: bytes, goal: str = "element e") -> list[str] | None:
    steps = steps_of(Drawn("p", read_model(data), read_bpmn(data), names(), {}))
    assert steps is not None
    way = Way((parse_event("act begin"),), (parse_event(goal),), _limit)
    found = shortest(steps, way, 5_000)
    if found is None or not found.there:
        return None
    return [leg.element for leg in found.legs]


def test_a_choice_takes_the_quicker_branch() -> None:
    drawn = ENDS + task("begin") + task("a", ladder="two") + task("b", ladder="five")
    drawn += plain("exclusiveGateway", "g", "m")
    data = document(drawn, flows("s > begin > g > a[x] > m > e", "g > b[y] > m"))
    assert _shortest(data) == ["a"]


def test_a_join_waits_for_the_slower_branch() -> None:
    drawn = ENDS + task("begin") + task("a", ladder="two") + task("b", ladder="five")
    drawn += plain("parallelGateway", "fork", "join") + task("c", ladder="two")
    data = document(drawn, flows("s > begin > fork > a > join > c > e", "fork > b > join"))
    assert _shortest(data) == ["b", "c"]


def test_a_box_takes_as_long_as_what_is_in_it() -> None:
    inner = plain("startEvent", "i") + task("b", ladder="five") + plain("endEvent", "o")
    box = f'<b:subProcess id="box">{inner}{flows("i > b > o")}</b:subProcess>'
    drawn = ENDS + task("begin") + box + task("c", ladder="two")
    assert _shortest(document(drawn, flows("s > begin > box > c > e"))) == ["b", "c"]


def test_only_what_follows_the_beginning_counts_and_no_date_is_a_short_cut() -> None:
    drawn = ENDS + task("before", ladder="five") + task("begin") + task("a", ladder="five")
    drawn += on("a", "late", "timer limit")
    data = document(drawn, flows("s > before > begin > a > e", "late > e"))
    assert _shortest(data) == ["a"]
    assert _shortest(data, "act never") is None


def test_the_last_task_counts_too() -> None:
    drawn = ENDS + task("begin") + task("a", ladder="two") + task("b", ladder="five")
    drawn += task("c", ladder="five") + plain("exclusiveGateway", "g", "m")
    # The branch that begins quicker ends later.
    data = document(drawn, flows("s > begin > g > a[x] > c > m > e", "g > b[y] > m"))
    assert _shortest(data) == ["b"]
    last = ENDS + plain("endEvent", "f") + task("begin") + task("a", ladder="two")
    last += task("b", ladder="six") + task("c", act="goal", ladder="five")
    last += task("h", act="goal", ladder="two") + plain("exclusiveGateway", "g")
    ways = flows("s > begin > g > a[x] > c > e", "g > b[y] > h > f")
    assert _shortest(document(last, ways), "act goal") == ["b", "h"]


def test_ways_that_were_left_out_are_told() -> None:
    drawn = ENDS + task("begin") + task("a", ladder="five")
    data = document(drawn, flows("s > begin > a > e"))
    steps = steps_of(Drawn("p", read_model(data), read_bpmn(data), names(), {}))
    assert steps is not None
    way = Way((parse_event("act begin"),), (parse_event("element e"),), _limit)
    whole = shortest(steps, way, 5_000)
    assert whole is not None
    assert whole.surely
    assert shortest(steps, way, 3) is None


def _legs(*ladders: str) -> list[Leg]:
    return [Leg(name, LIMITS[name]) for name in ladders]


CALENDAR = feasibility.seeded()


@pytest.mark.parametrize(
    ("ladders", "start", "end"),
    [
        (("two",), date(2026, 3, 6), date(2026, 3, 10)),
        (("two", "five"), date(2026, 3, 2), date(2026, 3, 11)),
        (("six",), date(2026, 3, 2), date(2026, 3, 8)),
        (("duty", "duty"), date(2026, 3, 2), date(2026, 3, 5)),
        (("duty", "duty", "two"), date(2026, 3, 2), date(2026, 3, 9)),
        (("two",), date(2026, 9, 30), date(2026, 10, 9)),
    ],
)
def test_a_way_is_finished_at_the_end_of_its_limits(
    ladders: tuple[str, ...], start: date, end: date
) -> None:
    assert feasibility.finished(CALENDAR, _legs(*ladders), start) == end


def test_an_ordinary_week_that_is_too_short_is_told_from_holidays() -> None:
    fits = feasibility.slack(CALENDAR, _legs("five"), 8)
    assert fits is not None
    assert fits.ordinary == 1
    assert fits.fits_ordinarily
    assert date(2026, 9, 30) in fits.late
    assert date(2026, 3, 2) not in fits.late
    short = feasibility.slack(CALENDAR, _legs("five"), 6)
    assert short is not None
    assert short.ordinary is not None
    assert short.ordinary < 0
    assert not short.fits_ordinarily
    assert short.least <= short.ordinary


def test_a_period_is_rules_added_up() -> None:
    rules = parse(shipped_text())
    assert feasibility.period(rules, ["limits.major.max"]) == 15
    assert feasibility.period(rules, ["limits.major.max", "extension.max_days.1"]) == 45
    assert feasibility.period(rules, ["limits.major.max", "-extension.request_reminders.0"]) == 7


def test_days_in_a_row_are_written_as_a_span() -> None:
    days = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 9)]
    assert feasibility.spans(days) == ["2026-02-27—2026-03-01", "2026-03-09"]


def test_without_a_day_to_start_from_nothing_is_known() -> None:
    assert feasibility.slack(WorkingCalendar.of([]), _legs("two"), 15) is None

"""Whoever keeps silent is heard of: by a ladder, by a date, or not at all."""

from __future__ import annotations

from engine.verification.statutes.application import Application
from tests.statutes.drawing import (
    choice,
    document,
    event,
    flows,
    judged,
    on,
    one,
    plain,
    service,
    task,
    way,
)

ENDS = plain("startEvent", "s") + plain("endEvent", "e")
TOPS = Application(tops=frozenset({"w1"}))
PART = {"pattern": "escalated", "alarms": ["operation alarm"]}


def test_a_ladder_that_ends_above_is_enough() -> None:
    data = document(ENDS, task("a"), flows("s > a > e"))
    assert one(judged(data, PART, application=TOPS)).holds is True


def test_a_silence_that_nobody_hears_of_is_shown() -> None:
    data = document(ENDS, task("a"), task("b", ladder="none"), flows("s > a > b > e"))
    found = one(judged(data, PART, application=TOPS))
    assert (found.holds, found.element, way(found)) == (False, "b", ["s", "a", "b"])


def test_a_date_that_cuts_the_task_off_and_tells_is_heard() -> None:
    drawn = ENDS + task("b", ladder="none") + on("b", "late", "timer limit")
    drawn += service("alarm", "alarm")
    data = document(drawn, flows("s > b > e", "late > alarm > e"))
    assert one(judged(data, PART, application=TOPS)).holds is True
    mute = document(drawn, flows("s > b > e", "late > e", "alarm > e"))
    assert one(judged(mute, PART, application=TOPS)).holds is False


def test_a_date_beside_the_task_is_heard_as_long_as_it_may_come() -> None:
    drawn = ENDS + task("b", ladder="none") + on("b", "late", "timer limit", cancel=False)
    drawn += service("alarm", "alarm") + plain("endEvent", "told")
    data = document(drawn, flows("s > b > e", "late > alarm > told"))
    assert one(judged(data, PART, application=TOPS)).holds is True


def test_a_clock_that_ends_while_the_task_goes_on_is_not_enough() -> None:
    drawn = ENDS + task("b", ladder="none") + task("c", ladder="none")
    drawn += event("intermediateCatchEvent", "clock", "timer limit") + service("alarm", "alarm")
    drawn += plain("parallelGateway", "fork", "join")
    data = document(drawn, flows("s > fork > b > c > join > e", "fork > clock > alarm > join"))
    found = judged(data, PART, application=TOPS)
    assert {one.element for one in found} == {"b", "c"}
    turning = plain("exclusiveGateway", "m")
    forever = document(
        drawn, turning, flows("s > fork > b > c > e", "fork > m > clock > alarm > m")
    )
    assert one(judged(forever, PART, application=TOPS)).holds is True


def test_an_act_without_rungs_has_no_ladder_whatever_it_names() -> None:
    data = document(ENDS, task("a"), flows("s > a > e"))
    bare = Application(tops=frozenset({"w1"}), without_top=frozenset({"a"}))
    assert one(judged(data, PART, application=bare)).element == "a"


def test_a_date_that_tells_only_sometimes_is_not_enough() -> None:
    drawn = ENDS + task("b", ladder="none") + service("alarm", "alarm") + choice("g", "none")
    drawn += plain("endEvent", "told", "none")
    for cancel in (False, True):
        late = on("b", "late", "timer limit", cancel=cancel)
        data = document(drawn, late, flows("s > b > e", "late > g > alarm[x] > told", "g > none"))
        found = one(judged(data, PART, application=TOPS))
        assert (found.holds, found.element) == (False, "b")
        assert {"late", "g"} <= set(way(found))
        assert "alarm" not in way(found)


def test_a_date_that_never_passes_is_no_watch() -> None:
    drawn = ENDS + task("a") + task("b", ladder="none") + service("alarm", "alarm")
    drawn += on("a", "late", "timer limit", cancel=False) + plain("endEvent", "told")
    data = document(drawn, flows("s > a > b > e", "late > alarm > told"))
    assert one(judged(data, PART, application=TOPS)).holds is False

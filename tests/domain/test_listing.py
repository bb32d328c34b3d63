"""The public list: on which grounds, on which days, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import Context
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ledger, listing
from workflows.domain.case_schema import CaseSchema
from workflows.domain.hazard_case import HazardCase

LOWER = {"level": "larger", "expert_opinion": "危害较小", "reason": "复核"}


class Silent:
    """A journal into which nothing is to be written."""

    def record(self, act: str, *_: Any, **__: Any) -> None:
        pytest.fail(act)

    def send(self, channel: str, recipient: str, payload: Mapping[str, Any]) -> None:
        pytest.fail(channel)


def published(world: World, case: str, day: str = "2026-03-02") -> None:
    world.do("park_east_head", case, "publish", medium="园区网站", published_on=day)


def lowered(world: World, case: str) -> dict[str, Any]:
    world.act("bureau_head", case, "level.lower", **LOWER)
    found: dict[str, Any] = world.document(case)["listing"]
    return found


def grade(world: World, case: str) -> int:
    with world.bihuan.database.read() as session:
        return ledger.row(session, world.actor("auditor"), case).listing_grade


def test_a_listing_on_the_level_alone_ends_when_the_level_is_lowered(world: World) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    found = lowered(world, case)
    assert (found["ended"]["reason"], found["ended"]["grade"]) == ("downgraded", 1)
    assert (found["grounds"], grade(world, case)) == ([], 0)
    assert set(world.open_tasks(case)) == {"remove", "rectify"}
    world.do("park_east_head", case, "remove", medium="园区网站", removed_on="2026-03-02")
    assert world.document(case)["listing"]["removed_on"] == "2026-03-02"
    assert not CaseSchema().validate(dict(world.document(case)))


def test_an_unpublished_listing_ends_without_anything_to_take_down(world: World) -> None:
    case = journeys.served(world, "major")
    assert lowered(world, case)["ended"]["reason"] == "downgraded"
    assert set(world.open_tasks(case)) == {"rectify"}


def test_a_listing_with_another_ground_stays(world: World) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    document = dict(world.document(case))
    document["extensions"] = 1
    with world.bihuan.database.read() as session:
        context = Context(clock.now(), world.actor("bureau_head"), session, Silent())
        kept = HazardCase(case, "default", document, lambda _: pytest.fail("no date is computed"))
        listing.raised(kept, context)
        kept.data["level"] = "larger"
        listing.downgraded(kept, context)
    found = kept.data["listing"]
    assert [one["ground"] for one in found["grounds"]] == ["on_extension"]
    assert (found["grade"], found["ended"]) == (2, None)
    assert kept.data["bodies"]["listing_body"] == kept.data["bodies"]["office"]


def test_a_hazard_listed_again_keeps_the_former_listing_on_record(world: World) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    lowered(world, case)
    world.do("park_east_head", case, "remove", medium="园区网站", removed_on="2026-03-02")
    world.pass_time(days=1)
    journeys.raised(world, case)
    journeys.serve(world, case, "major", due_date="2026-03-10")
    found = world.document(case)["listing"]
    assert (found["grade"], found["published"], found["ended"]) == (1, False, None)
    assert [one["published_on"] for one in found["former"]] == ["2026-03-02"]
    assert found["former"][0]["ended"]["reason"] == "downgraded"
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="误报")
    assert not world.open_tasks(case)


@pytest.mark.parametrize(
    ("day", "zh"), [("2026-03-03", "不得晚于今天"), ("2026-03-01", "不得早于挂牌决定日")]
)
def test_a_listing_is_published_between_its_beginning_and_today(
    world: World, day: str, zh: str
) -> None:
    case = journeys.served(world, "major")
    with pytest.raises(Invalid) as refused:
        published(world, case, day)
    (error,) = refused.value.errors
    assert error.field == "published_on"
    assert zh in error.message_zh
    published(world, case)
    assert world.document(case)["listing"]["published_on"] == "2026-03-02"


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-01"])
def test_a_listing_is_taken_down_between_publication_and_today(world: World, day: str) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    lowered(world, case)
    with pytest.raises(Invalid) as refused:
        world.do("park_east_head", case, "remove", medium="园区网站", removed_on=day)
    assert refused.value.errors[0].field == "removed_on"


def test_a_listing_from_before_grounds_were_kept_rests_on_the_level(world: World) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    old = dict(world.document(case)["listing"]) | {"grounds": []}
    assert [one["ground"] for one in listing.grounds(old)] == ["major_confirmed"]
    assert listing.grounds(old | {"grade": 0}) == []


def ordered(world: World, person: str = "leader", level: str = "larger") -> str:
    case = journeys.served(world, level)
    world.act(person, case, "listing.open", reason="挂牌督办")
    return case


def notice(world: World, case: str, **changes: Any) -> None:
    data = {
        "basis": "领导批示",
        "frequency": "每7天",
        "supervising_body": "区安委办",
        "department": "经商局",
        "medium": "区政府网站",
        "published_on": "2026-03-02",
    }
    world.do("office_officer", case, "publish_zone", **(data | changes))


@pytest.mark.parametrize("person", ["leader", "principal_leader"])
@pytest.mark.parametrize("level", ["general", "larger", "major"])
def test_a_leader_lists_a_hazard_of_any_level_with_the_zone(
    world: World, person: str, level: str
) -> None:
    case = ordered(world, person, level)
    found = world.document(case)["listing"]
    assert (grade(world, case), found["grounds"][-1]["ground"]) == (2, "by_order")
    assert (found["ordered"]["by"], found["ordered"]["reason"]) == (person, "挂牌督办")
    assert "publish_zone" in world.open_tasks(case)
    assert "publish" not in world.open_tasks(case)
    with pytest.raises(Conflict):
        world.act("leader", case, "listing.open", reason="再次")


def test_the_zones_notice_begins_with_its_ground(world: World) -> None:
    case = ordered(world)
    officer, task = world.actor("office_officer"), world.open_tasks(case)["publish_zone"]
    form = world.bihuan.runtime.task_form(officer, task)
    assert form.values["basis"] == "区领导指令挂牌督办"


@pytest.mark.parametrize("person", ["park_east_head", "bureau_head", "office_officer"])
def test_nobody_else_orders_a_listing(world: World, person: str) -> None:
    case = journeys.served(world, "larger")
    with pytest.raises(NotAllowed):
        world.act(person, case, "listing.open", reason="越权")


def test_nothing_is_listed_by_order_before_it_has_a_level(world: World) -> None:
    case = world.register()
    with pytest.raises(Conflict):
        world.act("leader", case, "listing.open", reason="挂牌督办")


def test_an_order_stands_when_the_level_is_lowered(world: World) -> None:
    case = ordered(world, level="major")
    found = lowered(world, case)
    assert [one["ground"] for one in found["grounds"]] == ["by_order"]
    assert (found["ended"], grade(world, case)) == (None, 2)


def test_the_notice_of_the_zone_names_the_date_that_stands(world: World) -> None:
    case = ordered(world)
    with pytest.raises(Invalid) as refused:
        notice(world, case, finish_by="2026-03-10")
    assert refused.value.errors[0].field == "finish_by"
    notice(world, case)
    kept = world.document(case)["listing"]["notice"]
    assert (kept["finish_by"], kept["department"]) == ("2026-03-09", "经商局")
    assert not CaseSchema().validate(dict(world.document(case)))


def test_an_enterprise_reports_and_the_supervising_body_takes_note(world: World) -> None:
    case = ordered(world)
    notice(world, case)
    world.pass_time(days=8)
    with pytest.raises(NotAllowed):
        world.do("office_officer", case, "progress", progress="p", percent=10)
    world.do("principal1", case, "progress", progress="p", percent=10)
    world.do("office_officer", case, "take_note", opinion="抓紧")
    (report,) = world.document(case)["listing"]["reports"]
    assert (report["written_by"], report["noted"]["opinion"]) == ("enterprise", "抓紧")


def test_the_supervising_body_writes_the_report_of_a_silent_enterprise(world: World) -> None:
    case = ordered(world)
    notice(world, case)
    world.pass_time(days=8)
    world.pass_time(days=5)
    world.do("office_officer", case, "progress", progress="现场核实", percent=10)
    (report,) = world.document(case)["listing"]["reports"]
    assert (report["written_by"], report["by"]) == ("authority", "office_officer")
    assert "take_note" not in world.open_tasks(case)


def test_a_listing_is_taken_down_in_the_medium_it_was_published_in(world: World) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    lowered(world, case)
    with pytest.raises(Invalid) as refused:
        world.do("park_east_head", case, "remove", medium="报纸", removed_on="2026-03-02")
    assert refused.value.errors[0].field == "medium"
    world.do("park_east_head", case, "remove", removed_on="2026-03-02")
    assert world.document(case)["listing"]["removed_medium"] == "园区网站"


def test_an_overdue_major_hazard_is_listed_by_the_zone_once(world: World) -> None:
    case = journeys.served(world, "major")
    published(world, case)
    world.pass_time(days=16)
    found = world.document(case)["listing"]
    assert [one["ground"] for one in found["grounds"]] == ["major_confirmed", "on_overdue_major"]
    assert (found["grade"], "publish_zone" in world.open_tasks(case)) == (2, True)

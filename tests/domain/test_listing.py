"""The public list: on which grounds, on which days, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine import clock
from engine.errors import Invalid
from engine.ports import Context
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ledger, listing
from workflows.domain.case_schema import CaseSchema
from workflows.domain.hazard_case import HazardCase

LOWER = {"level": "larger", "expert_opinion": "危害较小", "reason": "复核"}
UPWARD = {"level": "major", "criterion": "令10 第五条(六)", "reason": "新发现"}


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
    assert set(world.open_tasks(case)) == {"remove", "submit_plan"}
    world.do("park_east_head", case, "remove", medium="园区网站", removed_on="2026-03-02")
    assert world.document(case)["listing"]["removed_on"] == "2026-03-02"
    assert not CaseSchema().validate(dict(world.document(case)))


def test_an_unpublished_listing_ends_without_anything_to_take_down(world: World) -> None:
    case = journeys.served(world, "major")
    assert lowered(world, case)["ended"]["reason"] == "downgraded"
    assert set(world.open_tasks(case)) == {"submit_plan"}


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
    for person in ("inspector1", "inspector2"):
        world.act(person, case, "level.raise_propose", **UPWARD)
    world.act("bureau_head", case, "level.raise", **UPWARD)
    journeys.serve(world, case, "major", due_date="2026-03-10")
    found = world.document(case)["listing"]
    assert (found["grade"], found["published"], found["ended"]) == (1, False, None)
    assert [one["published_on"] for one in found["former"]] == ["2026-03-02"]
    assert found["former"][0]["ended"]["reason"] == "downgraded"
    world.act("inspector1", case, "case.void_propose", reason="误报")
    world.act("bureau_head", case, "case.void", reason="误报")
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

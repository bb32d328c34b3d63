"""An exit leaves nothing open, whatever was under way; a raise leaves what has arisen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import NotAllowed
from tests.domain import extensions, journeys
from tests.domain.world import World
from workflows.domain import interview_entries, organisation
from workflows.domain.case_schema import CaseSchema
from workflows.domain.org_facts import Body


def signing(world: World) -> str:
    case = extensions.requested(world)
    extensions.park(world, case)
    return case


def returned(world: World) -> str:
    case = extensions.requested(world)
    extensions.park(world, case, "return")
    return case


def overdue(world: World) -> str:
    """An interview, a recheck at expiry and a decision on enforcement are open."""
    case = extensions.running(world)
    world.pass_time(days=16)
    return case


def pursued(world: World) -> str:
    case = overdue(world)
    world.do("bureau_head", case, "decide", pursue="yes", reason="r", penalty=True)
    return case


def unfiled(world: World) -> str:
    return extensions.granted(world)


def void(world: World, case: str) -> None:
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="误报")


def transfer(world: World, case: str) -> None:
    world.act("bureau_head", case, "case.transfer", receiver="市应急管理局", reason="市管")


def shut_down(world: World, case: str) -> None:
    photos = [world.photo("bureau_head")]
    world.act("bureau_head", case, "case.shut_down", reason="关停", photos=photos)


MOMENTS = (signing, returned, overdue, pursued, unfiled)
EXITS = ((void, "voided"), (transfer, "transferred"), (shut_down, "shut_down"))


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("leave", "name"), EXITS)
def test_an_exit_ends_every_row_request_and_duty_with_its_cause(
    world: World,
    moment: Callable[[World], str],
    leave: Callable[[World, str], None],
    name: str,
) -> None:
    case = moment(world)
    before = world.document(case)
    leave(world, case)
    document = world.document(case)
    assert extensions.state(world, case) == name
    assert not world.open_tasks(case)
    assert not [one for one in document["deadlines"] if one["state"] in ("live", "held")]
    running = {one["number"] for one in before["deadlines"] if one["state"] in ("live", "held")}
    ended = [one for one in document["deadlines"] if one["number"] in running]
    assert {one["state"] for one in ended} == {"voided"}
    assert {one["changes"][-1]["note"] for one in ended} == {name}
    still = {one["status"] for one in document["extension_requests"]}
    assert still <= {"ended", "effective"}
    assert len(still) == len(before["extension_requests"])
    assert [one["lapsed"]["cause"] for one in document["interviews"]] == [
        name for _ in before["interviews"]
    ]
    for one in document["enforcements"]:
        assert (one["decision"] is None) is (one["lapsed"] is not None)
    assert not CaseSchema().validate(dict(document))


def test_what_was_held_stays_held_after_an_exit(world: World) -> None:
    case = overdue(world)
    document = dict(world.document(case))
    entry = document["interviews"][0] | {"held": {"at": document["found_at"]}}
    kept = {"interviews": [entry]}
    assert interview_entries.lapse_unheld(kept, extensions.END, "voided") == []
    assert kept["interviews"][0]["lapsed"] is None


def test_strike_off_ends_a_filing_that_nobody_did(world: World) -> None:
    case = unfiled(world)
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    journeys.struck_off(world, case, "larger")
    assert extensions.state(world, case) == "struck_off"
    assert not world.open_tasks(case)
    ((_, filing, _),) = extensions.rows(world, case, "filing")
    assert filing == "voided"
    assert extensions.last(world, case)["filing"]["register_number"] is None


def test_a_raise_during_sign_off_ends_request_and_rows(world: World) -> None:
    case = signing(world)
    journeys.raised(world, case)
    assert extensions.last(world, case)["status"] == "ended"
    assert not world.document(case)["extension_pending"]
    assert set(world.open_tasks(case)) == {"serve_order"}
    running = [
        one["kind"] for one in world.document(case)["deadlines"] if one["state"] in ("live", "held")
    ]
    assert running == ["serve"]


def test_a_raise_after_expiry_keeps_interview_and_enforcement(world: World) -> None:
    case = overdue(world)
    journeys.raised(world, case)
    assert set(world.open_tasks(case)) == {"serve_order", "propose_host", "decide"}
    assert world.document(case)["interviews"][0]["lapsed"] is None
    assert world.document(case)["enforcements"][0]["lapsed"] is None


def test_lowering_before_expiry_leaves_a_pending_request(world: World) -> None:
    case = signing(world)
    world.act(
        "bureau_head", case, "level.lower", level="general", expert_opinion="危害小", reason="r"
    )
    assert extensions.last(world, case)["status"] == "pending"
    extensions.department(world, case)
    assert extensions.last(world, case)["status"] == "effective"
    assert world.document(case)["listing"]["grounds"][0]["ground"] == "on_extension"


def test_whoever_may_not_transfer_is_told_whose_head_decides(world: World) -> None:
    case = world.register()
    with pytest.raises(NotAllowed) as refused:
        world.act("economy_head", case, "case.transfer", receiver="市应急管理局", reason="市管")
    bureau = finder_of(world, case)
    assert f"the head of {bureau.name}, but" in refused.value.message
    assert refused.value.message_zh == f"移交须由{bureau.name_zh}的负责人决定"


def finder_of(world: World, case: str) -> Body:
    finder = world.document(case)["bodies"]["finder"]
    with world.bihuan.database.read() as session:
        return organisation.body(session, finder)

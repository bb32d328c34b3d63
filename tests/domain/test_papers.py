"""Papers: issued when their step happens, numbered by kind and year, never changed later."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from engine import clock
from engine.errors import Incident, NotFound
from engine.store import queries
from engine.store.base import json_text
from tests.domain import extensions, interviews, journeys
from tests.domain.world import World
from workflows.domain import organisation
from workflows.domain.org_tables import BodyRow
from workflows.domain.papers import issuing, reading
from workflows.domain.papers.kinds import KINDS
from workflows.domain.papers.reading import Paper
from workflows.domain.papers.tables import PaperRow


def papers(world: World, case: str, kind: str = "") -> list[Paper]:
    with world.bihuan.database.read() as session:
        return [one for one in reading.of_case(session, case) if kind in ("", one.kind)]


def values(paper: Paper) -> Mapping[str, Any]:
    return {field["key"]: field["value"] for field in paper.content["fields"]}


def test_every_kind_has_fields_in_both_languages() -> None:
    assert list(KINDS) == [
        *("D9", "D10", "D11", "D12", "D13", "D14", "D15", "D16"),
        *("own", "own_in", "own_dr"),
    ]
    assert len({kind.word for kind in KINDS.values()}) == len(KINDS)
    for kind in KINDS.values():
        assert not kind.zh.isascii()
        assert kind.en.isascii()
        keys = [field.key for field in kind.fields]
        assert len(keys) == len(set(keys))
        assert all(field.en.isascii() and not field.zh.isascii() for field in kind.fields)


def test_an_application_is_issued_when_asked_and_again_with_its_opinions(world: World) -> None:
    case = extensions.requested(world)
    (first,) = papers(world, case)
    assert (first.kind, first.number, first.edition) == ("D9", "GY延申〔2026〕第1号", 1)
    assert values(first)["opinion_park_command"] is None
    assert values(first)["new_date"] == "2026-03-27"
    extensions.park(world, case)
    extensions.department(world, case)
    before, after = papers(world, case, "D9")
    assert (before.status, after.status) == ("superseded", "valid")
    assert (after.number, after.edition) == (first.number, 2)
    assert values(after)["opinion_park_command"]["en"].startswith("Agreed")
    assert [one["decision"] for one in after.signatories] == ["agree", "agree"]


def test_a_decision_says_until_when_or_why_not(world: World) -> None:
    granted = extensions.requested(world)
    extensions.park(world, granted)
    extensions.department(world, granted)
    (paper,) = papers(world, granted, "D10")
    assert values(paper)["new_date"] == "2026-03-27"
    assert values(paper)["decision"][0]["zh"] == "☑ 同意"
    refused = extensions.requested(world)
    extensions.park(world, refused, "refuse")
    (paper,) = papers(world, refused, "D10")
    assert paper.number == "GY延审〔2026〕第2号"
    assert values(paper)["new_date"] is None
    assert values(paper)["reason"] == ["理由"]


def test_numbers_begin_again_with_the_year(world: World) -> None:
    extensions.requested(world)
    world.time.set(datetime(2027, 1, 4, 1, 0, tzinfo=UTC))
    case = world.register(description="第二年")
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date="2027-01-18")
    data = extensions.asked(world, new_date="2027-01-28")
    world.act("principal1", case, "extension.request", **data)
    assert papers(world, case)[0].number == "GY延申〔2027〕第1号"


def test_the_register_entry_names_its_number_and_an_upheld_objection_voids(world: World) -> None:
    filed = extensions.requested(world)
    extensions.park(world, filed)
    extensions.department(world, filed)
    world.do("inspector1", filed, "file", decision="file")
    (paper,) = papers(world, filed, "D11")
    assert values(paper)["register_number"].startswith("GY延备〔2026〕")
    undone = extensions.requested(world)
    extensions.park(world, undone)
    extensions.department(world, undone)
    world.do("inspector1", undone, "file", decision="object", reason="客观因素存疑")
    world.do("leader", undone, "objection", decision="uphold", reason="不属客观因素")
    decision, withdrawal = papers(world, undone, "D10")
    assert (decision.status, withdrawal.status) == ("voided", "valid")
    said = values(withdrawal)
    assert "撤销延期至 2026-03-27 的决定，恢复原期限 2026-03-17" in said["decision"]["zh"]
    assert said["reason"] == ["客观因素存疑", "不属客观因素"]
    assert said["new_date"] is None
    (leader,) = withdrawal.signatories
    assert (leader["decision"], leader["opinion"]) == ("uphold", "不属客观因素")


def _lapsed(world: World, case: str) -> None:
    extensions.department(world, case, "return")
    world.pass_time(days=3)


def _withdrawn(world: World, case: str) -> None:
    world.act("principal1", case, "extension.withdraw", reason="已可按期完成")


def _case_voided(world: World, case: str) -> None:
    world.act("bureau_deputy", case, "case.void_propose", reason="不属隐患")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="不属隐患")


@pytest.mark.parametrize("end", [_lapsed, _withdrawn, _case_voided])
def test_an_application_on_which_nobody_decided_is_marked_void(
    world: World, end: Callable[[World, str], None]
) -> None:
    case = extensions.requested(world)
    extensions.park(world, case)
    end(world, case)
    assert papers(world, case, "D9")[-1].status == "voided"
    assert "paper.voided" in extensions.history(world, case)


def test_an_application_that_was_refused_stands(world: World) -> None:
    case = extensions.requested(world)
    extensions.park(world, case, "refuse")
    assert [one.status for one in papers(world, case, "D9")] == ["superseded", "valid"]


def test_a_listing_is_noticed_and_its_progress_reported(world: World) -> None:
    case = journeys.served(world, "major")
    world.do("park_east_head", case, "publish", medium="管委会网站", published_on="2026-03-02")
    (notice,) = papers(world, case, "D12")
    assert values(notice)["criterion"] == "令10 第五条(六)"
    assert values(notice)["interim_measures"] == "停用一号炉"
    world.pass_time(days=8)
    world.do("principal1", case, "progress", progress="已到货", percent=60)
    (report,) = papers(world, case, "D13")
    assert values(report)["percent"] == "60 %"


def test_the_zones_notice_says_what_the_office_entered(world: World) -> None:
    case = journeys.served(world, "major")
    world.act("leader", case, "listing.open", reason="挂牌督办")
    said = {
        "basis": "区领导指令〔2026〕1号",
        "finish_by": "2026-03-10",
        "frequency": "每3天",
        "supervising_body": "区安委会",
        "department": "区消防机构",
    }
    published = {"medium": "区政府网站", "published_on": "2026-03-02"}
    world.do("office_officer", case, "publish_zone", **said, **published)
    (notice,) = papers(world, case, "D12")
    keys = ("criterion", "finish_by", "progress", "listing_body", "department")
    assert [values(notice)[key] for key in keys] == list(said.values())


def test_the_silence_of_an_authority_is_the_first_cause_of_an_interview(world: World) -> None:
    case = extensions.requested(world)
    asked = extensions.last(world, case)["at"]
    extensions.park(world, case)
    interviews.expire(world, "2026-03-17")
    interviews.until(world, "2026-03-18T09:00")
    interviews.named(world, case)
    interviews.noticed(world, case, "2026-03-20T09:00")
    (notice,) = papers(world, case, "D14")
    silence, overdue = values(notice)["cause"]
    since = clock.beijing(datetime.fromisoformat(asked)).strftime("%Y-%m-%d %H:%M")
    assert silence["zh"].startswith(f"行业主管部门自 {since} 收到第1号延期申请")
    assert overdue["zh"].endswith("未在 2026-03-17 前完成整改")


def test_an_interview_is_noticed_minuted_and_reported_on(world: World) -> None:
    case = interviews.ready(world)
    (notice,) = papers(world, case, "D14")
    assert interviews.entry(world, case)["notice"]["paper"] == notice.number
    assert values(notice)["due_date"] == "2026-03-09"
    assert values(notice)["substitute"]["zh"] == "不得委托他人参加"
    interviews.held(world, case)
    (minutes,) = papers(world, case, "D15")
    assert interviews.entry(world, case)["held"]["paper"] == minutes.number
    assert values(minutes)["final_date"] == "2026-03-16"
    assert values(minutes)["signature"]["en"] == "Signed"
    proof = [world.photo("principal1")]
    world.do("principal1", case, "report", text="已到货", evidence=proof)
    (report,) = papers(world, case, "D16")
    assert values(report)["text"] == "已到货"
    assert len(values(report)["evidence"]) == 1


def test_put_off_the_notice_is_issued_again_under_its_number(world: World) -> None:
    case = interviews.ready(world)
    world.do(
        "park_east_head",
        case,
        "hold",
        outcome="postponed",
        ground="illness",
        proof=[world.photo("park_east_head")],
        to=interviews.at("2026-03-13T10:00").isoformat(),
        new_mode="video",
    )
    first, second = papers(world, case, "D14")
    assert (first.number, first.edition, second.edition) == (second.number, 1, 2)
    assert values(second)["way"]["en"] == "Video"
    assert interviews.entry(world, case)["notice"]["paper"] == second.number
    assert papers(world, case, "D15") == []


def test_what_was_issued_does_not_follow_later_data(world: World) -> None:
    case = extensions.requested(world)
    (before,) = papers(world, case)
    with world.bihuan.database.begin() as session:
        session.execute(update(BodyRow).where(BodyRow.id == "park_east").values(name_zh="改名"))
        assert organisation.body(session, "park_east").name_zh == "改名"
    (after,) = papers(world, case)
    assert after.content == before.content
    assert values(after)["area"]["zh"] == "示例park_east"


def test_the_history_holds_the_hash_and_a_changed_paper_is_an_incident(world: World) -> None:
    case = extensions.requested(world)
    (paper,) = papers(world, case)
    assert paper.sha256 == hashlib.sha256(json_text(paper.content).encode()).hexdigest()
    with world.bihuan.database.read() as session:
        rows = [one for one in queries.case_history(session, case) if one.act == "paper.issued"]
    assert [row.data["sha256"] for row in rows] == [paper.sha256]
    with world.bihuan.database.begin() as session:
        changed = json_text({**paper.content, "case_number": "GY-0"})
        session.execute(update(PaperRow).values(content=changed))
    with pytest.raises(Incident):
        papers(world, case)


def test_a_paper_is_found_by_number_and_by_id_within_its_case(world: World) -> None:
    case, other = extensions.requested(world), world.register(description="另一隐患")
    (paper,) = papers(world, case)
    with world.bihuan.database.read() as session:
        assert reading.get(session, case, paper.number).id == paper.id
        assert reading.get(session, case, paper.id).number == paper.number
        with pytest.raises(NotFound):
            reading.get(session, other, paper.id)


def test_papers_name_the_rule_set_and_call_no_date_statutory(world: World) -> None:
    case = extensions.requested(world)
    (paper,) = papers(world, case)
    assert paper.content["basis"]["rule_set"] == "GY-2022-15"
    assert paper.content["basis"]["article"] == "(十五)"
    with world.bihuan.database.read() as session:
        texts = session.scalars(select(PaperRow.content)).all()
    assert not [text for text in texts if "法定" in text]


def test_an_unknown_field_is_an_incident() -> None:
    with pytest.raises(Incident):
        issuing._kind("D9", {"nonsense": 1})
    with pytest.raises(Incident):
        issuing._kind("D99", {})

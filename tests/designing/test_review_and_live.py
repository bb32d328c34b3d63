"""From a draft to the next version: another person approves, and only what still fits goes live."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import clock
from engine.clock import VirtualClock
from engine.errors import Conflict, Invalid, NotAllowed, Stale
from engine.ports import Actor
from engine.store import definitions
from tests.designing.editor import DIAGRAM, PROCESS
from tests.designing.roads import (
    AGENCY,
    FORM,
    approved,
    changed,
    files,
    latest,
    proposed,
    put,
    read,
    steps,
    told,
    who,
)
from tests.web.visitor import START
from workflows.administration import record
from workflows.app import Bihuan
from workflows.beforehand import Read
from workflows.designing import (
    beginning,
    drafts,
    exchange,
    going_live,
    news,
    permission,
    rebasing,
    reviewing,
    rolling_back,
    stepping,
)
from workflows.designing.stepping import Steps
from workflows.domain import rule_set, rule_store

pytestmark = pytest.mark.usefixtures("copied")


def test_another_person_approves_and_it_becomes_the_next_version(bihuan: Bihuan) -> None:
    draft = changed(bihuan)
    seen = proposed(bihuan, draft)
    assert seen.state == "proposed"
    assert "approval is asked for" in told(bihuan, "designer2")[0]
    with pytest.raises(NotAllowed):
        reviewing.approve(bihuan, who(bihuan), draft.id, seen.digest or "")
    with pytest.raises(Conflict):
        reviewing.approve(bihuan, who(bihuan, "designer2"), draft.id, "another")
    with pytest.raises(Conflict):
        going_live.go_live(bihuan, who(bihuan), draft.id)
    reviewing.approve(bihuan, who(bihuan, "office_head"), draft.id, seen.digest or "")
    live = going_live.go_live(bihuan, who(bihuan), draft.id)
    assert (live.state, live.version, latest(bihuan)) == ("live", 2, 2)
    with bihuan.database.read() as session:
        found = definitions.latest(session, PROCESS)
        held = definitions.files(session, PROCESS, 2)
        first = definitions.files(session, PROCESS, 1)
    assert found is not None
    assert found.digest == seen.digest
    assert {path for path in held if held[path] != first[path]} == {DIAGRAM}
    assert sum(a != b for a, b in zip(*lines(held, first), strict=True)) == 1
    assert steps(bihuan, draft) == ["draft.begin", "draft.propose", "draft.approve", "draft.live"]


def lines(*of: dict[str, bytes]) -> list[list[bytes]]:
    return [one[DIAGRAM].splitlines() for one in of]


def test_whoever_changed_something_does_not_approve(bihuan: Bihuan) -> None:
    draft = changed(bihuan)
    put(bihuan, draft, FORM, files(bihuan, draft)[FORM].decode() + " ", "designer2")
    seen = proposed(bihuan, draft)
    with pytest.raises(NotAllowed):
        reviewing.approve(bihuan, who(bihuan, "designer2"), draft.id, seen.digest or "")
    for person in ("inspector1", "bureau_head", "admin"):
        with pytest.raises(NotAllowed):
            reviewing.approve(bihuan, who(bihuan, person), draft.id, seen.digest or "")
    reviewing.approve(bihuan, who(bihuan, "office_officer"), draft.id, seen.digest or "")


def test_whoever_brought_it_in_does_not_approve(bihuan: Bihuan) -> None:
    with bihuan.database.read() as session:
        package = exchange.of_draft(session, changed(bihuan))
    draft = exchange.take_in(bihuan.database, who(bihuan, "designer2"), AGENCY, package)
    seen = proposed(bihuan, draft)
    assert told(bihuan, "designer2") == []
    with pytest.raises(NotAllowed):
        reviewing.approve(bihuan, who(bihuan, "designer2"), draft.id, seen.digest or "")
    reviewing.approve(bihuan, who(bihuan, "office_head"), draft.id, seen.digest or "")


def test_whoever_named_a_new_process_does_not_approve(bihuan: Bihuan) -> None:
    names = ("现场核实", "Site visit")
    draft = beginning.begin_new(bihuan.database, who(bihuan), AGENCY, "site_visit", names)
    assert (draft.title, draft.title_en) == names
    with bihuan.database.read() as session:
        assert permission.had_a_hand(session, who(bihuan), draft.id)
        assert not permission.had_a_hand(session, who(bihuan, "designer2"), draft.id)


def test_whom_a_substitute_proposed_for_does_not_approve(bihuan: Bihuan) -> None:
    draft = changed(bihuan)
    for_another = replace(who(bihuan), acting_for="office_head")
    seen = reviewing.propose(bihuan, for_another, draft.id, draft.revision)
    with pytest.raises(NotAllowed):
        reviewing.approve(bihuan, who(bihuan, "office_head"), draft.id, seen.digest or "")


def test_what_is_proposed_is_not_changed_until_it_comes_back(bihuan: Bihuan) -> None:
    draft = changed(bihuan)
    proposed(bihuan, draft)
    with pytest.raises(Conflict):
        put(bihuan, draft, FORM, "{}")
    with pytest.raises(Invalid):
        reviewing.send_back(bihuan, who(bihuan, "designer2"), draft.id, " ")
    reviewing.send_back(bihuan, who(bihuan, "designer2"), draft.id, "名称不清楚")
    assert read(bihuan, draft).reason == "名称不清楚"
    assert "名称不清楚" in told(bihuan, "designer")[0]
    put(bihuan, draft, FORM, files(bihuan, draft)[FORM].decode().replace("决定", "意见"))
    assert approved(bihuan, draft).state == "approved"
    reviewing.withdraw(bihuan, who(bihuan), draft.id)
    reviewing.discard(bihuan, who(bihuan), draft.id)
    assert reviewing.take_up(bihuan, who(bihuan), draft.id).state == "open"


def test_nothing_wrong_or_unchanged_is_proposed(bihuan: Bihuan) -> None:
    draft = changed(bihuan, "误报更正", "误报更正")
    with pytest.raises(Conflict, match="every file is as"):
        proposed(bihuan, draft)
    put(bihuan, draft, DIAGRAM, files(bihuan, draft)[DIAGRAM].decode().replace(" name=", "  name="))
    with pytest.raises(Conflict, match="every file is as"):
        proposed(bihuan, draft)
    put(bihuan, draft, DIAGRAM, "<broken")
    with pytest.raises(Invalid):
        proposed(bihuan, draft)
    with pytest.raises(Stale):
        reviewing.propose(bihuan, who(bihuan), draft.id, 1)


def test_a_base_that_moved_on_sends_the_draft_back(bihuan: Bihuan) -> None:
    first, second = approved(bihuan, changed(bihuan)), changed(bihuan, new="是否更正")
    put(bihuan, second, FORM, files(bihuan, second)[FORM].decode().replace("决定", "意见"))
    second = approved(bihuan, second)
    going_live.go_live(bihuan, who(bihuan), first.id)
    with pytest.raises(Conflict, match="version 2 went live"):
        going_live.go_live(bihuan, who(bihuan), second.id)
    back = read(bihuan, second)
    assert (back.state, latest(bihuan)) == ("open", 2)
    assert "第 2 版已上线" in (back.reason or "")
    assert "第 2 版已上线" in news_zh(bihuan, "designer2")
    with bihuan.database.read() as session:
        newer = rebasing.ahead(session, back)
    assert newer == rebasing.Ahead(2, (DIAGRAM,))
    with pytest.raises(Invalid):
        rebasing.rebase(bihuan, who(bihuan), back.id, back.revision, {})
    rebasing.rebase(bihuan, who(bihuan), back.id, back.revision, {DIAGRAM: "theirs"})
    with bihuan.database.read() as session:
        assert stepping.steps(session, back.id) == Steps(None, None)
    now = files(bihuan, back)
    assert "是否误报更正".encode() in now[DIAGRAM]
    assert "意见".encode() in now[FORM]
    approved(bihuan, back)
    assert going_live.go_live(bihuan, who(bihuan), back.id).version == 3


def news_zh(bihuan: Bihuan, person: str) -> str:
    with bihuan.database.read() as session:
        return news.latest(session, person)[0].text_zh


def test_it_goes_live_at_its_instant(bihuan: Bihuan) -> None:
    draft = approved(bihuan, changed(bihuan))
    for wrong in (START - timedelta(hours=1), START + timedelta(days=900)):
        with pytest.raises(Invalid) as refused:
            going_live.schedule(bihuan, who(bihuan), draft.id, wrong)
        assert [one.field for one in refused.value.errors] == ["at"]
    going_live.schedule(bihuan, who(bihuan), draft.id, START + timedelta(hours=9))
    assert going_live.put_due_live(bihuan) == 0
    settings = replace(bihuan.settings, agency="another")
    worker = replace(bihuan, settings=settings)  # serves every agency of its database
    with clock.use(VirtualClock(START + timedelta(hours=10))):
        assert going_live.put_due_live(worker) == 1
        assert going_live.put_due_live(worker) == 0
    assert (read(bihuan, draft).state, latest(bihuan)) == ("live", 2)
    assert "live as version 2" in told(bihuan, "designer")[0]


def test_a_draft_that_fails_keeps_no_other_back(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = approved(bihuan, changed(bihuan)), approved(bihuan, changed(bihuan, new="甲"))
    for hours, draft in enumerate((first, second), start=8):
        at = START + timedelta(hours=hours)
        going_live.schedule(bihuan, who(bihuan), draft.id, at)

    drawn = reviewing.drawn

    def fails(bihuan: Bihuan, actor: Actor, draft_id: str) -> Read:
        if draft_id == first.id:
            raise KeyError("element")
        return drawn(bihuan, actor, draft_id)

    monkeypatch.setattr(going_live, "drawn", fails)
    with clock.use(VirtualClock(START + timedelta(hours=10))):
        assert going_live.put_due_live(bihuan) == 2
        assert going_live.put_due_live(bihuan) == 0
    back = read(bihuan, first)
    assert (back.state, read(bihuan, second).state, latest(bihuan)) == ("open", "live", 2)
    assert "程序出错" in (back.reason or "")


def test_at_its_instant_the_gate_is_asked_again(bihuan: Bihuan) -> None:
    first, second = approved(bihuan, changed(bihuan)), approved(bihuan, changed(bihuan, new="甲"))
    going_live.schedule(bihuan, who(bihuan), second.id, START + timedelta(hours=9))
    going_live.go_live(bihuan, who(bihuan), first.id)
    with clock.use(VirtualClock(START + timedelta(hours=10))):
        assert going_live.put_due_live(bihuan) == 1
    back = read(bihuan, second)
    assert (back.state, back.live_at, latest(bihuan)) == ("open", None, 2)
    assert steps(bihuan, second)[-1] == "draft.not_live"
    assert "returned to be changed" in told(bihuan, "designer")[0]


def test_rules_that_are_not_in_force_yet_keep_it_back(bihuan: Bihuan) -> None:
    text = rule_set.shipped_text().replace("version: 1", "version: 2", 1)
    since = clock.beijing_date(START) + timedelta(days=10)
    with bihuan.database.begin() as session:
        rule_store.add_rule_set(session, text, since)
    name = rule_set.parse(text).id
    draft = changed(bihuan)
    with pytest.raises(Invalid):
        reviewing.propose(bihuan, who(bihuan), draft.id, draft.revision, f"{name}:9")
    seen = reviewing.propose(bihuan, who(bihuan), draft.id, draft.revision, f"{name}:2")
    reviewing.approve(bihuan, who(bihuan, "designer2"), draft.id, seen.digest or "")
    with pytest.raises(Conflict, match="version 2 in force"):
        going_live.go_live(bihuan, who(bihuan), draft.id)
    assert read(bihuan, draft).state == "approved"
    with pytest.raises(Invalid):
        going_live.schedule(bihuan, who(bihuan), draft.id, START + timedelta(days=9))
    going_live.schedule(bihuan, who(bihuan), draft.id, START + timedelta(days=10))
    with clock.use(VirtualClock(START + timedelta(days=11))):
        assert going_live.put_due_live(bihuan) == 1
    assert read(bihuan, draft).state == "live"


def test_an_earlier_version_becomes_the_next_one(bihuan: Bihuan) -> None:
    going_live.go_live(bihuan, who(bihuan), approved(bihuan, changed(bihuan)).id)
    office = who(bihuan, "office_head")
    with pytest.raises(Invalid):
        rolling_back.roll_back(bihuan, office, PROCESS, 1, (2, ""))
    with pytest.raises(Conflict):
        rolling_back.roll_back(bihuan, office, PROCESS, 1, (1, "流程有误"))
    with pytest.raises(Conflict):
        rolling_back.roll_back(bihuan, office, PROCESS, 2, (2, "流程有误"))
    with pytest.raises(NotAllowed):
        rolling_back.roll_back(bihuan, who(bihuan, "inspector1"), PROCESS, 1, (2, "流程有误"))
    done = rolling_back.roll_back(bihuan, office, PROCESS, 1, (2, "流程有误"))
    assert (done.version, latest(bihuan)) == (3, 3)
    with bihuan.database.read() as session:
        found = record.about(session, AGENCY, PROCESS)
        assert definitions.files(session, PROCESS, 3) == definitions.files(session, PROCESS, 1)
    assert found[-1].data["reason"] == "流程有误"
    assert "went back to version 1" in told(bihuan, "designer2")[0]
    assert not any("went back" in one for one in told(bihuan, "office_head"))


def test_only_the_agency_sees_its_drafts(bihuan: Bihuan) -> None:
    draft = changed(bihuan)
    with bihuan.database.read() as session:
        assert drafts.listed(session, "another") == []
        assert [one.id for one in drafts.listed(session, AGENCY)] == [draft.id]
        assert session.scalar(select(definitions.Definition.agency).limit(1)) == AGENCY

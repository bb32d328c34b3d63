"""Deploying beside people at work: verified before anybody is locked out, and nothing overtaken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy.orm import Session

from engine import clock
from engine.clock import VirtualClock
from engine.deployment.deploy import deploy
from engine.errors import Conflict
from engine.execution.bpmn_reader import read_bpmn
from engine.ports import SYSTEM
from engine.store import unit_of_work
from engine.store.database import Database
from tests.designing.editor import PROCESS
from tests.designing.roads import AGENCY, approved, changed, latest, read, who
from tests.domain import designers
from tests.web.visitor import START
from workflows import beforehand, verifying
from workflows.app import Bihuan
from workflows.beforehand import ATTEMPTS
from workflows.demo import loading
from workflows.deploying import bundles, deploy_bundles
from workflows.designing import exchange, going_live, rolling_back
from workflows.domain import rule_set, rule_store
from workflows.surroundings import in_force
from workflows.verifying import examine

pytestmark = pytest.mark.usefixtures("copied")

EXAMINED: Final = verifying._examined
RUN: Final = Database.run


def test_others_write_while_it_is_verified(bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def slowly(*given: Any, **how: Any) -> Any:
        begun.append(changed(bihuan).id)
        return examine(*given, **how)

    monkeypatch.setattr(beforehand, "examine", slowly)
    (done,) = deploy_bundles(bihuan, bundles([PROCESS]))
    assert (done.version, done.new, len(begun)) == (1, False, 1)


def test_what_went_live_meanwhile_is_not_overtaken(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def overtaken(chosen: Any, around: Any, **how: Any) -> Any:
        seen.append(designers.PROCESS in around.beside)
        with bihuan.database.begin() as session:
            gate = bihuan.gate_environment()
            deploy(session, [designers.visit()], gate, actor=SYSTEM, now=clock.now())
        return examine(chosen, around, **how)

    monkeypatch.setattr(beforehand, "examine", overtaken)
    (done,) = deploy_bundles(bihuan, bundles([PROCESS]))
    assert (done.version, seen) == (1, [False, True])


def test_rules_that_change_meanwhile_are_examined_before_anything_goes_live(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = moving(bihuan, monkeypatch, times=1)
    deploy_bundles(bihuan, bundles([PROCESS]))
    assert found == [1, 2]


def test_what_moves_all_the_time_is_told_and_nothing_goes_live(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving(bihuan, monkeypatch, times=ATTEMPTS)
    with pytest.raises(Conflict, match="changed meanwhile") as refused:
        deploy_bundles(bihuan, bundles([PROCESS]))
    assert "请稍后再试" in refused.value.message_zh
    assert latest(bihuan) == 1


def test_a_draft_goes_live_only_as_it_was_examined_outside(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = changed(bihuan)
    found = moving(bihuan, monkeypatch, times=1)
    approved(bihuan, draft)
    assert found == [1, 2]
    found = moving(bihuan, monkeypatch, times=1, first=3)
    assert going_live.go_live(bihuan, who(bihuan), draft.id).version == 2
    found = moving(bihuan, monkeypatch, times=1, first=4)
    done = rolling_back.roll_back(bihuan, who(bihuan, "office_head"), PROCESS, 1, (2, "有误"))
    assert (done.version, found) == (3, [3, 4])


def test_a_draft_stays_approved_where_everything_moves(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = approved(bihuan, changed(bihuan))
    moving(bihuan, monkeypatch, times=2 * ATTEMPTS)
    with pytest.raises(Conflict, match="changed meanwhile"):
        going_live.go_live(bihuan, who(bihuan), draft.id)
    assert (read(bihuan, draft).state, latest(bihuan)) == ("approved", 1)
    going_live.schedule(bihuan, who(bihuan), draft.id, START + timedelta(hours=9))
    with clock.use(VirtualClock(START + timedelta(hours=10))):
        assert going_live.put_due_live(bihuan) == 0
        assert read(bihuan, draft).state == "scheduled"
        assert going_live.put_due_live(bihuan) == 1
    assert read(bihuan, draft).state == "live"


def test_no_diagram_is_read_within_a_unit_of_work(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bihuan.database.read() as session:
        package = exchange.of_version(session, AGENCY, PROCESS, 1)
    draft, writing = approved(bihuan, changed(bihuan)), list[bool]()
    begun, read = unit_of_work.begin, read_bpmn

    @contextmanager
    def watched(opened: Any) -> Iterator[Session]:
        with begun(opened) as session:
            writing.append(True)
            try:
                yield session
            finally:
                writing.pop()

    def observed(*given: Any) -> Any:
        assert not writing, "no diagram is read while others wait"
        return read(*given)

    monkeypatch.setattr(unit_of_work, "begin", watched)
    monkeypatch.setattr("engine.deployment.bundle.read_bpmn", observed)
    exchange.take_in(bihuan.database, who(bihuan), AGENCY, package)
    going_live.go_live(bihuan, who(bihuan), draft.id)
    rolling_back.roll_back(bihuan, who(bihuan, "office_head"), PROCESS, 1, (2, "有误"))


def moving(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch, *, times: int, first: int = 2
) -> list[int]:
    """Adopt other rules after each of the first examinations; none is made while somebody writes.

    Returns:
        the version of the rules of every examination that is made from now on.
    """
    found, writing = list[int](), list[bool]()
    examined, run = EXAMINED, RUN

    def watched(self: Database, work: Any) -> Any:
        writing.append(True)
        try:
            return run(self, work)
        finally:
            writing.pop()

    def observed(asked: Any, seconds: float) -> Any:
        assert not writing, "nothing is examined within a unit of work"
        rules = asked.environment.rules
        found.append(rules.version if rules is not None else 0)
        if len(found) <= times:
            adopt(bihuan, first + len(found) - 1)
        return examined(asked, seconds)

    verifying._REMEMBERED.clear()
    monkeypatch.setattr(Database, "run", watched)
    monkeypatch.setattr(verifying, "_examined", observed)
    return found


def adopt(bihuan: Bihuan, version: int) -> None:
    """Let another version of the shipped rules be in force from today on."""
    text = rule_set.shipped_text().replace("version: 1", f"version: {version}", 1)
    with bihuan.database.begin() as session:
        rule_store.add_rule_set(session, text, clock.beijing_date(clock.now()))


def test_a_draft_is_examined_beside_the_fields_of_forms_in_force(bihuan: Bihuan) -> None:
    with bihuan.database.begin() as session:
        gate = bihuan.gate_environment()
        deploy(session, [designers.visit()], gate, actor=SYSTEM, now=clock.now())
    with bihuan.database.read() as session:
        around = in_force(session, AGENCY, bihuan.gate_environment())
    assert around.processes[designers.PROCESS].fields["visit_height"] == "number"


def test_a_demonstration_begun_again_leaves_alone_what_was_changed_in_it(bihuan: Bihuan) -> None:
    going_live.go_live(bihuan, who(bihuan), approved(bihuan, changed(bihuan)).id)
    assert latest(bihuan) == 2
    loading.load_base(bihuan)
    assert latest(bihuan) == 2

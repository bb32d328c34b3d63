"""Many cases at once: looked at, taken over, stopped, killed; each case exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.clock import Clock
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.ports import Actor
from engine.store.tables import History
from tests.api.harness import Zone, ok
from tests.api.newer import PROCESS, deploy_newer
from workflows.checking.inspection import inspect
from workflows.domain import organisation
from workflows.domain.ledger_tables import NotificationRow
from workflows.domain.org_tables import GrantRow
from workflows.leasing import LEASE, MOST
from workflows.migrating import report, runs, states
from workflows.migrating.runs import Run
from workflows.migrating.tables import MigrationRunRow
from workflows.migrating.worker import Migrating

HEAD, DEPUTY = "office_head", "office_officer"


class Killed(BaseException):
    """What no code catches."""


def actor_of(zone: Zone, person: str) -> Actor:
    with zone.bihuan.database.read() as session:
        return organisation.actor_of(session, person, clock.now())


def looker(zone: Zone) -> str:
    """Return a person of the safety office who may look and not decide."""
    [grant] = [one for one in actor_of(zone, HEAD).grants if one.role == "head"]
    zone.bihuan.database.run(
        lambda session: organisation.grant(session, "inspector3", grant.body, "officer")
    )
    return "inspector3"


def begin_cases(zone: Zone, count: int) -> list[str]:
    """Register cases of which the last cannot go on under the newer version."""
    plain = [zone.begin("inspector3", finder_body="industry_economy") for _ in range(count - 1)]
    second = zone.begin(proposed_level="major", criterion="判定标准第三条")
    proposal = {"level": "major", "criterion": "判定标准第三条", "reason": "符合"}
    zone.do("inspector1", second, "propose_major", **proposal)
    assert deploy_newer(zone.bihuan) == 2
    return [*plain, second]


def ask(zone: Zone, person: str = HEAD, version: int = 2) -> str:
    actor = actor_of(zone, person)
    return zone.bihuan.database.run(
        lambda session: runs.ask(session, actor, "default", PROCESS, version)
    )


def order(zone: Zone, what: str, run: str, *more: str, person: str = HEAD) -> None:
    actor, act = actor_of(zone, person), getattr(runs, what)
    zone.bihuan.database.run(lambda session: act(session, actor, "default", run, *more))


def state(zone: Zone, run: str) -> Run:
    actor = actor_of(zone, DEPUTY)
    with zone.bihuan.database.read() as session:
        return runs.one(session, actor, "default", run)


def work(zone: Zone, steps: int = 10_000) -> None:
    """Let a worker do so many cases, or looks at cases, then nothing more."""
    migrating = Migrating(zone.bihuan, seconds=0)
    for _ in range(steps):
        if not migrating.step():
            return


def entries(zone: Zone) -> Counter[str]:
    with zone.bihuan.database.read() as session:
        query = select(History.case_id).where(History.act == "process.migrated")
        return Counter(session.scalars(query))


def kinds(zone: Zone, run: str) -> Counter[str]:
    with zone.bihuan.database.read() as session:
        return Counter(report.counted(session, run))


def later(zone: Zone) -> None:
    """Let the leases of whoever was killed end."""
    current: Clock = clock.current()
    current.advance(LEASE + timedelta(seconds=1))  # type: ignore[attr-defined]


def numbers(run: Run) -> tuple[int, ...]:
    return run.cases, run.looked, run.possible, run.done, run.stayed


def test_every_case_is_looked_at_and_those_that_can_are_taken_over(zone: Zone) -> None:
    cases = begin_cases(zone, 4)
    run = ask(zone)
    work(zone)
    looked = state(zone, run)
    assert (looked.state, numbers(looked)) == (states.LOOKED, (4, 4, 3, 0, 0))
    assert looked.changed == 3, "limit and body of the confirmation are others"
    assert not entries(zone), "nothing is changed by looking"

    order(zone, "begin", run, "新版本已公布")
    work(zone)
    done = state(zone, run)
    assert (done.state, numbers(done)) == (states.DONE, (4, 4, 3, 3, 0))
    assert entries(zone) == Counter(cases[:3])
    with zone.bihuan.database.read() as session:
        rows = list(report.rows(session, run))
        kept = {line.case_id: line for line in report.page(session, run, [states.MOVED], 10)}
    told = Counter(str(row[1]) for row in rows)
    assert told == {"已迁移 migrated": 3, "不能迁移 not possible": 1}
    assert set(kept) == set(cases[:3])
    [date] = kept[cases[0]].found.dates
    assert (date.element, kept[cases[0]].found.actors[0].element) == ("confirm_level",) * 2
    sound = inspect(zone.bihuan)
    assert sound.sound, sound.lines("zh")


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_it_is_stopped_at_any_case_and_gone_on_with(zone: Zone, steps: int) -> None:
    cases = begin_cases(zone, 4)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")
    work(zone, steps)
    order(zone, "stop", run)
    work(zone)
    assert (state(zone, run).state, state(zone, run).done) == (states.STOPPED, steps)
    assert sum(entries(zone).values()) == steps
    order(zone, "resume", run, person=DEPUTY)
    work(zone)
    assert numbers(state(zone, run)) == (4, 4, 3, 3, 0)
    assert entries(zone) == Counter(cases[:3])


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_killed_worker_repeats_nothing(
    zone: Zone, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = begin_cases(zone, 3)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")
    runtime = zone.bihuan.runtime
    migrate = runtime.migrate_case

    def dies(*arguments: object) -> object:
        if place == "after":
            migrate(*arguments)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(runtime, "migrate_case", dies)
        with pytest.raises(Killed):
            work(zone)
    work(zone)
    assert state(zone, run).done == 0, "it is still held by whoever was killed"
    later(zone)
    work(zone)
    assert numbers(state(zone, run)) == (3, 3, 2, 2, 0)
    assert entries(zone) == Counter(cases[:2])


def test_whoever_took_a_task_over_that_goes_to_others_is_told(zone: Zone) -> None:
    case = zone.begin("inspector3", finder_body="industry_economy")
    ok(zone.client("inspector3").post(f"/tasks/{zone.task(case, 'confirm_level')}/claim"))
    deploy_newer(zone.bihuan)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")
    work(zone)
    with zone.bihuan.database.read() as session:
        query = select(NotificationRow.text_zh).where(
            NotificationRow.person == "inspector3", NotificationRow.kind == "process.migrated"
        )
        [told] = session.scalars(query)
    assert "“核定等级”随案件迁移到流程的新版本，改由其他单位或岗位办理" in told


def test_another_person_goes_on_with_what_was_done_before_the_stop(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_cases(zone, 2)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")
    runtime, migrate = zone.bihuan.runtime, zone.bihuan.runtime.migrate_case

    def stopped(*arguments: object) -> object:
        found = migrate(*arguments)  # type: ignore[arg-type]
        order(zone, "stop", run)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(runtime, "migrate_case", stopped)
        work(zone)
    assert (state(zone, run).state, state(zone, run).done) == (states.STOPPED, 1)
    order(zone, "resume", run, person=DEPUTY)
    work(zone)
    assert numbers(state(zone, run)) == (2, 2, 1, 1, 0)
    assert sum(entries(zone).values()) == 1


@pytest.mark.parametrize("killed", [False, True])
def test_a_case_that_was_taken_over_is_told_of_a_run_that_is_given_up(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    begin_cases(zone, 3)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")
    runtime, migrate = zone.bihuan.runtime, zone.bihuan.runtime.migrate_case

    def stopped(*arguments: object) -> object:
        found = migrate(*arguments)  # type: ignore[arg-type]
        order(zone, "stop", run)
        if killed:
            raise Killed
        return found

    with monkeypatch.context() as patched:
        patched.setattr(runtime, "migrate_case", stopped)
        with suppress(Killed):
            work(zone)
    order(zone, "give_up", run)
    over = state(zone, run)
    assert (over.state, over.done) == (states.GIVEN_UP, 1)
    assert kinds(zone, run) == {states.MOVED: 1, states.POSSIBLE: 1, states.REFUSED: 1}


def test_a_fault_at_one_case_keeps_no_other_from_being_done(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = begin_cases(zone, 4)
    runtime = zone.bihuan.runtime
    poison = {"look_ahead": cases[0], "migrate_case": cases[1]}
    for name, bad in poison.items():
        monkeypatch.setattr(runtime, name, failing(getattr(runtime, name), bad))
    run = ask(zone)
    work(zone)
    assert kinds(zone, run) == {states.POSSIBLE: 2, states.REFUSED: 2}
    order(zone, "begin", run, "新版本已公布")
    work(zone)
    assert state(zone, run).state == states.DONE
    assert kinds(zone, run) == {states.MOVED: 1, states.STAYED: 1, states.REFUSED: 2}
    with zone.bihuan.database.read() as session:
        [stayed] = report.page(session, run, [states.STAYED], 10)
    assert "系统" in stayed.found.reasons[0].message_zh


def failing(act: Callable[..., object], bad: str) -> Callable[..., object]:
    """Return an act that fails at one case, as a fault in a program does."""

    def done(*arguments: object) -> object:
        if bad in arguments or getattr(arguments[1], "case_id", None) == bad:
            message = "a fault"
            raise RuntimeError(message)
        return act(*arguments)

    return done


def test_what_ends_every_worker_is_stopped_in_the_end(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_cases(zone, 2)
    run = ask(zone)

    def dies(*_: object) -> object:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(zone.bihuan.runtime, "look_ahead", dies)
        for _ in range(MOST):
            with pytest.raises(Killed):
                work(zone)
            later(zone)
        work(zone)
    stopped = state(zone, run)
    assert stopped.state == states.STOPPED
    assert "故障" in stopped.note_zh
    order(zone, "resume", run)
    work(zone)
    assert state(zone, run).state == states.LOOKED


def test_whose_name_is_unknown_takes_nothing_over(zone: Zone) -> None:
    begin_cases(zone, 2)
    run = ask(zone)

    def unknown(session: Session) -> None:
        session.execute(update(MigrationRunRow).values(asked_by="nobody"))

    zone.bihuan.database.run(unknown)
    work(zone)
    assert state(zone, run).state == states.STOPPED


def test_two_who_ask_at_once_get_one_run(zone: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_cases(zone, 2)
    first = ask(zone)
    seen = runs.open_run
    answers = iter([None])
    monkeypatch.setattr(runs, "open_run", lambda *asked: next(answers, seen(*asked)))
    with pytest.raises(Conflict) as refused:
        ask(zone)
    assert refused.value.details["run"] == first


def test_other_work_waits_for_no_more_than_one_case(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_cases(zone, 3)
    ask(zone)
    looked: list[object] = []
    look = zone.bihuan.runtime.look_ahead

    def counted(*asked: object) -> object:
        looked.append(asked)
        return look(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(zone.bihuan.runtime, "look_ahead", counted)
    work(zone, 2)
    assert len(looked) == 2


def test_a_case_that_went_on_meanwhile_stays_with_its_reason(zone: Zone) -> None:
    cases = begin_cases(zone, 3)
    run = ask(zone)
    work(zone)
    zone.do("inspector3", cases[0], "confirm_level", level="general")
    order(zone, "begin", run, "新版本已公布")
    work(zone)
    done = state(zone, run)
    assert done.state == states.DONE
    assert done.done + done.stayed == 2
    assert set(entries(zone)) <= set(cases[:2])


def test_who_may_do_what(zone: Zone) -> None:
    begin_cases(zone, 2)
    with pytest.raises(NotAllowed):
        ask(zone, "designer")
    officer = looker(zone)
    run = ask(zone, officer)
    with pytest.raises(Conflict):
        ask(zone)
    with pytest.raises(Conflict):
        order(zone, "begin", run, "还没有看完")
    work(zone)
    for what in ("stop", "resume", "give_up"):
        with pytest.raises(NotAllowed):
            order(zone, what, run, person=officer)
    with pytest.raises(NotAllowed):
        order(zone, "begin", run, "理由", person=officer)
    with pytest.raises(Invalid):
        order(zone, "begin", run, "  ")
    order(zone, "give_up", run)
    assert state(zone, run).state == states.GIVEN_UP
    with pytest.raises(Conflict):
        order(zone, "resume", run)
    with pytest.raises(NotFound):
        order(zone, "stop", "none")
    with pytest.raises(NotFound):
        ask(zone, version=9)


def test_whoever_lost_the_post_takes_nothing_over(zone: Zone) -> None:
    begin_cases(zone, 2)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")

    def without_post(session: Session) -> None:
        session.execute(delete(GrantRow).where(GrantRow.person_id == HEAD))

    zone.bihuan.database.run(without_post)
    work(zone)
    stopped = state(zone, run)
    assert (stopped.state, stopped.done) == (states.STOPPED, 0)
    assert "安委办" in stopped.note_zh

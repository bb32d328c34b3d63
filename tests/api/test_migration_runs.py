"""Many cases at once: looked at, taken over, stopped, killed; each case exactly once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.api.harness import Zone, ok
from tests.api.migrating import (
    DEPUTY,
    HEAD,
    Killed,
    ask,
    begin_cases,
    entries,
    later,
    looker,
    numbers,
    order,
    state,
    work,
)
from tests.api.newer import PROCESS, deploy_newer
from workflows.checking.inspection import inspect
from workflows.domain.ledger_tables import NotificationRow
from workflows.domain.org_tables import GrantRow
from workflows.migrating import report, states


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


def test_a_program_does_all_of_it(zone: Zone) -> None:
    cases = begin_cases(zone, 3)
    head = zone.client(HEAD)
    asked = ok(head.post(f"/definitions/{PROCESS}/2/migration-runs"), 202)
    run = f"/migration-runs/{asked['id']}"
    assert (asked["state"], asked["cases"]) == (states.LOOKING, 3)
    twice = head.post(f"/definitions/{PROCESS}/2/migration-runs")
    assert twice.status_code == 409
    assert ok(head.post(f"{run}/stop"))["state"] == states.STOPPED
    assert ok(head.post(f"{run}/resume"))["state"] == states.LOOKING
    work(zone)
    assert ok(head.get(run))["state"] == states.LOOKED
    first = ok(head.get(f"{run}/cases", limit=2))
    rest = ok(head.get(f"{run}/cases", limit=2, cursor=first["next"]))
    lines = {one["case_id"]: one for one in (*first["items"], *rest["items"])}
    assert (set(lines), rest["next"]) == (set(cases), None)
    assert [one["element"] for one in lines[cases[0]]["dates"]] == ["confirm_level"]
    [barred] = ok(head.get(f"{run}/cases", state="refused"))["items"]
    assert "does not have" in barred["why"][0]
    begun = ok(head.post(f"{run}/begin", {"reason": "新版本已公布"}))
    assert (begun["state"], begun["person"]) == (states.RUNNING, HEAD)
    work(zone)
    assert [one["done"] for one in ok(head.get("/migration-runs"))["items"]] == [2]
    assert head.post(f"{run}/give-up").status_code == 409

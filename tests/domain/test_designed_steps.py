"""A step and operations that a designer adds, from the gate to history, notices and papers."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import Any

import pytest

from engine.deployment.bundle import Bundle
from engine.errors import Incident, Invalid, NotAllowed
from engine.operations import DesignedField
from engine.store.queries import HistoryRow, case_history, case_tasks
from engine.store.tables import Case
from tests.domain import designers, journeys
from tests.domain.designers import call
from tests.domain.world import World
from tests.work.diagrams import chain, end, process, start
from workflows.checking.inspection import inspect
from workflows.domain import designed_fields, notifications, readers
from workflows.domain.papers import of_designers, reading
from workflows.domain.papers.kinds import KINDS
from workflows.domain.told import Told

ANSWERS = {"height": 2.5, "on": "2026-03-04", "finding": "true"}


def history(world: World, case: str) -> list[HistoryRow]:
    with world.bihuan.database.read() as session:
        return case_history(session, case)


def row(world: World, case: str, act: str) -> HistoryRow:
    (found,) = [one for one in history(world, case) if one.act == act]
    return found


def begun(world: World) -> str:
    designers.deployed(world)
    return journeys.served(world, "larger")


def travelled(world: World) -> str:
    """Serve, be late with the visit, visit, mark and write the paper."""
    case = begun(world)
    world.pass_time(days=6)
    world.do("inspector3", case, "visit", **ANSWERS)
    return case


def test_serving_begins_the_visit_with_a_date_of_its_own(world: World) -> None:
    case = begun(world)
    assert set(world.open_tasks(case)) >= {"visit", "rectify"}
    row_of = world.document(case)["own_dates"]["visit"]
    assert (row_of["due_date"], row_of["zh"], row_of["en"]) == (
        "2026-03-05",
        "现场核实期限",
        "Visit due",
    )
    assert [one["kind"] for one in world.document(case)["deadlines"]] == ["serve", "rectification"]
    started = row(world, case, "deadline.own_started")
    assert (started.element, started.data["due_date"]) == ("limit", "2026-03-05")


def test_a_date_of_ones_own_fires_and_tells_without_touching_the_dates_of_the_rules(
    world: World,
) -> None:
    case = begun(world)
    before = world.document(case)["deadlines"]
    world.pass_time(days=6)
    assert world.document(case)["deadlines"] == before
    assert "visit" in world.open_tasks(case)
    with world.bihuan.database.read() as session:
        (news,) = [
            one
            for one in notifications.latest(session, "office_officer")
            if one.kind == "own.notice"
        ]
    assert news.text_zh.endswith("现场核实超过期限 2026-03-05")
    assert news.text.endswith("Visit late since 2026-03-05")
    assert news.text_zh.startswith(world.document(case)["number"])
    assert row(world, case, "notice.sent").data["persons"] == 1


def test_the_answers_of_an_own_act_go_to_fields_and_flags_alone(world: World) -> None:
    case = begun(world)
    before = world.document(case)
    world.do("inspector3", case, "visit", **(ANSWERS | {"finding": "wrong"}))
    after = world.document(case)
    added = {"ext", "ext_fields"}
    assert {key for key in after if after[key] != before.get(key)} == added
    assert after["ext"] == {"visit_height": 2.5, "visit_on": "2026-03-04"}
    done = row(world, case, "own.open.site_visit")
    assert (done.actor, done.element, done.process) == ("inspector3", "visit", "site_visit")
    assert done.data["own.name"] == {"zh": "现场核实高度", "en": "Measure the height on site"}
    assert [one["en"] for one in done.data["own.fields"]] == ["Height (m)", "Visited on"]
    assert [one.act for one in history(world, case)][-1] == "process.completed"


def test_conditions_and_operations_read_typed_fields(world: World) -> None:
    case = travelled(world)
    document = world.document(case)
    assert document["ext"]["visit_ok"] is True
    assert document["ext_fields"]["visit_ok"] == {
        "type": "boolean",
        "zh": "高度符合",
        "en": "Height in order",
        "told": "all",
    }
    set_ = row(world, case, "case.field_set")
    assert (set_.data["before"], set_.data["value"], set_.element) == (None, True, "mark")


def test_a_paper_is_numbered_and_says_what_the_case_said(world: World) -> None:
    case = travelled(world)
    with world.bihuan.database.read() as session:
        reader = world.actor("principal1")
        (paper,) = [one for one in reading.shown_to(session, reader, case) if one.kind == "own"]
    assert paper.number == "GY事〔2026〕第1号"
    assert paper.content["title"] == {"zh": "现场核实记录", "en": "Record of the visit"}
    assert paper.content["basis"] is None
    number, unit, *values = [one["value"] for one in paper.content["fields"]]
    assert (number, unit["zh"]) == (world.document(case)["number"], "示例铝业")
    assert values == ["2.5", "2026-03-04", {"zh": "是", "en": "Yes"}]
    assert row(world, case, "paper.issued").data["title"]["en"] == "Record of the visit"


def test_the_enterprise_reads_what_is_open_and_nothing_of_the_rest(world: World) -> None:
    closed = designers.MARK.replace("&quot;everybody&quot;", "&quot;authorities&quot;")
    assert closed != designers.MARK
    designers.deployed(world, designers.root(), designers.visit(mark=closed))
    case = journeys.served(world, "larger")
    world.do("inspector3", case, "visit", **ANSWERS)
    data = world.document(case)
    with world.bihuan.database.read() as session:
        enterprise = readers.of_case(session, world.actor("principal1"), case)
        bureau = readers.of_case(session, world.actor("bureau_head"), case)
        acts = {task.id: task.act for task in case_tasks(session, case)}
    shown = {one.name for one in designed_fields.shown(data, enterprise.may)}
    assert shown == {"visit_height", "visit_on"}
    assert {one.name for one in designed_fields.shown(data, bureau.may)} == {*shown, "visit_ok"}
    heard = {one.act for one in enterprise.records(history(world, case), acts)}
    assert "own.open.site_visit" in heard
    assert not heard & {"case.field_set", "notice.sent", "message.sent", "deadline.own_started"}


def test_nobody_reads_an_internal_operation_because_his_act_came_before_it(world: World) -> None:
    case = travelled(world)
    with world.bihuan.database.read() as session:
        enterprise = readers.of_case(session, world.actor("principal1"), case)
    rows = [dataclasses.replace(one, actor="principal1") for one in history(world, case)]
    heard = {one.act for one in enterprise.records(rows, {})}
    assert "case.field_set" not in heard
    assert all(not enterprise.hears(one) for one in rows if one.act == "case.field_set")


def test_another_body_and_the_enterprise_are_kept_from_an_own_act(world: World) -> None:
    case = begun(world)
    for person in ("inspector1", "principal1", "town_officer"):
        with pytest.raises(NotAllowed):
            world.do(person, case, "visit", **ANSWERS)
    with pytest.raises(Invalid):
        world.do("inspector3", case, "visit", **(ANSWERS | {"on": "no day"}))
    assert world.document(case)["ext"] == {}


def test_a_message_of_ones_own_begins_a_process_as_well(world: World) -> None:
    begin = call("begin_visit", "message.send", message='"own.site_visit"')
    designers.deployed(world, designers.root(begin), designers.visit())
    case = journeys.served(world, "larger")
    assert "visit" in world.open_tasks(case)
    assert row(world, case, "message.sent").data == {"message": "own.site_visit"}


def test_a_value_of_another_type_stops_the_step_as_an_incident(world: World) -> None:
    untyped = designers.MARK.replace(
        "case.ext.visit_height >= 2", "get value({a: 1}, &quot;a&quot;)"
    )
    assert untyped != designers.MARK
    designers.deployed(world, designers.root(), designers.visit(mark=untyped))
    case = journeys.served(world, "larger")
    with pytest.raises(Incident, match="visit_ok as a boolean"):
        world.do("inspector3", case, "visit", **ANSWERS)
    assert "visit" in world.open_tasks(case)
    assert world.document(case)["ext"] == {}


def test_a_paper_made_again_for_its_subject_is_a_new_edition(world: World) -> None:
    twice = designers.PAPER.replace('id="paper"', 'id="again"')
    designers.deployed(world, designers.root(), designers.visit(more=twice))
    case = journeys.served(world, "larger")
    world.do("inspector3", case, "visit", **ANSWERS)
    with world.bihuan.database.read() as session:
        papers = [one for one in reading.of_case(session, case) if one.kind == "own"]
    assert [(one.number, one.edition, one.status) for one in papers] == [
        ("GY事〔2026〕第1号", 1, "superseded"),
        ("GY事〔2026〕第1号", 2, "valid"),
    ]


def test_what_designers_add_is_never_more_open_than_its_process(world: World) -> None:
    case = travelled(world)
    with world.bihuan.database.read() as session:
        command = readers.of_case(session, world.actor("park_west_head"), case)
        tasks = case_tasks(session, case)
    department = dataclasses.replace(command, opinions=True, drafts=False, own=False)
    (task,) = [one for one in tasks if one.element == "visit"]
    hidden = dataclasses.replace(task, process="enforcement", candidates=(), completed_by="x")
    assert department.awaits(dataclasses.replace(hidden, process="site_visit"))
    assert not department.awaits(hidden)
    rows = [dataclasses.replace(one, process="enforcement") for one in history(world, case)]
    heard = {one.act for one in department.records(rows, {})}
    assert not heard & {"own.open.site_visit", "case.field_set", "notice.sent", "message.sent"}
    assert "order.serve" in heard
    assert designed_fields.audience("enforcement", everybody=True) is Told.DRAFTS
    assert KINDS[of_designers.KIND_OF[Told.DRAFTS]].draft


def test_processes_that_start_each_other_for_ever_are_an_incident(world: World) -> None:
    designers.deployed(
        world,
        designers.root(),
        starting("site_visit", "second_visit"),
        starting("second_visit", "site_visit"),
    )
    with pytest.raises(Incident):
        journeys.served(world, "larger")


def starting(name: str, other: str) -> Bundle:
    """A process that waits for nothing and starts another one."""
    message = f"own.{name}"
    parts = (
        start("begin", message),
        call("again", "process.start", process=f'"{other}"'),
        end("done"),
        chain("begin", "again", "done"),
    )
    return Bundle(name, {f"{name}.bpmn": process(name, *parts, messages=(message,))})


@pytest.mark.parametrize(
    ("kind", "value"),
    [("number", "2"), ("boolean", "true"), ("date", "soon"), ("date and time", "2026-03-04T10:00")],
)
def test_a_field_takes_no_value_of_another_type(kind: str, value: Any) -> None:
    data: dict[str, Any] = {"ext": {}}
    field = DesignedField("height", kind, "高度", "Height")
    with pytest.raises(Incident):
        designed_fields.write(data, field, value, Told.ALL)
    assert data == {"ext": {}}


def test_a_field_of_the_product_is_not_a_designers(world: World) -> None:
    data: dict[str, Any] = {"ext": {}}
    field = DesignedField("fatality", "string")
    with pytest.raises(Incident):
        designed_fields.write(data, field, "x", Told.ALL)


def test_dates_of_fields_are_dates_to_expressions() -> None:
    data: dict[str, Any] = {"ext": {"fatality": {"by": "x"}}}
    for name, kind, value in (
        ("on", "date", "2026-03-04"),
        ("at", "date and time", "2026-03-04T10:00:00+08:00"),
        ("none", "date", None),
    ):
        field = DesignedField(name, kind)
        designed_fields.write(data, field, value, Told.OPINIONS)
    read = designed_fields.view(data)
    assert read["on"].isoformat() == "2026-03-04"
    assert read["at"] == datetime.fromisoformat("2026-03-04T10:00:00+08:00")
    assert read["none"] is None
    assert read["fatality"] == {"by": "x"}
    assert json.loads(json.dumps(data)) == data


def test_the_deep_check_finds_values_of_another_type(world: World) -> None:
    case = travelled(world)
    assert designed(world) == []
    _tamper(world, case, '"visit_height":2.5', '"visit_height":"high"')
    _tamper(world, case, '"due_date":"2026-03-05"', '"due_date":"2026-03-06"')
    found = "2026-03-06 00:00 Beijing time"
    assert designed(world) == [
        "Expected case.ext.visit_height as a number, but it is 'high'",
        f"Expected the deadline visit to end with 2026-03-06, but it is {found}",
    ]


def designed(world: World) -> list[str]:
    return [one.message for one in inspect(world.bihuan).findings if one.check == "designed"]


def _tamper(world: World, case: str, old: str, new: str) -> None:
    with world.bihuan.database.begin() as session:
        row = session.get_one(Case, case)
        assert old in row.document, row.document
        row.document = row.document.replace(old, new)

"""An extension undone says so on the date itself, on the page and under the deep check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine import clock
from tests.domain import extensions as road
from tests.domain.world import World
from webapp.presentation.deadline_rows import deadline_rows
from workflows.checking import dates
from workflows.checking.inspection import inspect
from workflows.domain import rule_store
from workflows.domain.deadline import Deadline
from workflows.domain.deadlines import Basis
from workflows.domain.hazard_case import HazardCase
from workflows.domain.rule_set import RuleSet


def undone(world: World) -> str:
    """Return an order whose extension, agreed to by its issuer, was undone."""
    case = road.running(world, document_kind="order")
    road.request(world, case)
    road.park(world, case)
    road.department(world, case)
    world.do("bureau_head", case, "issuer_reply", decision="agree", opinion="同意")
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    return case


def moved(world: World, case: str) -> list[Deadline]:
    found = (Deadline.from_json(one) for one in world.document(case)["deadlines"])
    return [one for one in found if one.kind in ("rectification", "order")]


def rules(world: World) -> dict[tuple[str, int], RuleSet]:
    with world.bihuan.database.read() as session:
        found = rule_store.rules_of(session, "GY-2022-15", 1)
    return {(found.id, found.version): found}


def test_both_dates_fall_back_as_void(world: World) -> None:
    case = undone(world)
    for row in moved(world, case):
        causes = [(change.cause, str(change.after)) for change in row.changes]
        assert causes == [
            ("served", "2026-03-17"),
            ("extension", "2026-03-27"),
            ("voided", "2026-03-17"),
        ]
        assert row.due_date == date(2026, 3, 17)


def test_the_page_names_the_undoing(world: World) -> None:
    case = undone(world)
    for language, word in (("zh", "延期撤销：由"), ("en", "Extension undone: 27")):
        row = deadline_rows(moved(world, case)[:1], rules(world), {}, clock.now(), language)[0]
        assert word in row.changes[-1]


def test_the_deep_check_finds_the_day_in_the_history(world: World) -> None:
    case = undone(world)
    assert inspect(world.bihuan).findings == []
    known = dict(world.document(case))
    with world.bihuan.database.read() as session:
        basis = Basis(next(iter(rules(world).values())), rule_store.calendar(session))
        found = HazardCase(case, "default", known, lambda _: basis)
        row = next(one for one in found.deadlines if one.kind == "order")
        row.changes[-1] = replace(row.changes[-1], after=date(2026, 3, 18))
        said = [finding.message for finding in dates.date_findings(session, found)]
    assert any("order was set to 2026-03-18 (voided)" in one for one in said)

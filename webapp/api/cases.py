"""Cases: begin one, find them, read one, act on one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask import url_for

from engine import clock
from engine.ports import Act
from engine.store import queries
from engine.work.form_view import FormView
from webapp.api import replay
from webapp.api.access import actor, agency, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.case_json import added_json, case_items, history_items
from webapp.api.form_json import form_json
from webapp.api.forms import check_begun_by_people
from webapp.api.paging import mark_of, marked
from webapp.api.replay import once, replayable
from webapp.api.schemas.cases import (
    ActRequest,
    CaseDetail,
    CasePage,
    CaseQuery,
    History,
    HistoryQuery,
    NewCase,
)
from webapp.context import bihuan, reading
from workflows.domain import evidence_reach, known_values, ledger, ledger_filters, readers
from workflows.domain.ledger import LedgerFilter, Order

blueprint = Blueprint(
    "cases",
    __name__,
    ("案件：登记、查询、查看、办理", "Cases: begin one, find them, read one, act on one"),
)

FILTERS = frozenset(field.name for field in fields(LedgerFilter)) - {"where"}
SEVERAL = frozenset({"level", "state"})


@blueprint.call("POST", "/cases", "登记隐患，立案", refusals=(404,), parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.takes(NewCase)
@blueprint.gives(CaseDetail, 201)
def begin_case(wanted: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Begin a case with the data of its registration form."""
    check_begun_by_people(wanted["process"])
    case_id = bihuan().runtime.start_case(
        actor(), wanted["process"], wanted["data"], agency=agency(), once=once()
    )
    address = url_for("api-cases.read_case", case_id=case_id)
    return detail(case_id), 201, {"Location": address}


@blueprint.call("GET", "/cases", "查询台账")
@needs.read
@blueprint.takes(CaseQuery, location="query")
@blueprint.gives(CasePage)
def list_cases(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the cases that the caller may see."""
    asked, chosen = dict(wanted), ledger_filter(wanted)
    with reading() as session:
        known_values.check_ledger(session, actor(), chosen)
        page = ledger.page_behind(
            session,
            actor(),
            chosen,
            clock.now(),
            Order(wanted["sort"]),
            limit=wanted["limit"],
            read=lambda kind: mark_of(asked["cursor"], asked, kind),
        )
        items = case_items(session, page.rows, actor(), language())
    return {"items": items, "total": page.total, "next": marked(page.next, asked)}


@blueprint.call("GET", "/cases/<case_id>", "查看案件")
@needs.read
@blueprint.gives(CaseDetail)
def read_case(case_id: str) -> dict[str, Any]:
    """Tell a case: dates with their reasons, who must act next, what the caller may do."""
    return detail(case_id)


@blueprint.call("GET", "/cases/<case_id>/history", "查看办理经过")
@needs.read
@blueprint.takes(HistoryQuery, location="query")
@blueprint.gives(History)
def read_history(wanted: dict[str, Any], case_id: str) -> dict[str, Any]:
    """Tell what was done, in order; with `at`, what was known then."""
    with reading() as session:
        ledger.row(session, actor(), case_id)
        rows = queries.case_history(session, case_id, until=wanted.get("at"))
        acts = {task.id: task.act for task in queries.case_tasks(session, case_id)}
        reader = readers.of_case(session, actor(), case_id)
    items = history_items(rows, acts, reader)
    return {"items": items, "total": len(items), "next": None}


@blueprint.call(
    "POST", "/cases/<case_id>/acts/<act>", "办理案件上的行为", parameters=[replay.PARAMETER]
)
@needs.write
@replayable
@blueprint.takes(ActRequest)
@blueprint.gives(CaseDetail)
def act(wanted: dict[str, Any], case_id: str, act: str) -> dict[str, Any]:
    """Perform a lawful act on a running case."""
    with reading() as session:
        ledger.row(session, actor(), case_id)
    bihuan().runtime.perform_act(
        actor(), case_id, act, wanted["data"], comment=wanted["comment"], once=once()
    )
    return detail(case_id)


def detail(case_id: str) -> dict[str, Any]:
    """Return a case that the caller may see; NotFound otherwise."""
    with reading() as session:
        row = ledger.row(session, actor(), case_id)
        item = case_items(session, [row], actor(), language())[0]
        reader = readers.of_case(session, actor(), case_id)
        files = evidence_reach.of_case(session, reader, case_id)
        added = added_json(queries.case(session, case_id).document, reader, language())
    offered = bihuan().runtime.offered_forms(actor(), case_id)
    acts = [_act(act, view) for act, view in offered]
    return item | {"acts": acts, "evidence": files, **added}


def _act(one: Act, view: FormView) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title if language() == "en" else one.title_zh,
        "form": form_json(view, language()),
    }


def ledger_filter(wanted: dict[str, Any]) -> LedgerFilter:
    """Return the filter that a query asks for."""
    chosen: dict[str, Any] = {
        name: (value,) if name in SEVERAL else value
        for name, value in wanted.items()
        if name in FILTERS
    }
    if "number" in wanted:
        chosen["text"] = f"{chosen.get('text', '')} {wanted['number']}".strip()
    # Filters that the interface had first keep their own, stricter meaning.
    rest = {n: (str(v),) for n, v in wanted.items() if n not in FILTERS and n != "number"}
    return LedgerFilter(**chosen, where=ledger_filters.read(rest))

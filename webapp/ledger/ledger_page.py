"""The ledger page put together: rows, filters, columns to sort by, position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from engine.clock import beijing_date
from engine.ports import Actor
from webapp.addresses import position, with_changes
from webapp.cases.sources import body_map
from webapp.i18n.catalogue import pick, text
from webapp.presentation import choices, labels
from webapp.presentation.case_facts import Bodies, body_name
from webapp.presentation.choices import Choice, FilterField, Position
from webapp.presentation.remaining import Remaining, day_words, remaining
from workflows.domain import ledger, ledger_flags
from workflows.domain.ledger import LedgerFilter, Order
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import EXITS

PAGE = 20
SORT = "-found_at"
FILTERS = ("text", "level", "state", "park", "department", "open", "flag")
COLUMNS = (
    ("number", "number"),
    ("level", "level"),
    ("state", "state"),
    ("enterprise", "enterprise"),
    ("description", None),
    ("place", None),
    ("found", "found_at"),
    ("due", "due"),
)
"""Column and the name it is sorted by."""


@dataclass(frozen=True)
class LedgerLine:
    """One hazard as its row says it."""

    id: str
    number: str
    level: str | None
    state: str
    enterprise: str
    description: str
    place: str
    found: str
    left: Remaining
    running: bool
    flags: Sequence[str] = ()


@dataclass(frozen=True)
class Column:
    """One column's head."""

    key: str
    address: str | None
    sorted: str | None


@dataclass(frozen=True)
class LedgerPage:
    """What the ledger template shows."""

    title: str
    total: int
    rows: Sequence[LedgerLine]
    columns: Sequence[Column]
    filters: Sequence[FilterField]
    position: Position
    text: str
    action: str
    filtered: bool
    hidden: dict[str, str] = field(default_factory=dict)


def ledger_page(
    session: Session, actor: Actor, title: str, now: datetime, language: str
) -> LedgerPage:
    """Return the hazards that a person may see, as the address asks for them."""
    bodies = body_map(session)
    number = choices.page_number(request.args.get("page"))
    order = request.args.get("sort", SORT)
    found = ledger.page(
        session,
        actor,
        _wanted(),
        now,
        order=Order(order),
        offset=(number - 1) * PAGE,
        limit=PAGE,
    )
    return LedgerPage(
        title=title,
        total=found.total,
        rows=_lines(session, found.rows, bodies, now, language),
        columns=[_column(name, sort, order) for name, sort in COLUMNS],
        filters=_filters(bodies, language),
        position=position(number, found.total, PAGE),
        text=_asked("text"),
        action=request.path,
        filtered=any(_asked(name) for name in FILTERS),
        hidden={"sort": order} if order != SORT else {},
    )


def _asked(name: str) -> str:
    return request.args.get(name, "")[:100].strip()


def _wanted() -> LedgerFilter:
    level, state = _asked("level"), _asked("state")
    flag = _asked("flag")
    wanted = LedgerFilter(
        level=(level,) if level else (),
        state=(state,) if state else (),
        park=_asked("park") or None,
        department=_asked("department") or None,
        overdue=True if _asked("open") == "overdue" else None,
        open={"open": True, "closed": False}.get(_asked("open")),
        text=_asked("text"),
    )
    marked: dict[str, Any] = {flag: True} if flag in labels.FLAGS else {}
    return replace(wanted, **marked)


def _lines(
    session: Session, rows: Sequence[HazardRow], bodies: Bodies, now: datetime, language: str
) -> list[LedgerLine]:
    flags = ledger_flags.flags_of(session, [row.case_id for row in rows])
    return [
        replace(
            _line(row, bodies, now, language),
            flags=[
                *_lateness(row, language),
                *(labels.label(labels.FLAGS, name, language) for name in flags[row.case_id]),
            ],
        )
        for row in rows
    ]


def _lateness(row: HazardRow, language: str) -> Iterator[str]:
    if ledger_flags.hides_lateness(row.state, row.overdue_since):
        yield text("case.overdue", language)


def _line(row: HazardRow, bodies: Bodies, now: datetime, language: str) -> LedgerLine:
    places = (row.park or row.town, row.industry_department)
    return LedgerLine(
        id=row.case_id,
        number=row.number,
        level=row.level,
        state=row.state,
        enterprise=pick(language, row.enterprise_name_zh, row.enterprise_name),
        description=row.description,
        place=" / ".join(body_name(bodies, place, language) for place in places),
        found=day_words(beijing_date(row.found_at), language),
        left=remaining(row.current_due_at, now, language),
        running=row.state not in EXITS and row.done_at is None,
    )


def _column(name: str, sort: str | None, order: str) -> Column:
    if sort is None:
        return Column(f"ledger.{name}", None, None)
    ascending, descending = order == sort, order == f"-{sort}"
    following = f"-{sort}" if ascending else sort
    direction = "ascending" if ascending else "descending"
    address = with_changes(sort=following, page=None)
    return Column(f"ledger.{name}", address, direction if ascending or descending else None)


def _filters(bodies: Bodies, language: str) -> list[FilterField]:
    def kind(name: str) -> list[Choice]:
        return choices.of_bodies([b for b in bodies.values() if b.kind == name], language)

    progress = [
        Choice("open", text("ledger.open_only", language)),
        Choice("overdue", text("case.overdue", language)),
        Choice("closed", text("ledger.closed_only", language)),
    ]
    offered = {
        "level": choices.named(labels.LEVELS, labels.LEVELS, language),
        "state": choices.named(labels.STATES, labels.STATES, language),
        "park": kind("park_command"),
        "department": kind("industry_department"),
        "open": progress,
        "flag": choices.named(labels.FLAGS, labels.FLAGS, language),
    }
    return [
        FilterField(name, f"filter.{name}", options, _asked(name))
        for name, options in offered.items()
    ]

"""The ledger page put together: rows in the columns of the person, filters, order, position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask import request, url_for
from sqlalchemy.orm import Session

from engine.errors import FieldError, Invalid
from engine.ports import Actor
from webapp.i18n.catalogue import pick, text
from webapp.ledger import asked, filters
from webapp.ledger.filters import Chip, Control, ControlGroup
from webapp.presentation import choices, labels
from webapp.presentation.choices import Position
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import Remaining, day_words, remaining
from workflows.domain import known_values, ledger, ledger_columns, ledger_flags, zone
from workflows.domain.ledger import LedgerFilter
from workflows.domain.ledger_fields import FIELDS, GROUPS, LedgerField
from workflows.domain.ledger_filters import PARAMETERS
from workflows.domain.ledger_order import Order
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.ledger_words import Value, Words
from workflows.domain.levels import EXITS
from workflows.exporting.files import plain

PAGE = 20
FORMATS = {"xlsx": "ledger.excel", "csv": "ledger.csv"}
"""Files that the list is sent as, with the words on their buttons."""
_DRAWN = ("number", "level", "state", "due")
"""Fields that the page draws; the others are words."""


@dataclass(frozen=True)
class Cell:
    """One field of one hazard; `drawn` names how the page draws it, if not as words."""

    key: str
    label: str
    words: str
    drawn: str
    lang: str
    short: bool
    """It is not broken into lines."""


@dataclass(frozen=True)
class LedgerLine:
    """One hazard as its row says it."""

    id: str
    number: str
    level: str | None
    state: str
    left: Remaining
    running: bool
    flags: Sequence[str]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Column:
    """One column's head."""

    key: str
    title: str
    address: str
    sorted: str | None


@dataclass(frozen=True)
class ColumnGroup:
    """Columns to choose from, under a heading."""

    title: str
    columns: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class LedgerPage:
    """What the ledger template shows."""

    title: str
    total: int
    rows: Sequence[LedgerLine]
    columns: Sequence[Column]
    offered: Sequence[ColumnGroup]
    quick: Sequence[Control]
    groups: Sequence[ControlGroup]
    chips: Sequence[Chip]
    position: Position
    text: str
    action: str
    query: str
    hidden: Sequence[tuple[str, str]]
    files: Sequence[tuple[str, str]]
    filtered: bool
    faults: Sequence[str] = ()
    """What cannot be asked for: then there are no rows, and the filters stand as they were sent."""


def ledger_page(
    session: Session, actor: Actor, title: str, now: datetime, language: str
) -> LedgerPage:
    """Return the hazards that a person may see, as the address asks for them."""
    bodies = zone.body_map(session)
    words = Words(session, language, now)
    order = asked.order()
    wanted, faults = _wanted(session, actor, language)
    number, found = 1, ledger.LedgerPage([], 0, 0, PAGE)
    if not faults:
        number, found = _turned_to(session, actor, wanted, now, order)
    fields = asked.columns() or ledger_columns.of(session, actor)
    kept = [(name, value) for name, value in asked.pairs() if name in (asked.SORT, asked.COLUMNS)]
    sent = asked.without([])
    return LedgerPage(
        title=title,
        total=found.total,
        rows=_lines(session, found.rows, fields, words, now, language),
        columns=[_column(field, words, order) for field in fields],
        offered=_offered(fields, language),
        quick=filters.quick(bodies, language),
        groups=filters.groups(bodies, language),
        chips=filters.chips(words, wanted.where, language),
        position=_position(number, found.total),
        text=asked.value(asked.TEXT),
        action=request.path,
        query=asked.address(asked.without([asked.COLUMNS]), "").removeprefix("?"),
        hidden=kept,
        files=[
            (text(key, language), asked.address(sent, url_for("ledger.export", name=name)))
            for name, key in FORMATS.items()
        ],
        filtered=asked.filtered(),
        faults=faults,
    )


def _wanted(session: Session, actor: Actor, language: str) -> tuple[LedgerFilter, Sequence[str]]:
    """Return what the address asks for, or what of it cannot be asked for."""
    try:
        wanted = asked.wanted()
        known_values.check_ledger(session, actor, wanted)
    except Invalid as error:
        return LedgerFilter(), [_said_of(fault, language) for fault in error.errors]
    return wanted, ()


def _turned_to(
    session: Session, actor: Actor, wanted: LedgerFilter, now: datetime, order: Order
) -> tuple[int, ledger.LedgerPage]:
    """Return the page that the address asks for, the last one past the end, with its number."""

    def turned(number: int) -> ledger.LedgerPage:
        start = (number - 1) * PAGE
        return ledger.page(session, actor, wanted, now, order=order, offset=start, limit=PAGE)

    number = choices.page_number(request.args.get(asked.PAGE))
    found = turned(number)
    last = choices.pages_of(found.total, PAGE)
    return (number, found) if number <= last else (last, turned(last))


def _said_of(fault: FieldError, language: str) -> str:
    """Return what is wrong; the Chinese sentence names its field by itself."""
    field = PARAMETERS.get(fault.field)
    title = f"{field.title[1]}: " if field is not None and language == "en" else ""
    return f"{title}{fault.text(language)}"


def _lines(
    session: Session,
    rows: Sequence[HazardRow],
    fields: Sequence[LedgerField],
    words: Words,
    now: datetime,
    language: str,
) -> list[LedgerLine]:
    flags = ledger_flags.flags_of(session, [row.case_id for row in rows])
    return [
        LedgerLine(
            id=row.case_id,
            number=row.number,
            level=row.level,
            state=row.state,
            left=remaining(row.current_due_at, now, language),
            running=row.state not in EXITS and row.done_at is None,
            flags=[
                *_lateness(row, language),
                *(labels.label(labels.FLAGS, name, language) for name in flags[row.case_id]),
            ],
            cells=[_cell(field, row, words, language) for field in fields],
        )
        for row in rows
    ]


def _lateness(row: HazardRow, language: str) -> Iterator[str]:
    if ledger_flags.hides_lateness(row.state, row.overdue_since):
        yield text("case.overdue", language)


def _cell(field: LedgerField, row: HazardRow, words: Words, language: str) -> Cell:
    drawn = field.key if field.key in _DRAWN else ""
    said = "" if drawn else _said(words.value(field, row), language)
    lang = spoken(said) if language == "en" and field.kind == "text" else ""
    short = field.kind in ("day", "number", "flag", "choice")
    return Cell(field.key, words.title(field), said, drawn, lang, short)


def _said(value: Value, language: str) -> str:
    if isinstance(value, date):
        return day_words(value, language)
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def _column(field: LedgerField, words: Words, order: Order) -> Column:
    ascending, descending = order.name == field.key, order.name == f"-{field.key}"
    following = f"-{field.key}" if ascending else field.key
    direction = "ascending" if ascending else "descending"
    return Column(
        field.key,
        words.title(field),
        asked.changed(asked.SORT, following),
        direction if ascending or descending else None,
    )


def _offered(shown: Sequence[LedgerField], language: str) -> list[ColumnGroup]:
    return [
        ColumnGroup(
            pick(language, *title),
            [
                (field.key, pick(language, *field.title), field in shown)
                for field in FIELDS.values()
                if field.group == group
            ],
        )
        for group, title in GROUPS.items()
    ]


def _position(number: int, total: int) -> Position:
    pages = choices.pages_of(total, PAGE)
    return Position(
        number,
        pages,
        asked.turned(number - 1) if number > 1 else None,
        asked.turned(number + 1) if number < pages else None,
    )

"""Enterprises from a sheet: checked whole first, every wrong cell named, then all or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engine.errors import FieldError, Invalid
from engine.forms.components import Option
from engine.ports import Actor
from engine.store.database import Database
from engine.work.once import Keeping, Once, run_once
from workflows.administration import enterprises
from workflows.administration.command import Options
from workflows.administration.desk import Desk, open_desk
from workflows.domain import organisation
from workflows.domain.ledger_search import folded
from workflows.importing.columns import Column, by_heading
from workflows.importing.sheet import RawRow, Table, read_rows

COLUMNS: tuple[Column, ...] = (
    Column("name_zh", "企业名称", ("单位名称", "单位", "name_zh"), required=True),
    Column("name", "英文名称", ("english name", "name")),
    Column("park", "所在园区", ("园区", "park")),
    Column("town", "所在镇街", ("镇", "镇（街道）", "所在镇（街道）", "town"), required=True),
    Column(
        "industry_department",
        "行业主管部门",
        ("主管部门", "industry_department", "department"),
        required=True,
    ),
    Column("industry", "行业", ("industry",), required=True),
    Column("size_class", "规模", ("企业规模", "size_class", "size"), required=True),
    Column("address", "地址", ("address",)),
    Column("legal_representative", "法定代表人", ("legal_representative",), required=True),
    Column("actual_investor", "实际投资人", ("实际控制人", "actual_investor")),
    Column("contact", "联系人", ("contact",)),
    Column("phone", "联系电话", ("电话", "phone")),
)
_SIZES = {zh: name for name, (zh, _) in enterprises.SIZES.items()} | {
    "规上": "above_scale",
    "规下": "small",
}
_CHOSEN = {"park": "parks", "town": "towns", "industry_department": "departments"}
ENTERPRISES = Table(COLUMNS, "企业名单", "a list of enterprises")

_TITLES = {column.key: column.title for column in COLUMNS}
_ENGLISH = {one.key: one.label for one in enterprises.FORM.fields}


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do: names added, changed, and as they were.

    `changes` = by the name of an enterprise, each field that changes: as it was, as it will be.
    """

    added: list[str]
    changed: list[str]
    same: list[str]
    changes: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)


_KEEPING: Keeping[Imported] = Keeping(
    "enterprise.import",
    asdict,
    lambda _session, kept: Imported(kept["added"], kept["changed"], kept["same"]),
)


class _OnlyTried(Exception):  # noqa: N818 no error: it undoes a trial
    def __init__(self, outcome: Imported) -> None:
        super().__init__()
        self.outcome = outcome


def as_text(path: Path) -> str:
    """Return a sheet (.xlsx or .csv) as CSV with our headings, to be looked at and corrected."""
    rows = read_rows(path, ENTERPRISES)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([column.title for column in COLUMNS])
    for row in rows:
        writer.writerow([_cell(row, column.key) for column in COLUMNS])
    return lines.getvalue()


def import_enterprises(
    database: Database,
    actor: Actor,
    agency: str,
    rows: Sequence[RawRow],
    *,
    agreed: Callable[[Imported], bool],
    once: Once | None = None,
) -> Imported:
    """Add the enterprises that are new by their name and change the others, in one transaction.

    `agreed` is asked within it, with what the import comes to; where it says no, all is undone.
    Under the key `once` they are imported only once.

    Raises:
        NotAllowed: the actor is no administrator.
        Invalid: with every wrong cell by its line; then nothing was changed.
    """

    def work(session: Session) -> Imported:
        desk = open_desk(session, actor, agency)
        outcome = _import(desk, rows)
        if not agreed(outcome):
            # Tried for real and undone, so that the preview cannot differ from the import.
            raise _OnlyTried(outcome)
        counts = {"added": len(outcome.added), "changed": len(outcome.changed)}
        desk.record("enterprise.import", agency, counts | {"same": len(outcome.same)})
        return outcome

    try:
        return run_once(database, agency, actor.id, once, _KEEPING, work)
    except _OnlyTried as tried:
        return tried.outcome


def rows_of_text(text: str) -> list[RawRow]:
    """Return the rows of a table in text: CSV, or cells as a spreadsheet copies them.

    Raises:
        Invalid: its first line lacks a heading that every sheet has.
    """
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    lines = list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in first else ","))
    places = _places(lines[0] if lines else [])
    return [
        RawRow(number, {places[i]: cell for i, cell in enumerate(line) if i in places})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def _places(headings: Sequence[str]) -> dict[int, str]:
    """Return which column each heading names; raise Invalid where one is missing."""
    known = by_heading(COLUMNS)
    named = [known.get(heading.strip().lower()) for heading in headings]
    places = {index: column.key for index, column in enumerate(named) if column}
    lacking = "、".join(
        column.title for column in COLUMNS if column.required and column.key not in places.values()
    )
    if lacking:
        raise Invalid.at(
            "text",
            f"Expected headings in the first line, but {lacking} is missing",
            f"第一行应为列名，缺少：{lacking}",
        )
    return places


def _import(desk: Desk, rows: Sequence[RawRow]) -> Imported:
    known = {one.name_zh: one.id for one in organisation.enterprises(desk.session) if one.open}
    options = enterprises.supervisors(desk)
    faults: list[FieldError] = []
    outcome = Imported([], [], [])
    seen: dict[str, int] = {}
    for row in rows:
        try:
            data = _clean(row, options)
            _refuse_repeated(data["name_zh"], row.line, seen)
            _apply(desk, data, known, outcome)
        except Invalid as error:
            faults += _at_line(row.line, error)
    if faults or not rows:
        raise Invalid(
            f"Expected enterprises without mistakes, but {len(faults)} cells are wrong",
            f"有 {len(faults)} 处填写有误，没有导入任何企业" if faults else "没有可导入的企业",
            faults,
        )
    return outcome


def _apply(desk: Desk, data: dict[str, Any], known: Mapping[str, str], outcome: Imported) -> None:
    name = data["name_zh"]
    there = known.get(name)
    if there is None:
        enterprises.add(desk, data)
        outcome.added.append(name)
        return
    changes = enterprises.edit(desk, there, _kept(desk, there, data))
    if changes:
        outcome.changed.append(name)
        outcome.changes[name] = changes
    else:
        outcome.same.append(name)


def _kept(desk: Desk, there: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with what the sheet leaves blank as it was."""
    before = organisation.enterprise(desk.session, there)
    return {key: value or getattr(before, key) for key, value in data.items()} | {
        key: getattr(before, key) for key in _TITLES if key not in data
    }


def _clean(row: RawRow, options: Options) -> dict[str, Any]:
    data = {column.key: _cell(row, column.key) for column in COLUMNS}
    data = {key: text for key, text in data.items() if text}
    faults = [
        _unknown(key, data[key])
        for key, source in _CHOSEN.items()
        if key in data and _chosen(data[key], options[source]) is None
    ]
    for key, source in _CHOSEN.items():
        if key in data:
            data[key] = _chosen(data[key], options[source]) or data[key]
    if "size_class" in data:
        data["size_class"] = _SIZES.get(data["size_class"], data["size_class"])
    clean: dict[str, Any] = {}
    try:
        clean = enterprises.FORM.clean(data, options=options)
    except Invalid as error:
        told = {fault.field for fault in faults}
        faults += [fault for fault in error.errors if fault.field not in told]
    if faults:
        raise Invalid("Expected a row without mistakes, but it has some", "本行填写有误", faults)
    return clean


def _chosen(text: str, offered: Sequence[Option]) -> str | None:
    return next(
        (one.value for one in offered if text in (one.label_zh, one.label, one.value)), None
    )


def _unknown(key: str, text: str) -> FieldError:
    return FieldError(
        key,
        f"Expected a body of the zone, but “{text[:40]}” is none",
        f"没有名为“{text[:40]}”的单位，请先新增",
    )


def _refuse_repeated(name: str, line: int, seen: dict[str, int]) -> None:
    first = seen.setdefault(folded(name), line)
    if first != line:
        raise Invalid.at(
            "name_zh", f"Expected a name once, but it repeats line {first}", f"与第 {first} 行重复"
        )


def _at_line(line: int, error: Invalid) -> list[FieldError]:
    found = error.errors or (FieldError("", error.message, error.message_zh),)
    return [
        FieldError(
            f"{line}",
            f"{_ENGLISH.get(one.field, one.field)}: {one.message}",
            f"{_TITLES.get(one.field, one.field)}：{one.message_zh}",
        )
        for one in found
    ]


def _cell(row: RawRow, key: str) -> str:
    value = row.cells.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value if value is not None else "").strip()

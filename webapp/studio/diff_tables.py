"""Decision tables of two versions as one table: rows and cells marked as new, gone or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.deployment.differences_table import Column, column_name, columns, paired_rules
from engine.errors import Invalid
from engine.execution.dmn_reader import read_dmn
from engine.expressions.tables import DecisionTable, Rule
from webapp.i18n.language import t

AROUND = 1
"""Rows that are the same, shown above and below one that differs."""


@dataclass(frozen=True)
class CellView:
    """A cell; both texts where it changed, one where it did not."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed in it."""
        return self.before == self.after


@dataclass(frozen=True)
class RowView:
    """A row with what became of it."""

    number: str
    change: str
    said: str
    cells: Sequence[CellView]


@dataclass(frozen=True)
class TableView:
    """One decision of both versions; `left_out` rows are the same and far from any that differs."""

    name: str
    headings: Sequence[tuple[str, str]]
    """Name of the column, and `added`, `removed` or nothing."""
    rows: Sequence[RowView]
    left_out: str


def table_views(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[TableView]:
    """Return the tables that both versions have and that differ."""
    found: list[TableView] = []
    for path in sorted(before.keys() & after.keys()):
        if PurePosixPath(path).suffix != ".dmn" or before[path] == after[path]:
            continue
        try:
            was, now = _tables(before[path]), _tables(after[path])
        except Invalid:
            continue
        both = [(was[key], now[key]) for key in now if key in was and was[key] != now[key]]
        found.extend(_view(*pair) for pair in both)
    return found


def _tables(data: bytes) -> dict[str, DecisionTable]:
    nodes = read_dmn(data).decisions
    return {node.id: node.table for node in nodes if node.table is not None}


def _view(was: DecisionTable, now: DecisionTable) -> TableView:
    old, new = columns(was), columns(now)
    # Columns that are gone come after those that remain, under what they were called.
    keys = [*new, *(key for key in old if key not in new)]
    rows = [_row(pair, keys, (was, now)) for pair in paired_rules(was, now)]
    near = _near(rows)
    headings = [
        (column_name({**old, **new}[key]), "" if key in old and key in new else _of(key, old))
        for key in keys
    ]
    left = len(rows) - len(near)
    return TableView(
        name=now.name,
        headings=headings,
        rows=[rows[at] for at in near],
        left_out=t("compare.more_rows", count=left) if left else "",
    )


def _of(key: Column, old: Mapping[Column, object]) -> str:
    return "removed" if key in old else "added"


def _row(
    pair: tuple[Rule | None, Rule | None],
    keys: Sequence[Column],
    tables: tuple[DecisionTable, DecisionTable],
) -> RowView:
    was, now = (_cells(rule, table) for rule, table in zip(pair, tables, strict=True))
    cells = [CellView(was.get(key, ""), now.get(key, "")) for key in keys]
    same = all(cell.same for cell in cells)
    change = "added" if not was else "removed" if not now else "" if same else "changed"
    table, rule = (tables[1], pair[1]) if pair[1] else (tables[0], pair[0])
    number = table.rules.index(rule) + 1 if rule else 0
    said = {
        "added": t("compare.added"),
        "removed": t("compare.removed"),
        "changed": t("compare.changed"),
        "": t("compare.same"),
    }
    return RowView(str(number), change, said[change], cells)


def _cells(rule: Rule | None, table: DecisionTable) -> dict[Column, str]:
    if rule is None:
        return {}
    return dict(zip(columns(table), (*rule.tests, *rule.outputs), strict=True))


def _near(rows: Sequence[RowView]) -> list[int]:
    """Return the places of the rows that differ, and of those beside them."""
    differing = [at for at, row in enumerate(rows) if row.change]
    near = {place for at in differing for place in range(at - AROUND, at + AROUND + 1)}
    return sorted(near & set(range(len(rows))))

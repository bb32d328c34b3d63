"""What differs between the decisions of two documents: columns, rows, and rows cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.deployment.differences_values import Aspects, Change, compared, either, in_order
from engine.execution.dmn_reader import read_dmn
from engine.expressions.boxed import Boxed, Text
from engine.expressions.decision_graph import DecisionModel, DecisionNode, Knowledge
from engine.expressions.tables import DecisionTable, Input, Output, Rule

Node = DecisionNode | Knowledge

Column = tuple[str, str]
"""`input` or `output`, and what tells the column from others of its table."""


def table_changes(path: str, before: bytes, after: bytes) -> Iterator[Change]:
    """Yield what differs, decision by decision.

    Raises:
        Invalid: one of the two cannot be read.
    """
    was, now = _nodes(read_dmn(before)), _nodes(read_dmn(after))
    for key in in_order(was, now):
        old, new, node = was.get(key), now.get(key), either(key, was, now)
        spot = Change(path, "decision", "changed", key, (node.name, node.name))
        yield from compared(spot, _aspects(old), _aspects(new))
        tables = _table(old), _table(new)
        if tables[0] is not None and tables[1] is not None:
            inside = replace(spot, place=spot.title)
            yield from _Tables(inside, tables[0], tables[1]).changes()


def _nodes(model: DecisionModel) -> dict[str, Node]:
    found: dict[str, Node] = {node.id: node for node in model.decisions}
    return found | {one.id: one for one in model.knowledge}


def _table(node: Node | None) -> DecisionTable | None:
    logic = None if node is None else _logic(node)
    return logic if isinstance(logic, DecisionTable) else None


def _logic(node: Node) -> Boxed:
    return node.logic if isinstance(node, DecisionNode) else node.body


def _aspects(node: Node | None) -> Aspects | None:
    if node is None:
        return None
    table, logic = _table(node), _logic(node)
    written = logic.text if isinstance(logic, Text) else repr(logic)
    found: dict[str, str | None] = {
        "name": node.name,
        "type": node.type,
        "knowledge": ", ".join(node.knowledge),
        "logic": "table" if table is not None else written,
    }
    if isinstance(node, DecisionNode):
        found |= {"variable": node.variable, "needs": ", ".join(node.needs)}
    else:
        found["parameters"] = ", ".join(node.parameters)
    if table is not None:
        found["hit_policy"] = " ".join(filter(None, (table.hit_policy, table.aggregation)))
    return found


class _Tables:
    """A decision table of two versions."""

    def __init__(self, spot: Change, before: DecisionTable, after: DecisionTable) -> None:
        self._spot, self._before, self._after = spot, before, after
        self._old, self._new = columns(before), columns(after)
        self._numbers = _numbers(before), _numbers(after)

    def changes(self) -> Iterator[Change]:
        """Yield columns, then rows, then that rows that remain stand in another order."""
        for key in in_order(self._old, self._new):
            old, new = self._old.get(key), self._new.get(key)
            name = column_name(either(key, self._old, self._new))
            spot = replace(self._spot, subject=key[0], element=key[1], title=(name, name))
            yield from compared(spot, _of_column(old), _of_column(new))
        pairs = paired_rules(self._before, self._after)
        for was, now in pairs:
            yield from self._row(was, now)
        order = [self._numbers[0][was.id] for was, now in pairs if was and now]
        if order != sorted(order):
            yield replace(self._spot, aspect="order", place=None)

    def _row(self, old: Rule | None, new: Rule | None) -> Iterator[Change]:
        rule, numbers = (old, self._numbers[0]) if new is None else (new, self._numbers[1])
        if rule is None:
            return
        number = str(numbers[rule.id])
        spot = replace(self._spot, subject="rule", element=rule.id, title=(number, number))
        was, now = self._cells(old, self._old), self._cells(new, self._new)
        for change in compared(spot, was, now):
            before = row_text(old) if old and not new else change.before
            after = row_text(new) if new and not old else change.after
            yield replace(change, before=before, after=after)

    def _cells(self, rule: Rule | None, known: Mapping[Column, Input | Output]) -> Aspects | None:
        """Return the cells of the columns that both tables have, and the row's description."""
        if rule is None:
            return None
        found: dict[str, str | None] = {}
        for (key, column), cell in zip(known.items(), (*rule.tests, *rule.outputs), strict=True):
            if key in self._old and key in self._new:
                found[f"cell.{column_name(column)}"] = cell
        return found | {"description": rule.description}


def _numbers(table: DecisionTable) -> dict[str, int]:
    return {rule.id: number for number, rule in enumerate(table.rules, start=1)}


def columns(table: DecisionTable) -> dict[Column, Input | Output]:
    """Return the columns of a table in their order."""
    found: dict[Column, Input | Output] = {}
    for one in table.inputs:
        found[_free(found, ("input", one.expression))] = one
    for output in table.outputs:
        found[_free(found, ("output", output.name))] = output
    return found


def _free(taken: Mapping[Column, object], key: Column) -> Column:
    number, wanted = 2, key
    while wanted in taken:
        wanted, number = (key[0], f"{key[1]} {number}"), number + 1
    return wanted


def paired_rules(
    before: DecisionTable, after: DecisionTable
) -> list[tuple[Rule | None, Rule | None]]:
    """Pair the rows of two tables: by id, else by what they test, else not at all."""
    old = {rule.id: rule for rule in before.rules}
    pairs = {rule.id: old.pop(rule.id) for rule in after.rules if rule.id in old}
    tested: dict[tuple[str, ...], list[Rule]] = {}
    for rule in old.values():
        tested.setdefault(rule.tests, []).append(rule)
    for rule in after.rules:
        same = tested.get(rule.tests) if rule.id not in pairs else None
        if same:
            pairs[rule.id] = same.pop(0)
            del old[pairs[rule.id].id]
    found: list[tuple[Rule | None, Rule | None]] = [
        (pairs.get(rule.id), rule) for rule in after.rules
    ]
    return found + [(rule, None) for rule in old.values()]


def row_text(rule: Rule) -> str:
    """Return a row as one line."""
    return f"{_joined(rule.tests)} → {_joined(rule.outputs)}"


def _joined(cells: Sequence[str]) -> str:
    return " | ".join(cell or "-" for cell in cells)


def column_name(column: Input | Output) -> str:
    """Return the heading of a column."""
    if isinstance(column, Input):
        return column.label or column.expression
    return column.name


def _of_column(column: Input | Output | None) -> Aspects | None:
    if column is None:
        return None
    if isinstance(column, Input):
        return {"label": column.label, "type": column.type, "values": column.values}
    return {"type": column.type, "values": column.values, "default": column.default}

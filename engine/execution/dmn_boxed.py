"""Reads boxed expressions: whatever a decision or a function of a DMN document is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from lxml import etree

from engine.execution.dmn_nodes import every, one, refusal, text_of
from engine.execution.dmn_tables import read_table
from engine.execution.xml import local_name
from engine.expressions import ast
from engine.expressions.boxed import (
    Boxed,
    Conditional,
    Context,
    Definition,
    Entry,
    Invocation,
    Items,
    Iteration,
    Relation,
    Text,
)
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse


def read_boxed(parent: etree._Element, identity: str, name: str) -> Boxed:
    """Return the one boxed expression among the children of an element.

    Raises:
        Invalid: there is none, or more than one.
    """
    found = [child for child in parent if local_name(child) in _READERS]
    if len(found) != 1:
        names = ", ".join(local_name(child) for child in found) or "nothing"
        raise refusal(parent, "one expression", "一个表达式", names)
    return _read(found[0], identity, name)


def name_of(element: etree._Element | None, otherwise: str = "") -> str:
    """Return a name as FEEL has it: words with one space between them."""
    name = element.get("name") if element is not None else None
    return " ".join((name or otherwise).split())


def checked_name(element: etree._Element, name: str) -> str:
    """Return a name that expressions use.

    Raises:
        Invalid: FEEL cannot write it.
    """
    try:
        root = parse(name).root
    except FeelError:
        root = None
    if not isinstance(root, ast.Name) or root.name != name:
        raise refusal(element, "a name that FEEL can write", "FEEL 可用的名称", name or "none")
    return name


def _read(element: etree._Element, identity: str, name: str) -> Boxed:
    return _READERS[local_name(element)](element, identity, name)


def _literal(element: etree._Element, _identity: str, _name: str) -> Boxed:
    if one(element, "importedValues") is not None:
        raise refusal(element, "an expression of this document", "本文件中的表达式", "an import")
    return Text(text_of(element))


def _context(element: etree._Element, identity: str, name: str) -> Boxed:
    entries: list[Entry] = []
    result: Boxed | None = None
    for entry in every(element, "contextEntry"):
        variable = one(entry, "variable")
        value = read_boxed(entry, identity, name)
        if variable is not None:
            entries.append(Entry(name_of(variable), value))
        elif result is None:
            result = value
        else:
            raise refusal(entry, "one result", "一个结果", "another")
    return Context(tuple(entries), result)


def _list(element: etree._Element, identity: str, name: str) -> Boxed:
    parts = [child for child in element if local_name(child) in _READERS]
    return Items(tuple(_read(part, identity, name) for part in parts))


def _relation(element: etree._Element, identity: str, name: str) -> Boxed:
    columns = tuple(name_of(column) for column in every(element, "column"))
    rows = []
    for row in every(element, "row"):
        cells = [child for child in row if local_name(child) in _READERS]
        if len(cells) != len(columns):
            raise refusal(row, f"{len(columns)} cells", f"{len(columns)} 个单元格", str(len(cells)))
        rows.append(tuple(_read(cell, identity, name) for cell in cells))
    return Relation(columns, tuple(rows))


def _invocation(element: etree._Element, identity: str, name: str) -> Boxed:
    function = text_of(one(element, "literalExpression"))
    if not function:
        raise refusal(element, "the name of a function", "函数名称", "nothing")
    bindings = tuple(
        Entry(_parameter(one(binding, "parameter"), binding), read_boxed(binding, identity, name))
        for binding in every(element, "binding")
    )
    return Invocation(function, bindings)


def read_definition(element: etree._Element, identity: str, name: str) -> Definition:
    """Return a function, as a knowledge model holds it too.

    Raises:
        Invalid: it is written in another language than FEEL.
    """
    if element.get("kind", "FEEL") != "FEEL":
        raise refusal(element, "a function in FEEL", "FEEL 函数", element.get("kind", ""))
    parameters = tuple(_parameter(part, part) for part in every(element, "formalParameter"))
    return Definition(parameters, read_boxed(element, identity, name))


def _conditional(element: etree._Element, identity: str, name: str) -> Boxed:
    return Conditional(*(_part(element, part, identity, name) for part in ("if", "then", "else")))


def _filter(element: etree._Element, identity: str, name: str) -> Boxed:
    source = _part(element, "in", identity, name)
    return Iteration("filter", "item", source, _part(element, "match", identity, name))


def _iteration(kind: Literal["for", "some", "every"]) -> Callable[..., Boxed]:
    last = "return" if kind == "for" else "satisfies"

    def read(element: etree._Element, identity: str, name: str) -> Boxed:
        written = " ".join((element.get("iteratorVariable") or "").split())
        variable = checked_name(element, written)
        source = _part(element, "in", identity, name)
        return Iteration(kind, variable, source, _part(element, last, identity, name))

    return read


def _parameter(found: etree._Element | None, place: etree._Element) -> str:
    return checked_name(place, name_of(found))


def _part(element: etree._Element, part: str, identity: str, name: str) -> Boxed:
    found = one(element, part)
    if found is None:
        raise refusal(element, f"a part {part!r}", f"组成部分 {part}", "none")
    return read_boxed(found, identity, name)


_READERS: Final[Mapping[str, Callable[[etree._Element, str, str], Boxed]]] = {
    "decisionTable": read_table,
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": read_definition,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration("for"),
    "some": _iteration("some"),
    "every": _iteration("every"),
}

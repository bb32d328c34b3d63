"""Looks at an expression before it ever runs: unknown names and functions, types that clash."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from engine.expressions import ast
from engine.expressions.builtins import BUILTINS
from engine.expressions.errors import FeelError
from engine.expressions.findings import Finding
from engine.expressions.inference import (
    ANY,
    Type,
    common,
    compatible,
    element_of,
    entry_of,
    label,
    of_arithmetic,
    of_value,
)
from engine.expressions.parsing import parse, parse_unary_tests

__all__ = ["Finding", "Scope", "check", "check_unary_tests"]

Names = Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may use.

    Attributes:
        names: name to type; a nested mapping is a context, a list of one type a list of it, and
            `any` is not looked into.
        functions: functions beyond the built-in ones, to the types of their results.
    """

    names: Names
    functions: Mapping[str, str] = field(default_factory=dict)


def check(expression: str | ast.Expression, scope: Scope) -> list[Finding]:
    """Return what is wrong with an expression, in the order of the text."""
    try:
        tree = parse(expression) if isinstance(expression, str) else expression
    except FeelError as error:
        return [_unreadable(error)]
    return _look([tree.root], scope, {})


def check_unary_tests(
    cell: str | ast.UnaryTests, scope: Scope, tested: Type = ANY
) -> list[Finding]:
    """Return what is wrong with a cell that tests a value of a type."""
    try:
        tree = parse_unary_tests(cell) if isinstance(cell, str) else cell
    except FeelError as error:
        return [_unreadable(error)]
    checker = _Checker(scope)
    for test in tree.tests:
        checker.test(test, tested, {"?": tested})
    return checker.sorted()


def type_of(expression: str | ast.Expression, scope: Scope) -> Type:
    """Return the type of an expression as far as it can be told, else `any`."""
    tree = parse(expression) if isinstance(expression, str) else expression
    return _Checker(scope).infer(tree.root, {})


def _look(roots: Iterable[ast.Node], scope: Scope, local: Names) -> list[Finding]:
    checker = _Checker(scope)
    for root in roots:
        checker.infer(root, local)
    return checker.sorted()


def _unreadable(error: FeelError) -> Finding:
    return Finding(error.reason, error.reason_zh, error.line, error.column, kind="syntax")


class _Checker:
    """Infers types from the leaves up and notes what clashes on the way."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.findings: list[Finding] = []

    def sorted(self) -> list[Finding]:
        """Return the findings in the order of the text, each once."""
        return sorted(dict.fromkeys(self.findings), key=lambda found: (found.line, found.column))

    def note(self, node: ast.Node, kind: str, message: str, message_zh: str) -> None:
        """Keep one finding."""
        self.findings.append(Finding(message, message_zh, node.line, node.column, kind))

    def infer(self, node: ast.Node, local: Names) -> Type:
        """Return the type of a node."""
        method = getattr(self, _METHODS.get(type(node), "_children"))
        return cast(Type, method(node, local))

    def _children(self, node: ast.Node, local: Names) -> Type:
        for child in ast.children(node):
            self.infer(child, local)
        return _RESULTS.get(type(node), ANY)

    def _literal(self, node: ast.Literal, local: Names) -> Type:
        return of_value(node.value)

    def _name(self, node: ast.Name, local: Names) -> Type:
        for names in (local, self.scope.names):
            if node.name in names:
                return names[node.name]
        if node.name in self.scope.functions or node.name in BUILTINS:
            return "function"
        if "" not in local and "" not in self.scope.names:
            known = [*local, *self.scope.names]
            self._unknown(node, "name", "名称", node.name, known)
        return ANY

    def _unknown(
        self, node: ast.Node, what: str, what_zh: str, name: str, known: Iterable[str]
    ) -> None:
        near = difflib.get_close_matches(name, list(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        hint_zh = f"，是否为 {near[0]}？" if near else ""
        self.note(
            node,
            f"unknown-{what}",
            f"Expected a {what} that exists, but nothing provides {name}{hint}",
            f"{what_zh} {name} 不存在{hint_zh}",
        )

    def _path(self, node: ast.Path, local: Names) -> Type:
        source = self.infer(node.source, local)
        found = entry_of(source, node.name)
        if found is not None:
            return found
        known = source if isinstance(source, Mapping) else ()
        self._unknown(node, "name", "名称", node.name, known)
        return ANY

    def _call(self, node: ast.Call, local: Names) -> Type:
        types = [self.infer(argument, local) for argument in node.arguments]
        if not isinstance(node.function, ast.Name):
            self.infer(node.function, local)
            return ANY
        name = node.function.name
        if name in local or name in self.scope.functions:
            return ANY if name in local else self.scope.functions[name]
        if name in BUILTINS:
            return self._builtin(node, name, types)
        self._unknown(node, "function", "函数", name, [*BUILTINS, *self.scope.functions])
        return ANY

    def _builtin(self, node: ast.Call, name: str, types: Sequence[Type]) -> Type:
        results = {f.result for f in BUILTINS[name] if node.names or f.takes(len(types))}
        if results:
            return results.pop() if len(results) == 1 else ANY
        self.note(
            node,
            "arguments",
            f"Expected {name} with another number of arguments, but it has {len(types)}",
            f"函数 {name} 的参数个数不符，实际为 {len(types)} 个",
        )
        return ANY

    def _compare(self, node: ast.Compare, local: Names) -> Type:
        left, right = self.infer(node.left, local), self.infer(node.right, local)
        self._same(node, left, right)
        return "boolean"

    def _same(self, node: ast.Node, left: Type, right: Type) -> None:
        if not compatible(left, right):
            self.note(
                node,
                "types",
                f"Expected values of one type, but {label(left)} is compared with {label(right)}",
                f"比较的两侧类型不同：{label(left)} 与 {label(right)}",
            )

    def _between(self, node: ast.Between, local: Names) -> Type:
        value = self.infer(node.value, local)
        for end in (node.low, node.high):
            self._same(end, value, self.infer(end, local))
        return "boolean"

    def _in(self, node: ast.In, local: Names) -> Type:
        value = self.infer(node.value, local)
        for test in node.tests:
            self.test(test, value, {**local, "?": value})
        return "boolean"

    def test(self, node: ast.Node, value: Type, local: Names) -> None:
        """Look at one unary test of a value."""
        if isinstance(node, ast.Relation):
            self._same(node, value, self.infer(node.operand, local))
            return
        if isinstance(node, ast.RangeOf):
            for end in (node.low, node.high):
                self._same(end, value, self.infer(end, local))
            return
        expected = self.infer(node, local)
        asks = any(isinstance(part, ast.Name) and part.name == "?" for part in ast.walk(node))
        if not asks and expected not in (value, "range", "list") and isinstance(expected, str):
            self._same(node, value, expected)
        if isinstance(node, ast.ListOf) and value != "list" and not isinstance(value, list):
            for item in node.items:
                self.test(item, value, local)

    def _arithmetic(self, node: ast.Arithmetic, local: Names) -> Type:
        left, right = self.infer(node.left, local), self.infer(node.right, local)
        result = of_arithmetic(node.operator, left, right)
        if result is None:
            self.note(
                node,
                "types",
                f"Expected types that {node.operator} can take, but they are"
                f" {label(left)} and {label(right)}",
                f"{label(left)} 与 {label(right)} 之间不能使用 {node.operator}",
            )
        return result or ANY

    def _logic(self, node: ast.Logic, local: Names) -> Type:
        for part in node.parts:
            self._same(part, "boolean", self.infer(part, local))
        return "boolean"

    def _if(self, node: ast.If, local: Names) -> Type:
        self._same(node.condition, "boolean", self.infer(node.condition, local))
        return common(self.infer(node.chosen, local), self.infer(node.other, local))

    def _list(self, node: ast.ListOf, local: Names) -> Type:
        types = [self.infer(item, local) for item in node.items]
        return [types[0]] if types and all(kind == types[0] for kind in types) else "list"

    def _context(self, node: ast.ContextOf, local: Names) -> Type:
        entries: dict[str, Type] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            entries[key] = self.infer(value, {**local, **entries})
        return entries

    def _filter(self, node: ast.Filter, local: Names) -> Type:
        source = self.infer(node.source, local)
        item = element_of(source)
        inner: dict[str, Type] = {**local, "item": item}
        if isinstance(item, Mapping):
            inner |= item
        elif item == ANY:
            inner[""] = ANY
        condition = self.infer(node.condition, inner)
        if condition == "boolean":
            return source if isinstance(source, list) else "list"
        return item if condition == "number" else ANY

    def _loop(self, node: ast.For | ast.Quantified, local: Names) -> Type:
        inner = dict(local)
        for binding in node.bindings:
            source = self.infer(binding.source, inner)
            if binding.end is not None:
                self.infer(binding.end, inner)
            inner[binding.name] = source if binding.end is not None else element_of(source)
        if isinstance(node, ast.Quantified):
            self.infer(node.body, inner)
            return "boolean"
        return [self.infer(node.body, {**inner, "partial": "list"})]

    def _function(self, node: ast.FunctionOf, local: Names) -> Type:
        kinds = [kind.name if kind else ANY for kind in node.types]
        self.infer(node.body, {**local, **dict(zip(node.parameters, kinds, strict=True))})
        return "function"


_METHODS: Final[dict[type[ast.Node], str]] = {
    ast.Literal: "_literal",
    ast.Name: "_name",
    ast.Path: "_path",
    ast.Call: "_call",
    ast.Compare: "_compare",
    ast.Between: "_between",
    ast.In: "_in",
    ast.Arithmetic: "_arithmetic",
    ast.Logic: "_logic",
    ast.If: "_if",
    ast.ListOf: "_list",
    ast.ContextOf: "_context",
    ast.Filter: "_filter",
    ast.For: "_loop",
    ast.Quantified: "_loop",
    ast.FunctionOf: "_function",
}
_RESULTS: Final[dict[type[ast.Node], Type]] = {
    ast.InstanceOf: "boolean",
    ast.RangeOf: "range",
    ast.Relation: "range",
}

"""Walks the syntax tree: one method per kind of node, everything counted by the meter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.expressions import ast, iteration, operators, properties, typecheck
from engine.expressions.adopt import adopt
from engine.expressions.budget import Meter, refuse
from engine.expressions.builtins import BUILTINS
from engine.expressions.errors import FeelError, FeelNameError
from engine.expressions.function import Function
from engine.expressions.invocation import bind, cost
from engine.expressions.scope import EMPTY, Scope
from engine.expressions.types import Closure, Value

_ABSENT: Final = object()


class Evaluator:
    """One evaluation: the context and functions it may read, and what it has used."""

    __slots__ = ("context", "functions", "meter")

    def __init__(
        self, context: Mapping[str, object], functions: Mapping[str, Function], meter: Meter
    ) -> None:
        """Read names from a context and call functions by name."""
        self.context = context
        self.functions = functions
        self.meter = meter

    def run(self, node: ast.Node, scope: Scope = EMPTY) -> Value:
        """Return the value of a node."""
        meter = self.meter
        meter.spend(1)
        meter.depth += 1
        if meter.depth > meter.budget.depth:
            refuse("nested evaluations", "嵌套求值层数", meter.budget.depth)
        try:
            return _HANDLERS[type(node)](self, node, scope)
        except FeelError as error:
            error.locate(node.line, node.column)
            raise
        finally:
            meter.depth -= 1

    # Names and calls -----------------------------------------------------------------------

    def name(self, node: ast.Name, scope: Scope) -> Value:
        """Return what a name stands for, a function included."""
        frame = scope.frame_of(node.name)
        if frame is not None:
            return frame.names[node.name]
        if node.name in self.context:
            return adopt(self.context[node.name])
        found = self.overloads(node.name)
        if found:
            return self.closure_of(found)
        if scope.lenient:
            return None
        raise _unknown(node, node.name)

    def overloads(self, name: str) -> tuple[Function, ...]:
        """Return the functions under a name: one given from outside hides the built-in ones."""
        given = self.functions.get(name)
        return (given,) if given is not None else BUILTINS.get(name, ())

    def closure_of(self, found: tuple[Function, ...]) -> Closure:
        """Return a named function as a value; the same object each time, so it equals itself."""
        return Closure(found[0].parameters, lambda *values: self.invoke(found, list(values), ()))

    def path(self, node: ast.Path, scope: Scope) -> Value:
        """`a.b`: an entry, a property, or the list of those of all items."""
        outside = self._outside(node, scope)
        if outside is not _ABSENT:
            return adopt(outside)
        return self._read(self.run(node.source, scope), node.name)

    def _outside(self, node: ast.Node, scope: Scope) -> object:
        # Contexts from outside are read key by key, so that only the last value is copied.
        if isinstance(node, ast.Path):
            source = self._outside(node.source, scope)
            return source.get(node.name) if isinstance(source, Mapping) else _ABSENT
        if isinstance(node, ast.Name) and scope.frame_of(node.name) is None:
            return self.context.get(node.name, _ABSENT)
        return _ABSENT

    def _read(self, value: Value, name: str) -> Value:
        if isinstance(value, dict):
            return value.get(name)
        if isinstance(value, list):
            self.meter.spend(len(value))
            return [self._read(item, name) for item in value]
        return properties.read(value, name)

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """Call a function; arguments that do not fit give null."""
        target = self._target(node.function, scope)
        values = [self.run(argument, scope) for argument in node.arguments]
        if isinstance(target, Closure):
            return self.apply(target, values, node.names)
        return self.invoke(target, values, node.names) if target else None

    def _target(self, node: ast.Node, scope: Scope) -> Closure | tuple[Function, ...]:
        if isinstance(node, ast.Name):
            frame = scope.frame_of(node.name)
            value = frame.names[node.name] if frame else None
            found = () if isinstance(value, Closure) else self.overloads(node.name)
            if found:
                return found
            if frame is None and node.name not in self.context:
                raise _unknown(node, f"{node.name}(…)")
        value = self.run(node, scope)
        return value if isinstance(value, Closure) else ()

    def apply(self, target: Closure, values: list[Value], names: tuple[str, ...] = ()) -> Value:
        """Call a function value."""
        if names:
            if set(names) != set(target.parameters):
                return None
            by_name = dict(zip(names, values, strict=True))
            values = [by_name[name] for name in target.parameters]
        return target.call(*values)

    def invoke(
        self, found: tuple[Function, ...], values: list[Value], names: tuple[str, ...]
    ) -> Value:
        """Call the first of several functions of one name that takes the arguments."""
        self.meter.spend(cost(values))
        for function in found:
            arguments = bind(function, values, names)
            if arguments is None:
                continue
            try:
                result = function.call(*arguments)
            except (ArithmeticError, ValueError):
                # Only of our own functions is it known that this means an unfit argument.
                if function in BUILTINS.get(function.name, ()):
                    return None
                raise
            adopted = adopt(result)
            self.meter.measure(adopted)
            return adopted
        return None

    # Operators -----------------------------------------------------------------------------

    def arithmetic(self, node: ast.Arithmetic, scope: Scope) -> Value:
        """`a + b`."""
        left, right = self.run(node.left, scope), self.run(node.right, scope)
        result = operators.arithmetic(node.operator, left, right)
        if isinstance(result, str):
            self.meter.measure(result)
        return result

    def compare(self, node: ast.Compare, scope: Scope) -> Value:
        """`a < b`."""
        left, right = self.run(node.left, scope), self.run(node.right, scope)
        self.meter.spend(cost((left, right)))
        return operators.compare(node.operator, left, right)

    def between(self, node: ast.Between, scope: Scope) -> Value:
        """`a between b and c`."""
        value = self.run(node.value, scope)
        low = operators.compare(">=", value, self.run(node.low, scope))
        return operators.conjunction(
            low, operators.compare("<=", value, self.run(node.high, scope))
        )

    def within(self, node: ast.In, scope: Scope) -> Value:
        """`a in b`."""
        value = self.run(node.value, scope)
        result: bool | None = False
        for test in node.tests:
            result = operators.disjunction(result, self.test(test, value, scope))
            if result is True:
                return True
        return result

    def test(self, node: ast.Node, value: Value, scope: Scope) -> bool | None:
        """Return whether a value passes one unary test."""
        if isinstance(node, ast.Relation):
            return operators.compare(node.operator, value, self.run(node.operand, scope))
        inner = Scope({"?": value}, scope)
        expected = self.run(node, inner)
        if any(isinstance(part, ast.Name) and part.name == "?" for part in ast.walk(node)):
            return expected is True
        if expected is None and isinstance(node, ast.RangeOf):
            return None
        self.meter.spend(cost((expected,)))
        return operators.member(value, expected)

    def logic(self, node: ast.Logic, scope: Scope) -> Value:
        """`a and b`, `a or b`; stops at the part that decides."""
        conjunction = node.operator == "and"
        join = operators.conjunction if conjunction else operators.disjunction
        result: bool | None = conjunction
        for part in node.parts:
            result = join(result, self.run(part, scope))
            if result is (not conjunction):
                return result
        return result

    def choose(self, node: ast.If, scope: Scope) -> Value:
        """`if a then b else c`; anything but true chooses c."""
        chosen = self.run(node.condition, scope) is True
        return self.run(node.chosen if chosen else node.other, scope)

    def instance_of(self, node: ast.InstanceOf, scope: Scope) -> Value:
        """`a instance of type`."""
        value = self.run(node.value, scope)
        self.meter.spend(cost((value,)))
        return typecheck.conforms(value, node.type)

    # Structures ----------------------------------------------------------------------------

    def list_of(self, node: ast.ListOf, scope: Scope) -> Value:
        """`[a, b]`."""
        items = [self.run(item, scope) for item in node.items]
        self.meter.measure(items)
        return items

    def context_of(self, node: ast.ContextOf, scope: Scope) -> Value:
        """`{a: 1, b: a + 1}`."""
        entries: dict[str, Value] = {}
        inner = Scope(entries, scope)
        for key, value in zip(node.keys, node.values, strict=True):
            entries[key] = self.run(value, inner)
        self.meter.measure(entries)
        return dict(entries)

    def range_of(self, node: ast.RangeOf, scope: Scope) -> Value:
        """`[a..b]`; ends of different kinds give null."""
        low, high = self.run(node.low, scope), self.run(node.high, scope)
        closed = {"low_closed": node.low_closed, "high_closed": node.high_closed}
        return iteration.make_range(low, high, **closed)

    def relation(self, node: ast.Relation, scope: Scope) -> Value:
        """`(> 5)` as a value: a range open to one side."""
        return iteration.one_sided(node.operator, self.run(node.operand, scope))

    def function_of(self, node: ast.FunctionOf, scope: Scope) -> Value:
        """`function(a) a + 1`."""

        def call(*values: Value) -> Value:
            if len(values) != len(node.parameters):
                return None
            typed = zip(values, node.types, strict=True)
            if not all(kind is None or typecheck.conforms(value, kind) for value, kind in typed):
                return None
            return self.run(
                node.body, Scope(dict(zip(node.parameters, values, strict=True)), scope)
            )

        return Closure(node.parameters, call)


def _unknown(node: ast.Node, name: str) -> FeelNameError:
    return FeelNameError(
        f"Expected a name that is known here, but nothing provides {name}",
        f"表达式中的名称 {name} 不存在",
        node.line,
        node.column,
    )


_HANDLERS: Final[Mapping[type[ast.Node], Callable[[Evaluator, Any, Scope], Value]]] = {
    ast.Literal: lambda _, node, __: node.value,
    ast.Name: Evaluator.name,
    ast.Path: Evaluator.path,
    ast.Filter: iteration.filtered,
    ast.Call: Evaluator.call,
    ast.Negate: lambda self, node, scope: operators.negate(self.run(node.operand, scope)),
    ast.Arithmetic: Evaluator.arithmetic,
    ast.Compare: Evaluator.compare,
    ast.Between: Evaluator.between,
    ast.In: Evaluator.within,
    ast.Logic: Evaluator.logic,
    ast.If: Evaluator.choose,
    ast.For: iteration.each,
    ast.Quantified: iteration.quantified,
    ast.ListOf: Evaluator.list_of,
    ast.ContextOf: Evaluator.context_of,
    ast.RangeOf: Evaluator.range_of,
    ast.Relation: Evaluator.relation,
    ast.InstanceOf: Evaluator.instance_of,
    ast.FunctionOf: Evaluator.function_of,
}

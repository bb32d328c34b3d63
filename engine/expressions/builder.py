"""Turns what the parser recognises into the syntax tree, bottom-up and without recursion."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lark import Token, v_args
from lark.visitors import Transformer_NonRecursive

from engine.expressions import ast, temporal
from engine.expressions.errors import FeelSyntaxError
from engine.expressions.text import unescape
from engine.expressions.types import DECIMAL


@v_args(meta=True)
class Builder(Transformer_NonRecursive[Token, Any]):
    """One method per rule or alias of the grammar."""

    def start(self, meta: Any, parts: list[Any]) -> Any:
        """Hand the root on."""
        return parts[0]

    def words(self, meta: Any, parts: list[Any]) -> str:
        """Join the words of a name by single spaces."""
        return " ".join(" ".join(part.split()) for part in parts)

    # Cells ---------------------------------------------------------------------------------

    def any_test(self, meta: Any, parts: list[Any]) -> tuple[tuple[ast.Node, ...], bool]:
        """`-`."""
        return (), False

    def positive_tests(self, meta: Any, parts: list[Any]) -> tuple[tuple[ast.Node, ...], bool]:
        """`test, test`."""
        return parts[0], False

    def negated_tests(self, meta: Any, parts: list[Any]) -> tuple[tuple[ast.Node, ...], bool]:
        """`not(test, test)`."""
        return parts[1], True

    def test_list(self, meta: Any, parts: list[Any]) -> tuple[ast.Node, ...]:
        """Several tests."""
        return tuple(parts)

    def relation(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`> 3`."""
        return ast.Relation(*_at(meta), str(parts[0]), parts[1])

    relation_in_brackets = relation

    # Literals ------------------------------------------------------------------------------

    def null(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`null`."""
        return ast.Literal(*_at(meta), None)

    def true(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`true`."""
        return ast.Literal(*_at(meta), True)

    def false(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`false`."""
        return ast.Literal(*_at(meta), False)

    def number(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`1.5`; rounded to 34 digits like every result."""
        try:
            return ast.Literal(*_at(meta), DECIMAL.plus(Decimal(parts[0])))
        except ArithmeticError:
            raise _wrong(meta, "a number below 1E6145", "小于 1E6145 的数") from None

    def string(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`"text"`."""
        return ast.Literal(*_at(meta), unescape(parts[0][1:-1]))

    def at_literal(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`@"2026-01-31"`; what is no date, time or duration is null, as DMN says."""
        return ast.Literal(*_at(meta), temporal.parse_any(parts[0][1:].strip()[1:-1]))

    def name(self, meta: Any, parts: list[Any]) -> ast.Node:
        """A name."""
        return ast.Name(*_at(meta), parts[0])

    def not_name(self, meta: Any, parts: list[Any]) -> ast.Node:
        """The function `not`."""
        return ast.Name(*_at(meta), "not")

    # Operators -----------------------------------------------------------------------------

    def or_(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a or b or c`."""
        return ast.Logic(*_at(meta), "or", tuple(parts))

    def and_(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a and b and c`."""
        return ast.Logic(*_at(meta), "and", tuple(parts))

    def compare(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a < b`."""
        return ast.Compare(*_at(meta), str(parts[1]), parts[0], parts[2])

    def between(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a between b and c`."""
        return ast.Between(*_at(meta), *parts)

    def in_one(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a in b`."""
        return ast.In(*_at(meta), parts[0], (parts[1],))

    def in_relation(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a in > b`."""
        return ast.In(*_at(meta), parts[0], (ast.Relation(*_at(meta), str(parts[1]), parts[2]),))

    def in_many(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a in (b, c)`."""
        return ast.In(*_at(meta), parts[0], (parts[1], *parts[2]))

    def arithmetic(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a + b`."""
        return ast.Arithmetic(*_at(meta), str(parts[1]), parts[0], parts[2])

    def negate(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`-a`; of a number it is a number, so that `[-1]` is an index."""
        operand = parts[1]
        if isinstance(operand, ast.Literal) and isinstance(operand.value, Decimal):
            # Not by the operator, which would round to the 28 digits of Python's own context.
            value = operand.value.copy_negate() if operand.value else operand.value
            return ast.Literal(*_at(meta), value)
        return ast.Negate(*_at(meta), operand)

    def instance_of(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a instance of type`."""
        return ast.InstanceOf(*_at(meta), parts[0], parts[2])

    # Postfix -------------------------------------------------------------------------------

    def path(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a.b`."""
        return ast.Path(*_at(meta), *parts)

    def filter(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`a[b]`."""
        return ast.Filter(*_at(meta), *parts)

    def call(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`f(a)`."""
        values, names = parts[1] or ((), ())
        if len(set(names)) != len(names):
            raise _wrong(meta, "every argument once", "每个参数只出现一次")
        return ast.Call(*_at(meta), parts[0], values, names)

    def positional(self, meta: Any, parts: list[Any]) -> tuple[tuple[ast.Node, ...], Any]:
        """`a, b`."""
        return tuple(parts), ()

    def named_arguments(self, meta: Any, parts: list[Any]) -> tuple[tuple[ast.Node, ...], Any]:
        """`x: a, y: b`."""
        return tuple(value for _, value in parts), tuple(name for name, _ in parts)

    def named(self, meta: Any, parts: list[Any]) -> tuple[str, ast.Node]:
        """`x: a`."""
        return parts[0], parts[1]

    # Structures ----------------------------------------------------------------------------

    def list_of(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`[a, b]`."""
        return ast.ListOf(*_at(meta), tuple(part for part in parts if part is not None))

    def context(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`{a: 1}`."""
        entries = [part for part in parts if part is not None]
        keys = tuple(key for key, _ in entries)
        if len(set(keys)) != len(keys):
            raise _wrong(meta, "every key of a context once", "上下文中每个键只出现一次")
        return ast.ContextOf(*_at(meta), keys, tuple(value for _, value in entries))

    def word_entry(self, meta: Any, parts: list[Any]) -> tuple[str, ast.Node]:
        """`a: 1`."""
        return parts[0], parts[1]

    def text_entry(self, meta: Any, parts: list[Any]) -> tuple[str, ast.Node]:
        """`"a b": 1`."""
        return unescape(parts[0][1:-1]), parts[1]

    def range(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`[a..b)`."""
        opening, low, _, high, closing = parts
        return ast.RangeOf(*_at(meta), low, opening == "[", high, closing == "]")

    # Expressions of words ------------------------------------------------------------------

    def if_(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`if a then b else c`."""
        return ast.If(*_at(meta), *parts)

    def for_(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`for x in a return b`."""
        return ast.For(*_at(meta), *parts)

    def quantified(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`some x in a satisfies b`."""
        return ast.Quantified(*_at(meta), str(parts[0]), parts[1], parts[2])

    def bindings(self, meta: Any, parts: list[Any]) -> tuple[ast.Binding, ...]:
        """`x in a, y in b`."""
        return tuple(parts)

    def binding(self, meta: Any, parts: list[Any]) -> ast.Binding:
        """`x in a` or `x in a..b`."""
        return ast.Binding(*_at(meta), parts[0], parts[1], parts[3])

    def function(self, meta: Any, parts: list[Any]) -> ast.Node:
        """`function(a) b`."""
        pairs = parts[0] or ()
        names = tuple(name for name, _ in pairs)
        return ast.FunctionOf(*_at(meta), names, tuple(kind for _, kind in pairs), parts[1])

    def parameters(self, meta: Any, parts: list[Any]) -> tuple[Any, ...]:
        """`a, b`."""
        return tuple(parts)

    def parameter(self, meta: Any, parts: list[Any]) -> tuple[str, ast.TypeOf | None]:
        """`a: number`."""
        return parts[0], parts[1]

    # Types ---------------------------------------------------------------------------------

    def type(self, meta: Any, parts: list[Any]) -> ast.TypeOf:
        """`list<number>`."""
        keys, arguments = parts[2] if len(parts) > 1 else ((), ())
        return ast.TypeOf(*_at(meta), parts[0], arguments, keys)

    def function_type(self, meta: Any, parts: list[Any]) -> ast.TypeOf:
        """`function<number> -> string`; the last argument is the result."""
        arguments = [part for part in parts if isinstance(part, tuple)]
        return ast.TypeOf(*_at(meta), "function", (*sum(arguments, ()), parts[-1]))

    def null_type(self, meta: Any, parts: list[Any]) -> ast.TypeOf:
        """`null`."""
        return ast.TypeOf(*_at(meta), "Null")

    def type_arguments(self, meta: Any, parts: list[Any]) -> tuple[Any, Any]:
        """`number`."""
        return (), parts[0]

    def entry_types(self, meta: Any, parts: list[Any]) -> tuple[Any, Any]:
        """`a: number, b: string`."""
        return tuple(parts[::2]), tuple(parts[1::2])

    def type_list(self, meta: Any, parts: list[Any]) -> tuple[Any, ...]:
        """`number, string`."""
        return tuple(parts)


def _at(meta: Any) -> tuple[int, int]:
    return getattr(meta, "line", 0), getattr(meta, "column", 0)


def _wrong(meta: Any, expected: str, expected_zh: str) -> FeelSyntaxError:
    line, column = _at(meta)
    return FeelSyntaxError(
        f"Expected {expected}, but found something else",
        f"此处应为{expected_zh}",
        line,
        column,
    )

"""Text to syntax tree, bounded and cached."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Final

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from engine.expressions import ast
from engine.expressions.brackets import Brackets
from engine.expressions.budget import SOURCE_LIMIT, TREE_LIMIT
from engine.expressions.builder import Builder
from engine.expressions.errors import FeelSyntaxError
from engine.expressions.grammar import GRAMMAR

_SHOWN: Final = 40


@lru_cache(maxsize=4096)
def parse(source: str) -> ast.Expression:
    """Parse an expression.

    Raises:
        FeelSyntaxError: the text is no expression, too long or nested too deep.
    """
    return ast.Expression(source, _parse(source, "start"))


@lru_cache(maxsize=4096)
def parse_unary_tests(source: str) -> ast.UnaryTests:
    """Parse the input cell of a decision table; an empty one means `-`.

    Raises:
        FeelSyntaxError: the text is no cell, too long or nested too deep.
    """
    if not source.strip():
        return ast.UnaryTests(source, ())
    tests, negated = _parse(source, "tests")
    return ast.UnaryTests(source, tests, negated)


@cache
def _parser(start: str) -> Lark:
    return Lark(
        GRAMMAR,
        start=start,
        parser="lalr",
        lexer="basic",
        postlex=Brackets(unary=start == "tests"),
        propagate_positions=True,
        maybe_placeholders=True,
    )


def _parse(source: str, start: str) -> Any:  # noqa: ANN401 a node, or the tests of a cell
    if len(source) > SOURCE_LIMIT:
        raise FeelSyntaxError(
            f"Expected an expression of at most {SOURCE_LIMIT} characters, but it has more",
            f"表达式最多 {SOURCE_LIMIT} 个字符",
        )
    try:
        root = Builder().transform(_parser(start).parse(source))
    except UnexpectedInput as error:
        raise _unreadable(source, error) from None
    except VisitError as error:
        raise error.orig_exc from None
    nodes = root[0] if start == "tests" else (root,)
    if any(ast.depth(node) > TREE_LIMIT for node in nodes):
        raise FeelSyntaxError(
            f"Expected an expression nested at most {TREE_LIMIT} deep, but it is deeper",
            f"表达式最多嵌套 {TREE_LIMIT} 层",
        )
    return root


def _unreadable(source: str, error: UnexpectedInput) -> FeelSyntaxError:
    token = error.token if isinstance(error, UnexpectedToken) else None
    if isinstance(error, UnexpectedCharacters):
        token = Token("CHARACTER", error.char)
    if token is None or token.type == "$END":
        line = source.count("\n") + 1
        column = len(source) - source.rfind("\n")
        return FeelSyntaxError(
            "Expected more of the expression, but it ends too early",
            "表达式不完整",
            line,
            column,
        )
    shown = token if len(token) <= _SHOWN else f"{token[:_SHOWN]}…"
    line, column = error.line, error.column
    return FeelSyntaxError(
        f"Expected an expression, but line {line}, column {column} has {shown!s}",
        f"第 {line} 行第 {column} 列出现无法识别的内容：{shown}",
        line,
        column,
    )

"""Text to syntax tree, bounded and cached."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Final

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from engine.expressions import ast
from engine.expressions.brackets import CLOSING, OPENING, Brackets
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
    try:
        return _read(source, start)
    except FeelSyntaxError as error:
        error.locate(1, 1, source)
        raise


def _read(source: str, start: str) -> Any:  # noqa: ANN401
    if len(source) > SOURCE_LIMIT:
        raise FeelSyntaxError(
            f"Expected an expression of at most {SOURCE_LIMIT} characters, but it has more",
            f"表达式最多 {SOURCE_LIMIT} 个字符",
            *_place(source, SOURCE_LIMIT),
        )
    try:
        root = Builder().transform(_parser(start).parse(source))
    except UnexpectedInput as error:
        raise _unreadable(source, error) from None
    except VisitError as error:
        raise error.orig_exc from None
    for node in root[0] if start == "tests" else (root,):
        _refuse_deep(node)
    return root


def _refuse_deep(node: ast.Node) -> None:
    if ast.depth(node) <= TREE_LIMIT:
        return
    for _ in range(TREE_LIMIT):
        node = max(ast.children(node), key=ast.depth)
    raise FeelSyntaxError(
        f"Expected an expression nested at most {TREE_LIMIT} deep, but it is deeper",
        f"表达式最多嵌套 {TREE_LIMIT} 层",
        node.line,
        node.column,
    )


def _unreadable(source: str, error: UnexpectedInput) -> FeelSyntaxError:
    if isinstance(error, UnexpectedCharacters):
        return _strange(error.char, error.line, error.column)
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        return _strange(error.token, error.line, error.column)
    if not source.strip():
        return FeelSyntaxError("Expected an expression, but there is none", "没有表达式", 1, 1)
    place = _place(source, len(source.rstrip()))
    opening = _left_open(source)
    if opening is None:
        return FeelSyntaxError(
            "Expected more of the expression, but it ends here", "表达式到此结束，还不完整", *place
        )
    line, column = _place(source, opening)
    return FeelSyntaxError(
        f"Expected more of the expression, but it ends here, and {source[opening]} of line {line},"
        f" column {column} is not closed",
        f"表达式到此结束，还不完整：第 {line} 行第 {column} 列的 {source[opening]} 没有闭合",
        *place,
    )


def _strange(found: str, line: int, column: int) -> FeelSyntaxError:
    if found == '"':
        return FeelSyntaxError(
            "Expected a text in quotation marks, but no mark ends it",
            "从这里开始的文字没有结束的引号",
            line,
            column,
        )
    shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    return FeelSyntaxError(
        f"Expected another part of the expression, but found {shown!s}",
        f"此处无法识别：{shown}",
        line,
        column,
    )


def _place(source: str, offset: int) -> tuple[int, int]:
    """Return line and column of a place in a text, both counted from 1."""
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def _left_open(source: str) -> int | None:
    """Return where the innermost bracket stands that nothing closes."""
    opened: list[int] = []
    for token in _parser("start").lex(source, dont_ignore=False):
        if token.type in OPENING and token.start_pos is not None:
            opened.append(token.start_pos)
        elif token.type in CLOSING and opened:
            opened.pop()
    return opened[-1] if opened else None

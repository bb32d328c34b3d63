"""Tells apart brackets that look alike, by what stands around them, before the parser sees them.

FEEL writes a range with open ends as `]1..2[` and a typed list as `list<number>`; neither can be
told from `list[1]` and `a < b` by a parser with one token of look-ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lark import Token

OPENING: Final = {"LPAR", "LSQB", "LBRACE", "RANGE_OPEN"}
CLOSING: Final = {"RPAR", "RSQB", "RBRACE", "RANGE_CLOSE"}
_OPERAND_ENDS: Final = CLOSING | {
    "NAME",
    "NUMBER",
    "STRING",
    "AT_LITERAL",
    "SPACED",
    "NULL",
    "TRUE",
    "FALSE",
    "LSQB",
}
_OPERAND_STARTS: Final = OPENING | {
    "NAME",
    "NUMBER",
    "STRING",
    "AT_LITERAL",
    "SPACED",
    "NULL",
    "TRUE",
    "FALSE",
    "NOT",
    "MINUS",
    "IF",
    "FOR",
    "QUANTIFIER",
    "FUNCTION",
}


class Brackets:
    """A lark post-lexer; `unary` also marks the `not` that negates a whole cell."""

    always_accept = ()

    def __init__(self, *, unary: bool) -> None:
        """Serve expressions, or the cells of decision tables."""
        self._unary = unary

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens, some under another type."""
        tokens = list(stream)
        if self._unary:
            _mark_negation(tokens)
        _mark_ranges(tokens)
        _mark_types(tokens)
        return iter(tokens)


def _mark_negation(tokens: list[Token]) -> None:
    if [token.type for token in tokens[:2]] != ["NOT", "LPAR"]:
        return
    level = 0
    for place, token in enumerate(tokens[1:], start=1):
        level += (token.type == "LPAR") - (token.type == "RPAR")
        if level == 0:
            if place == len(tokens) - 1:
                tokens[0].type = "NEGATION"
            return


def _mark_ranges(tokens: list[Token]) -> None:
    # Each open bracket remembers whether a ".." has stood in it: then it is a range.
    open_ranges: list[bool] = []
    for place, token in enumerate(tokens):
        if token.type == "RSQB" and not _ends_operand(tokens, place - 1):
            token.type = "RANGE_OPEN"
        elif token.type == "LSQB" and _closes_range(tokens, place, open_ranges):
            token.type = "RANGE_CLOSE"
        if token.type in OPENING:
            open_ranges.append(False)
        elif token.type in CLOSING and open_ranges:
            open_ranges.pop()
        elif token.type == "DOTDOT" and open_ranges:
            open_ranges[-1] = True


def _ends_operand(tokens: list[Token], place: int) -> bool:
    return place >= 0 and tokens[place].type in _OPERAND_ENDS


def _closes_range(tokens: list[Token], place: int, open_ranges: list[bool]) -> bool:
    if not open_ranges or not open_ranges[-1] or not _ends_operand(tokens, place - 1):
        return False
    after = tokens[place + 1].type if place + 1 < len(tokens) else "$END"
    return after not in _OPERAND_STARTS


def _mark_types(tokens: list[Token]) -> None:
    level, expected = 0, False
    for place, token in enumerate(tokens):
        before = tokens[place - 1].type if place else ""
        if before == "INSTANCE_OF" or (before == "COLON" and _in_parameters(tokens, place)):
            level, expected = 0, True
        if expected and token.type == "LESS":
            token.type, level = "TYPE_OPEN", level + 1
        elif expected and level and token.type == "GREATER":
            token.type, level = "TYPE_CLOSE", level - 1
        elif token.type not in {"NAME", "SPACED", "FUNCTION", "NULL"} and not level:
            expected = token.type == "ARROW"


def _in_parameters(tokens: list[Token], place: int) -> bool:
    level = 0
    for index in range(place - 1, 0, -1):
        level += (tokens[index].type == "RPAR") - (tokens[index].type == "LPAR")
        if level < 0:
            return tokens[index - 1].type == "FUNCTION"
    return False

"""Regular expressions that cannot run away.

The machine behind `re` backtracks. A pattern is therefore read first: a repetition within a
repetition, a look-around or a back-reference is refused, and the number of repetitions together
with the length of the text bounds the work that a match can cost.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from engine.expressions.errors import FeelLimitError

# The parse tree of the standard library; its module is private but stable since Python 3.11.
from re import _constants as codes  # isort: skip
from re import _parser as reader  # isort: skip

PATTERN_LIMIT: Final = 300
TEXT_LIMIT: Final = 4000
WORK_LIMIT: Final = 4_000_000
_REPEATS: Final = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
_REFUSED: Final = {codes.ASSERT, codes.ASSERT_NOT, codes.GROUPREF, codes.GROUPREF_EXISTS}
_FLAGS: Final = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}


def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    """Return whether a pattern is found in a text; null if it is none."""
    machine = _machine(pattern, flags or "", len(text))
    return None if machine is None else machine.search(text) is not None


def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    """Return a text with every match replaced; `$1` stands for a group. Null if invalid."""
    machine = _machine(pattern, flags or "", len(text))
    if machine is None or re.search(r"\$(?!\d)(?<!\\\$)", replacement):
        return None
    groups = machine.groups

    def fill(found: re.Match[str]) -> str:
        def group(part: re.Match[str]) -> str:
            if part[1] is None:
                return part[2]
            number = int(part[1])
            return (found[number] or "") if number <= groups else ""

        return re.sub(r"\$(\d)|\\([\s\S])", group, replacement)

    return machine.sub(fill, text)


def split(text: str, pattern: str) -> list[str] | None:
    """Return the parts between the matches of a pattern; null if it is none."""
    machine = _machine(pattern, "", len(text))
    if machine is None or machine.groups:
        return None
    return machine.split(text)


def _machine(pattern: str, flags: str, length: int) -> re.Pattern[str] | None:
    compiled = _compiled(pattern, flags)
    if compiled is None:
        return None
    machine, work = compiled
    if length > TEXT_LIMIT or (length + 1) ** (work + 1) > WORK_LIMIT:
        raise _refusal("a text that is short enough for this pattern", "更短的文本")
    return machine


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> tuple[re.Pattern[str], int] | None:
    if len(pattern) > PATTERN_LIMIT:
        raise _refusal(f"a pattern of at most {PATTERN_LIMIT} characters", "更短的正则表达式")
    chosen = 0
    for flag in flags:
        if flag not in _FLAGS and flag != "q":
            return None
        chosen |= _FLAGS.get(flag, 0)
    source = re.escape(pattern) if "q" in flags else _translated(pattern)
    try:
        tree = reader.parse(source, chosen)
        repeats = _count(tree, within=False)
        return re.compile(source, chosen), repeats
    except (re.error, OverflowError, RecursionError):
        return None


def _translated(pattern: str) -> str:
    # XPath's classes for letters and digits, as far as Python has a word for them.
    for ours, theirs in (
        (r"\p{L}", r"[^\W\d_]"),
        (r"\p{N}", r"\d"),
        (r"\p{Nd}", r"\d"),
        (r"\p{Han}", "[\u3400-\u4dbf\u4e00-\u9fff]"),
    ):
        pattern = pattern.replace(ours, theirs)
    return pattern


def _count(tree: Any, *, within: bool) -> int:  # noqa: ANN401 a tree of the standard library
    """Return how many repetitions of unknown length follow each other."""
    total = 0
    for code, argument in tree:
        if code in _REFUSED:
            raise _refusal(
                "a pattern without look-around and back-reference", "不含环视与反向引用的正则表达式"
            )
        if code in _REPEATS:
            total += _repeat(argument, within=within)
        elif code is codes.SUBPATTERN:
            total += _count(argument[-1], within=within)
        elif code is codes.BRANCH:
            total += _branch(argument[1], within=within)
        elif code is codes.ATOMIC_GROUP:
            total += _count(argument, within=within)
    return total


def _repeat(argument: Any, *, within: bool) -> int:  # noqa: ANN401
    low, high, inner = argument
    if within and high != low:
        raise _refusal("a pattern without repetition in a repetition", "不含嵌套重复的正则表达式")
    if high is codes.MAXREPEAT or high > 1:
        below = _count(inner, within=True)
        return below + (1 if high != low else 0)
    return _count(inner, within=within)


def _branch(branches: Any, *, within: bool) -> int:  # noqa: ANN401
    if within:
        raise _refusal(
            "a pattern without alternatives in a repetition", "重复中不含分支的正则表达式"
        )
    return sum(_count(branch, within=within) for branch in branches)


def _refusal(expected: str, expected_zh: str) -> FeelLimitError:
    return FeelLimitError(
        f"Expected {expected}, but this one could take too long",
        f"正则表达式可能耗时过长,应为{expected_zh}",
    )

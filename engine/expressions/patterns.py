"""Regular expressions that cannot run away.

The machine behind `re` backtracks. A pattern is therefore read first: choices within a
repetition, look-around and back-reference are refused, and the number of ways in which the rest
could be tried on a text of this length is bounded.
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
_GROUPS: Final = {codes.SUBPATTERN, codes.ATOMIC_GROUP}
_COMPOSED: Final = _REPEATS | _GROUPS | {codes.BRANCH}
_POWER: Final = 32
_CLASSES: Final = {
    r"\p{L}": r"[^\W\d_]",
    r"\p{N}": r"\d",
    r"\p{Nd}": r"\d",
    r"\p{Han}": "[\u3400-\u4dbf\u4e00-\u9fff]",
}
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
    machine, tree = compiled
    if length > TEXT_LIMIT or (length + 1) * _ways(tree, length) > WORK_LIMIT:
        raise _refusal("a text that is short enough for this pattern", "更短的文本或更简单的模式")
    return machine


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> tuple[re.Pattern[str], Any] | None:
    if len(pattern) > PATTERN_LIMIT:
        raise _refusal(f"a pattern of at most {PATTERN_LIMIT} characters", "更短的模式")
    if not set(flags) <= {*_FLAGS, "q"}:
        return None
    chosen = 0
    for flag in set(flags) & _FLAGS.keys():
        chosen |= _FLAGS[flag]
    source = re.escape(pattern) if "q" in flags else _translated(pattern)
    try:
        return re.compile(source, chosen), reader.parse(source, chosen)
    except (re.error, OverflowError, RecursionError):
        return None


def _translated(pattern: str) -> str:
    # XPath's classes for letters and digits, as far as Python has a word for them.
    for ours, theirs in _CLASSES.items():
        pattern = pattern.replace(ours, theirs)
    return pattern


def _ways(tree: Any, length: int) -> int:  # noqa: ANN401 a tree of the standard library
    """Return an upper bound of the ways in which a pattern can be tried at one place."""
    ways = 1
    for code, argument in tree:
        if code in _REFUSED:
            raise _refusal("a pattern without look-around and back-reference", "不含环视与反向引用")
        if code in _REPEATS:
            ways *= _repeated(argument, length)
        elif code is codes.BRANCH:
            ways *= sum(_ways(branch, length) for branch in argument[1])
        elif code in _GROUPS:
            ways *= _ways(argument[-1] if code is codes.SUBPATTERN else argument, length)
        if ways > WORK_LIMIT:
            return ways
    return ways


def _repeated(argument: Any, length: int) -> int:  # noqa: ANN401
    low, high, inner = argument
    ways = _ways(inner, length)
    if low == high:
        # Of a single character any number is one way; a group costs each time it is entered.
        simple = len(inner) == 1 and inner[0][0] not in _COMPOSED
        return 1 if simple else int(max(ways ** min(low, _POWER), ways * low, 1))
    if high is not codes.MAXREPEAT and high <= 1:
        return 1 + ways
    if ways > 1:
        raise _refusal("a pattern without choices in a repetition", "重复之内不含重复或分支")
    return int(max(low, 1)) * (min(int(high), length) + 1)


def _refusal(expected: str, expected_zh: str) -> FeelLimitError:
    return FeelLimitError(
        f"Expected {expected}, but this one could take too long",
        f"正则表达式可能耗时过长，应为{expected_zh}",
    )

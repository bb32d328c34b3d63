"""What a new version of the rule set may change: never what the product does in one way only.

The shipped rule set says it, because what is fixed is a fact of the product. A text that is
loaded is held to it; a version that was adopted earlier is still read as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from engine.errors import Invalid
from workflows.domain import rule_set
from workflows.domain.rule_set import FIXED, READ, RuleSet, RuleValue

Fault = tuple[str, str]
"""What is wrong with a value, in Chinese and in English."""


def use_of(key: str) -> str:
    """Return whether the product reads a value, does it in one way only, or does not use it."""
    known = _shipped().values.get(key)
    return known.use if known else READ


def holding(rules: RuleSet, key: str) -> RuleSet:
    """Return a rule set that holds a value: the shipped one where an older version lacks it.

    A case keeps the version it began with, and a step may have been added to the product since.
    """
    return rules if key in rules.values else _shipped()


def check(rules: RuleSet) -> None:
    """Refuse a rule set whose change of a value would do nothing; name every such value."""
    found = [fault for value in rules for fault in _faults(value)]
    if found:
        zh, en = "；".join(zh for zh, _ in found), "; ".join(en for _, en in found)
        raise Invalid.at("text", f"Expected changes that the product follows, but: {en}", zh)


def _faults(value: RuleValue) -> Iterator[Fault]:
    known = _shipped().values.get(value.key)
    if known is None:
        yield f"没有流程使用 {value.key}，请删除该条目", f"no process knows {value.key}"
    elif known.use == FIXED and (value.value, value.unit) != (known.value, known.unit):
        here, there = _plain(known.value), _plain(value.value)
        yield (
            f"{value.key} 由产品固定为“{here}”，改为“{there}”不会生效，须先修改产品",
            f"{value.key} is fixed at {here} by the product and would not become {there}",
        )
    else:
        yield from _outside(value, known)


def _outside(value: RuleValue, known: RuleValue) -> Iterator[Fault]:
    given = value.value if isinstance(value.value, list) else [value.value]
    unknown = [one for one in given if known.allowed and one not in known.allowed]
    if unknown:
        said, names = _plain(unknown), _plain(list(known.allowed))
        yield (
            f"{value.key} 不能取“{said}”，可取：{names}",
            f"{value.key} takes {names} but not {said}",
        )
    lacking = [one for one in known.least if one not in given]
    if lacking:
        said = _plain(lacking)
        yield f"{value.key} 须保留“{said}”", f"{value.key} must keep {said}"
    if known.length and len(given) != known.length:
        yield (
            f"{value.key} 须为 {known.length} 个数",
            f"{value.key} takes {known.length} numbers, not {len(given)}",
        )


def _plain(value: Any) -> str:  # noqa: ANN401 a rule's value is of any unit
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@cache
def _shipped() -> RuleSet:
    return rule_set.parse(rule_set.shipped_text())

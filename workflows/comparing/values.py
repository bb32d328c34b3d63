"""How a value of a process is read out in a sentence: a limit in working days, a body by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.deployment.differences_values import Written
from workflows.comparing.words import BODIES, FLAGS, ROLES, SUBJECTS, TIMERS, TYPES, Words
from workflows.domain import rule_ladders

LONGEST: Final = 160
"""Characters of a value within a sentence; the whole of it stands beside the sentence."""

_NAMED: Final[Mapping[str, Mapping[str, Words]]] = {
    "property.body": BODIES,
    "property.role": ROLES,
    "interrupting": FLAGS,
    "triggered_by_event": FLAGS,
    "executable": FLAGS,
    "readonly": FLAGS,
    "multiple": FLAGS,
    "limit.required": FLAGS,
    "kind": SUBJECTS,
    "type": TYPES,
}


def value_words(aspect: str, value: Written) -> Words:
    """Return a value in Chinese and in English; what has no words as it is written."""
    if isinstance(value, tuple):
        return _quoted(value[0]), _quoted(value[1])
    if aspect == "property.ladder":
        return _ladder(value)
    found = _NAMED.get(aspect, {}).get(value)
    if found is not None:
        return found
    if aspect == "timer":
        return _timers(value)
    text = " ".join(value.split())
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    # An expression has quotation marks of its own.
    return (f"「{short}」", f"‘{short}’") if '"' in short else (f"“{short}”", f"“{short}”")


def _quoted(name: str) -> str:
    return f"“{name}”"


def _timers(value: str) -> Words:
    known = [TIMERS.get(one, (one, one)) for one in value.split(", ")]
    return "、".join(zh for zh, _ in known), ", ".join(en for _, en in known)


def _ladder(name: str) -> Words:
    days = rule_ladders.counted(name)
    if days is not None:
        return f" {days} 个工作日", f"{days} working {'day' if days == 1 else 'days'}"
    rule = rule_ladders.rule_of(name)
    if rule:
        return f"规则 {rule}", f"rule {rule}"
    return f"阶梯 {name}", f"ladder {name}"

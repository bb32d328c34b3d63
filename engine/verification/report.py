"""Verifies a whole document and says it as plain values, for JSON and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.verification.paths import Path
from engine.verification.properties import PROPERTIES
from engine.verification.reading import read_model
from engine.verification.remarks import Remark
from engine.verification.soundness import BUDGET, Result, verify
from engine.verification.subjects import subjects

NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "safe": ("每条连线上至多一个令牌", "safe"),
    "option_to_complete": ("总能办完", "option to complete"),
    "proper_completion": ("正确结束", "proper completion"),
    "no_dead_activity": ("没有走不到的活动", "no dead activity"),
    "no_leftover_message": ("没有遗留消息", "no left-over message"),
    "sound": ("健全", "sound"),
    "message_relaxed_sound": ("健全（消息除外）", "message-relaxed sound"),
    "double_execution": ("同一活动同时办理两次（警告）", "double execution (warning)"),
}
"""Each property, and the warning, in Chinese and English."""


def verify_document(data: bytes, *, budget: int = BUDGET) -> list[Result]:
    """Verify every subject of a document.

    Raises:
        Invalid: the document cannot be read, or contradicts itself.
    """
    model = read_model(data)
    return [verify(model, subject, budget=budget) for subject in subjects(model)]


def as_document(result: Result, language: str) -> dict[str, Any]:
    """Return one result as the JSON document of `bihuan check --soundness-only`."""
    if result.unsupported:
        return {"subject": result.subject, "unsupported": _told(result.unsupported, language)}
    return {
        "subject": result.subject,
        **{name: result.holds[name] for name in PROPERTIES},
        "sound": result.sound,
        "message_relaxed_sound": result.message_relaxed_sound,
        "dead_activities": list(result.dead_activities),
        "double_activities": list(result.double_activities),
        "counterexamples": _counterexamples(result),
        "traces": {name: _trace(path) for name, path in result.paths.items()},
        "assumptions": _told(result.assumptions, language),
        "states": result.states,
        "decided": result.decided,
        "elapsed_ms": result.elapsed_ms,
    }


def _counterexamples(result: Result) -> dict[str, list[str]]:
    """Return ids by violated property: the way to it, or the activities that no way leads to."""
    found = {name: list(path.elements) for name, path in result.paths.items()}
    if result.dead_activities:
        found["no_dead_activity"] = list(result.dead_activities)
    return found


def _told(sentences: Sequence[Remark], language: str) -> list[dict[str, str]]:
    return [
        {"element": one.element, "kind": one.kind, "message": one.text(language)}
        for one in sentences
    ]


def _trace(path: Path) -> list[dict[str, Any]]:
    return [
        {
            "action": step.action,
            "elements": list(step.elements),
            "flows": list(step.flows),
            "tokens": list(step.tokens),
        }
        for step in path.steps
    ]


def lines(result: Result, language: str) -> list[str]:
    """Return one result as lines for a person."""
    english = language.startswith("en")
    if result.unsupported:
        return [f"  ? {one.text(language)}" for one in result.unsupported]
    words = ("holds", "VIOLATED", "not decided") if english else ("成立", "违反", "未能判定")
    found: list[str] = []
    for name in PROPERTIES:
        holds = result.holds[name]
        word = words[2] if holds is None else words[0] if holds else words[1]
        found.append(f"  {NAMES[name][english]}: {word}")
        found += _shown(result, name)
    for activity in result.double_activities:
        found.append(f"  {NAMES['double_execution'][english]}: {activity}")
    found += [f"  * {one.text(language)}" for one in result.assumptions]
    counted = f"{result.states} states" if english else f"{result.states} 个状态"
    if not result.states:
        counted = "too large to be searched" if english else "图太大，无法搜索"
    return [*found, f"  {counted}, {result.elapsed_ms} ms"]


def _shown(result: Result, name: str) -> list[str]:
    if name == "no_dead_activity" and result.dead_activities:
        return [f"    {', '.join(result.dead_activities)}"]
    path = result.paths.get(name)
    if path is None:
        return []
    tokens = path.steps[-1].tokens if path.steps else ()
    return [f"    {' > '.join(path.elements)}  [{', '.join(tokens)}]"]

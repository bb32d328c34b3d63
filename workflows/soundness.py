"""Judges the soundness of bundles: the properties of the tokens, with values where known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Final

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.deployment.known_values import written_names
from engine.deployment.subject import Subject
from engine.verification import model as m
from engine.verification.names import NO_NAMES, Names
from engine.verification.paths import Path
from engine.verification.properties import PROPERTIES, WARNING
from engine.verification.reading import read_model
from engine.verification.remarks import Remark
from engine.verification.report import NAMES
from engine.verification.soundness import BUDGET, Result, verify
from engine.verification.subjects import subjects
from workflows.judgement import Judgement, PathStep, Worded

_SAID: Final[Mapping[str, tuple[Worded, Worded]]] = {
    "safe": (
        Worded("任何时候每条连线上至多一个令牌", "No sequence flow ever holds two tokens"),
        Worded("{element} 上可能同时有两个令牌", "{element} may hold two tokens at once"),
    ),
    "option_to_complete": (
        Worded("从任何状态都能走到结束", "From every state the process can still complete"),
        Worded(
            "走到 {element} 之后流程可能再也无法结束",
            "After {element} the process may never complete",
        ),
    ),
    "proper_completion": (
        Worded(
            "结束时没有遗留令牌，结束事件只到达一次",
            "When it completes no token is left and no end event was reached twice",
        ),
        Worded(
            "流程可能结束时同一结束事件 {element} 已到达两次",
            "The end event {element} may be reached twice before the process completes",
        ),
    ),
    "no_dead_activity": (
        Worded("每个活动都有路径可以执行", "Every activity is executed on some way"),
        Worded("活动 {element} 永远不会执行", "{element} is never executed"),
    ),
    "no_leftover_message": (
        Worded("结束时没有未收取的消息", "No message is left when all processes have completed"),
        Worded(
            "流程都已结束，{element} 之后发出的消息可能无人收取",
            "A message may be left over after {element} when all processes have completed",
        ),
    ),
    WARNING: (
        Worded("同一活动不会同时办理两次", "No activity is executed twice at the same time"),
        Worded("{element} 可能同时办理两次", "{element} may be executed twice at the same time"),
    ),
}


@dataclass(frozen=True, slots=True)
class Sound:
    """What was found of one bundle."""

    judgements: tuple[Judgement, ...] = ()
    states: int = 0
    assumptions: tuple[Remark, ...] = field(default=())


def read_names(bundle: Bundle, environment: GateEnvironment) -> Names:
    """Return what the elements of a bundle write; nothing where it cannot be read."""
    if bundle.diagram is None:
        return NO_NAMES
    return written_names(Subject(bundle, bundle.diagram, environment, {}))


def judge(
    bundle: Bundle,
    environment: GateEnvironment,
    *,
    budget: int = BUDGET,
    seconds: float = inf,
) -> Sound:
    """Judge every subject of a bundle's diagram; what takes longer is "not decided".

    Raises:
        Invalid: the diagram cannot be read, or contradicts itself.
    """
    model = read_model(bundle.files.get(bundle.diagram_path, b""))
    names = read_names(bundle, environment)
    judgements: list[Judgement] = []
    remarks: list[Remark] = []
    states = 0
    for subject in subjects(model):
        result = verify(model, subject, budget=budget, names=names, seconds=seconds)
        judgements += _judgements(model, bundle.process, result)
        remarks += [*result.unsupported, *result.assumptions]
        states += result.states
    return Sound(tuple(judgements), states, tuple(remarks))


def _judgements(model: m.Model, process: str, result: Result) -> Iterator[Judgement]:
    shown = (*PROPERTIES, *([WARNING] if result.double_activities else []))
    for name in shown:
        holds = False if name == WARNING else result.holds.get(name)
        path = result.paths.get(name)
        element = _where(result, name, path) if holds is False else ""
        yield Judgement(
            kind="soundness",
            id=name,
            process=process,
            name=Worded(*NAMES[name]),
            sentence=_sentence(name, element, holds=holds),
            holds=holds,
            severity="warning" if name == WARNING else "error",
            element=element,
            path=steps(model, path) if path is not None else (),
        )


def _sentence(name: str, element: str, *, holds: bool | None) -> Worded:
    said, violated = _SAID[name]
    if holds is False:
        return Worded(violated.zh.format(element=element), violated.en.format(element=element))
    return said


def _where(result: Result, name: str, path: Path | None) -> str:
    """Return the element at which a violation is best shown."""
    if name == "no_dead_activity":
        return result.dead_activities[0] if result.dead_activities else ""
    if path is None or not path.steps:
        return result.double_activities[0] if name == WARNING and result.double_activities else ""
    last = path.steps[-1]
    if name == "safe":
        held = [flow for flow in last.flows if last.tokens.count(flow) > 1]
        return held[0] if held else next(iter(last.flows), "")
    return next(reversed(path.elements), "") if path.elements else ""


def steps(model: m.Model, path: Path) -> tuple[PathStep, ...]:
    """Return a path as the steps that a reader plays on the diagram."""
    return tuple(
        PathStep(
            element=element,
            process=_process_of(model, element),
            tokens=step.tokens,
            flows=step.flows,
            values={name: value for name, value in step.values if "?" not in name},
        )
        for step in path.steps
        for element in step.shown
    )


def _process_of(model: m.Model, element: str) -> str:
    node = model.nodes.get(element)
    scope = node.scope if node is not None else ""
    while scope in model.nodes:
        scope = model.nodes[scope].scope
    return scope

"""Splits that decide: exactly one way for every value, whatever the order on the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from engine.deployment.checks.flows import DECIDING
from engine.deployment.exclusion import complementary, exclusive
from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Flow, Node
from engine.expressions.ast import Expression
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse

NOT_EXHAUSTIVE: Final = Fault(
    "gateway.not_exhaustive",
    "Expected a default flow at {id}, because its conditions may all be false",
    "网关 {id} 没有默认连线，且条件可能全部不成立",
    "Make one of the flows the default",
    "请将其中一条连线设为默认",
)
NOT_EXCLUSIVE: Final = Fault(
    "gateway.not_exclusive",
    "Expected conditions that exclude each other at {id}, but {left} and {right} may both hold",
    "网关 {id} 的条件 {left} 与 {right} 可能同时成立",
    'Compare one name with different values, as in decision = "agree" and decision = "return"',
    '请用同一名称比较不同取值，例如 decision = "agree" 与 decision = "return"',
)
UNCONDITIONED: Final = Fault(
    "gateway.unconditioned",
    "Expected a condition on flow {id}, because it leaves a deciding gateway and is no default",
    "连线 {id} 引自判断网关，既无条件也非默认",
    "Write the condition, or make the flow the default",
    "请填写条件，或设为默认连线",
)
CONDITIONED_DEFAULT: Final = Fault(
    "gateway.conditioned_default",
    "Expected no condition on flow {id}, because a default is taken when no other is",
    "默认连线 {id} 不应带条件",
    "Remove the condition",
    "请删除条件",
)
FOREIGN_DEFAULT: Final = Fault(
    "gateway.foreign_default",
    "Expected the default of {id} to leave it, but {flow} does not",
    "{id} 的默认连线 {flow} 并非由其引出",
    "Choose one of its own flows as default",
    "请选择由其引出的连线作为默认",
)


def check_splits(subject: Subject) -> Iterator[Finding]:
    """Deciding gateways whose flows are not a choice."""
    for node in subject.diagram.of_kind(*DECIDING):
        leaving = subject.diagram.outgoing.get(node.id, ())
        if len(leaving) <= 1 and not any(flow.condition for flow in leaving):
            continue
        yield from _flows(subject, leaving)
        conditioned = [flow for flow in leaving if flow.condition is not None and not flow.default]
        if not any(flow.default for flow in leaving) and not _covers_all(conditioned):
            yield NOT_EXHAUSTIVE.at(subject.file, node)
        if node.kind == "exclusiveGateway":
            yield from _overlaps(subject, node, conditioned)


def check_defaults(subject: Subject) -> Iterator[Finding]:
    """Defaults that belong to another element or to one that does not decide."""
    for node in subject.diagram.nodes:
        if node.default is None:
            continue
        own = {flow.id for flow in subject.diagram.outgoing.get(node.id, ())}
        if node.default not in own or node.kind not in DECIDING:
            yield FOREIGN_DEFAULT.at(subject.file, node, flow=node.default)


def _flows(subject: Subject, leaving: Sequence[Flow]) -> Iterator[Finding]:
    for flow in leaving:
        if flow.default and flow.condition is not None:
            yield CONDITIONED_DEFAULT.at(subject.file, flow)
        elif not flow.default and not flow.condition:
            yield UNCONDITIONED.at(subject.file, flow)


def _overlaps(subject: Subject, node: Node, conditioned: Sequence[Flow]) -> Iterator[Finding]:
    for left, right in combinations(conditioned, 2):
        one, other = _tree(left), _tree(right)
        if one is not None and other is not None and not exclusive(one, other):
            yield NOT_EXCLUSIVE.at(subject.file, node, left=left.condition, right=right.condition)


def _covers_all(conditioned: Sequence[Flow]) -> bool:
    trees = [tree for flow in conditioned for tree in [_tree(flow)] if tree is not None]
    return any(complementary(one, other) for one, other in combinations(trees, 2))


def _tree(flow: Flow) -> Expression | None:
    try:
        return parse(flow.condition or "")
    except FeelError:
        return None

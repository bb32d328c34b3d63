"""Reads decisions from DMN 1.1 to 1.5; what our runner does not support is refused.

A document holds decisions, the requirements between them, and knowledge models. What is drawn
beside them (inputs, services, sources, notes) says nothing that is run: an input is a name that
expressions read, which the gate looks up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from engine.execution.dmn_boxed import checked_name, name_of, read_boxed, read_definition
from engine.execution.dmn_nodes import every, one, refusal, refuse_languages, type_of
from engine.execution.xml import local_name, safe_parse
from engine.expressions.decision_graph import DecisionModel, DecisionNode, Knowledge

NAMESPACES: Final = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
"""DMN 1.1 to 1.5."""

_LIMIT: Final = 500


def read_dmn(data: bytes) -> DecisionModel:
    """Return the decisions of a document, in its order.

    Raises:
        Invalid: it is no DMN of ours, or uses what is not supported; `details` holds `element`.
    """
    root = safe_parse(data)
    namespace = etree.QName(root).namespace
    if local_name(root) != "definitions" or namespace not in NAMESPACES:
        raise refusal(root, "a DMN 1.1 to 1.5 document", "DMN 1.1 至 1.5 文件", local_name(root))
    for child in every(root, "import"):
        raise refusal(child, "decisions of one document", "同一文件中的决策", "an import")
    refuse_languages(root)
    decisions, models = every(root, "decision"), every(root, "businessKnowledgeModel")
    if not decisions:
        raise refusal(root, "at least one decision", "至少一个决策", "none")
    if len(decisions) + len(models) > _LIMIT:
        raise refusal(root, f"at most {_LIMIT} decisions", f"最多 {_LIMIT} 个决策", "more")
    _refuse_rings(root, [*decisions, *models])
    model = DecisionModel(
        tuple(_decision(element) for element in decisions),
        tuple(_knowledge(element) for element in models),
    )
    needed = {name for node in model.decisions for name in node.needs}
    for element, node in zip(decisions, model.decisions, strict=True):
        if node.id in needed:
            checked_name(element, node.variable)
    return model


def _decision(element: etree._Element) -> DecisionNode:
    identity = _id(element)
    name = element.get("name") or identity
    variable = one(element, "variable")
    return DecisionNode(
        id=identity,
        name=name,
        variable=name_of(variable, name_of(element, identity)),
        logic=read_boxed(element, identity, name),
        type=type_of(variable),
        needs=_required(element, "informationRequirement", "requiredDecision"),
        knowledge=_required(element, "knowledgeRequirement", "requiredKnowledge"),
    )


def _knowledge(element: etree._Element) -> Knowledge:
    identity = _id(element)
    variable, logic = one(element, "variable"), one(element, "encapsulatedLogic")
    if logic is None:
        raise refusal(element, "a function", "函数", "nothing")
    name = checked_name(element, name_of(variable, name_of(element, identity)))
    definition = read_definition(logic, identity, name)
    return Knowledge(
        id=identity,
        name=name,
        parameters=definition.parameters,
        body=definition.body,
        type=type_of(variable),
        knowledge=_required(element, "knowledgeRequirement", "requiredKnowledge"),
    )


def _id(element: etree._Element) -> str:
    identity = element.get("id") or ""
    if not identity:
        raise refusal(element, "a decision with an id", "带 id 的决策", "none")
    return identity


def _required(element: etree._Element, kind: str, target: str) -> tuple[str, ...]:
    found = []
    for requirement in every(element, kind):
        for reference in every(requirement, target):
            document, _, identity = (reference.get("href") or "").partition("#")
            if document not in {"", _namespace(reference)} or not identity:
                raise refusal(
                    reference, "a requirement of this document", "本文件中的依赖", document
                )
            found.append(identity)
    return tuple(dict.fromkeys(found))


def _namespace(element: etree._Element) -> str:
    root = element.getroottree().getroot()
    return root.get("namespace") or ""


def _refuse_rings(root: etree._Element, elements: Sequence[etree._Element]) -> None:
    """Refuse requirements of what is not there, ids used twice, and rings."""
    needs: dict[str, tuple[str, ...]] = {}
    for element in elements:
        identity = _id(element)
        if identity in needs:
            raise refusal(element, "an id used once", "不重复的 id", f"{identity} again")
        needs[identity] = (
            *_required(element, "informationRequirement", "requiredDecision"),
            *_required(element, "knowledgeRequirement", "requiredKnowledge"),
        )
    kinds = {element.get("id"): local_name(element) for element in elements}
    for element in elements:
        for kind, wanted in (("Decision", "decision"), ("Knowledge", "businessKnowledgeModel")):
            under = "informationRequirement" if kind == "Decision" else "knowledgeRequirement"
            for name in _required(element, under, f"required{kind}"):
                if kinds.get(name) != wanted:
                    raise refusal(element, "requirements that exist", "已有的依赖", name)
    ring = _ring(needs)
    if ring:
        raise refusal(root, "decisions that do not need themselves", "不循环依赖的决策", ring)


def _ring(needs: Mapping[str, Sequence[str]]) -> str:
    """Return one that comes back to itself; "" if there is none."""
    done: set[str] = set()
    while len(done) < len(needs):
        free = [name for name in needs if name not in done and done.issuperset(needs[name])]
        if not free:
            return ", ".join(name for name in needs if name not in done)
        done.update(free)
    return ""

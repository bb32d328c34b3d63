"""Reads decision tables from DMN 1.1 to 1.5; what our runner does not support is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine import errors
from engine.execution.xml import local_name, safe_parse
from engine.expressions.decision_table import (
    AGGREGATIONS,
    HIT_POLICIES,
    DecisionTable,
    Input,
    Output,
    Rule,
)

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

_OTHER_LOGIC: Final = frozenset(
    {"literalExpression", "context", "invocation", "relation", "list", "functionDefinition"}
    | {"conditional", "filter", "for", "some", "every"}
)
_LANGUAGES: Final = ("feel", "/FEEL/", "/dmn/")
_ROW_LIMIT: Final = 1000


def read_dmn(data: bytes) -> list[DecisionTable]:
    """Return the decision tables of a document, in its order.

    Raises:
        Invalid: it is no DMN of ours, or uses what is not supported; `details` holds `element`.
    """
    root = safe_parse(data)
    namespace = etree.QName(root).namespace
    if local_name(root) != "definitions" or namespace not in NAMESPACES:
        raise _refusal(root, "a DMN 1.1 to 1.5 document", "DMN 1.1 至 1.5 文件", local_name(root))
    tables = [_table(decision) for decision in root if local_name(decision) == "decision"]
    if not tables:
        raise _refusal(root, "at least one decision", "至少一个决策", "none")
    return tables


def _table(decision: etree._Element) -> DecisionTable:
    for child in decision:
        if local_name(child) in _OTHER_LOGIC:
            raise _refusal(decision, "a decision table", "决策表", local_name(child))
    found = _one(decision, "decisionTable")
    if found is None:
        raise _refusal(decision, "a decision table", "决策表", "nothing")
    _refuse_languages(found)
    policy, aggregation = _policy(found)
    inputs = tuple(_input(item) for item in _all(found, "input"))
    outputs = tuple(_output(item) for item in _all(found, "output"))
    _check_outputs(found, outputs, aggregation)
    identity = decision.get("id") or ""
    if not identity:
        raise _refusal(decision, "a decision with an id", "带 id 的决策", "none")
    return DecisionTable(
        id=identity,
        name=decision.get("name") or identity,
        inputs=inputs,
        outputs=outputs,
        rules=_rules(found, len(inputs), len(outputs)),
        hit_policy=policy,
        aggregation=aggregation,
    )


def _policy(table: etree._Element) -> tuple[str, str | None]:
    policy = table.get("hitPolicy", "UNIQUE")
    if policy not in HIT_POLICIES:
        wanted = ", ".join(sorted(HIT_POLICIES))
        raise _refusal(table, f"a hit policy among {wanted}", f"命中策略 {wanted} 之一", policy)
    aggregation = table.get("aggregation")
    if aggregation is not None and (aggregation not in AGGREGATIONS or policy != "COLLECT"):
        wanted = ", ".join(sorted(AGGREGATIONS))
        raise _refusal(
            table,
            f"an aggregation among {wanted} under COLLECT",
            f"COLLECT 策略下的聚合方式 {wanted} 之一",
            f"{aggregation} under {policy}",
        )
    return policy, aggregation


def _check_outputs(
    table: etree._Element, outputs: tuple[Output, ...], aggregation: str | None
) -> None:
    if not outputs:
        raise _refusal(table, "at least one output", "至少一个输出列", "none")
    names = [output.name for output in outputs]
    if len(outputs) > 1 and (len(set(names)) != len(names) or not all(names)):
        raise _refusal(table, "outputs with names of their own", "名称各异的输出列", str(names))
    if aggregation in {"SUM", "MIN", "MAX"} and len(outputs) > 1:
        raise _refusal(table, "one output under an aggregation", "聚合时仅一个输出列", str(names))


def _input(element: etree._Element) -> Input:
    inner = _one(element, "inputExpression")
    expression = _text(inner)
    if not expression:
        raise _refusal(element, "an input with an expression", "带表达式的输入列", "none")
    return Input(
        id=element.get("id") or "",
        expression=expression,
        type=_type(inner),
        label=element.get("label") or "",
        values=_text(_one(element, "inputValues")),
    )


def _output(element: etree._Element) -> Output:
    return Output(
        id=element.get("id") or "",
        name=element.get("name") or "",
        type=_type(element),
        values=_text(_one(element, "outputValues")),
        default=_text(_one(element, "defaultOutputEntry")),
    )


def _rules(table: etree._Element, inputs: int, outputs: int) -> tuple[Rule, ...]:
    elements = _all(table, "rule")
    if len(elements) > _ROW_LIMIT:
        raise _refusal(
            table, f"at most {_ROW_LIMIT} rules", f"最多 {_ROW_LIMIT} 条规则", str(len(elements))
        )
    rules = tuple(_rule(element, place) for place, element in enumerate(elements, start=1))
    for element, rule in zip(elements, rules, strict=True):
        if len(rule.tests) != inputs or len(rule.outputs) != outputs:
            raise _refusal(
                element,
                f"a rule of {inputs} input and {outputs} output cells",
                f"含 {inputs} 个输入格和 {outputs} 个输出格的规则",
                f"{len(rule.tests)} and {len(rule.outputs)}",
            )
    if len({rule.id for rule in rules}) != len(rules):
        raise _refusal(table, "rules with ids of their own", "id 各异的规则", "a repeated id")
    return rules


def _rule(element: etree._Element, place: int) -> Rule:
    return Rule(
        id=element.get("id") or f"row{place}",
        tests=tuple(_text(cell) for cell in _all(element, "inputEntry")),
        outputs=tuple(_text(cell) for cell in _all(element, "outputEntry")),
        description=_description(element),
    )


def _description(element: etree._Element) -> str:
    found = _one(element, "description")
    return (found.text or "").strip() if found is not None else ""


def _type(element: etree._Element | None) -> str:
    name = element.get("typeRef") if element is not None else None
    # dmn-js writes `string`, other tools `feel:string`.
    return (name or "any").rpartition(":")[2]


def _text(element: etree._Element | None) -> str:
    found = _one(element, "text") if element is not None else None
    return (found.text or "").strip() if found is not None else ""


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local_name(child) == name]


def _one(element: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_all(element, name)), None)


def _refuse_languages(table: etree._Element) -> None:
    for element, language in _languages(table):
        if not any(part in language for part in _LANGUAGES):
            raise _refusal(element, "expressions in FEEL", "FEEL 表达式", language)


def _languages(table: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in table.iter():
        language = element.get("expressionLanguage")
        if language:
            yield element, language


def _refusal(element: etree._Element, wanted: str, wanted_zh: str, found: str) -> errors.Invalid:
    identity = _identity(element)
    return errors.Invalid(
        f"Expected {wanted} at {identity}, but found {found}",
        f"{identity} 处应为{wanted_zh}，实际为 {found}",
        element=identity,
        line=element.sourceline,
    )


def _identity(element: etree._Element) -> str:
    while element.get("id") is None:
        above = element.getparent()
        if above is None:
            return local_name(element)
        element = above
    return element.get("id") or ""

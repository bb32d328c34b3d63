"""Reads the decision tables of a DMN document."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.execution.dmn_nodes import every, one, refusal, text_of, type_of
from engine.expressions.tables import (
    AGGREGATIONS,
    HIT_POLICIES,
    DecisionTable,
    Input,
    Output,
    Rule,
)

ROW_LIMIT: Final = 1000
"""Rules of one table; more of them are data, not a decision that people read."""


def read_table(found: etree._Element, identity: str, name: str) -> DecisionTable:
    """Return a decision table under the id and name of its decision.

    Raises:
        Invalid: it is none of ours.
    """
    policy, aggregation = _policy(found)
    inputs = tuple(_input(item) for item in every(found, "input"))
    outputs = tuple(_output(item) for item in every(found, "output"))
    _check_outputs(found, outputs, aggregation)
    return DecisionTable(
        id=identity,
        name=name,
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
        raise refusal(table, f"a hit policy among {wanted}", f"命中策略 {wanted} 之一", policy)
    aggregation = table.get("aggregation")
    if aggregation is not None and (aggregation not in AGGREGATIONS or policy != "COLLECT"):
        wanted = ", ".join(sorted(AGGREGATIONS))
        raise refusal(
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
        raise refusal(table, "at least one output", "至少一个输出列", "none")
    names = [output.name for output in outputs]
    if len(outputs) > 1 and (len(set(names)) != len(names) or not all(names)):
        raise refusal(table, "outputs with names of their own", "名称各异的输出列", str(names))
    if aggregation in {"SUM", "MIN", "MAX"} and len(outputs) > 1:
        raise refusal(table, "one output under an aggregation", "聚合时仅一个输出列", str(names))


def _input(element: etree._Element) -> Input:
    inner = one(element, "inputExpression")
    expression = text_of(inner)
    if not expression:
        raise refusal(element, "an input with an expression", "带表达式的输入列", "none")
    return Input(
        id=element.get("id") or "",
        expression=expression,
        type=type_of(inner),
        label=element.get("label") or "",
        values=text_of(one(element, "inputValues")),
    )


def _output(element: etree._Element) -> Output:
    return Output(
        id=element.get("id") or "",
        name=element.get("name") or "",
        type=type_of(element),
        values=text_of(one(element, "outputValues")),
        default=text_of(one(element, "defaultOutputEntry")),
    )


def _rules(table: etree._Element, inputs: int, outputs: int) -> tuple[Rule, ...]:
    elements = every(table, "rule")
    if len(elements) > ROW_LIMIT:
        raise refusal(
            table, f"at most {ROW_LIMIT} rules", f"最多 {ROW_LIMIT} 条规则", str(len(elements))
        )
    rules = tuple(_rule(element, place) for place, element in enumerate(elements, start=1))
    for element, rule in zip(elements, rules, strict=True):
        if len(rule.tests) != inputs or len(rule.outputs) != outputs:
            raise refusal(
                element,
                f"a rule of {inputs} input and {outputs} output cells",
                f"含 {inputs} 个输入格和 {outputs} 个输出格的规则",
                f"{len(rule.tests)} and {len(rule.outputs)}",
            )
    if len({rule.id for rule in rules}) != len(rules):
        raise refusal(table, "rules with ids of their own", "id 各异的规则", "a repeated id")
    return rules


def _rule(element: etree._Element, place: int) -> Rule:
    return Rule(
        id=element.get("id") or f"row{place}",
        tests=tuple(text_of(cell) for cell in every(element, "inputEntry")),
        outputs=tuple(text_of(cell) for cell in every(element, "outputEntry")),
        description=_description(element),
    )


def _description(element: etree._Element) -> str:
    found = one(element, "description")
    return (found.text or "").strip() if found is not None else ""

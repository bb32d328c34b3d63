"""`bihuan feel` and `bihuan decide`: evaluate one expression or one decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from engine.errors import Invalid, NotFound
from engine.execution.dmn_reader import read_dmn
from engine.expressions import feel
from engine.expressions.decision_table import Decision
from engine.expressions.decision_types import check_types
from engine.expressions.function import Function
from workflows.cli.output import emit, speaking


@click.command("feel", context_settings={"ignore_unknown_options": True})
@click.argument("expression")
@click.option("--context", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@speaking
def feel_command(expression: str, context: Path | None, *, as_json: bool) -> None:
    """求值一个 FEEL 表达式 · Evaluate one FEEL expression."""
    value = feel.evaluate(expression, _context(context))
    document = {"value": feel.to_json(value), "type": feel.type_name(value)}
    emit(document, as_json=as_json, text=_text(value))


@click.command("decide")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", help="决策编号 · id of the decision, where the file has several")
@click.option(
    "--input", "inputs", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="按哪一天生效的规则集，默认今天 · by the rule set in force on a day, today if not given",
)
@click.option(
    "--rules",
    "version",
    type=click.IntRange(1, 2**31 - 1),
    help="规则集的版本 · version of that rule set",
)
@speaking
def decide_command(
    file: Path,
    decision: str | None,
    inputs: Path,
    day: datetime | None,
    version: int | None,
    *,
    as_json: bool,
) -> None:
    """求值一个决策 · Evaluate a decision.

    rule()、workdays()、is_workday() 按数据库中的规则集和工作日历；库中没有时用随产品提供的。
    They read the rule set and calendar of the database, or the shipped ones where it has none.
    """
    from workflows.cli.rules_in_use import RulesInUse

    rules = RulesInUse(day.date() if day else None, version)
    made = _answer(file, decision, _context(inputs), rules.functions())
    document = {
        "value": feel.to_json(made.value),
        "matched": list(made.matched),
        "rules": rules.reference,
    }
    emit(document, as_json=as_json, text=_text(made.value))


def _text(value: feel.Value) -> str:
    """Return a value for people: JSON, but a number with all its digits."""
    if isinstance(value, Decimal):
        return str(feel.evaluate("string(value)", {"value": value}))
    return json.dumps(feel.to_json(value), ensure_ascii=False)


def _context(path: Path | None) -> dict[str, Any]:
    """Read a JSON object whose values become the names of the expression."""
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
    except ValueError as error:
        raise Invalid(
            f"Expected a JSON object in {path.name}, but {error}",
            f"{path.name} 应为 JSON 对象，但无法解析：{error}",
        ) from error
    if not isinstance(found, dict):
        raise Invalid(
            f"Expected a JSON object in {path.name}, but found another value",
            f"{path.name} 应为 JSON 对象",
        )
    return found


def _refuse(word: str) -> None:
    """Raise ValueError for NaN and Infinity, which JSON does not have."""
    message = f"{word} is no JSON"
    raise ValueError(message)


def _answer(
    path: Path,
    decision: str | None,
    context: Mapping[str, Any],
    functions: Mapping[str, Function],
) -> Decision:
    """Make the decision named, or the one on which no other rests.

    Raises:
        Invalid: a table was given a value of another type than it asks for, by the expression.
        NotFound: it is not plain which decision is meant.
    """
    model = read_dmn(path.read_bytes())
    ids = [node.id for node in model.decisions]
    needed = {need for node in model.decisions for need in node.needs}
    chosen = [one for one in ids if (one not in needed if decision is None else one == decision)]
    if len(chosen) == 1:
        made = model.answer(chosen[0], context, functions)
        check_types(model, made)
        return made.last
    listed = ", ".join(ids)
    raise NotFound(
        f"Expected one decision to evaluate, but {path.name} has: {listed}",
        f"应指明一个决策，但 {path.name} 中有：{listed}",
    )

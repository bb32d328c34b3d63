"""Decisions that rest on others, at the gate: every name is looked up where it stands."""

from __future__ import annotations

import pytest

from engine.deployment.bundle import Bundle
from tests.deployment.letters import findings, letter_files
from tests.expressions.drawing_decisions import (
    context,
    decision,
    document,
    invocation,
    knowledge,
    table,
    text,
)
from tests.fuzzing.targets import walk

ROWS = ('"major" => 5', 'not("major") => 1')
WEIGHT = decision("weight", text("add(base, 1)"), needs="base", calls="add", kind="number")
BASE = decision("base", table('hitPolicy="UNIQUE"', "case.level", *ROWS))
ADD = knowledge("add", "n by", context(text("sum"), sum=text("n + by")))


def told(*parts: str) -> list[tuple[str, str]]:
    found = findings(letter_files(weight_dmn=document(*parts).decode()))
    return [(one.code, one.element) for one in found]


def test_a_graph_passes_and_runs() -> None:
    files = letter_files(weight_dmn=document(WEIGHT, BASE, ADD).decode())
    assert findings(files) == []
    walk(Bundle("letter", files))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((WEIGHT.replace("base, 1", "bas, 1"), BASE, ADD), ("expression.name", "weight")),
        ((WEIGHT.replace("add(", "ad("), BASE, ADD), ("expression.function", "weight")),
        ((WEIGHT, BASE, ADD.replace("n + by", "n + case.level")), ("expression.name", "add")),
        ((WEIGHT, BASE, ADD.replace("n + by", "base + by")), ("expression.name", "add")),
        ((WEIGHT, BASE, ADD.replace("n + by", "n +")), ("expression.syntax", "add")),
        ((WEIGHT, BASE.replace(";major&", ";majo&", 1), ADD), ("decision.gap", "base")),
        ((WEIGHT, BASE.replace("&quot;major&quot;", "3", 1), ADD), ("decision.cell", "r0")),
        ((WEIGHT, BASE.replace("<text>5<", "<text>five<"), ADD), ("expression.name", "r0")),
        ((WEIGHT.replace("#base", "#best"), BASE, ADD), ("decision.unreadable", "")),
    ],
)
def test_a_fault_is_told_where_it_stands(parts: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert expected in told(*parts)


def test_a_table_within_a_function_is_analysed_too() -> None:
    graded = knowledge("add", "n by", table('hitPolicy="UNIQUE"', "n", "> 3 => 1", "< 3 => 2"))
    assert ("decision.gap", "add") in told(WEIGHT, BASE, graded)


def test_entries_items_and_parameters_are_names_where_they_are_read() -> None:
    loop = (
        f'<for iteratorVariable="one"><in>{text("[1, 2]")}</in>'
        f"<return>{text('one + count(partial) + n')}</return></for>"
    )
    chosen = (
        f"<filter><in>{text('[{a: 1}]')}</in><match>{text('a > 0 and item.a > n')}</match></filter>"
    )
    box = context(text("twice(n: sum(all)) + count(kept)"), all=loop, kept=chosen, twice=(
        f"<functionDefinition><formalParameter name='n'/>{text('n * 2')}</functionDefinition>"
    ))  # fmt: skip
    body = knowledge("add", "n by", box)
    assert told(WEIGHT, BASE, body) == []
    assert ("expression.name", "add") in told(WEIGHT, BASE, body.replace("one +", "two +"))
    asked = decision(
        "weight", invocation("add", n=text("base"), by=text("bae")), needs="base", calls="add"
    )
    assert ("expression.name", "weight") in told(asked, BASE, ADD)

"""An expression while it is written, and a table at its cells: the gate's answers with a place."""

from __future__ import annotations

import pytest

from engine.deployment.asking import Question, answer
from engine.deployment.bundle import Bundle
from engine.deployment.decision_names import names_read
from engine.deployment.subject import Subject
from engine.deployment.table_report import report
from tests.deployment.letters import ENVIRONMENT, TABLE, letter_files


def _subject(**changed: str | None) -> Subject:
    bundle = Bundle("letter", letter_files(**changed))
    assert bundle.diagram is not None
    return Subject(bundle, bundle.diagram, ENVIRONMENT, {})


@pytest.mark.parametrize(
    ("question", "kind", "wrong"),
    [
        (Question('case.level = "major"', "condition"), "boolean", None),
        (Question("case.level", "condition"), "string", "types"),
        (Question("case.lvl = 1", "condition"), "any", "unknown-name"),
        (Question("1 +", "condition"), "any", "syntax"),
        (Question('decision = "agre"', "condition"), "boolean", "value"),
        (Question("workdays(1)", "expression"), "number", None),
        (Question("nothing(1)", "expression"), "any", "unknown-function"),
        (Question('"major", "general"', "unary", tested="case.level"), "boolean", None),
        (Question("> 3", "unary", tested="case.level"), "boolean", "types"),
        (Question("amount > 3", "condition", names={"amount": "number"}), "boolean", None),
        (Question("amount > 3", "condition"), "any", "unknown-name"),
        (Question("amount > 3", "condition", names={"amount": "string"}), "any", "types"),
        (Question('decision = "mine"', "condition", names={"decision": "string"}), "boolean", None),
    ],
)
def test_an_expression_is_judged_as_at_the_gate(
    question: Question, kind: str, wrong: str | None
) -> None:
    found = answer(_subject(), question)
    assert (found.type, found.error.kind if found.error else None) == (kind, wrong)
    assert found.error is None or (found.error.message_zh and found.error.line >= 1)


def test_the_place_of_a_fault_is_told() -> None:
    found = answer(_subject(), Question("1 +\n  case.nothing", "expression"))
    assert found.error is not None
    assert (found.error.line, found.error.column) == (2, 3)


def _faults(table: str) -> list[tuple[str, tuple[str, ...], int | None]]:
    found = report(_subject(weight_dmn=table), "weight.dmn")
    return [(one.kind, one.rules, one.column) for one in found]


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ('"major"</text></inputEntry>', "> </text></inputEntry>", ("cell", ("r_major",), 0)),
        ('"major"</text></inputEntry>', "3</text></inputEntry>", ("cell", ("r_major",), 0)),
        ("<text>5</text>", "<text>five</text>", ("expression", ("r_major",), 1)),
        ("<text>case.level</text>", "<text>case.lvl</text>", ("expression", (), 0)),
        ('not("major")', '"other"', ("gap", (), None)),
        ('not("major")', "-", ("overlap", ("r_major", "r_other"), None)),
        ("<decisionTable", "<decisionTabl", ("file", (), None)),
    ],
)
def test_a_fault_of_a_table_is_told_at_its_cell(
    written: str, instead: str, expected: tuple[str, tuple[str, ...], int | None]
) -> None:
    assert _faults(TABLE) == []
    assert expected in _faults(TABLE.replace(written, instead))


def test_a_row_that_never_counts_and_an_example_are_told() -> None:
    first = TABLE.replace('hitPolicy="UNIQUE"', 'hitPolicy="FIRST"').replace('"major"</', "-</", 1)
    assert ("unreachable", ("r_other",), None) in _faults(first)
    (gap,) = report(_subject(weight_dmn=TABLE.replace('not("major")', '"minor"')), "weight.dmn")
    assert gap.example == (("case.level", ""),)


def test_the_names_that_a_decision_reads_are_told() -> None:
    subject = _subject()
    (held,) = subject.bundle.read.decisions.values()
    found = names_read(subject, held.model, held.node.id)
    assert [(one.name, one.type) for one in found] == [("case.level", "string")]

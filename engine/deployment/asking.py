"""One expression that somebody is writing: its type, and the first thing that is wrong with it.

The answer is that of the gate: the same names, functions and types, the same sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from engine.deployment.checks.expressions import NO_CONDITION
from engine.deployment.checks.values import site_values
from engine.deployment.decisions import scopes_of_decisions
from engine.deployment.expressions import FIELD_TYPES, Site, scope_of
from engine.deployment.findings import WHOLE_FILE
from engine.deployment.subject import Subject
from engine.expressions import check as feel_check
from engine.expressions.errors import FeelError
from engine.expressions.findings import Finding
from engine.expressions.inference import ANY, Type, label

Kind = Literal["condition", "expression", "unary"]

KINDS: Final[frozenset[str]] = frozenset({"condition", "expression", "unary"})

_TYPES: Final = frozenset({*FIELD_TYPES.values(), ANY})


@dataclass(frozen=True)
class Question:
    """An expression and where it is to stand.

    Attributes:
        element: id of a decision or knowledge model, whose names it may read besides.
        tested: for a cell, the expression of its column.
        names: types of further names, such as the fields of the form that it is in.
    """

    text: str
    kind: Kind = "expression"
    element: str = ""
    tested: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The type of an expression as far as it can be told, and what is wrong with it."""

    type: str
    error: Finding | None = None


def answer(subject: Subject, question: Question) -> Answer:
    """Return what the gate would say of an expression."""
    scope = _scope(subject, question)
    if question.kind == "unary":
        tested = _type(question.tested, scope) if question.tested else ANY
        found = feel_check.check_unary_tests(question.text, scope, tested)
        return Answer("boolean", next(iter(found), None))
    found = feel_check.check(question.text, scope)
    if found:
        return Answer(ANY, found[0])
    kind = label(_type(question.text, scope))
    wrong = _as_condition(subject, question, kind) if question.kind == "condition" else iter(())
    return Answer(kind, next(wrong, None))


def _scope(subject: Subject, question: Question) -> feel_check.Scope:
    fields = {name: kind for name, kind in question.names.items() if kind in _TYPES}
    around = scopes_of_decisions(subject).get(question.element) if question.element else None
    if around is None:
        return scope_of(subject, fields)
    return feel_check.Scope({**around.names, **fields}, around.functions)


def _as_condition(subject: Subject, question: Question, kind: str) -> Iterator[Finding]:
    if kind not in ("boolean", ANY):
        said = NO_CONDITION.at("", text=question.text, kind=kind)
        yield Finding(said.sentence, said.sentence_zh, 1, 1, kind="types")
    site = Site("", WHOLE_FILE, "condition", question.text)
    for one in site_values(subject, site, frozenset(question.names)):
        yield Finding(one.sentence, one.sentence_zh, 1, 1, kind="value")


def _type(text: str, scope: feel_check.Scope) -> Type:
    try:
        return feel_check.type_of(text, scope)
    except FeelError:
        return ANY

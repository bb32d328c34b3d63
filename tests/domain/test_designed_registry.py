"""The registries behind what designers may add are complete."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from engine.operations import Parameter
from engine.work import form_view
from tests.domain import designers
from workflows.app import gate_environment
from workflows.domain import candidates, generic_operations, own_acts, routing
from workflows.domain.generic_parameters import BODIES, PARAMETERS, ROLES
from workflows.operations.described import operation_parameters
from workflows.operations.registry import OPERATIONS, RESULT_TYPES

DOMAIN = Path(own_acts.__file__).parent
KNOWN = {"string", "number", "boolean", "date", "date and time", "list", "context", "any"}


def parameters() -> dict[str, Parameter]:
    described = operation_parameters().items()
    return {f"{name}:{one.id}": one for name, info in described for one in info.parameters}


def flags_of_acts() -> set[str]:
    """Return the names of the flags that acts and tasks of the domain write."""
    found: set[str] = set()
    for path in DOMAIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Completion":
                flags = node.args[0] if node.args else None
                keys = flags.keys if isinstance(flags, ast.Dict) else []
                found |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return found


def test_every_operation_is_described_in_both_languages() -> None:
    described = operation_parameters()
    assert described.keys() == OPERATIONS.keys() == gate_environment().described.keys()
    for name, info in described.items():
        assert info.result == RESULT_TYPES[name]
        assert not info.zh.isascii()
        assert info.en.isascii()


def test_generic_operations_are_those_with_parameters() -> None:
    with_parameters = {name for name, info in operation_parameters().items() if info.parameters}
    assert with_parameters == generic_operations.OPERATIONS.keys() == PARAMETERS.keys()


@pytest.mark.parametrize("name", parameters())
def test_every_parameter_is_named_typed_and_its_choices_are_written_out(name: str) -> None:
    parameter = parameters()[name]
    assert parameter.type in KNOWN
    assert not parameter.zh.isascii()
    assert parameter.en.isascii()
    re.compile(parameter.pattern)
    for choice in parameter.choices:
        assert parameter.literal
        assert not choice.zh.isascii()
        assert choice.en.isascii()


def test_whom_a_notice_may_reach_is_a_candidate_rule() -> None:
    assert {one.value for one in BODIES} == candidates.RULES - {"interview_host"}
    assert {one.value for one in ROLES} < {
        "head",
        "deputy",
        "officer",
        "clerk",
        "principal",
        "safety_officer",
        "expert",
    }


def test_flags_of_the_rules_are_kept_from_own_acts() -> None:
    found = flags_of_acts()
    assert {"decision", "result", "request"} <= found
    assert found <= own_acts.ANSWER_FLAGS
    assert {one for one in routing.LADDERS if re.fullmatch(r"w\d", one)} == own_acts.LADDERS


def test_a_form_of_the_visit_is_read_with_its_fields() -> None:
    form = designers.visit().read.forms["visit"]
    assert [(key, field.name, field.type) for key, field in form.kept] == [
        ("height", "visit_height", "number"),
        ("on", "visit_on", "date"),
    ]
    assert form.flags == (("finding", "finding"),)
    assert form_view.EMPTY.kept == ()

"""Mutants of our diagrams: every kind of fault is made, and a sample of them is caught."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.deployment.bundle import Bundle
from tests.verification.languages import same_acts
from tests.verification.mutants import OPERATORS, Mutant
from tests.verification.mutation import every_mutant, judged, shipped, surroundings, table

SMALL = ("void_request", "level_raise")


def some(process: str) -> list[Mutant]:
    return [one for one in every_mutant() if one.process == process]


def test_there_are_many_mutants_of_every_kind() -> None:
    counts = Counter(one.operator for one in every_mutant())
    assert counts.keys() == OPERATORS.keys()
    assert sum(counts.values()) >= 1_000


@pytest.mark.parametrize("process", SMALL)
def test_most_mutants_of_small_processes_are_caught(process: str) -> None:
    found = [judged(mutant) for mutant in some(process)]
    by = Counter(one.by for one in found)
    assert by["survives"] <= len(found) / 10, [m.mutant.name for m in found if m.by == "survives"]
    assert by["gate"] + by["soundness"] + by["statutes"] > len(found) / 2
    assert len(table(found)) == len(OPERATORS) + 3


def test_a_signature_that_is_dropped_is_missed() -> None:
    dropped = {
        one.element: judged(one).by
        for one in some("extension_request")
        if one.operator == "drop a person's step" and one.element.startswith("sign_")
    }
    assert {"sign_park", "sign_department"} <= dropped.keys()
    assert "survives" not in dropped.values()
    assert "equivalent" not in dropped.values()


def test_a_diagram_is_equivalent_to_itself_and_not_to_less() -> None:
    bundle = shipped()["level_raise"]
    assert same_acts(bundle, bundle, surroundings())
    (less,) = (m for m in some("level_raise") if m.operator == "drop an event")
    changed = Bundle("level_raise", {**bundle.files, bundle.diagram_path: less.source})
    assert not same_acts(bundle, changed, surroundings())

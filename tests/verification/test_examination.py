"""The one examination: its JSON, what refuses a bundle, and what is only told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.deployment.bundle import Bundle
from engine.errors import Invalid
from tests.verification.mutation import every_mutant, shipped, surroundings
from workflows.verifying import Examination, examination_json, examine, refuse

PROPERTY = {
    *("kind", "id", "process", "name", "article", "sentence", "holds", "severity"),
    *("element", "path"),
}


def changed(process: str, *swaps: tuple[str, str]) -> Bundle:
    """Return a shipped bundle with a changed diagram."""
    bundle = shipped()[process]
    text = bundle.files[bundle.diagram_path].decode()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return Bundle(process, {**bundle.files, bundle.diagram_path: text.encode()})


def unsound() -> Examination:
    """Examine a process of which a gateway became a parallel one."""
    swapped = "void_request: swap a gateway g_agreed"
    (mutant,) = (one for one in every_mutant() if one.name == swapped)
    bundle = shipped()["void_request"]
    files = {**bundle.files, bundle.diagram_path: mutant.source}
    return examine([Bundle("void_request", files)], surroundings())


def test_the_document_of_a_good_bundle() -> None:
    found = examine([shipped()["void_request"]], surroundings())
    refuse(found)
    told = examination_json(found, "zh")
    assert set(told) == {
        *("process", "deployable", "findings", "properties", "states", "decided"),
        *("elapsed_ms", "assumptions"),
    }
    assert (told["process"], told["deployable"], told["decided"]) == ("void_request", True, True)
    assert all(set(one) >= PROPERTY for one in told["properties"])
    assert {"soundness", "statute"} <= {one["kind"] for one in told["properties"]}
    english = examination_json(found, "en")
    assert all(one["sentence"].isascii() for one in english["properties"][:5])
    assert not any(one["name"].isascii() for one in told["properties"] if one["id"] == "safe")


def test_a_violated_property_refuses_with_a_path_to_play() -> None:
    found = unsound()
    assert not found.deployable
    with pytest.raises(Invalid) as refused:
        refuse(found)
    assert refused.value.errors
    told = examination_json(found, "en")
    violated = [one for one in told["properties"] if one["holds"] is False]
    assert violated
    (first, *_) = [one for one in violated if one["path"]]
    assert first["severity"] == "error"
    assert {step["process"] for step in first["path"]} == {"void_request"}
    assert all({"element", "tokens", "flows"} <= set(step) for step in first["path"])
    assert first["path"][-1]["tokens"]


def test_what_is_not_decided_is_a_warning() -> None:
    found = examine([shipped()["overdue_interview"]], surroundings(), budget=10)
    told = [one for one in examination_json(found, "zh")["properties"] if one["holds"] is None]
    assert told
    assert {one["severity"] for one in told} == {"warning"}
    assert all("未能判定" in one["sentence"] for one in told if one["kind"] == "soundness")
    assert not found.decided
    assert found.deployable


@pytest.mark.parametrize("content", [b"", b"<a/>", b"<!DOCTYPE a><a/>"])
def test_what_cannot_be_read_is_a_finding(content: bytes) -> None:
    bundle = shipped()["void_request"]
    broken = Bundle("void_request", {**bundle.files, bundle.diagram_path: content})
    found = examine([broken], surroundings())
    assert not found.deployable
    assert any(one.severity == "error" for one in found.findings)
    assert [one for one in found.judgements if one.kind == "soundness"] == []
    assert not found.decided


def test_a_reference_that_leads_nowhere_is_a_finding() -> None:
    bundle = changed("void_request", ('sourceRef="start"', 'sourceRef="nobody"'))
    assert not examine([bundle], surroundings()).deployable


def test_other_answers_of_operations_are_judged_anew() -> None:
    bundle = shipped()["enforcement"]
    before = examine([bundle], surroundings())
    assert before.deployable
    lapsed = replace(surroundings(), answers={"enforcement.lapse": ("stands",)})
    after = examine([bundle], lapsed)
    assert before.judgements != after.judgements or before.states != after.states

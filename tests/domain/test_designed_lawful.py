"""What designers add is neutral before the statutes, and stands in for nothing that they name."""

from __future__ import annotations

from engine.deployment.bundle import Bundle
from tests.domain import designers
from workflows.app import gate_environment
from workflows.deploying import bundles
from workflows.judgement import Judgement
from workflows.verifying import Examination, examine


def examined(*changed: Bundle) -> Examination:
    shipped = {one.process: one for one in bundles()}
    return examine([*{**shipped, **{c.process: c for c in changed}}.values()], gate_environment())


def refused(found: Examination) -> list[Judgement]:
    return [one for one in found.judgements if one.refuses]


def with_own_signature() -> Bundle:
    """The extension, in which an own act stands where the park command signs."""
    (shipped,) = bundles(["extension_request"])
    text = shipped.files[shipped.diagram_path].decode()
    signed = 'name="act" value="extension.sign.park_command"'
    assert signed in text
    changed = text.replace(signed, 'name="act" value="own.signed"')
    return Bundle(shipped.process, {**shipped.files, shipped.diagram_path: changed.encode()})


def test_an_own_step_and_its_operations_leave_every_verdict_as_it_is() -> None:
    found = examined(designers.root(), designers.visit())
    assert found.deployable
    assert refused(found) == []
    assert {one.code for one in found.findings} == {"layout.undrawn"}


def test_an_own_act_is_no_signature_before_gate_and_statutes() -> None:
    found = examined(with_own_signature())
    assert not found.deployable
    codes = {one.code for one in found.findings if one.severity == "error"}
    assert {"own_act.ladder", "own_act.flag"} <= codes
    broken = {one.id for one in refused(found) if one.kind == "statute"}
    assert broken

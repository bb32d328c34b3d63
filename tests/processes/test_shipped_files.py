"""Diagrams, forms, tables and descriptions of the shipped processes belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.deployment.bundle import Bundle
from workflows.deploying import FORMS, PROCESSES, bundles, processes

ACT_FORMS = {
    "hazard_rectification": {
        "comment",
        "level_lower",
        "fatality",
        "level_raise",
        "resume",
        "shut_down",
        "suspend",
        "transfer",
        "urge",
    },
    "extension_request": {"request", "withdraw"},
    "listed_supervision": {"listing_order"},
    "level_raise": {"raise_propose", "raise_withdraw"},
    "void_request": {"void_propose", "void_withdraw"},
}
BUNDLES = {bundle.process: bundle for bundle in bundles()}


@pytest.fixture(params=sorted(BUNDLES))
def bundle(request: pytest.FixtureRequest) -> Bundle:
    return BUNDLES[request.param]


def named_forms(bundle: Bundle) -> set[str]:
    assert bundle.diagram is not None
    return {node.properties["form"] for node in bundle.diagram.nodes if "form" in node.properties}


def test_every_process_folder_has_its_forms_and_nothing_else_has() -> None:
    assert {folder.name for folder in FORMS.iterdir()} == set(processes())


def test_every_file_can_be_read(bundle: Bundle) -> None:
    assert bundle.read.problems == ()


def test_every_user_task_names_its_form_body_act_and_ladder(bundle: Bundle) -> None:
    assert bundle.diagram is not None
    tasks = [node for node in bundle.diagram.nodes if node.kind == "userTask"]
    assert tasks
    for task in tasks:
        assert {"act", "body", "form", "ladder"} <= set(task.properties), task.id
        assert task.properties["form"] in bundle.read.forms, task.id


def test_every_form_is_used(bundle: Bundle) -> None:
    used = named_forms(bundle) | ACT_FORMS.get(bundle.process, set())
    assert set(bundle.read.forms) == used


def test_every_field_is_labelled_in_both_languages(bundle: Bundle) -> None:
    for name, form in bundle.read.forms.items():
        for field in form.fields:
            assert field.label_zh, (name, field.key)
            assert field.label != field.label_zh, (name, field.key)


def test_every_decision_table_is_asked(bundle: Bundle) -> None:
    assert bundle.diagram is not None
    asked = {node.decision for node in bundle.diagram.nodes if node.decision}
    assert set(bundle.read.decisions) == asked


def test_every_element_has_a_chinese_label_and_an_english_one(bundle: Bundle) -> None:
    assert bundle.diagram is not None
    for node in bundle.diagram.nodes:
        english = node.documentation.splitlines()[:1]
        assert english, f"{node.id} has no documentation"
        assert english[0].isascii(), node.id
        if node.kind.endswith(("Task", "subProcess")):
            assert node.name, node.id
            assert not node.name.isascii(), node.id


def test_the_description_lists_every_task(bundle: Bundle) -> None:
    assert bundle.diagram is not None
    text = Path(PROCESSES / bundle.process / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for node in bundle.diagram.nodes:
        if node.kind == "userTask":
            words = [f"`{node.id}`", f"`{node.properties['act']}`", f"`{node.properties['form']}`"]
            assert any(all(word in row for word in words) for row in rows), node.id

"""Reading form-js schemas: what is drawn, what is refused, and that all problems come at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.errors import Invalid
from engine.forms.components import Binding
from engine.forms.definition import FormDefinition


def schema(*components: dict[str, Any]) -> str:
    form = {"type": "default", "id": "recheck", "schemaVersion": 18, "components": components}
    return json.dumps(form, ensure_ascii=False)


def field(kind: str, key: str = "one", **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": "一项", **more}


def test_fields_are_read_through_groups_and_rows_stay_whole() -> None:
    form = FormDefinition.from_json(
        schema(
            {"type": "text", "text": "说明"},
            {"type": "group", "label": "复查", "components": [field("textfield", "opinion")]},
            {
                "type": "dynamiclist",
                "path": "items",
                "label": "逐项",
                "components": [field("textarea", "finding")],
            },
        )
    )
    assert form.id == "recheck"
    assert [f.key for f in form.fields] == ["opinion", "items"]
    assert [c.key for c in form.fields[1].children] == ["finding"]


def test_labels_hints_options_and_bindings_are_read() -> None:
    form = FormDefinition.from_json(
        schema(
            field(
                "radio",
                "decision",
                values=[{"label": "同意", "value": "agree"}, {"label": "退回", "value": "return"}],
                properties={
                    "label_en": "Decision",
                    "binds": "token.decision",
                    "hint": "请选择",
                    "hint_en": "Choose",
                    "values_en": {"agree": "Agree", "return": "Return"},
                },
            ),
            field("date", "due", type="datetime", properties={"binds": "ext.due_date"}),
            field("number", "cost", properties={"binds": "ext.cost"}),
        )
    )
    decision = form.fields[0]
    assert (decision.label, decision.label_zh) == ("Decision", "一项")
    assert (decision.hint, decision.hint_zh) == ("Choose", "请选择")
    assert [(o.text("zh"), o.text("en")) for o in decision.options] == [
        ("同意", "Agree"),
        ("退回", "Return"),
    ]
    assert form.bindings() == {
        "decision": Binding("token", "decision"),
        "due": Binding("ext", "due_date"),
        "cost": Binding("ext", "cost"),
    }
    assert form.flags == (("decision", "decision"),)


@pytest.mark.parametrize(
    "component",
    [
        pytest.param({"type": "html", "content": "<b>x</b>"}, id="html"),
        pytest.param(field("iframe"), id="unknown kind"),
        pytest.param(field("datetime", subtype="time"), id="bare time of day"),
        pytest.param(field("textfield", "typename"), id="registry word"),
        pytest.param(field("textfield", "_secret"), id="underscore"),
        pytest.param(field("textfield", "case"), id="the case"),
        pytest.param(field("textfield", "count"), id="function name"),
        pytest.param(field("textfield", "two words"), id="blank in key"),
        pytest.param({"type": "textfield", "label": "一项"}, id="no key"),
        pytest.param({"type": "textfield", "key": "one"}, id="no label"),
        pytest.param(field("radio"), id="no options"),
        pytest.param(field("radio", values=[{"label": "甲", "value": 1}]), id="number as option"),
        pytest.param(field("select", values=[{"value": "a"}, {"value": "a"}]), id="option twice"),
        pytest.param(field("textfield", properties={"binds": "case"}), id="binds to nothing"),
        pytest.param(
            field("textfield", properties={"binds": "case.level"}), id="binds to the case"
        ),
        pytest.param(field("textfield", properties={"binds": "session.x"}), id="binds elsewhere"),
        pytest.param(field("textfield", properties=[]), id="properties no object"),
        pytest.param(field("textfield", validate={"minLength": -1}), id="negative length"),
        pytest.param(field("textfield", validate={"custom": "x"}), id="unknown rule"),
        pytest.param(field("textfield", validate={"pattern": "("}), id="broken pattern"),
        pytest.param(field("textfield", validate={"pattern": "(a+)+b"}), id="hostile pattern"),
        pytest.param(field("number", validate={"min": "much"}), id="limit no number"),
        pytest.param(field("textfield", conditional={"hide": "x = 1"}), id="condition without ="),
        pytest.param(field("textfield", conditional={"hide": "=1 +"}), id="condition broken"),
        pytest.param(field("textfield", readonly="=x"), id="readonly by expression"),
        pytest.param({"type": "group", "label": "组"}, id="group without components"),
        pytest.param(
            {"type": "group", "label": "组", "path": "a", "components": []}, id="group with path"
        ),
        pytest.param("textfield", id="no object"),
        pytest.param({"type": {}, "key": "a", "label": "甲"}, id="kind no text"),
        pytest.param({"type": ["textfield"], "key": "a", "label": "甲"}, id="kind a list"),
        pytest.param(
            {"type": "select", "key": "a", "label": "甲", "valuesKey": {}},
            id="choices from no name",
        ),
    ],
)
def test_a_component_that_is_not_drawn_is_refused(component: Any) -> None:
    with pytest.raises(Invalid) as refused:
        FormDefinition.from_json(schema(component))
    assert refused.value.errors
    assert all(e.field.startswith("components.0") for e in refused.value.errors)
    assert all(e.message and e.message_zh for e in refused.value.errors)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"type": "default"}',
        '{"type": "default", "id": "x", "components": {}}',
        '{"type": "other", "id": "x", "components": []}',
        '{"x": "' + "a" * 200_001 + '"}',
    ],
)
def test_what_is_no_form_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        FormDefinition.from_json(text)


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        FormDefinition.from_json(
            schema(field("html"), field("textfield", "typename"), field("radio", "two"))
        )
    assert [e.field for e in refused.value.errors] == [
        "components.0",
        "components.1",
        "components.2",
    ]


def test_a_key_used_twice_is_refused_but_rows_have_their_own_scope() -> None:
    row = {"type": "dynamiclist", "key": "items", "label": "行", "components": [field("number")]}
    assert FormDefinition.from_json(schema(field("textfield"), row)).fields
    group = {"type": "group", "label": "组", "components": [field("number")]}
    with pytest.raises(Invalid):
        FormDefinition.from_json(schema(field("textfield"), group))


def test_groups_nested_too_deep_are_refused() -> None:
    nested = field("textfield")
    for _ in range(50):
        nested = {"type": "group", "label": "组", "components": [nested]}
    with pytest.raises(Invalid):
        FormDefinition.from_json(schema(nested))

"""What a page is given to draw, and how what it posts is gathered again."""

from __future__ import annotations

import json
from typing import Any

from engine.errors import FieldError
from engine.forms.components import Option
from engine.forms.definition import FormDefinition
from engine.forms.posted import gather

CHOICES = [{"label": "合格", "value": "pass"}, {"label": "不合格", "value": "fail"}]

FORM = FormDefinition.from_json(
    json.dumps(
        {
            "type": "default",
            "id": "recheck",
            "components": [
                {"type": "text", "text": "请逐项复查", "properties": {"label_en": "Check each"}},
                {
                    "type": "radio",
                    "key": "result",
                    "label": "结论",
                    "values": CHOICES,
                    "validate": {"required": True},
                    "properties": {"label_en": "Result", "values_en": {"pass": "Passed"}},
                },
                {
                    "type": "group",
                    "label": "时间",
                    "conditional": {"hide": '=result = "fail"'},
                    "components": [
                        {
                            "type": "datetime",
                            "subtype": "datetime",
                            "key": "checked_at",
                            "label": "复查时间",
                            "description": "现场",
                        }
                    ],
                },
                {"type": "checklist", "key": "who", "label": "参加", "valuesKey": "people"},
                {"type": "checkbox", "key": "closed", "label": "已停用"},
                {"type": "filepicker", "key": "photos", "label": "照片", "multiple": True},
                {"type": "number", "key": "cost", "label": "费用", "decimalDigits": 2},
                {
                    "type": "dynamiclist",
                    "path": "items",
                    "label": "逐项",
                    "components": [
                        {
                            "type": "textfield",
                            "key": "finding",
                            "label": "发现",
                            "validate": {"maxLength": 80},
                        }
                    ],
                },
            ],
        }
    )
)

PEOPLE = {"people": [Option("p1", "张三", "Zhang San"), Option("p2", "李四", "Li Si")]}


def drawn(values: dict[str, Any], language: str = "zh", **more: Any) -> dict[str, Any]:
    widgets = FORM.render_model(values, language=language, options=PEOPLE, **more)
    return {widget.name or widget.kind: widget for widget in widgets}


def test_labels_and_options_follow_the_language() -> None:
    chinese, english = drawn({}), drawn({}, "en")
    assert (chinese["text"].label, english["text"].label) == ("请逐项复查", "Check each")
    assert (chinese["result"].label, english["result"].label) == ("结论", "Result")
    assert [o.label for o in english["result"].options] == ["Passed", "不合格"]
    assert [o.label for o in english["who"].options] == ["Zhang San", "Li Si"]
    assert chinese["result"].required
    assert chinese["group"].children[0].hint == "现场"


def test_values_become_what_controls_take() -> None:
    widgets = drawn(
        {
            "result": "pass",
            "checked_at": "2026-01-31T01:30:00+00:00",
            "who": ["p2"],
            "closed": True,
            "photos": ["a1", "b2"],
            "cost": 1.5,
            "items": [{"finding": "漏油"}, {}],
        }
    )
    assert [o.chosen for o in widgets["result"].options] == [True, False]
    assert widgets["group"].children[0].value == "2026-01-31T09:30"
    assert [o.chosen for o in widgets["who"].options] == [False, True]
    assert widgets["closed"].checked
    assert widgets["photos"].values == ("a1", "b2")
    assert widgets["photos"].multiple
    assert (widgets["cost"].value, widgets["cost"].attributes) == ("1.5", {"step": "0.01"})
    items = widgets["items"]
    assert [[cell.value for cell in row] for row in items.rows] == [["漏油"], [""]]
    assert items.rows[1][0].name == "items.1.finding"
    assert items.rows[1][0].id == "field-items-1-finding"
    assert items.rows[1][0].attributes == {"maxlength": "80"}
    assert items.blank_row[0].name == "items.__index__.finding"


def test_what_was_typed_is_shown_again_with_its_error() -> None:
    errors = [
        FieldError("checked_at", "No such day", "没有这一天"),
        FieldError("items.1.finding", "Too long", "太长"),
    ]
    widgets = drawn({"checked_at": "2026-02-30T09:00", "items": [{}, {}]}, errors=errors)
    assert widgets["group"].children[0].value == "2026-02-30T09:00"
    assert widgets["group"].children[0].errors == ("没有这一天",)
    assert widgets["items"].rows[1][0].errors == ("太长",)
    assert widgets["items"].rows[0][0].errors == ()
    assert drawn({"items": [{}, {}]}, "en", errors=errors)["items"].rows[1][0].errors == (
        "Too long",
    )


def test_a_hidden_group_says_so_and_keeps_its_condition() -> None:
    assert drawn({"result": "fail"})["group"].hidden
    shown = drawn({"result": "pass"})["group"]
    assert not shown.hidden
    assert shown.hide == 'result = "fail"'


def test_posted_pairs_are_gathered_and_come_out_clean() -> None:
    pairs = [
        ("csrf_token", "x"),
        ("result", "pass"),
        ("checked_at", "2026-01-31T09:30"),
        ("who", "p1"),
        ("who", "p2"),
        ("closed", "on"),
        ("photos", ""),
        ("cost", ""),
        ("items.0.finding", "漏油"),
        ("items.12.finding", "无标志"),
        ("items.__index__.finding", ""),
    ]
    data = gather(FORM.components, pairs, leave_out=["csrf_token"])
    assert FORM.clean(data, options=PEOPLE, assume_beijing=True) == {
        "result": "pass",
        "checked_at": "2026-01-31T09:30:00+08:00",
        "who": ["p1", "p2"],
        "closed": True,
        "photos": None,
        "cost": None,
        "items": [{"finding": "漏油"}, {"finding": "无标志"}],
    }


def test_posted_names_that_the_form_does_not_have_are_kept_for_refusal() -> None:
    assert gather(FORM.components, [("approved", "true"), ("result.0.x", "y")]) == {
        "approved": "true",
        "result.0.x": "y",
    }

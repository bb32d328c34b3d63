"""What of submitted data is let in: a table of values by kind, and the form as a whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.errors import Invalid
from engine.forms.components import Option
from engine.forms.definition import FormDefinition

CHOICES = [{"label": "甲", "value": "a"}, {"label": "乙", "value": "b"}]


def form(*components: dict[str, Any]) -> FormDefinition:
    schema = {"type": "default", "id": "f", "components": components}
    return FormDefinition.from_json(json.dumps(schema))


def field(kind: str, key: str = "one", **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": "一项", **more}


ACCEPTED = [
    (field("textfield"), "  整改完成 ", "整改完成"),
    (field("textfield", validate={"pattern": "[0-9]{4}"}), "0123", "0123"),
    (field("textarea"), "一\r\n二\r三", "一\n二\n三"),
    (field("textarea", validate={"maxLength": 9000}), "字" * 9000, "字" * 9000),
    (field("number"), "12", 12),
    (field("number"), " 12.50 ", 12.5),
    (field("number"), 3.0, 3),
    (field("number"), "0.1", 0.1),
    (field("number", validate={"min": 0, "max": 3}), "0", 0),
    (field("number", decimalDigits=2), "1.25", 1.25),
    (field("datetime"), "2028-02-29", "2028-02-29"),
    (field("datetime", subtype="datetime"), "2026-01-31T01:30:00Z", "2026-01-31T09:30:00+08:00"),
    (
        field("datetime", subtype="datetime"),
        "2026-01-31T09:30:00+08:00",
        "2026-01-31T09:30:00+08:00",
    ),
    (field("select", values=CHOICES), "b", "b"),
    (field("radio", values=CHOICES), "a", "a"),
    (field("select", valuesKey="enterprises"), "enterprise01", "enterprise01"),
    (field("checkbox"), True, True),
    (field("checkbox"), "on", True),
    (field("checkbox"), "false", False),
    (field("checkbox", validate={"required": True}), "on", True),
    (field("checklist", values=CHOICES), ["b", "a"], ["b", "a"]),
    (field("checklist", values=CHOICES), "a", ["a"]),
    (field("filepicker", multiple=True), ["0190-ab", "0190-cd"], ["0190-ab", "0190-cd"]),
    (field("filepicker"), "0190-ab", ["0190-ab"]),
]

REFUSED = [
    (field("textfield"), 5, "应为文字"),
    (field("textfield"), ["x"], "应为文字"),
    (field("textfield"), {"typename": "x"}, "应为文字"),
    (field("textfield"), "一\n二", "此项只能填写一行"),
    (field("textfield"), "a\x00b", "文字中含有控制字符"),
    (field("textfield"), "a\u202eb", "文字中含有控制字符"),
    (field("textfield"), "x" * 501, "最多填写 500 个字，现有 501 个"),
    (field("textarea"), "x" * 5001, "最多填写 5000 个字，现有 5001 个"),
    (field("textfield", validate={"minLength": 3}), "ab", "至少填写 3 个字，现有 2 个"),
    (field("textfield", validate={"pattern": "[0-9]{4}"}), "12345", "格式不符合要求"),
    (field("textfield", validate={"required": True}), "   ", "此项必填"),
    (field("textfield", validate={"required": True}), None, "此项必填"),
    (field("number"), "twelve", "应为数字"),
    (field("number"), "1e5", "应为数字"),
    (field("number"), "NaN", "应为数字"),
    (field("number"), "٣", "应为数字"),
    (field("number"), True, "应为数字"),
    (field("number"), "9" * 31, "应为数字"),
    (field("number"), "9" * 20, "不得大于 1000000000000000"),
    (field("number", validate={"min": 1}), "0", "不得小于 1"),
    (field("number", validate={"max": 1}), "2", "不得大于 1"),
    (field("number", decimalDigits=0), "1.5", "小数最多 0 位"),
    (field("datetime"), "2026-02-30", "应为真实存在的日期，格式如 2026-01-31"),
    (field("datetime"), "30.02.2026", "应为真实存在的日期，格式如 2026-01-31"),
    (field("datetime"), "2026-W01-1", "应为真实存在的日期，格式如 2026-01-31"),
    (field("datetime"), "1900-01-01", "年份应在 1949 至 2199 之间"),
    (field("datetime"), 20260101, "应为真实存在的日期，格式如 2026-01-31"),
    (field("datetime", subtype="datetime"), "2026-01-31T09:30", "时间须注明时区，例如 +08:00"),
    (
        field("datetime", subtype="datetime"),
        "2026-02-30T09:30Z",
        "应为真实存在的日期和时间，格式如 2026-01-31 09:30",
    ),
    (
        field("datetime", subtype="datetime"),
        "tomorrow",
        "应为真实存在的日期和时间，格式如 2026-01-31 09:30",
    ),
    (field("select", values=CHOICES), "c", "请从给定选项中选择"),
    (field("radio", values=CHOICES), ["a"], "应为文字"),
    (field("select", valuesKey="enterprises"), "x" * 201, "请从给定选项中选择"),
    (field("checkbox"), "perhaps", "应为是或否"),
    (field("checkbox", validate={"required": True}), False, "此项必填"),
    (field("checklist", values=CHOICES), ["a", "c"], "请从给定选项中选择"),
    (field("checklist", values=CHOICES), ["a", "a"], "同一项不得重复"),
    (field("checklist", values=CHOICES), {"a": True}, "应为列表"),
    (field("filepicker"), ["../../etc/passwd"], "应为已上传文件的编号"),
    (field("filepicker"), ["a", "b"], "最多 1 项，现有 2 项"),
    (field("filepicker", multiple=True, validate={"minLength": 2}), ["a"], "至少 2 项，现有 1 项"),
    (field("filepicker", multiple=True), [f"f{n}" for n in range(101)], "最多 100 项，现有 101 项"),
]


@pytest.mark.parametrize(("component", "value", "clean"), ACCEPTED)
def test_a_good_value_comes_out_clean(component: dict[str, Any], value: Any, clean: Any) -> None:
    found = form(component).clean({"one": value})
    assert found == {"one": clean}
    assert type(found["one"]) is type(clean)
    json.dumps(found)


@pytest.mark.parametrize(("component", "value", "sentence"), REFUSED)
def test_a_bad_value_is_refused_in_both_languages(
    component: dict[str, Any], value: Any, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        form(component).clean({"one": value})
    assert [(e.field, e.text("zh")) for e in refused.value.errors] == [("one", sentence)]
    assert refused.value.errors[0].text("en").startswith("Expected ")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("approved", "表单中没有此字段"),
        ("typename", "此名称为系统保留，不得提交"),
        ("__builtins__", "此名称为系统保留，不得提交"),
        ("_x", "此名称为系统保留，不得提交"),
        ("case", "此名称为系统保留，不得提交"),
        ("count", "此名称为系统保留，不得提交"),
    ],
)
def test_a_key_that_the_form_does_not_have_is_refused(key: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        form(field("textfield")).clean({"one": "x", key: True})
    assert [(e.field, e.text("zh")) for e in refused.value.errors] == [(key, sentence)]


@pytest.mark.parametrize("data", [None, [], "x", {1: "x"}, {"one": object()}, {"one": {1, 2}}])
def test_data_of_another_shape_is_refused(data: Any) -> None:
    with pytest.raises(Invalid):
        form(field("textfield")).clean(data)


def test_a_submission_that_is_too_large_or_too_deep_is_refused() -> None:
    with pytest.raises(Invalid):
        form(field("textarea")).clean({"one": "字" * 100_000})
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Invalid):
        form(field("textarea")).clean({"one": deep})


def test_all_errors_come_at_once() -> None:
    two = form(field("textfield", validate={"required": True}), field("number", "two"))
    with pytest.raises(Invalid) as refused:
        two.clean({"two": "x", "three": 1})
    assert sorted(e.field for e in refused.value.errors) == ["one", "three", "two"]
    assert refused.value.by_field("zh")["one"] == ["此项必填"]


def test_blank_is_null_absent_is_left_out_and_a_checkbox_is_always_told() -> None:
    three = form(field("textfield"), field("number", "two"), field("checkbox", "three"))
    assert three.clean({"one": " "}) == {"one": None, "three": False}


def test_readonly_values_of_the_sender_are_dropped() -> None:
    both = form(field("textfield", readonly=True), field("number", "two", disabled=True))
    assert both.clean({"one": "forged", "two": "x"}) == {}


def test_a_time_without_zone_is_beijing_time_only_if_the_page_says_so() -> None:
    instant = form(field("datetime", subtype="datetime"))
    assert instant.clean({"one": "2026-01-31T09:30"}, assume_beijing=True) == {
        "one": "2026-01-31T09:30:00+08:00"
    }


def test_choices_given_at_run_time_are_checked() -> None:
    select = form(field("select", valuesKey="enterprises"))
    offered = {"enterprises": [Option("e1", "一厂", "First")]}
    assert select.clean({"one": "e1"}, options=offered) == {"one": "e1"}
    with pytest.raises(Invalid):
        select.clean({"one": "e2"}, options=offered)


ROWS = {
    "type": "dynamiclist",
    "path": "items",
    "label": "逐项",
    "components": [
        field("radio", "result", values=CHOICES, validate={"required": True}),
        field(
            "textfield", "why", conditional={"hide": '=result != "b"'}, validate={"required": True}
        ),
    ],
}


def test_rows_are_cleaned_one_by_one() -> None:
    found = form(ROWS).clean({"items": [{"result": "a"}, {"result": "b", "why": " x "}, {}]})
    assert found == {"items": [{"result": "a"}, {"result": "b", "why": "x"}]}


def test_errors_in_rows_carry_their_path() -> None:
    with pytest.raises(Invalid) as refused:
        form(ROWS).clean(
            {"items": [{"result": "a"}, {"result": "b"}, "x", {"result": "z", "y": 1}]}
        )
    assert sorted(e.field for e in refused.value.errors) == [
        "items.1.why",
        "items.2",
        "items.3.result",
        "items.3.y",
    ]


@pytest.mark.parametrize("rows", ["x", {"0": {}}, [{}] * 101])
def test_rows_of_another_shape_or_too_many_are_refused(rows: Any) -> None:
    with pytest.raises(Invalid):
        form(ROWS).clean({"items": rows})


CONDITIONAL = (
    field("radio", "decision", values=CHOICES, validate={"required": True}),
    field(
        "textarea", "opinion", conditional={"hide": '=decision = "a"'}, validate={"required": True}
    ),
)


def test_a_hidden_field_is_not_required_and_its_value_is_dropped() -> None:
    assert form(*CONDITIONAL).clean({"decision": "a", "opinion": "smuggled"}) == {"decision": "a"}
    assert form(*CONDITIONAL).clean({"decision": "b", "opinion": "why"}) == {
        "decision": "b",
        "opinion": "why",
    }
    with pytest.raises(Invalid):
        form(*CONDITIONAL).clean({"decision": "b"})


def test_a_condition_reads_the_case_and_token_flags() -> None:
    both = form(
        field("textfield", conditional={"hide": '=case.level = "general"'}),
        field("textfield", "two", conditional={"hide": "=round > 1"}),
    )
    data = {"one": "x", "two": "y"}
    names = {"case": {"level": "general"}, "round": 1}
    assert both.clean(data, names=names) == {"two": "y"}
    names = {"case": {"level": "major"}, "round": 2}
    assert both.clean(data, names=names) == {"one": "x"}


def test_a_condition_reads_dates_and_numbers_as_such() -> None:
    three = form(
        field("datetime", "day"),
        field("number", "cost"),
        field("textfield", conditional={"hide": '=day < date("2026-01-01") or cost > 9'}),
    )
    assert "one" not in three.clean({"day": "2025-12-31", "cost": "1", "one": "x"})
    assert "one" not in three.clean({"day": "2026-01-01", "cost": "10", "one": "x"})
    assert three.clean({"day": "2026-01-01", "cost": "9", "one": "x"})["one"] == "x"


def test_a_hidden_group_hides_what_is_in_it_and_a_hidden_value_reads_as_null() -> None:
    both = form(
        field("checkbox", "more"),
        {
            "type": "group",
            "label": "组",
            "conditional": {"hide": "=not(more)"},
            "components": [field("textfield", validate={"required": True})],
        },
        field("textfield", "two", conditional={"hide": "=one = null"}),
    )
    assert both.clean({"one": "x", "two": "y"}) == {"more": False}
    assert both.clean({"more": True, "one": "x", "two": "y"}) == {
        "more": True,
        "one": "x",
        "two": "y",
    }


def test_conditions_that_hide_each_other_in_turn_come_to_an_end() -> None:
    both = form(
        field("textfield", conditional={"hide": "=two != null"}),
        field("textfield", "two", conditional={"hide": "=one = null"}),
    )
    assert set(both.clean({"one": "x", "two": "y"})) <= {"one", "two"}

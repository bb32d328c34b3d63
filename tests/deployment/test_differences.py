"""What differs between two versions: every kind of change is told once, in both languages."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest

from engine.deployment.bundle import SIZE_LIMIT
from engine.deployment.differences import MOST, differences
from tests.api.newer import PROCESS, drawn
from tests.expressions.drawing_decisions import decision, document, table
from workflows import deploying
from workflows.comparing.changes import changes_between, counted

MAIN = f"{PROCESS}.bpmn"
FORM = "forms/submit_plan.json"


@pytest.fixture(scope="module")
def shipped() -> dict[str, bytes]:
    [bundle] = deploying.bundles([PROCESS])
    return dict(bundle.files)


def told(before: dict[str, bytes], after: dict[str, bytes], language: str = "zh") -> list[str]:
    return [one.sentence for one in changes_between(before, after, language)]


def edited(files: dict[str, bytes], path: str, change: Callable[[str], str]) -> dict[str, bytes]:
    after = change(files[path].decode())
    assert after.encode() != files[path], "the edit changes something"
    return {**files, path: after.encode()}


def test_a_version_does_not_differ_from_itself(shipped: dict[str, bytes]) -> None:
    assert differences(shipped, dict(shipped)) == []


def test_limits_and_bodies_are_told_in_words(shipped: dict[str, bytes]) -> None:
    newer = edited(shipped, MAIN, drawn)
    assert told(shipped, newer) == [
        "任务“核定等级”的承办单位由发现单位改为应急管理局",
        "任务“核定等级”的时限由 1 个工作日改为 3 个工作日",
        "新增任务“第二人复核”",
        "删除任务“第二人复核”",
    ]
    assert told(shipped, newer, "en")[:2] == [
        "Task “Confirm the level”: body finding body → emergency bureau",
        "Task “Confirm the level”: limit 1 working day → 3 working days",
    ]


@pytest.mark.parametrize("element", ["post_notice", "confirm_level", "rectification"])
def test_another_name_is_told_once(shipped: dict[str, bytes], element: str) -> None:
    newer = edited(
        shipped,
        MAIN,
        lambda text: re.sub(rf'(<\S+ id="{element}" name="[^"]*)"', r'\1并拍照"', text),
    )
    [one] = told(shipped, newer)
    assert "的名称由" in one


def test_a_name_given_twice_is_told_once(shipped: dict[str, bytes]) -> None:
    newer = edited(
        shipped, MAIN, lambda text: text.replace('name="公示重大隐患"', 'name="核定等级"', 1)
    )
    assert told(shipped, newer) == ["任务“核定等级”的名称由“公示重大隐患”改为“核定等级”"]


def test_a_condition_is_told_with_both_texts(shipped: dict[str, bytes]) -> None:
    newer = edited(
        shipped, MAIN, lambda text: text.replace('>expiry = "order"<', '>expiry = "refusal"<', 1)
    )
    [one] = changes_between(shipped, newer, "zh")
    assert (one.change.subject, one.change.aspect) == ("flow", "condition")
    assert (one.change.before, one.change.after) == ('expiry = "order"', 'expiry = "refusal"')
    assert '的条件由「expiry = "order"」改为「expiry = "refusal"」' in one.sentence


def test_what_is_only_drawn_elsewhere_is_told_apart(shipped: dict[str, bytes]) -> None:
    shape = re.compile(r'(bpmnElement="confirm_level".*?<dc:Bounds [^>]*?x=")(\d+)', re.DOTALL)
    newer = edited(
        shipped, MAIN, lambda text: shape.sub(lambda m: f"{m[1]}{int(m[2]) + 40}", text, count=1)
    )
    [one] = changes_between(shipped, newer, "zh")
    assert (one.change.change, one.change.element) == ("moved", "confirm_level")
    assert counted([one]) == {"added": 0, "removed": 0, "changed": 0, "moved": 1}


def test_a_timer_and_a_name(shipped: dict[str, bytes]) -> None:
    newer = edited(
        shipped,
        MAIN,
        lambda text: text.replace('name="核定等级"', 'name="确认等级"', 1).replace(
            "due(&quot;expiry_recheck&quot;)", "due(&quot;recheck&quot;)", 1
        ),
    )
    found = {one.aspect: (one.before, one.after) for one in differences(shipped, newer)}
    assert found["name"] == ("核定等级", "确认等级")
    assert found["event.timer"] == ('due("expiry_recheck")', 'due("recheck")')


def test_cells_rows_and_columns_of_a_table(shipped: dict[str, bytes]) -> None:
    def change(text: str) -> str:
        text = text.replace('rule("limits.major.max")', "20")
        gone = re.compile(r'<rule id="limits_general">.*?</rule>', re.DOTALL)
        return gone.sub("", text)

    sentences = told(shipped, edited(shipped, "limits.dmn", change))
    assert '“整改时限”第 2 行的“days”由「rule("limits.major.max")」改为“20”' in sentences
    assert any(one.startswith("“整改时限”删除原第 1 行：") for one in sentences)
    assert len(sentences) == 2


def test_a_row_whose_id_changed_is_still_the_row(shipped: dict[str, bytes]) -> None:
    newer = edited(
        shipped,
        "limits.dmn",
        lambda text: text.replace('rule id="limits_major"', 'rule id="another"').replace(
            'rule("limits.major.max")', "20"
        ),
    )
    [one] = differences(shipped, newer)
    assert (one.change, one.aspect, one.after) == ("changed", "cell.days", "20")


def test_a_new_column_is_told_once_and_not_in_every_row() -> None:
    old = document(decision("d", table("", "x", "1 => 2", "2 => 3")))
    tested = b"<input><inputExpression><text>y</text></inputExpression></input><output>"
    cell = b"<inputEntry><text>-</text></inputEntry><outputEntry>"
    new = old.replace(b"<output>", tested, 1).replace(b"<outputEntry>", cell)
    found = differences({"d.dmn": old}, {"d.dmn": new})
    assert [(one.subject, one.change) for one in found] == [("input", "added")]


def test_fields_of_a_form(shipped: dict[str, bytes]) -> None:
    def change(text: str) -> str:
        form = json.loads(text)
        first = next(one for one in form["components"] if one.get("key"))
        first["validate"] = {**first.get("validate", {}), "required": False}
        first["label"] = "新标签"
        first["conditional"] = {"hide": '=case.level = "general"'}
        form["components"].append({"type": "textfield", "key": "remark", "label": "备注"})
        return json.dumps(form, ensure_ascii=False)

    sentences = told(shipped, edited(shipped, FORM, change))
    assert "新增“submit_plan”字段“备注”" in sentences
    assert any("的必填由是改为否" in one for one in sentences)
    assert any("增加隐藏条件：" in one for one in sentences)
    assert any("的标签由" in one and "新标签" in one for one in sentences)


def test_the_english_of_a_choice() -> None:
    def form(english: str) -> bytes:
        option = {"label": "是", "value": "yes"}
        field = {"type": "radio", "key": "a", "label": "甲", "values": [option]}
        with_english = {**field, "properties": {"values_en": {"yes": english}}}
        return json.dumps({"id": "f", "type": "default", "components": [with_english]}).encode()

    [one] = differences({FORM: form("Yes")}, {FORM: form("Aye")})
    assert (one.element, one.aspect) == ("a", "options")


def test_files_that_come_and_go(shipped: dict[str, bytes]) -> None:
    without = {path: text for path, text in shipped.items() if path != FORM}
    assert told(without, shipped) == ["新增文件“submit_plan.json”"]
    assert told(shipped, without, "en") == ["File “submit_plan.json” removed"]


def test_what_cannot_be_read_is_one_change(shipped: dict[str, bytes]) -> None:
    [one] = differences(shipped, {**shipped, MAIN: b"<broken"})
    assert (one.subject, one.aspect) == ("file", "unreadable")


def test_a_mere_blank_is_a_change_that_runs_no_other_way(shipped: dict[str, bytes]) -> None:
    [one] = differences(shipped, {**shipped, MAIN: shipped[MAIN] + b"\n"})
    assert (one.subject, one.aspect) == ("file", "text")


def test_the_largest_bundles_are_compared_in_bounds(shipped: dict[str, bytes]) -> None:
    task = '<bpmn:userTask id="t{n}" name="任务{n}"/>'
    begin, end = shipped[MAIN].decode().split("</bpmn:process>", 1)
    many = "".join(task.format(n=n) for n in range(30_000))
    newer = {**shipped, MAIN: f"{begin}{many}</bpmn:process>{end}".encode()}
    assert len(newer[MAIN]) < SIZE_LIMIT
    began = time.perf_counter()
    assert len(differences(shipped, newer)) == MOST
    assert time.perf_counter() - began < 10
    too_large = {**shipped, MAIN: b"<a>" + b" " * SIZE_LIMIT + b"</a>"}
    assert [one.aspect for one in differences(shipped, too_large)] == ["unreadable"]

"""What is read of other tools' files, and what is refused with a sentence in both languages."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from engine.verification.reading import SIZE_LIMIT, read_model
from engine.verification.report import verify_document
from tests.verification.drawing import NAMESPACE, document, flows, node, nodes, pools, process

OTHER_TOOL = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{NAMESPACE}" xmlns:camunda="urn:vendor" xmlns:x="urn:other" targetNamespace="t">
  <x:plugin id="s"/>
  <process id="p" camunda:versionTag="1">
    <extensionElements>
      <camunda:listener id="s"><camunda:task id="lost"/></camunda:listener>
    </extensionElements>
    <laneSet id="lanes"><lane id="lane"><flowNodeRef>s</flowNodeRef></lane></laneSet>
    <startEvent id="s"><outgoing>f1</outgoing></startEvent>
    <userTask id="a" camunda:assignee="me">
      <extensionElements><camunda:formData/></extensionElements>
      <multiInstanceLoopCharacteristics/></userTask>
    <dataObject id="paper"/><dataObjectReference id="ref" dataObjectRef="paper"/>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
    <association id="as" sourceRef="a" targetRef="note"/><textAnnotation id="note"/>
    <camunda:toy id="toy"/>
  </process>
</definitions>"""


def test_any_prefix_and_any_vendor_s_extensions_are_read() -> None:
    (result,) = verify_document(OTHER_TOOL.encode())
    assert result.good
    for encoding in ("utf-16", "utf-8"):
        declared = OTHER_TOOL.replace("UTF-8", encoding)
        assert verify_document(declared.encode(encoding))[0].good


def test_each_process_outside_a_collaboration_is_a_subject() -> None:
    line = nodes("start {0}s", "end {0}e", "task {0}a") + flows("{0}s {0}a {0}e")
    processes = [process(line.format(name), name=name) for name in ("p", "q", "r")]
    subjects = [one.subject for one in verify_document(document(*processes))]
    assert subjects == ["p", "q", "r"]
    pooled = document(pools(one="p", two="q"), *processes)
    assert [one.subject for one in verify_document(pooled)] == ["together", "r"]


@pytest.mark.parametrize(
    ("data", "english", "chinese"),
    [
        (b"<a", "well-formed", "格式不正确"),
        (b"", "well-formed", "格式不正确"),
        (b"<a/>", "definitions", "definitions"),
        (document(), "with a process", "没有流程"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE", "DOCTYPE"),
        (b" " * (SIZE_LIMIT + 1), "at most 5000000 bytes", "最多 5000000 字节"),
    ],
)
def test_what_is_no_diagram_is_refused(data: bytes, english: str, chinese: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_model(data)
    assert english in refused.value.message
    assert chinese in refused.value.message_zh


LINK = node("throw", "out", '<b:linkEventDefinition name="far"/>')
LINE = nodes("start s", "end e", "task a") + flows("s a e")


@pytest.mark.parametrize(
    ("drawn", "element", "english", "chinese"),
    [
        (process(LINE, nodes("task a")), "a", "each id once", "重复使用"),
        (process(LINE, flows("a nowhere")), "a.nowhere", "targetRef", "不存在的元素 nowhere"),
        (process(LINE, flows("nowhere a")), "nowhere.a", "sourceRef", "不存在的元素 nowhere"),
        (process(LINE, "<b:sequenceFlow id='f'/>"), "f", "(nothing)", "（空）"),
        (process(LINE, node("on:timer", "t", attachedToRef="z")), "t", "attachedToRef", "元素 z"),
        (process(LINE, node("xor", "x", default="no")), "x", "default", "元素 no"),
        (process(LINE, LINK), "out", "link", "元素 far"),
        (process(LINE) + pools(one="nobody"), "one", "processRef", "元素 nobody"),
        (process(LINE) + pools("a gone", one="p"), "m_a_gone", "targetRef", "元素 gone"),
        (process(LINE) + pools("gone a", one="p"), "m_gone_a", "sourceRef", "元素 gone"),
        (
            process(LINE, node("sub", "box", nodes("task deep")), flows("a deep")),
            "a.deep",
            "from p to box",
            "从 p 跨到 box",
        ),
    ],
)
def test_a_document_that_contradicts_itself_is_refused_by_element(
    drawn: str, element: str, english: str, chinese: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_model(document(drawn))
    assert element in refused.value.by_field("zh")
    assert english in refused.value.by_field("en")[element][0]
    assert chinese in refused.value.by_field("zh")[element][0]


def test_everything_wrong_is_told_at_once_up_to_a_limit() -> None:
    broken = [f"a gone{number}" for number in range(200)]
    with pytest.raises(Invalid) as refused:
        read_model(document(process(LINE, flows(*broken))))
    assert "200" in refused.value.message
    assert len(refused.value.errors) == 50

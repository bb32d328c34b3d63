"""Diagrams with other names: all that is drawn, and room for it beside the shapes."""

from __future__ import annotations

import re

import pytest

from engine.errors import Invalid
from engine.execution.renaming import renamed

DIAGRAM = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI">
 <bpmn:message id="m" name="told"/>
 <bpmn:process id="p" name="loop">
  <bpmn:startEvent id="s" name="甲"><bpmn:documentation> The first line
 and the rest</bpmn:documentation></bpmn:startEvent>
  <bpmn:sequenceFlow id="f" name="是" sourceRef="s" targetRef="t"/>
  <bpmn:sequenceFlow id="bare" sourceRef="s" targetRef="t"/>
 </bpmn:process>
 <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane bpmnElement="p">
  <bpmndi:BPMNShape bpmnElement="s"><dc:Bounds x="100" y="100" width="36" height="36"/>
   <bpmndi:BPMNLabel><dc:Bounds x="{x}" y="{y}" width="16" height="14"/></bpmndi:BPMNLabel>
  </bpmndi:BPMNShape>
  <bpmndi:BPMNEdge bpmnElement="f"><di:waypoint x="300" y="118"/><di:waypoint x="400" y="118"/>
   <bpmndi:BPMNLabel><dc:Bounds x="304" y="100" width="16" height="14"/></bpmndi:BPMNLabel>
  </bpmndi:BPMNEdge>
 </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>"""
LABEL = re.compile(
    r'BPMNLabel>\s*<dc:Bounds x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="(\d+)'
)
Box = tuple[float, float, float, float]


def labels(x: int, y: int, name: str) -> list[Box]:
    """Return the room of the names of event and flow, the event's drawn at a place."""
    made = renamed(DIAGRAM.format(x=x, y=y).encode(), lambda written, _: name or written)
    found = [tuple(map(float, one)) for one in LABEL.findall(made.decode())]
    return [(one[0], one[1], one[2], one[3]) for one in found]


def test_names_and_what_documentation_calls_them_are_asked_for() -> None:
    asked: list[tuple[str, str]] = []

    def kept(written: str, documented: str) -> str:
        asked.append((written, documented))
        return written

    renamed(DIAGRAM.format(x=110, y=140).encode(), kept)
    assert asked == [("甲", "The first line"), ("是", "")]


def test_names_that_stay_keep_their_room() -> None:
    assert labels(110, 140, "") == [(110, 140, 16, 14), (304, 100, 16, 14)]


@pytest.mark.parametrize(
    ("x", "y", "side"),
    [(110, 140, "below"), (110, 82, "above"), (140, 111, "right"), (80, 111, "left")],
)
def test_a_longer_name_grows_away_from_its_shape(x: int, y: int, side: str) -> None:
    left, top, width, height = labels(x, y, "A name of two lines")[0]
    assert width > 60
    assert height > 26
    within = {
        "below": top == y and left + width / 2 == 118,
        "above": top + height == y + 14 and left + width / 2 == 118,
        "right": left == x and top + height / 2 == y + 7,
        "left": left + width == x + 16,
    }
    assert within[side]


def test_the_name_of_a_flow_stays_above_its_line() -> None:
    left, top, width, height = labels(110, 140, "Agreed, to the bureau")[1]
    assert (left, top + height) == (304, 114)
    assert width <= 72


def test_what_no_diagram_can_be_is_refused() -> None:
    with pytest.raises(Invalid):
        renamed(b"<definitions", lambda written, _: written)

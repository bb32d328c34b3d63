"""The diagram that a new process begins with: a start, an end and one lane around them."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_TEXT = """\
<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" \
xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" \
id="definitions_{process}" targetNamespace="urn:bihuan:{process}" exporter="bihuan" \
exporterVersion="1">
  <bpmn:collaboration id="collaboration_{process}">
    <bpmn:participant id="pool_{process}" name={name_zh} processRef="{process}"/>
  </bpmn:collaboration>
  <bpmn:process id="{process}" name={name_zh} isExecutable="true">
    <bpmn:documentation>{name}</bpmn:documentation>
    <bpmn:laneSet id="lanes_{process}">
      <bpmn:lane id="lane_office" name="安委会办公室">
        <bpmn:documentation>Safety office</bpmn:documentation>
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>done</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start" name="开始">
      <bpmn:documentation>Start</bpmn:documentation>
      <bpmn:outgoing>f_start_done</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="done" name="结束">
      <bpmn:documentation>End</bpmn:documentation>
      <bpmn:incoming>f_start_done</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="f_start_done" sourceRef="start" targetRef="done"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_{process}">
    <bpmndi:BPMNPlane id="plane_{process}" bpmnElement="collaboration_{process}">
      <bpmndi:BPMNShape id="shape_pool" bpmnElement="pool_{process}" isHorizontal="true">
        <dc:Bounds x="120" y="80" width="760" height="240"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="shape_lane_office" bpmnElement="lane_office" isHorizontal="true">
        <dc:Bounds x="150" y="80" width="730" height="240"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="shape_start" bpmnElement="start">
        <dc:Bounds x="212" y="182" width="36" height="36"/>
        <bpmndi:BPMNLabel>
          <dc:Bounds x="219" y="225" width="22" height="14"/>
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="shape_done" bpmnElement="done">
        <dc:Bounds x="782" y="182" width="36" height="36"/>
        <bpmndi:BPMNLabel>
          <dc:Bounds x="789" y="225" width="22" height="14"/>
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="edge_f_start_done" bpmnElement="f_start_done">
        <di:waypoint x="248" y="200"/>
        <di:waypoint x="782" y="200"/>
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


def empty_process(process: str, name_zh: str, name: str) -> bytes:
    """Return the diagram of a process in which nothing is done yet."""
    text = _TEXT.format(process=process, name_zh=quoteattr(name_zh), name=escape(name))
    return text.encode()

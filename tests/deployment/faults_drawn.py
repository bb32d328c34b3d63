"""Faults in what is drawn: files, elements, events, ids, flows, conditions."""

from __future__ import annotations

from tests.deployment import letters as d
from tests.deployment.planting import BOX, add, instead_of_write, plant

PLANTED = [
    # --- files
    ("file.diagram_unreadable", "<!DOCTYPE x><x/>"),
    ("file.diagram_unreadable", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ("file.diagram_unreadable", "<a>" * 1000 + "</a>" * 1000),
    ("file.diagram_unreadable", "<a>" + " " * 10_000_000 + "</a>"),
    ("file.diagram_unreadable", "no XML at all"),
    ("process.missing", plant(('<bpmn:process id="letter"', '<bpmn:process id="other"'))),
    ("process.not_executable", plant(('isExecutable="true"', 'isExecutable="false"'))),
    # --- constructs
    *(
        ("construct.forbidden", plant(instead_of_write(d.node(kind, "write"))))
        for kind in ("manualTask", "task", "sendTask", "receiveTask", "complexGateway", "newTask")
    ),
    (
        "construct.forbidden",
        plant(("subProcess id", "adHocSubProcess id"), ("/bpmn:subP", "/bpmn:adHocSubP")),
    ),
    (
        "construct.forbidden",
        plant(("subProcess id", "transaction id"), ("/bpmn:subProcess", "/bpmn:transaction")),
    ),
    ("construct.script", plant(instead_of_write(d.node("scriptTask", "write")))),
    (
        "construct.script",
        plant(
            (
                "<spiffworkflow:serviceTaskOperator",
                (
                    "<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>"
                    "<spiffworkflow:serviceTaskOperator"
                ),
            )
        ),
    ),
    (
        "construct.event_subprocess",
        add(d.node("subProcess", "handler", BOX, triggeredByEvent="true")),
    ),
    (
        "construct.loop_marker",
        plant(("</bpmn:userTask>", "<bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>")),
    ),
    (
        "construct.loop_marker",
        plant(("</bpmn:userTask>", "<bpmn:standardLoopCharacteristics/></bpmn:userTask>")),
    ),
    (
        "call.unknown",
        plant(instead_of_write(d.node("callActivity", "write", calledElement="gone"))),
    ),
    # --- events
    ("event.signal_end", plant(('"done">', f'"done">{d.signal("s_moved")}'))),
    *(
        ("event.forbidden", plant(('"done">', f'"done"><bpmn:{kind}EventDefinition/>')))
        for kind in ("compensate", "escalation", "cancel", "link")
    ),
    ("event.forbidden", plant((d.message("m_answer"), "<bpmn:conditionalEventDefinition/>"))),
    ("event.forbidden", plant((d.message("m_filed"), '<bpmn:linkEventDefinition name="x"/>'))),
    (
        "event.forbidden",
        plant(('<bpmn:startEvent id="begin">', f'<bpmn:startEvent id="begin">{d.timer()}')),
    ),
    ("event.several", plant((d.message("m_answer"), d.message("m_answer") + d.timer()))),
    ("event.missing", plant((d.message("m_answer"), ""))),
    ("event.nameless", plant((d.message("m_answer"), "<bpmn:messageEventDefinition/>"))),
    ("event.inner_start", plant(('"s_begin">', f'"s_begin">{d.message("m_answer")}'))),
    # --- ids
    ("id.repeated", add(d.node("endEvent", "done"))),
    ("id.reserved", add(d.node("endEvent", "End"))),
    ("id.reserved", plant(('id="m', 'id="m'), ('endEvent id="voided"', "endEvent"))),
    ("id.operation", plant(('serviceTask id="send"', 'serviceTask id="letter.send"'))),
    # --- flows
    ("flow.broken", add(d.flow("again", "s_end"))),
    ("flow.missing", add(d.flow("again", "nowhere"))),
    (
        "flow.condition",
        plant((d.flow("mark", "send"), d.flow("mark", "send", 'decision = "agree"'))),
    ),
    ("flow.implicit_split", add(d.flow("mark", "done"))),
    ("flow.dead_end", plant((d.flow("to_archive", "done"), ""))),
    ("flow.after_end", add(d.flow("voided", "done"))),
    ("flow.before_start", add(d.flow("mark", "begin"))),
    ("gateway.idle", plant((d.flow("too_late", "settled"), d.flow("too_late", "to_archive")))),
    # --- conditions
    (
        "gateway.not_exhaustive",
        plant((d.flow("again", "write"), d.flow("again", "write", "weight > 3"))),
    ),
    ("gateway.not_exhaustive", plant((' default="f_signed_again"', ""))),
    ("gateway.unconditioned", plant((' default="f_signed_again"', ""))),
    ("gateway.not_exclusive", plant(('case.level = "minor"', "weight > 3"))),
    ("gateway.not_exclusive", plant(('"agree" and case.level = "minor"', '"agree"'))),
    (
        "gateway.conditioned_default",
        plant((d.flow("signed", "again"), d.flow("signed", "again", "weight > 3"))),
    ),
    ("gateway.foreign_default", plant(("f_signed_again", "f_weigh_again"))),
]

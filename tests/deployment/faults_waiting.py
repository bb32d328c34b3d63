"""Faults in what waits: timers, loops, boundaries, messages."""

from __future__ import annotations

from tests.deployment import letters as d
from tests.deployment.planting import (
    BLOCKS,
    SPAWN,
    TWO_ERROR_BOXES,
    add,
    attached,
    instead_of_write,
    plant,
    tail,
)

PLANTED = [
    # --- timers
    ("timer.cycle", plant((d.timer(), d.timer("R3/PT1H", "timeCycle")))),
    ("timer.duration", plant((d.timer(), d.timer('duration("P5D")', "timeDuration")))),
    *(
        ("timer.not_due", plant((d.timer(), d.timer(text))))
        for text in (
            'due("other")',
            'date and time("2026-01-31T00:00:00+08:00")',
            "due(weight)",
            'due("answer") + duration("P1D")',
            '"2026-01-31T00:00:00"',
            "",
        )
    ),
    (
        "timer.two_at_gateway",
        plant((d.message("m_answer"), d.timer())),
    ),
    ("gateway.event_branch", plant((d.flow("wait", "answered"), d.flow("wait", "mark")))),
    # --- topology
    ("topology.unreachable", add(d.user("lost"), d.flow("lost", "done"))),
    (
        "topology.no_start",
        plant((d.node("startEvent", "s_begin"), ""), (d.flow("s_begin", "s_split"), "")),
    ),
    ("topology.no_start", add(d.node("startEvent", "second"), d.flow("second", "again"))),
    (
        "topology.no_end",
        plant(
            (
                d.node("endEvent", "s_refused", d.TERMINATE),
                d.user("s_refused") + d.flow("s_refused", "s_one"),
            ),
            (d.node("endEvent", "s_end"), d.user("s_end") + d.flow("s_end", "s_one")),
        ),
    ),
    (
        "loop.restless",
        plant(
            instead_of_write(d.service("write", "letter.copy")),
            (d.node("boundaryEvent", "void", d.message("m_void"), attachedToRef="sign_off"), ""),
            (d.flow("write", "sign_off"), d.flow("write", "signed")),
        ),
    ),
    (
        "loop.without_gateway",
        add(d.flow("mark", "mark")),
    ),
    ("loop.spawn", add(SPAWN)),
    ("topology.parallel_blocks", plant((d.flow("weigh", "again"), BLOCKS + d.flow("weigh", "p1")))),
    # --- boundaries
    ("boundary.unattached", plant(('attachedToRef="sign_off"', 'attachedToRef="sign_one"'))),
    (
        "boundary.non_interrupting_message",
        add(attached("ask", d.message("m_void"), "mark", open_=True), tail("ask")),
    ),
    (
        "boundary.non_interrupting_message",
        add(attached("ask", d.signal("s_closed"), "mark", open_=True), tail("ask")),
    ),
    ("boundary.human_behind", plant((d.service("warned", "letter.copy"), d.user("warned")))),
    ("boundary.in_loop", plant(('attachedToRef="mark"', 'attachedToRef="write"'))),
    ("error.uncaught", plant(('"done">', f'"done">{d.error("e_lost")}'))),
    ("error.parallel", add(TWO_ERROR_BOXES)),
    # --- messages
    ("message.own", plant((d.message("m_answer"), d.message("m_filed")))),
    (
        "message.unheard",
        plant(
            (d.message("m_filed"), d.message("m_answer")),
            (
                d.message("m_answer") + "</bpmn:intermediateCatchEvent>",
                d.message("m_void") + "</bpmn:intermediateCatchEvent>",
            ),
        ),
    ),
    ("message.unsent", plant(('name="letter.answer"', 'name="letter.never"'))),
    ("signal.unthrown", add(attached("moved", d.signal("s_moved")), tail("moved"))),
    (
        "signal.nested",
        plant(
            (
                '<bpmn:startEvent id="s_begin">',
                attached("void_in", d.message("m_void"), "sign_one")
                + tail("void_in")
                + '<bpmn:startEvent id="s_begin">',
            ),
        ),
    ),
]

"""Faults in what waits: timers, loops, boundaries, messages."""

from __future__ import annotations

from tests.deployment import letters as d
from tests.deployment.planting import (
    BLOCKS,
    ERROR_WAY,
    SPAWN,
    add,
    attached,
    error_box,
    instead_of_write,
    plant,
    reminding,
    tail,
)

PLANTED = [
    # --- timers
    ("timer.cycle", plant((d.timer(), d.timer("R3/PT1H", "timeCycle")))),
    (
        "timer.cycle",
        add(attached("ask", d.timer("&quot;R3/P1D&quot;", "timeCycle"), "mark"), tail("ask")),
    ),
    *(
        ("timer.not_repeated", reminding(text))
        for text in (
            "R3/P1D",
            '"R3/PT10M"',
            '"R300/P1D"',
            '"P1D"',
            'due("other")',
            '"R3/P1M"',
            '"R/P1D" + ""',
            "weight",
            "",
        )
    ),
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
        "boundary.error_open",
        add(attached("lost", d.error("e_lost"), "sign_off", open_=True), tail("lost")),
    ),
    ("boundary.human_behind", plant((d.service("warned", "letter.copy"), d.user("warned")))),
    ("boundary.in_loop", plant(('attachedToRef="mark"', 'attachedToRef="write"'))),
    ("error.uncaught", plant(('"done">', f'"done">{d.error("e_lost")}'))),
    ("error.uncaught", add(error_box("one", "e_torn"), ERROR_WAY)),
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

"""What the library runs wrongly and ours runs right: it passes the gate, and runs."""

from __future__ import annotations

import pytest

from engine.deployment.bundle import Bundle
from tests.deployment import letters as d
from tests.deployment.letters import findings, letter_files
from tests.deployment.planting import (
    TWO_ERROR_BOXES,
    add,
    attached,
    plant,
    reminding,
    tail,
)
from tests.fuzzing.targets import walk

SPLIT = d.flow("weigh", "e_split", "true")
AROUND = (d.flow("weigh", "again"), d.flow("weigh", "e_split"))
BOXES = TWO_ERROR_BOXES.replace(SPLIT, "")
BOXES = BOXES.replace(d.flow("e_join", "done"), d.flow("e_join", "again"))
ANOTHER = (
    d.node("intermediateCatchEvent", "far_too_late", d.timer())
    + d.flow("wait", "far_too_late")
    + d.flow("far_too_late", "settled")
)
WORTH = {
    "two timers behind one event gateway": add(ANOTHER),
    "one error caught by two boxes side by side": plant(
        AROUND,
        ('<bpmn:startEvent id="begin">', BOXES + '<bpmn:startEvent id="begin">'),
    ),
    "a message beside a task": add(
        attached("ask", d.message("m_void"), "mark", open_=True), tail("ask")
    ),
    "a signal beside a task": add(
        attached("ask", d.signal("s_closed"), "mark", open_=True), tail("ask")
    ),
    "three reminders": reminding('"R3/P1D"'),
    "reminders without end": reminding('"R/PT12H"'),
    "a date that moves on": reminding('due("answer")'),
}


@pytest.mark.parametrize("name", sorted(WORTH))
def test_it_is_deployed_without_a_word_and_runs(name: str) -> None:
    files = letter_files(letter_bpmn=WORTH[name])
    assert findings(files) == []
    walk(Bundle("letter", files))


def test_an_error_that_nothing_catches_is_a_warning() -> None:
    found = findings(letter_files(letter_bpmn=plant(('"done">', f'"done">{d.error("e_lost")}'))))
    assert [(one.code, one.severity) for one in found] == [("error.uncaught", "warning")]

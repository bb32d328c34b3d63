"""Plants faults into the sound diagram."""

from __future__ import annotations

from tests.deployment import letters as d
from tests.deployment.letters import LETTER


def plant(*changes: tuple[str, str]) -> str:
    """The sound diagram with pieces of text exchanged, each of which must be there."""
    text = LETTER
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def add(*parts: str) -> str:
    return plant(('<bpmn:startEvent id="begin">', "".join(parts) + '<bpmn:startEvent id="begin">'))


def attached(name: str, events: str, to: str = "write", *, open_: bool = False) -> str:
    extra = {"cancelActivity": "false"} if open_ else {}
    return d.node("boundaryEvent", name, events, attachedToRef=to, **extra)


def tail(name: str) -> str:
    return d.node("endEvent", f"{name}_end") + d.flow(name, f"{name}_end")


def instead_of_write(inner: str) -> tuple[str, str]:
    return (d.user("write", form="write"), inner)


BOX = d.node("startEvent", "b_begin") + d.node("endEvent", "b_end") + d.flow("b_begin", "b_end")

ERROR_BOX = (
    d.node("startEvent", "{0}_begin")
    + d.node("endEvent", "{0}_end", d.error("e_lost"))
    + d.flow("{0}_begin", "{0}_end")
)


def error_box(name: str, caught: str = "e_lost") -> str:
    return (
        d.node("subProcess", name, ERROR_BOX.format(name))
        + attached(f"{name}_lost", d.error(caught), name)
        + tail(f"{name}_lost")
    )


ERROR_WAY = d.flow("weigh", "one", "true") + d.flow("one", "done")


def reminding(text: str) -> str:
    """A reminder that comes again beside the task `mark`."""
    cycle = d.timer(text.replace('"', "&quot;"), "timeCycle")
    return add(attached("ask", cycle, "mark", open_=True), tail("ask"))


TWO_ERROR_BOXES = (
    d.node("parallelGateway", "e_split")
    + error_box("one")
    + error_box("two")
    + d.node("parallelGateway", "e_join")
    + d.flow("e_split", "one")
    + d.flow("e_split", "two")
    + d.flow("one", "e_join")
    + d.flow("two", "e_join")
    + d.flow("e_join", "done")
    + d.flow("weigh", "e_split", "true")
)

SPAWN = (
    d.node("parallelGateway", "spawn")
    + d.user("aside")
    + d.node("endEvent", "aside_end")
    + d.flow("again", "spawn")
    + d.flow("spawn", "write")
    + d.flow("spawn", "aside")
    + d.flow("aside", "aside_end")
)

BLOCKS = "".join(
    d.node("parallelGateway", f"p{n}")
    + d.node("parallelGateway", f"q{n}")
    + d.service(f"x{n}", "letter.copy")
    + d.service(f"y{n}", "letter.copy")
    + d.flow(f"p{n}", f"x{n}")
    + d.flow(f"p{n}", f"y{n}")
    + d.flow(f"x{n}", f"q{n}")
    + d.flow(f"y{n}", f"q{n}")
    + d.flow(f"q{n}", f"p{n + 1}" if n < 5 else "again")
    for n in range(1, 6)
)

"""Processes that start each other without end stop as an incident, and nothing is half-done."""

from __future__ import annotations

import pytest

from engine.errors import Incident
from tests.work import diagrams as d
from tests.work.application import CLERK
from tests.work.world import World

CIRCLE = {"help": ("wanted", "given"), "answer": ("given", "wanted")}


def test_processes_that_start_each_other_for_ever_are_an_incident(world: World) -> None:
    root = (d.start(), d.user("write", "office"), d.throw("ask", "own.wanted"), d.end())
    steps = d.chain("begin", "write", "ask", "end")
    world.deploy("root", d.process("root", *root, steps, messages=("own.wanted",)))
    for name, (heard, said) in CIRCLE.items():
        parts = (d.start(message=f"own.{heard}"), d.throw("call", f"own.{said}"), d.end())
        steps = d.chain("begin", "call", "end")
        messages = ("own.wanted", "own.given")
        world.deploy(name, d.process(name, *parts, steps, messages=messages))
    world.start("root")
    with pytest.raises(Incident, match="goes on starting others"):
        world.runtime.complete_task(CLERK, world.task("write"), {})
    assert world.open_elements() == ["write"]
    assert world.instances() == [("root", "live")]

"""Processes that start each other are told of, whichever of them is looked at."""

from __future__ import annotations

from engine.deployment.bundle import Bundle
from engine.deployment.gate import check
from tests.domain import designers
from tests.work.diagrams import chain, end, process, start
from workflows.app import gate_environment


def bundle(name: str, called: str) -> Bundle:
    """A process that begins with a message of its own and starts another one at once."""
    call = designers.call("call", "process.start", process=f'"{called}"')
    parts = (start(message=f"own.{name}"), call, end(), chain("begin", "call", "end"))
    text = process(name, *parts, messages=(f"own.{name}",))
    return Bundle(name, {f"{name}.bpmn": text})


def circles(*bundles: Bundle) -> dict[str, str]:
    found = check(bundles, gate_environment())
    return {one.file: one.sentence for one in found if one.code == "process.circle"}


def test_a_circle_is_told_at_every_process_of_it() -> None:
    three = bundle("first", "second"), bundle("second", "third"), bundle("third", "first")
    told = circles(*three)
    assert set(told) == {"first.bpmn", "second.bpmn", "third.bpmn"}
    assert "call starts second → third, which starts this one again" in told["first.bpmn"]


def test_a_chain_is_none() -> None:
    assert circles(bundle("first", "second"), bundle("second", "third")) == {}

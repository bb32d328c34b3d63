"""What is registered by hand is complete, and the shipped processes name only what is known."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from engine.work.runtime import Runtime
from tests.contracts.tree import ROOT
from workflows.cli.root import COMMANDS
from workflows.deploying import bundles, processes
from workflows.domain import acts, candidates, generic_operations, routing
from workflows.operations.registry import OPERATIONS, RESULT_TYPES

RESERVED_OPERATIONS = frozenset(generic_operations.OPERATIONS)
"""Registered for the diagrams of designers."""

MACHINE_COMMANDS = frozenset({"fire_due", "next_due", "deliver_outbox"})
"""What the worker does on nobody's behalf."""

NO_COMMANDS = frozenset(
    {"__init__", "__main__", "bench_book", "root", "opening", "output", "rules_in_use", "soundness"}
)
PROCESSES = ROOT / "workflows" / "processes"
FORMS = ROOT / "forms"


def operations_missing(
    drawn: Iterable[str], registered: Iterable[str], typed: Iterable[str]
) -> list[str]:
    """Return what is drawn, registered or typed, but not all three."""
    names = set(drawn)
    return sorted((names ^ set(registered)) | (names ^ set(typed)))


def acts_unheard(messages: Iterable[str], plain: Mapping[str, bool]) -> list[str]:
    """Return the acts that are neither plain nor heard by a diagram, or are both."""
    return sorted(name for name, is_plain in plain.items() if is_plain == (name in set(messages)))


def acts_unserved(acts: Iterable[str], guards: Iterable[str], writes: Iterable[str]) -> list[str]:
    """Return what is an act, has a guard or is written, but not all three."""
    names = set(acts)
    return sorted((names ^ set(guards)) | (names ^ set(writes)))


def forms_missing(forms: Iterable[str], folder: Path) -> list[str]:
    """Return the forms that no file of a folder of processes holds."""
    there = {path.stem for path in folder.glob("*/*.json") if json.loads(path.read_text("utf-8"))}
    return sorted(set(forms) - there)


def properties_unknown(tasks: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the ladders and bodies of user tasks that the domain does not know."""
    found = []
    for properties in tasks:
        if properties.get("ladder") not in routing.LADDERS:
            found.append(f"ladder {properties.get('ladder')}")
        if properties.get("body") not in candidates.RULES:
            found.append(f"body {properties.get('body')}")
    return found


def tasks_untold(elements: Iterable[str], readme: str) -> list[str]:
    """Return the user tasks that a process's page does not name."""
    return [element for element in elements if f"`{element}`" not in readme]


def modules_unregistered(modules: Iterable[str], places: Iterable[str]) -> list[str]:
    """Return the modules of commands that the registry does not reach."""
    reached = {place.partition(":")[0].rpartition(".")[2] for place in places}
    return sorted(set(modules) - NO_COMMANDS - reached)


def _user_tasks(process: str) -> dict[str, Mapping[str, str]]:
    (bundle,) = bundles([process])
    assert bundle.diagram is not None
    nodes = bundle.diagram.nodes
    return {node.id: node.properties for node in nodes if node.kind == "userTask"}


def _drawn_operations() -> set[str]:
    diagrams = [bundle.diagram for bundle in bundles()]
    return {node.operation for one in diagrams if one for node in one.nodes if node.operation}


def _caught_messages() -> set[str]:
    contracts = [bundle.contract for bundle in bundles()]
    return {name for one in contracts for name in (*one.starts, *one.catches)}


def test_every_operation_has_a_type_and_a_diagram_that_names_it() -> None:
    drawn = _drawn_operations() | RESERVED_OPERATIONS
    assert operations_missing(drawn, OPERATIONS, RESULT_TYPES) == []


def test_every_act_is_plain_or_caught_by_a_diagram() -> None:
    plain = {act.name: act.plain for act in acts.ACTS.values()}
    assert acts_unheard(_caught_messages(), plain) == []


def test_every_act_has_a_guard_and_is_written() -> None:
    assert acts_unserved(acts.ACTS, acts._GUARDS, acts._WRITES) == []


def test_every_form_of_an_act_exists() -> None:
    forms = [act.form for act in acts.ACTS.values() if act.form]
    assert set(forms_missing(forms, FORMS)) <= {"watch"}, "watching asks nothing"


@pytest.mark.parametrize("process", processes())
def test_the_page_of_a_process_names_every_task_and_the_domain_its_properties(process: str) -> None:
    tasks = _user_tasks(process)
    assert tasks
    assert tasks_untold(tasks, (PROCESSES / process / "README.md").read_text("utf-8")) == []
    assert properties_unknown(tasks.values()) == []


def test_every_module_of_commands_is_registered() -> None:
    modules = [path.stem for path in (ROOT / "workflows" / "cli").glob("*.py")]
    assert modules_unregistered(modules, COMMANDS.values()) == []


def test_every_command_of_the_runtime_says_who_asks() -> None:
    assert commands_without_an_actor(vars(Runtime)) == []


def commands_without_an_actor(members: Mapping[str, object]) -> list[str]:
    """Return public commands that take no actor: only the machine's own may do so."""
    calls = {
        name: inspect.signature(member).parameters
        for name, member in members.items()
        if inspect.isfunction(member) and not name.startswith("_")
    }
    return sorted({n for n, p in calls.items() if "actor" not in p} - MACHINE_COMMANDS)


def test_each_rule_finds_a_planted_fault(tmp_path: Path) -> None:
    assert operations_missing(["a"], ["a"], ["a"]) == []
    assert operations_missing(["a"], ["a", "b"], ["a", "b"]) == ["b"]
    assert operations_missing(["a", "b"], ["a", "b"], ["a"]) == ["b"]
    assert acts_unheard(["x"], {"x": False, "y": True}) == []
    assert acts_unheard(["x"], {"x": True, "y": False}) == ["x", "y"]
    assert acts_unserved(["x"], ["x"], ["x"]) == []
    assert acts_unserved(["x", "y"], ["x"], ["x", "y"]) == ["y"]
    assert acts_unserved(["x", "y"], ["x", "y"], ["x"]) == ["y"]
    assert acts_unserved(["x"], ["x", "z"], ["x", "z"]) == ["z"]
    assert forms_missing(["nowhere"], tmp_path) == ["nowhere"]
    assert properties_unknown([{"ladder": "w9", "body": "nobody"}]) == ["ladder w9", "body nobody"]
    assert tasks_untold(["sign"], "| Sign | `signed` |") == ["sign"]
    assert modules_unregistered(["users", "ghosts"], ["workflows.cli.users:group"]) == ["ghosts"]
    assert commands_without_an_actor({"sign": lambda: None}) == ["sign"]

"""What the gate must know of the application to judge a diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

CaseTypes: TypeAlias = "Mapping[str, str | CaseTypes]"
"""FEEL types of the case's fields by name (`string`, `number`, `date`, …), nested as the case."""


@dataclass(frozen=True)
class ProcessContract:
    """What another process, deployed before, does with messages and signals.

    Attributes:
        starts: messages that start it.
        catches: messages that it waits for.
        throws: messages that it sends.
        signals: signals that it throws.
    """

    starts: frozenset[str] = frozenset()
    catches: frozenset[str] = frozenset()
    throws: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GateEnvironment:
    """What the application gives to every diagram.

    Attributes:
        operations: FEEL type of each operation's result by name, None if it answers nothing.
        functions: FEEL type of each function's result by name, beyond the built-in ones.
        case_types: types of the case's fields.
        due_names: the names that `due("…")` knows.
        ladders: the ladders that a task may name.
        bodies: the candidate rules that a task may name.
        task_acts: the acts that a task may name, `act:element` where only one element may;
            None where the application takes any.
        act_messages: messages that acts of people deliver.
        act_forms: forms that acts use, by process; they need no task.
        system_signals: signals that the runtime itself sends.
        processes: other processes in force, by id.
    """

    operations: Mapping[str, str | None] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    case_types: CaseTypes = field(default_factory=dict)
    due_names: frozenset[str] = frozenset()
    ladders: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    task_acts: frozenset[str] | None = None
    act_messages: frozenset[str] = frozenset()
    act_forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    system_signals: frozenset[str] = frozenset({"case.closed"})
    processes: Mapping[str, ProcessContract] = field(default_factory=dict)

"""What the gate must know of the application to judge a diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.operations import OperationInfo
from engine.verification.names import Write

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
        begins: processes that its operations start.
        fields: FEEL types of the fields of `case.ext` that it declares, by name.
        dates: names of the dates that it starts itself, without `own.`.
    """

    starts: frozenset[str] = frozenset()
    catches: frozenset[str] = frozenset()
    throws: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GateEnvironment:
    """What the application gives to every diagram.

    Attributes:
        operations: FEEL type of each operation's result by name, None if it answers nothing.
        described: names and parameters of operations, by name; one without takes nothing.
        answers: every text that an operation may answer, for those that say so.
        act_answers: by act, the keys of the field that the application reads its answer from.
        act_writes: what completing a task with an act writes to flags beyond what its form binds,
            and what an act brings to the process that its message starts.
        functions: FEEL type of each function's result by name, beyond the built-in ones.
        case_types: types of the case's fields, but `ext`, which the diagrams declare.
        typed_fields: the case's fields that hold words that a person typed.
        kept_fields: names within `case.ext` that the application keeps for itself.
        kept_flags: token flags that name what a step of the application is about.
        answer_flags: token flags that acts of the application write, besides those of forms.
        due_names: the names that `due("…")` knows.
        ladders: the ladders that a task may name.
        own_ladders: those of them that a designer's own act may name.
        bodies: the candidate rules that a task may name.
        own_bodies: those of them that every case has, for own acts of designers.
        untold: literal parameters that operations of a process may not be given, because they
            would tell somebody of what is not his to know.
        outside_bodies: candidate rules of those whom a process is about.
        task_acts: the acts that a task may name, `act:element` where only one element may;
            None where the application takes any. An own act, `own.NAME`, needs no entry.
        act_messages: messages that acts of people deliver.
        act_forms: forms that acts use, by process; they need no task.
        system_signals: signals that the runtime itself sends.
        processes: other processes in force, by id.
    """

    operations: Mapping[str, str | None] = field(default_factory=dict)
    described: Mapping[str, OperationInfo] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    act_answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    act_writes: Mapping[str, tuple[Write, ...]] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    case_types: CaseTypes = field(default_factory=dict)
    typed_fields: frozenset[str] = frozenset()
    kept_fields: frozenset[str] = frozenset()
    kept_flags: frozenset[str] = frozenset()
    answer_flags: frozenset[str] = frozenset()
    due_names: frozenset[str] = frozenset()
    ladders: frozenset[str] = frozenset()
    own_ladders: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    own_bodies: frozenset[str] = frozenset()
    untold: Mapping[str, frozenset[str]] = field(default_factory=dict)
    outside_bodies: frozenset[str] = frozenset()
    task_acts: frozenset[str] | None = None
    act_messages: frozenset[str] = frozenset()
    act_forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    system_signals: frozenset[str] = frozenset({"case.closed"})
    processes: Mapping[str, ProcessContract] = field(default_factory=dict)

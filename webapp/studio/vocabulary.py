"""What the editors of a draft offer in their lists: all that its diagram may name, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.deployment.checks.values import known_values
from engine.deployment.environment import CaseTypes, GateEnvironment
from engine.deployment.expressions import flag_types
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Node
from engine.expressions.inference import label as type_label
from engine.operations import Parameter
from webapp.i18n.catalogue import Text, pick
from webapp.presentation import labels
from webapp.studio import vocabulary_words as words
from workflows.domain.candidates import ENTERPRISE_ROLES
from workflows.domain.levels import LEVELS, PHASES
from workflows.domain.rule_set import RuleSet

Entry = dict[str, Any]

ROLES = ("head", "deputy", "officer", "clerk", *ENTERPRISE_ROLES, "expert")

_ADDED = "case.ext."

_CASE_VALUES: Mapping[str, Mapping[str, Text]] = {
    "case.level": labels.LEVELS,
    "case.proposed_level": labels.LEVELS,
    "case.phase": labels.STATES,
    "case.state": labels.STATES,
    "case.category": labels.CATEGORIES,
}
_KEPT = {"case.level": LEVELS, "case.proposed_level": LEVELS, "case.phase": PHASES}


def vocabulary_json(subject: Subject, rules: RuleSet, language: str) -> Entry:
    """Return everything that a bundle's diagram, tables and forms may name.

    Args:
        subject: the bundle as it is being written, beside what the application gives.
        rules: the rule set in force, whose numbers expressions may read.
        language: the reader's.
    """
    told = _Told(subject, language)
    environment = subject.environment
    return {
        "acts": list(told.acts()),
        "bodies": told.named(environment.bodies, words.BODIES),
        "roles": told.named(ROLES, labels.ROLES),
        "ladders": told.named(environment.ladders, words.LADDERS),
        "due_names": told.named(subject.due_names, words.DUE_NAMES),
        "operations": list(told.operations()),
        "functions": list(told.functions()),
        "names": [*told.case_names(), *told.flags()],
        "messages": sorted(told.messages()),
        "signals": sorted(told.signals()),
        "decisions": list(told.decisions()),
        "forms": list(told.forms()),
        "rules": list(_numbers(rules, language)),
    }


class _Told:
    """The parts, each in the reader's words."""

    def __init__(self, subject: Subject, language: str) -> None:
        self._subject = subject
        self._environment: GateEnvironment = subject.environment
        self._language = language

    def named(self, names: Any, table: Mapping[str, Text]) -> list[Entry]:  # noqa: ANN401
        """Return entries in the order of the table, names without words at the end."""
        known = [name for name in table if name in names]
        others = sorted(set(names) - set(known))
        return [{"id": name, "name": self._word(table, name)} for name in (*known, *others)]

    def acts(self) -> Iterator[Entry]:
        """Yield the acts of tasks; one that only some elements may name says which."""
        found: dict[str, list[str]] = {}
        for one in sorted(self._environment.task_acts or ()):
            act, _, element = one.partition(":")
            found.setdefault(act, []).extend([element] if element else [])
        for act, elements in found.items():
            yield {
                "id": act,
                "name": self._word(labels.ACTS, act),
                "elements": elements,
                "outcomes": self._outcomes(act),
            }

    def _outcomes(self, act: str) -> list[str]:
        """Return what may be chosen in the forms of an act's tasks, as far as flags keep it."""
        forms = self._subject.bundle.read.forms
        used = {self._subject.form_of(n) for n in self._tasks() if n.properties.get("act") == act}
        fields = [field for name in used & forms.keys() for field in forms[name].fields]
        bound = [field for field in fields if field.binding is not None]
        return sorted({option.value for field in bound for option in field.options})

    def operations(self) -> Iterator[Entry]:
        """Yield the operations with what they answer and take."""
        for name, info in self._environment.described.items():
            yield {
                "id": name,
                "name": pick(self._language, info.zh, info.en),
                "result": info.result,
                "parameters": [self._parameter(one) for one in info.parameters],
            }

    def _parameter(self, parameter: Parameter) -> Entry:
        choices = [
            {"id": one.value, "name": pick(self._language, one.zh, one.en)}
            for one in parameter.choices
        ]
        return {
            "id": parameter.id,
            "name": pick(self._language, parameter.zh, parameter.en),
            "type": parameter.type,
            "required": parameter.required,
            "literal": parameter.literal,
            "pattern": parameter.pattern,
            **({"choices": choices} if choices else {}),
        }

    def functions(self) -> Iterator[Entry]:
        """Yield the functions of the domain; those of the language are the editor's own."""
        known = {"due": "date and time", **self._environment.functions}
        for name, result in known.items():
            parameters, text = words.FUNCTIONS.get(name, ((), (name, name)))
            yield {
                "name": name,
                "parameters": list(parameters),
                "result": result,
                "words": pick(self._language, *text),
            }

    def case_names(self) -> Iterator[Entry]:
        """Yield the fields of the case that expressions read."""
        types = {**self._environment.case_types, "ext": dict(self._subject.fields)}
        for name, kind in sorted(_flat("case", types)):
            values = self._values(name)
            known = {"values": values} if values else {}
            said = self._word(words.FIELDS, name)
            if name.startswith(_ADDED):
                said = self._flag(name.removeprefix(_ADDED)) or name
            yield {"name": name, "type": kind, "words": said, **known}

    def _values(self, name: str) -> list[Entry]:
        table = _CASE_VALUES.get(name, {})
        kept = _KEPT.get(name, tuple(table))
        return [{"id": value, "name": self._word(table, value)} for value in kept]

    def flags(self) -> Iterator[Entry]:
        """Yield the flags that this bundle writes."""
        values = known_values(self._subject)
        for name, kind in sorted(flag_types(self._subject).items()):
            found = sorted(values.get(name) or ())
            options = [{"id": one, "name": self._word(labels.OUTCOMES, one)} for one in found]
            known = {"values": options} if options else {}
            yield {"name": name, "type": type_label(kind), "words": self._flag(name), **known}

    def _flag(self, name: str) -> str:
        """Return what the forms that write a flag call it; "" where they do not agree."""
        called = {
            pick(self._language, field.label_zh, field.label)
            for form in self._subject.bundle.read.forms.values()
            for field in form.fields
            if field.binding is not None and field.binding.name == name
        }
        return called.pop() if len(called) == 1 else ""

    def messages(self) -> set[str]:
        """Return the names of messages that a process or an act knows."""
        diagram = self._subject.diagram
        found = set(self._environment.act_messages) | set(diagram.messages)
        for one in self._subject.contracts.values():
            found |= one.starts | one.catches | one.throws
        return found - {""}

    def signals(self) -> set[str]:
        """Return the names of signals that a process or the runtime throws."""
        found = set(self._environment.system_signals) | set(self._subject.diagram.signals)
        for one in self._subject.contracts.values():
            found |= one.signals
        return found - {""}

    def decisions(self) -> Iterator[Entry]:
        """Yield the decisions of the bundle with what they answer."""
        for name, file in sorted(self._subject.bundle.read.decisions.items()):
            table = file.table
            outputs = [one.name for one in table.outputs] if table is not None else []
            title = file.node.name or name
            yield {"id": name, "name": title, "outputs": outputs, "file": file.path}

    def forms(self) -> Iterator[Entry]:
        """Yield the forms of the bundle, each by the task that uses it."""
        used = {self._subject.form_of(node): self._called(node) for node in self._tasks()}
        for name in sorted(self._subject.bundle.read.forms):
            yield {"id": name, "name": used.get(name, "")}

    def _called(self, node: Node) -> str:
        return pick(self._language, *node.titles)

    def _tasks(self) -> Iterator[Node]:
        return self._subject.diagram.of_kind("userTask")

    def _word(self, table: Mapping[str, Text], name: str) -> str:
        return pick(self._language, *table[name]) if name in table else name


def _flat(name: str, kind: str | CaseTypes) -> Iterator[tuple[str, str]]:
    if isinstance(kind, str):
        yield name, kind
        return
    for key, inner in kind.items():
        yield from _flat(f"{name}.{key}", inner)


def _numbers(rules: RuleSet, language: str) -> Iterator[Entry]:
    """Yield the numbers of a rule set, for `rule("…")`."""
    for one in rules:
        if isinstance(one.value, Decimal | int) and not isinstance(one.value, bool):
            yield {"id": one.key, "name": one.text(language)}

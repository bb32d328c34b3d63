"""What is fuzzed and what each target promises; anything but a promise kept is a finding."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from engine import clock, errors
from engine.deployment.bundle import Bundle
from engine.deployment.gate import errors_of
from engine.execution.compiled import compile_process
from engine.execution.dmn_reader import read_dmn
from engine.execution.instance import ProcessInstance
from engine.expressions import feel
from engine.expressions.builtins_temporal import identical
from engine.expressions.builtins_text import to_string
from engine.expressions.check import Scope, check, check_unary_tests, type_of
from engine.expressions.decision_table import analyse
from engine.expressions.errors import FeelNameError, FeelSyntaxError
from engine.expressions.inference import ANY
from engine.expressions.temporal import parse_zone
from engine.expressions.types import Closure, Months, Range, Value, type_name
from tests.deployment import letters
from tests.fuzzing.mutations import change_document, change_json

CONTEXT: Final[dict[str, object]] = {
    "x": 3,
    "xs": [1, 2, {"a": 1}],
    "case": {"level": "major", "n": None, "opened": "2026-03-02"},
    "?": 5,
}
SCOPE: Final = Scope(
    {
        "x": "number",
        "xs": ["any"],
        "case": {"level": "string", "n": "number", "opened": "string"},
        "?": "number",
    }
)


parse_zone("@Asia/Shanghai")  # the names of all zones are read once


class BrokenPromise(AssertionError):  # noqa: N818
    """A target did not do what it promises."""


def expression(source: str) -> None:
    """An expression gives the same value each time or is refused, and the checker knew why."""
    found = check(source, SCOPE)
    check_unary_tests(source, SCOPE, "number")
    with contextlib.suppress(errors.Invalid):
        feel.matches(source, 5, CONTEXT)
    try:
        value = feel.evaluate(source, CONTEXT)
    except (FeelSyntaxError, FeelNameError) as error:
        if not found:
            raise BrokenPromise(f"the checker let pass: {error.message}") from None
        return
    except errors.Invalid:
        return
    _promises(source, value)


def _promises(source: str, value: Value) -> None:
    feel.references(source)
    feel.calls(source)
    with contextlib.suppress(errors.Invalid):
        json.dumps(feel.to_json(value), allow_nan=False)
    kind = type_of(source, SCOPE) if not check(source, SCOPE) else ANY
    # An index that turns out to be null finds an empty list.
    told = isinstance(kind, str) and kind != ANY and value is not None and value != []
    if told and type_name(value) != kind:
        raise BrokenPromise(f"the checker foretells {kind}, but it is {type_name(value)}")
    if not _holds_function(value) and not identical(value, feel.evaluate(source, CONTEXT)):
        raise BrokenPromise("the second evaluation differs")
    text = to_string(value) if _written(value) else None
    if text is None or len(text) > 1000:
        return
    with contextlib.suppress(errors.Invalid):
        again = text if isinstance(value, str) else feel.evaluate(text, {})
        if not identical(again, value):
            raise BrokenPromise(f"string() writes {text!r}, which reads as {again!r}")


def _holds_function(value: Value) -> bool:
    if isinstance(value, list | dict):
        return any(map(_holds_function, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Closure)


def _written(value: Value) -> bool:
    """Whether `string()` writes a value as an expression; dates stand there as they are."""
    if isinstance(value, list | dict):
        return all(map(_written, value.values() if isinstance(value, dict) else value))
    dated = hasattr(value, "year") or hasattr(value, "hour") or hasattr(value, "days")
    return not dated and not isinstance(value, Range | Months | Closure)


def tables(source: str) -> None:
    """A decision document is refused or decides, and its analysis comes to an end."""
    try:
        read = read_dmn(source.encode("utf-8", "replace"))
    except errors.Invalid:
        return
    for node in read.decisions:
        if node.table is not None:
            analyse(node.table)
        for level in ("major", "minor", None):
            context = {"case": {"level": level}, "weight": 3, "n": 4}
            with contextlib.suppress(errors.Invalid, errors.Incident):
                feel.to_json(read.answer(node.id, context).last.value)


@dataclass(frozen=True)
class Files:
    """A bundle as texts: the diagram, a decision document and a form."""

    diagram: str = letters.LETTER
    table: str = letters.TABLE
    form: str = letters.DECIDE


def gate(files: Files) -> None:
    """The gate answers with findings in both languages; what it lets pass runs."""
    bundle = _bundle(files)
    found = letters.findings(bundle.files)
    if not all(one.sentence and one.sentence_zh and one.remedy and one.remedy_zh for one in found):
        raise BrokenPromise("a finding without a sentence")
    # An error that nothing catches is a warning, for it stops the instance as an incident.
    if not errors_of(found) and all(one.code != "error.uncaught" for one in found):
        walk(bundle)


def _bundle(files: Files) -> Bundle:
    changed = {
        "letter_bpmn": files.diagram,
        "weight_dmn": files.table,
        "forms_decide_json": files.form,
    }
    clean = {name: text.encode("utf-8", "replace").decode() for name, text in changed.items()}
    return Bundle("letter", letters.letter_files(**clean))


STEPS: Final = 25
START: Final = datetime(2026, 3, 2, 1, tzinfo=UTC)


class Host:
    """The letter's case: its level is known, operations answer texts, dates lie ahead."""

    def __init__(self, bundle: Bundle) -> None:
        self.decisions = bundle.read.decisions
        due = feel.Function("due", ("name",), lambda _name: START + timedelta(days=2))
        workdays = feel.Function("workdays", (), lambda *_: 1)
        self.functions = {"due": due, "workdays": workdays}

    def evaluate(self, text: str, token: object) -> object:
        return feel.evaluate(text, self._names(token), self.functions)

    def operate(self, operation: str, parameters: object, token: object, element: str) -> object:
        return "done"

    def decide(self, decision: str, token: object) -> object:
        model = self.decisions[decision].model
        return model.answer(decision, self._names(token), self.functions).last.value

    def _names(self, token: object) -> dict[str, object]:
        flags = {"decision": None, "sent": None, "weight": None}
        case = {"level": "major", "opinion": "", "sender": {"name": "n"}, "ext": {}}
        return {**flags, **dict(token), "case": case}  # type: ignore[call-overload]


def walk(bundle: Bundle) -> None:
    """Walk a bundle that passed the gate; saved and loaded at every step."""
    compiled = compile_process(bundle.files[bundle.diagram_path], bundle.process)
    host = Host(bundle)
    random = Random(len(bundle.files[bundle.diagram_path]))  # noqa: S311 a walk
    with clock.use(clock.VirtualClock(START)) as time:
        instance = ProcessInstance.start(compiled, host)
        for _ in range(STEPS):
            instance.settle()
            instance = ProcessInstance.load(compiled, host, instance.dump())
            waits = instance.waits()
            if instance.ended:
                return
            if waits.tasks and random.random() < 0.7:
                task = random.choice(waits.tasks)
                instance.complete(task.task_id, {"decision": random.choice(("agree", "return"))})
            elif waits.messages and random.random() < 0.7:
                instance.deliver_message(random.choice(sorted(waits.messages)))
            elif waits.signals and random.random() < 0.5:
                instance.deliver_signal(random.choice(sorted(waits.signals)))
            elif isinstance(time, clock.VirtualClock):
                time.advance(timedelta(days=1))


def change_files(random: Random, files: Files, kept: Sequence[Files]) -> Files:
    """Return a bundle with one of its files changed."""
    which = random.randrange(10)
    if which < 7:
        text = change_document(random, files.diagram, [one.diagram for one in kept])
        return replace(files, diagram=text)
    if which < 9:
        return replace(files, table=change_document(random, files.table, [o.table for o in kept]))
    return replace(files, form=change_json(random, files.form, [one.form for one in kept]))


def cases() -> list[str]:
    """Return the documented cases, which the fuzzer begins with."""
    folder = Path(__file__).parents[1] / "expressions" / "cases"
    lines = [
        line
        for file in sorted(folder.glob("*.feel"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [line.rpartition(" => ")[0] for line in lines]

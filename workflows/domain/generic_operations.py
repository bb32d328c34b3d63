"""What designers may let a service task do, with parameters: no programmer is needed for these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import Incident
from engine.operations import Call, DesignedField
from engine.ports import Context, Operation
from workflows.domain import designed_fields, notifications, own_dates
from workflows.domain.candidates import of_rule
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers import of_designers

Step = Callable[[HazardCase, Call, Context], object]

TEXT_LIMIT = 200
"""Characters of a notice in one language; it is a sentence, not a letter."""


def set_field(case: HazardCase, call: Call, context: Context) -> None:
    """Write a field of `case.ext`, and nothing else of the case."""
    field = DesignedField(
        call.text("field"), call.text("type"), call.text("label"), call.text("label_en")
    )
    value = call.parameters.get("value")
    everybody = call.text("shown_to") == designed_fields.EVERYBODY
    before = case.data["ext"].get(field.name)
    whose = designed_fields.audience(call.process, everybody=everybody)
    designed_fields.write(case.data, field, value, whose)
    written = {"field": field.name, "type": field.type, "before": before, "value": value}
    named = {"label": {"zh": field.zh, "en": field.en}}
    context.journal.record("case.field_set", {**written, **named}, **call.place)


def notify(case: HazardCase, call: Call, context: Context) -> int:
    """Tell the persons of a body; return how many were told."""
    zh, en = call.text("text"), call.text("text_en")
    grants = of_rule(case, call.text("body"), call.text("role") or None)
    number = case.data["number"]
    news = notifications.News(
        "own.notice", f"{number} {zh[:TEXT_LIMIT]}", f"{number}: {en[:TEXT_LIMIT]}"
    )
    persons = notifications.tell(case, grants, news, context)
    said = {"body": call.text("body"), "role": call.text("role") or None, "zh": zh, "en": en}
    context.journal.record("notice.sent", {**said, "persons": len(persons)}, **call.place)
    return len(persons)


def send_message(_case: HazardCase, call: Call, context: Context) -> None:
    """Send a message of the designer's to the process that waits for it or begins with it."""
    name = call.text("message")
    context.sending.messages.append(name)
    context.journal.record("message.sent", {"message": name}, **call.place)


def start_process(_case: HazardCase, call: Call, context: Context) -> None:
    """Start another process of the case by its own message."""
    name = call.text("process")
    context.sending.processes.append(name)
    context.journal.record("message.sent", {"process": name}, **call.place)


def _operation(step: Step) -> Operation:
    """Return a step as an operation: it reads its parameters alone, never a flag of their name."""

    def run(case: Any, token: Mapping[str, Any], context: Context) -> Any:  # noqa: ANN401, ARG001
        if context.call is None:
            raise Incident(
                "Expected an element that calls the operation, but there is none",
                "该操作只能由流程中的服务任务调用",
            )
        return step(case, context.call, context)

    return run


OPERATIONS: dict[str, Operation] = {
    "case.set_field": _operation(set_field),
    "deadline.start": _operation(own_dates.started),
    "notify": _operation(notify),
    "paper.make": _operation(of_designers.made),
    "message.send": _operation(send_message),
    "process.start": _operation(start_process),
}

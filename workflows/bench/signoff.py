"""The sign-off: four tasks, two of them at the same time, with a date that none of them moves.

A case holds 1.9 KB of data from its submission and a little from each signature. The application
behind it is as small as the engine's ports allow, so that it is the engine that is measured.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from engine.ports import (
    Act,
    Actor,
    CaseHead,
    Completion,
    Context,
    Grant,
    Operation,
    Routing,
    Rung,
    TaskFacts,
)
from engine.store.definitions import NewDefinition, insert_definition

AGENCY = "bench"
PROCESS = "signoff"
STEPS = ("submit", "park", "industry", "file")
"""The order in which the tasks of a case are completed."""

BODIES = ("enterprise", "park", "industry", "bureau")
EVERYBODY = Actor("signer", "签署人", tuple(Grant(body, "officer") for body in BODIES))
SILENT_DAYS = 15
_WORDS = "冲压车间三号液压机光电保护装置失灵，已停机挂牌，更换控制模块并经第三方检测后恢复。"


class SignoffCase:
    """A case: its document is what was submitted and signed."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Hold the document."""
        self._document = document

    @property
    def document(self) -> dict[str, Any]:
        """The document as it is stored."""
        return self._document

    def view(self) -> Mapping[str, Any]:
        """Return the decisions, by body."""
        return {step: self._document.get(step, {}).get("decision") for step in STEPS}

    def due(self, name: str, token: Mapping[str, Any]) -> datetime | None:
        """Return the instant of the case's one date."""
        text = self._document.get(name)
        return datetime.fromisoformat(text) if text else None


class SignoffApplication:
    """The ports, filled with as little as they take."""

    acts: Mapping[str, Act] = {}
    operations: Mapping[str, Operation] = {}

    def functions(self, case: SignoffCase, context: Context) -> Mapping[str, Any]:
        """Return no functions."""
        return {}

    def open(self, head: CaseHead, data: Mapping[str, Any], context: Context) -> SignoffCase:
        """Begin a case with its date."""
        silent = context.now + timedelta(days=SILENT_DAYS)
        return SignoffCase({"silent": silent.isoformat()})

    def load(self, head: CaseHead, context: Context) -> SignoffCase:
        """Return the case of a row."""
        return SignoffCase(head.document)

    def save(self, case: SignoffCase, context: Context) -> None:
        """Write nothing besides the document."""

    def guard(self, case: SignoffCase, act: str, context: Context) -> None:
        """Allow every act; there is none."""

    def acted(
        self, case: SignoffCase, act: str, data: Mapping[str, Any], context: Context
    ) -> Completion:
        """Do nothing."""
        return Completion()

    def route(self, case: SignoffCase, task: TaskFacts, context: Context) -> Routing:
        """Give a task to the body that its property names, for two days."""
        due_at = task.opened_at + timedelta(days=2)
        return Routing((Grant(task.properties["body"], "officer"),), due_at=due_at)

    def may_complete(self, case: SignoffCase, task: TaskFacts, context: Context) -> None:
        """Let everybody sign."""

    def completed(
        self, case: SignoffCase, task: TaskFacts, data: Mapping[str, Any], context: Context
    ) -> Completion:
        """Keep what was signed, with who and when."""
        signed = {"by": context.actor.id, "at": context.now.isoformat()}
        case.document[task.element] = {**data, **signed}
        return Completion(outcome=data.get("decision"))

    def defaults(self, case: SignoffCase, task: TaskFacts, context: Context) -> Mapping[str, Any]:
        """Begin forms empty."""
        return {}

    def ladder(self, case: SignoffCase, task: TaskFacts, context: Context) -> Sequence[Rung]:
        """Return no rungs."""
        return ()

    def reminders(self, case: SignoffCase, context: Context) -> Mapping[str, Sequence[Rung]]:
        """Return no rungs."""
        return {}

    def rung_fired(
        self, case: SignoffCase, rung: Rung, task: TaskFacts | None, context: Context
    ) -> Sequence[Grant]:
        """Tell nobody."""
        return ()


def answer(step: str) -> dict[str, Any]:
    """Return what a person types into the form of a step."""
    if step == "submit":
        lines = [f"{number}. {_WORDS}" for number in range(1, 13)]
        return {"subject": "光电保护装置失灵", "measures": "\n".join(lines)}
    return {"decision": "agree", "opinion": _WORDS}


def deploy(session: Session) -> None:
    """Put the process into an empty database."""
    content = diagram() | {f"forms/{name}.json": text for name, text in _forms().items()}
    digest = hashlib.sha256(b"\0".join(content.values())).hexdigest()
    new = NewDefinition(
        agency=AGENCY,
        process=PROCESS,
        digest=digest,
        name_zh="会签",
        name="Sign-off",
        deployed_at=clock.now(),
        deployed_by="bench",
        files=content,
    )
    insert_definition(session, new)


def diagram() -> dict[str, bytes]:
    """Return the diagram by its file's name."""
    name = f"{PROCESS}.bpmn"
    return {name: files("workflows.bench").joinpath(name).read_bytes()}


def _forms() -> dict[str, bytes]:
    submit = [_text("subject", 200), _text("measures", 4000)]
    sign = [_choice("decision"), _text("opinion", 500)]
    return {"submit": _form("submit", submit), "sign": _form("sign", sign)}


def _form(name: str, components: list[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "default", "id": name, "components": components}).encode()


def _text(key: str, longest: int) -> dict[str, Any]:
    required = {"required": True, "maxLength": longest}
    return {"type": "textarea", "key": key, "label": key, "validate": required}


def _choice(key: str) -> dict[str, Any]:
    values = [{"label": word, "value": word} for word in ("agree", "refuse")]
    return {
        "type": "radio",
        "key": key,
        "label": key,
        "values": values,
        "validate": {"required": True},
    }

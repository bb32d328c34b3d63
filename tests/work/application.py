"""A small application for the tests of the runtime: paper files with dates and stamps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.errors import Conflict, NotAllowed
from engine.ports import (
    Act,
    Actor,
    Bar,
    CaseHead,
    Completion,
    Context,
    Grant,
    Routing,
    Rung,
    TaskFacts,
)

CLERK = Actor("clerk", "文员", (Grant("office", "clerk"),))
CHIEF = Actor("chief", "主任", (Grant("office", "head"), Grant("board", "head")))
STRANGER = Actor("stranger", "外人", (Grant("elsewhere", "clerk"),))

ROLES = {"office": "clerk", "board": "head"}


class PaperFile:
    """The aggregate: a dict of plain values, with dates by name."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    @property
    def document(self) -> dict[str, Any]:
        return self._document

    def view(self) -> Mapping[str, Any]:
        return {"notes": list(self._document["notes"]), "level": self._document.get("level")}

    def due(self, name: str, token: Mapping[str, Any]) -> datetime | None:
        text = self._document["dates"].get(name)
        return datetime.fromisoformat(text) if text else None

    def note(self, text: str) -> None:
        self._document["notes"].append(text)

    def set_date(self, name: str, instant: datetime | None) -> None:
        self._document["dates"][name] = instant.isoformat() if instant else None


def _pass(case: PaperFile, name: str) -> None:
    case.note(f"{name} passed")
    case.set_date(name, None)


class PaperApplication:
    """Fills the engine's ports; `operations` and `rungs` may be given by a test."""

    def __init__(self) -> None:
        self.acts = {
            "withdraw": Act("withdraw", "撤回", "Withdraw"),
            "appeal": Act("appeal", "申诉", "Appeal"),
            "comment": Act("comment", "备注", "Comment", plain=True),
        }
        self.operations: dict[str, Callable[..., Any]] = {
            "stamp": self._stamp,
            "later": self._later,
            "remark": lambda case, _token, _context: case.note("remarked"),
            "first": lambda case, _token, _context: _pass(case, "first"),
            "second": lambda case, _token, _context: _pass(case, "second"),
        }
        self.rungs: dict[str, list[Rung]] = {}
        self.reminding: dict[str, list[Rung]] = {}
        self.forbidden: set[str] = set()
        self.barring: dict[str, tuple[Bar, ...]] = {}
        self.fired: list[str] = []
        self.dates: dict[str, str] = {}
        self.moving: tuple[str, str] | None = None

    def _stamp(self, case: PaperFile, token: Mapping[str, Any], context: Context) -> str:
        case.note("stamped")
        case.set_date("limit", None)
        context.journal.record("paper.stamped", {"token": dict(token)})
        context.journal.send("mail", "office", {"text": "stamped"})
        return "done"

    def _later(self, case: PaperFile, token: Mapping[str, Any], context: Context) -> None:
        raise Conflict("Expected a seal, but there is none", "没有印章")

    def functions(self, case: PaperFile, context: Context) -> Mapping[str, Any]:
        return {}

    def open(self, head: CaseHead, data: Mapping[str, Any], context: Context) -> PaperFile:
        return PaperFile({"notes": [], "dates": dict(self.dates)})

    def load(self, head: CaseHead, context: Context) -> PaperFile:
        return PaperFile(head.document)

    def save(self, case: PaperFile, context: Context) -> None:
        case.document["saved"] = True

    def guard(self, case: PaperFile, act: str, context: Context) -> None:
        if act in self.forbidden:
            raise NotAllowed(f"Expected {act} to be lawful, but it is not", "不允许")

    def acted(
        self, case: PaperFile, act: str, data: Mapping[str, Any], context: Context
    ) -> Completion:
        case.note(act)
        if self.moving is not None:
            case.document["dates"][self.moving[0]] = self.moving[1]
        return Completion(outcome="acted")

    def route(self, case: PaperFile, task: TaskFacts, context: Context) -> Routing:
        body = task.properties["body"]
        return Routing(
            (Grant(body, ROLES[body]),),
            due_at=case.due(task.element, task.token),
            bars=self.barring.get(task.element, ()),
        )

    def may_complete(self, case: PaperFile, task: TaskFacts, context: Context) -> None:
        if f"{context.actor.id}:{task.act}" in self.forbidden:
            raise NotAllowed("Expected another person, but it is you", "须由另一人办理")

    def completed(
        self, case: PaperFile, task: TaskFacts, data: Mapping[str, Any], context: Context
    ) -> Completion:
        case.note(task.element)
        case.document["level"] = data.get("level", case.document.get("level"))
        return Completion({"decision": data.get("decision")}, data.get("decision"))

    def defaults(self, case: PaperFile, task: TaskFacts, context: Context) -> Mapping[str, Any]:
        return {}

    def ladder(self, case: PaperFile, task: TaskFacts, context: Context) -> Sequence[Rung]:
        return self.rungs.get(task.properties["ladder"], [])

    def reminders(self, case: PaperFile, context: Context) -> Mapping[str, Sequence[Rung]]:
        return self.reminding

    def rung_fired(
        self, case: PaperFile, rung: Rung, task: TaskFacts | None, context: Context
    ) -> Sequence[Grant]:
        self.fired.append(rung.name)
        return [Grant("board", "head")] if rung.name == "widen" else []

"""The runtime: every command on cases by its name; one per process, safe for threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.ports import Act, Actor, Application
from engine.store.database import Database
from engine.store.ids import new_id
from engine.work import (
    claim,
    drafts,
    fire_due,
    form_view,
    messages,
    migrate,
    move_token,
    outbox,
    perform_act,
)
from engine.work.catalogue import DefinitionCatalogue
from engine.work.complete_task import CompleteTask, complete_task
from engine.work.finish import CommandResult
from engine.work.form_view import FormView
from engine.work.forms import Submitted
from engine.work.migrate import MigrateCase
from engine.work.move_token import MoveToken, Place
from engine.work.once import Once
from engine.work.outbox import OutboxMessage
from engine.work.outlook import Outlook
from engine.work.parts import Parts
from engine.work.start_case import StartCase, start_case
from engine.work.start_many import ManyStarts

__all__ = ["CommandResult", "OutboxMessage", "Runtime"]


class Runtime:
    """Commands on cases; each is one transaction, refused or done as a whole."""

    def __init__(
        self, database: Database, application: Application, catalogue: DefinitionCatalogue
    ) -> None:
        """Bind database, application and definitions."""
        self.database = database
        self.application = application
        self.catalogue = catalogue
        self._parts = Parts(database, application, catalogue)

    def start_case(  # noqa: PLR0913 what a registration may say
        self,
        actor: Actor,
        process: str,
        data: Mapping[str, Any],
        *,
        agency: str,
        case_id: str | None = None,
        idempotency_key: str | None = None,
        assume_beijing: bool = False,
        once: Once | None = None,
    ) -> str:
        """Begin a case and return its id; see `start_case.start_case` for the refusals."""
        submitted = Submitted(data, assume_beijing=assume_beijing)
        identity = case_id or new_id()
        order = StartCase(process, submitted, agency, identity, idempotency_key, once)
        return start_case(self._parts, actor, order)

    def start_many(self, session: Session, actor: Actor) -> ManyStarts:
        """Return what begins case after case in a unit of work of the caller's."""
        return ManyStarts(self._parts, session, actor)

    def complete_task(  # noqa: PLR0913 what a page may send
        self,
        actor: Actor,
        task_id: str,
        data: Mapping[str, Any],
        *,
        seen_version: int | None = None,
        comment: str | None = None,
        snapshot: str | None = None,
        assume_beijing: bool = False,
        once: Once | None = None,
    ) -> CommandResult:
        """Complete a task; see `complete_task.complete_task` for the refusals."""
        submitted = Submitted(data, comment, snapshot, assume_beijing)
        order = CompleteTask(task_id, submitted, seen_version, once)
        return complete_task(self._parts, actor, order)

    def perform_act(  # noqa: PLR0913 what a page may send
        self,
        actor: Actor,
        case_id: str,
        act: str,
        data: Mapping[str, Any],
        *,
        comment: str | None = None,
        snapshot: str | None = None,
        assume_beijing: bool = False,
        once: Once | None = None,
    ) -> CommandResult:
        """Perform an act that is not a task; see `perform_act.perform_act` for the refusals."""
        submitted = Submitted(data, comment, snapshot, assume_beijing)
        order = perform_act.PerformAct(case_id, act, submitted, once)
        return perform_act.perform_act(self._parts, actor, order)

    def settle_case(self, actor: Actor, case_id: str) -> None:
        """Let a case take what changed around it: dates of its tasks, who is barred."""
        perform_act.settle_case(self._parts, actor, case_id)

    def offered_acts(self, actor: Actor, case_id: str) -> list[Act]:
        """Return the acts that an actor may perform on a case now."""
        return perform_act.offered_acts(self._parts, actor, case_id)

    def offered_forms(self, actor: Actor, case_id: str) -> list[tuple[Act, FormView]]:
        """Return the acts that an actor may perform on a case now, each with its form."""
        return form_view.offered_forms(self._parts, actor, case_id)

    def claim_task(self, actor: Actor, task_id: str, *, once: Once | None = None) -> None:
        """Take a task."""
        claim.claim_task(self._parts, actor, task_id, once)

    def release_task(self, actor: Actor, task_id: str, *, once: Once | None = None) -> None:
        """Give a task back to its candidates."""
        claim.release_task(self._parts, actor, task_id, once)

    def delegate_task(
        self, actor: Actor, task_id: str, person_id: str, reason: str, *, once: Once | None = None
    ) -> None:
        """Hand on a task of the actor's; the caller has checked that the person may do it."""
        claim.delegate_task(self._parts, actor, task_id, person_id, reason, once)

    def free_task(self, actor: Actor, task_id: str, reason: str) -> None:
        """Give a task back for a person who may no longer do it; the caller has checked that."""
        claim.free_task(self._parts, actor, task_id, reason)

    def assign_task(self, actor: Actor, task_id: str, person_id: str, reason: str) -> None:
        """Hand a task to a person; the caller has checked that the actor may."""
        claim.assign_task(self._parts, actor, task_id, person_id, reason)

    def task_form(self, actor: Actor, task_id: str) -> FormView:
        """Return the form of a task as it would be drawn now."""
        return form_view.task_form(self._parts, actor, task_id)

    def start_form(self, actor: Actor, process: str, agency: str) -> FormView:
        """Return the form that begins a case of a process."""
        return form_view.start_form(self._parts, actor, process, agency)

    def save_draft(self, actor: Actor, task_id: str, data: Mapping[str, Any]) -> None:
        """Keep what a person has typed."""
        drafts.save_draft(self._parts, actor, task_id, data)

    def draft(self, actor: Actor, task_id: str) -> dict[str, Any]:
        """Return what a person has typed before, or nothing."""
        return drafts.draft(self._parts, actor, task_id)

    def send_message(
        self, actor: Actor, case_id: str, name: str, payload: Mapping[str, Any]
    ) -> None:
        """Send a message to a case; kept if nobody waits for it now."""
        messages.send_message(self._parts, actor, case_id, name, payload)

    def fire_due(
        self,
        *,
        limit: int = 50,
        until: datetime | None = None,
        between: Callable[[], object] = lambda: None,
    ) -> int:
        """Settle cases whose date has come, at most `limit`; return how many."""
        return fire_due.fire_due(self._parts, limit=limit, until=until, between=between)

    def next_due(self) -> datetime | None:
        """Return when the next open case falls due, or None while nothing is awaited."""
        return fire_due.next_due(self._parts)

    def retry_incident(self, actor: Actor, incident_id: str, reason: str) -> None:
        """Try again what failed, with a reason; the caller has checked that the actor may."""
        fire_due.retry_incident(self._parts, actor, incident_id, reason)

    def look_ahead(self, actor: Actor, case_id: str, process: str, version: int) -> Outlook:
        """Return what would become of a case under a newer version of a process."""
        return migrate.look_ahead(self._parts, actor, case_id, process, version)

    def migrate_case(self, actor: Actor, order: MigrateCase) -> Outlook:
        """Take a case to a newer version of a process; see `migrate.migrate_case`."""
        return migrate.migrate_case(self._parts, actor, order)

    def places(self, actor: Actor, task_id: str) -> Sequence[Place]:
        """Return where the token of a task may be moved."""
        return move_token.places(self._parts, actor, task_id)

    def move_token(self, actor: Actor, order: MoveToken) -> CommandResult:
        """Move a token by hand; see `move_token.move_token` for the refusals."""
        return move_token.move_token(self._parts, actor, order)

    def deliver_outbox(self, send: Callable[[OutboxMessage], None], *, limit: int = 50) -> int:
        """Send what waits in the outbox; return how many messages were sent."""
        return outbox.deliver_outbox(self._parts, send, limit=limit)

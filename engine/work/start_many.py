"""Beginning many cases in one unit of work of the caller's, each done or refused by itself."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, Conflict
from engine.ports import Actor
from engine.store.queries import case_exists
from engine.store.unit_of_work import is_outage
from engine.work.command import Refusal
from engine.work.incidents import Trouble, insert_incident, told
from engine.work.parts import Parts
from engine.work.start_case import StartCase, begin_case
from engine.work.steady_catalogue import SteadyCatalogue


class ManyStarts:
    """Begins one case after the other; what one of them may not do undoes that one alone."""

    def __init__(self, parts: Parts, session: Session, actor: Actor) -> None:
        """Bind a unit of work; definitions stay as they are until it ends."""
        self._parts = replace(parts, catalogue=SteadyCatalogue(parts.catalogue))
        self._session = session
        self._actor = actor

    def start(self, order: StartCase) -> BihuanError | None:
        """Begin a case; return why it was not begun, if so: a refusal, or the incident kept.

        Raises:
            Unavailable: the database is in trouble; the whole unit of work must go.
        """
        try:
            with self._session.begin_nested(), clock.use(clock.VirtualClock(clock.now())):
                begin_case(self._parts, self._session, self._actor, order)
        except Refusal as error:
            return error
        except Exception as error:
            if is_outage(error):
                raise
            return self._failed(order, error)
        return None

    def _failed(self, order: StartCase, error: Exception) -> BihuanError:
        if isinstance(error, IntegrityError) and case_exists(self._session, order.case_id):
            return Conflict(
                f"Expected a new case, but {order.case_id} was begun meanwhile",
                "该案件刚刚已由他人登记",
            )
        trouble = Trouble("command", f"start:{order.process}", error)
        now = clock.now()
        incident = insert_incident(self._session, order.agency, order.process, trouble, now, None)
        return told(trouble, incident)

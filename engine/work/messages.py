"""Messages from outside a case: delivered if somebody waits, else kept and offered later."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from engine.errors import Conflict
from engine.ports import Actor
from engine.work.case_row import lock_case
from engine.work.command import Command, perform
from engine.work.journal import About
from engine.work.open_case import OpenCase
from engine.work.parts import Parts


def send_message(
    parts: Parts, actor: Actor, case_id: str, name: str, payload: Mapping[str, Any]
) -> None:
    """Send a message to a case; kept if nobody waits for it now.

    Raises:
        NotFound: there is no such case.
        Conflict: the case is over.
    """

    def work(case: OpenCase) -> None:
        if not case.run.row.open:
            raise Conflict(
                f"Expected case {case_id} to be open, but it is over", "案件已办结，不再接收消息"
            )
        about = About(process=case.run.row.process)
        case.scope.journal.write("message.received", {"message": name, **payload}, about)
        case.run.kept.keep(case.session, case.run.row, name, dict(payload))

    perform(parts, Command(actor, partial(lock_case, case_id=case_id), f"message:{name}", work))

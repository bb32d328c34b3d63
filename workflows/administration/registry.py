"""Every administrative command, by hand, and how one is run: checked, done, recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.errors import NotFound, Stale
from engine.ports import Actor
from engine.store.base import json_text
from engine.store.database import Database
from engine.work.once import Keeping, Once, run_once
from workflows.administration import (
    accounts,
    bodies,
    enterprises,
    persons,
    posts,
    rule_withdrawal,
    sign_in_rules,
    substitutes,
)
from workflows.administration.command import Command, Data, Done, Options
from workflows.administration.desk import open_desk

COMMANDS: Mapping[str, Command] = {
    command.name: command
    for part in (
        bodies,
        persons,
        posts,
        substitutes,
        accounts,
        sign_in_rules,
        enterprises,
        rule_withdrawal,
    )
    for command in part.COMMANDS
}


def command(name: str) -> Command:
    """Return a command by its name; raise NotFound."""
    found = COMMANDS.get(name)
    if found is None:
        raise NotFound(f"Expected a command {name}, but there is none", "没有这项管理事项")
    return found


def run(  # noqa: PLR0913 what a page or a program may send
    database: Database,
    actor: Actor,
    agency: str,
    wanted: Command,
    subject: str,
    data: Data,
    *,
    once: Once | None = None,
    seen: str | None = None,
) -> Done:
    """Do a command in one transaction, with its entry in the record.

    Args:
        database: where the organisation is kept.
        actor: who does it.
        agency: whose organisation it is.
        wanted: the command.
        subject: what it is about.
        data: what its form says.
        once: the key under which it is done only once; a secret is told only the first time.
        seen: the version of the subject that the form began with, where that matters.

    Raises:
        NotAllowed: the actor is no administrator.
        NotFound, Conflict, Invalid: it was refused; nothing was changed.
    """

    def work(session: Session) -> Done:
        desk = open_desk(session, actor, agency)
        if seen is not None and seen != version(session, wanted, subject):
            raise _changed()
        clean = wanted.form.clean(data, options=wanted.options(desk, subject))
        return wanted.do(desk, subject, clean)

    return run_once(database, agency, actor.id, once, _keeping(wanted), work)


def version(session: Session, wanted: Command, subject: str) -> str:
    """Return a mark that changes with what the form of a command begins with."""
    values = json_text(dict(wanted.values(session, subject)))
    return hashlib.sha256(f"{wanted.name}\n{subject}\n{values}".encode()).hexdigest()[:16]


def begun(
    session: Session, actor: Actor, agency: str, wanted: Command, subject: str
) -> tuple[dict[str, Any], Options]:
    """Return what a command's form begins with, and what may be chosen in it."""
    desk = open_desk(session, actor, agency)
    return dict(wanted.values(session, subject)), wanted.options(desk, subject)


def _keeping(wanted: Command) -> Keeping[Done]:
    return Keeping(
        wanted.name,
        lambda done: {"subject": done.subject},
        lambda _session, kept: Done(str(kept["subject"])),
    )


def _changed() -> Stale:
    return Stale(
        "Expected what was read to be as it was, but it has changed since; read it again",
        "读取之后内容已有变化，请重新读取后再改",
    )

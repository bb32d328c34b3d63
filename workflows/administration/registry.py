"""Every administrative command, by hand, and how one is run: checked, done, recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import Actor
from engine.store.database import Database
from workflows.administration import accounts, bodies, enterprises, persons, posts, substitutes
from workflows.administration.command import Command, Data, Done, Options
from workflows.administration.desk import open_desk

COMMANDS: Mapping[str, Command] = {
    command.name: command
    for part in (bodies, persons, posts, substitutes, accounts, enterprises)
    for command in part.COMMANDS
}


def command(name: str) -> Command:
    """Return a command by its name; raise NotFound."""
    found = COMMANDS.get(name)
    if found is None:
        raise NotFound(f"Expected a command {name}, but there is none", "没有这项管理事项")
    return found


def run(
    database: Database, actor: Actor, agency: str, wanted: Command, subject: str, data: Data
) -> Done:
    """Do a command in one transaction, with its entry in the record.

    Raises:
        NotAllowed: the actor is no administrator.
        NotFound, Conflict, Invalid: it was refused; nothing was changed.
    """

    def work(session: Session) -> Done:
        desk = open_desk(session, actor, agency)
        clean = wanted.form.clean(data, options=wanted.options(desk, subject))
        return wanted.do(desk, subject, clean)

    return database.run(work)


def begun(
    session: Session, actor: Actor, agency: str, wanted: Command, subject: str
) -> tuple[dict[str, Any], Options]:
    """Return what a command's form begins with, and what may be chosen in it."""
    desk = open_desk(session, actor, agency)
    return dict(wanted.values(session, subject)), wanted.options(desk, subject)

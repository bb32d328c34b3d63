"""Bundles are examined before a unit of work begins; within it is only asked whether it counts.

An examination takes seconds. Within a unit of work everybody who writes would wait for it, so
that nothing is verified there: where anything moved meanwhile, the unit of work is left, and what
lies in force now is examined in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.errors import Conflict
from engine.store import definitions
from workflows.app import Bihuan
from workflows.surroundings import Surroundings, in_force
from workflows.verifying import PATIENCE, Examination, examine

ATTEMPTS: Final = 3
"""Examinations before whoever asks is told that something moves all the time."""

Read = Callable[[Session], Sequence[Bundle]]
"""Reads what is to be examined; nothing where there is nothing any more."""

_NOTHING: Final = Examination((), (), (), 0, 0.0)

Result = TypeVar("Result")


class Moved(Conflict):
    """What was examined is not what would be done now."""


@dataclass(frozen=True)
class Beforehand:
    """What was examined, and what of it was found.

    Attributes:
        bundles: what was examined together.
        around: all that was in force around them.
        found: what was found.
    """

    bundles: Sequence[Bundle]
    around: Surroundings
    found: Examination

    def hold(self, session: Session, agency: str) -> None:
        """Let nobody else deploy anything until the unit of work ends."""
        # In one order, so that no two of them wait for each other.
        for name in sorted({*self.around.beside, *(one.process for one in self.bundles)}):
            definitions.lock(session, name, agency=agency)

    def still(self, bihuan: Bihuan, session: Session, bundles: Sequence[Bundle]) -> Examination:
        """Return what was found, if some bundles and all around them are as they were examined.

        Raises:
            Moved: they are others, or a process, rule or working day in force is another.
        """
        now = in_force(session, bihuan.settings.agency, bihuan.gate_environment())
        if _named(bundles) != _named(self.bundles) or now != self.around:
            raise _moved()
        return self.found


def look(bihuan: Bihuan, read: Read, seconds: float = PATIENCE) -> Beforehand:
    """Read what is to be examined with all around it, and examine it while nothing is open."""
    with bihuan.database.read() as session:
        bundles = read(session)
        around = in_force(session, bihuan.settings.agency, bihuan.gate_environment())
    for one in bundles:
        # What was found may be remembered; the diagram is read here, and not while others wait.
        _ = one.info
    found = examine(bundles, around, seconds=seconds) if bundles else _NOTHING
    return Beforehand(bundles, around, found)


def examined(
    bihuan: Bihuan,
    read: Read,
    work: Callable[[Beforehand, Session], Result],
    seconds: float = PATIENCE,
) -> Result:
    """Do work in a unit of work, with what was found before; look again where anything moved.

    Raises:
        Moved: something moved as often as it was examined; nothing was done.
    """
    for _ in range(ATTEMPTS - 1):
        before = look(bihuan, read, seconds)
        try:
            return bihuan.database.run(partial(work, before))
        except Moved:
            continue
    return bihuan.database.run(partial(work, look(bihuan, read, seconds)))


def _named(bundles: Sequence[Bundle]) -> list[tuple[str, str]]:
    return [(one.process, one.digest) for one in bundles]


def _moved() -> Moved:
    return Moved(
        "Expected the processes, rules and working days in force as they were examined, but they "
        "changed meanwhile, again and again; nothing was done, try again in a minute",
        "检查期间现行的流程、规则或工作日历接连变动，本次未作任何改动，请稍后再试",
    )

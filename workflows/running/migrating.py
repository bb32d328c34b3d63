"""Taking running cases to a newer version of a process: looked at, then done one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from engine.errors import Conflict, Incident, NotFound, Unavailable
from engine.ports import Actor
from engine.store import definitions, running
from engine.work.migrate import MigrateCase, NotBehind
from engine.work.outlook import Outlook, Reason
from engine.work.reasons import read_reason
from engine.work.runtime import Runtime
from workflows.running.incidents import numbers_of
from workflows.running.permission import check_may_decide, check_may_look

NOT_BEHIND = Reason(
    "nothing of it runs under an earlier version: it is over, was taken to this version or a "
    "later one already, or is not known",
    "没有低于这一版的流程在办理：案件已办结、已在这一版或更新的版本，或没有这件案件",
)
"""Why a case that was named stays as it is."""

MOST = 200
"""Cases of one request; whatever comes after them is told, and asked for behind the last."""


@dataclass(frozen=True)
class Wanted:
    """Which version running cases are to have; without `cases`, every one that is behind.

    With `after` only those whose id comes after it.
    """

    agency: str
    process: str
    version: int
    cases: tuple[str, ...] | None = None
    after: str | None = None


@dataclass(frozen=True)
class Line:
    """What would become, or became, of one case."""

    case_id: str
    number: str
    outlook: Outlook
    done: bool = False


@dataclass(frozen=True)
class Survey:
    """The cases that were looked at, how many come after them, and behind which to go on."""

    lines: tuple[Line, ...]
    left: int
    next: str | None = None

    @property
    def possible(self) -> int:
        """How many of them can go on under the version."""
        return sum(line.outlook.possible for line in self.lines)

    @property
    def done(self) -> int:
        """How many of them do so now."""
        return sum(line.done for line in self.lines)


def behind(session: Session, agency: str, process: str) -> dict[int, int]:
    """Return, by version before the one in force, how many cases run under it."""
    active = definitions.latest(session, process, agency=agency)
    used = running.versions_in_use(session, process, agency=agency)
    return {v: count for v, count in used.items() if active is not None and v < active.version}


def preview(runtime: Runtime, actor: Actor, wanted: Wanted) -> Survey:
    """Return what would become of each case; nothing is changed.

    Raises:
        NotAllowed: the person is not of the safety office.
        NotFound: there is no such version.
    """
    with runtime.database.read() as session:
        check_may_look(session, actor)
        found = _wanted(session, wanted)
        left = max(0, len(found) - MOST)
        last = found[MOST - 1] if left else None
        others = _others(wanted, found, last)
        numbers = numbers_of(session, [*found, *others])
    looks = [_look(runtime, actor, one, wanted) for one in found[:MOST]]
    # Somebody may have taken one there meanwhile: it is told of only where it was named.
    told = [_as_told(look, wanted) for look in looks if look.before or wanted.cases is not None]
    told += [_not_behind(one, wanted) for one in others]
    lines = [Line(look.case_id, numbers.get(look.case_id, look.case_id), look) for look in told]
    return Survey(tuple(sorted(lines, key=_place)), left, last)


def _place(line: Line) -> tuple[bool, bool, str]:
    """What cannot be done comes first, then what changes a date or an actor."""
    look = line.outlook
    return look.possible, not (look.dates or look.actors), line.number


def migrate(runtime: Runtime, actor: Actor, wanted: Wanted, reason: str) -> Survey:
    """Take each case that can to the version, in a transaction of its own; report on all.

    Raises:
        NotAllowed: the person is not the head or deputy of the safety office.
        NotFound: there is no such version.
        Invalid: there is no reason that can be read.
    """
    with runtime.database.read() as session:
        check_may_decide(session, actor)
    why = read_reason(reason)
    looked = preview(runtime, actor, wanted)
    lines = [_migrated(runtime, actor, line, why) for line in looked.lines]
    return replace(looked, lines=tuple(lines))


def _wanted(session: Session, wanted: Wanted) -> Sequence[str]:
    versions = definitions.versions(session, wanted.process, agency=wanted.agency)
    if wanted.version not in {one.version for one in versions}:
        raise NotFound(
            f"Expected version {wanted.version} of {wanted.process}, but there is none",
            f"没有流程 {wanted.process} 第 {wanted.version} 版",
        )
    among: Collection[str] | None = wanted.cases
    found = running.cases_behind(
        session, wanted.process, wanted.version, agency=wanted.agency, among=among
    )
    return [one for one in found if wanted.after is None or one > wanted.after]


def _others(wanted: Wanted, found: Collection[str], last: str | None) -> list[str]:
    """Return the cases that were named and are not behind the version, or not at all.

    Where more cases are left, those that come after the last one are left too.
    """
    named = sorted(set(wanted.cases or ()) - set(found))
    behind = [one for one in named if wanted.after is None or one > wanted.after]
    return [one for one in behind if last is None or one <= last]


def _as_told(look: Outlook, wanted: Wanted) -> Outlook:
    return look if look.before else _not_behind(look.case_id, wanted)


def _not_behind_now(looked: Outlook) -> Outlook:
    """Return an outlook that another person's migration has overtaken."""
    return replace(looked, reasons=(NOT_BEHIND,), dates=(), actors=())


def _not_behind(case_id: str, wanted: Wanted) -> Outlook:
    return Outlook(case_id, wanted.process, wanted.version, (), reasons=(NOT_BEHIND,))


def _look(runtime: Runtime, actor: Actor, case_id: str, wanted: Wanted) -> Outlook:
    return runtime.look_ahead(actor, case_id, wanted.process, wanted.version)


def _migrated(runtime: Runtime, actor: Actor, line: Line, reason: str) -> Line:
    if not line.outlook.possible:
        return line
    to = line.outlook
    try:
        done = runtime.migrate_case(
            actor, MigrateCase(line.case_id, to.process, to.version, reason)
        )
    except NotBehind:
        return replace(line, outlook=_not_behind_now(to))
    except (Conflict, NotFound, Incident, Unavailable) as error:
        why = Reason(error.message, error.message_zh)
        return replace(line, outlook=replace(to, reasons=(why,)))
    return replace(line, outlook=done, done=True)

"""Going back to an earlier version of a process, which becomes the next one."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.deploy import Deployed, put
from engine.errors import Conflict, NotFound
from engine.ports import Actor
from engine.store import definitions
from engine.work.reasons import read_reason
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.beforehand import Beforehand, Read, examined
from workflows.designing import news, rules
from workflows.designing.made_here import ROLLED_BACK
from workflows.designing.people import name_of
from workflows.designing.permission import reading_desk
from workflows.verifying import refuse


def roll_back(
    bihuan: Bihuan, actor: Actor, process: str, version: int, order: tuple[int, str]
) -> Deployed:
    """Deploy an earlier version once more; running cases keep the version they have.

    Args:
        bihuan: the product.
        actor: a designer, or the head or deputy of the safety office.
        process: the process.
        version: the version to go back to, which was approved in its time.
        order: the version that was in force when this was decided, and the reason.

    Raises:
        Conflict: another version is in force by now, or this one says what is in force, or asks
            for a rule value that there is no more, or what is in force changes again and again.
        Invalid: the reason is empty, or the version does not pass today's examination.
    """
    seen, reason = order[0], read_reason(order[1])

    def work(before: Beforehand, session: Session) -> Deployed:
        desk = reading_desk(session, actor, bihuan.settings.agency)
        before.hold(session, desk.agency)
        files = _files(desk, process, version, seen)
        rules.check_values(session, files, desk.today)
        refuse(before.still(bihuan, session, [Bundle(process, files)]))
        (done,) = put(session, before.bundles, actor=actor, now=desk.now, agency=desk.agency)
        told = {"process": process, "base": version, "version": done.version, "reason": reason}
        desk.record(ROLLED_BACK, process, told)
        _tell(desk, process, version, reason)
        return done

    try:
        return examined(bihuan, _drawn(bihuan, actor, process, version), work)
    except IntegrityError as error:
        raise _moved_on() from error


def _drawn(bihuan: Bihuan, actor: Actor, process: str, version: int) -> Read:
    """Return what reads a version to be examined; none where there is no such version."""
    agency = bihuan.settings.agency

    def read(session: Session) -> list[Bundle]:
        reading_desk(session, actor, agency)
        files = definitions.files(session, process, version, agency=agency)
        return [Bundle(process, files)] if files else []

    return read


def _tell(desk: Desk, process: str, version: int, reason: str) -> None:
    """Tell whoever may approve drafts: one person alone decided this."""
    now = definitions.latest(desk.session, process, agency=desk.agency)
    if now is not None:
        who = name_of(desk.session, desk.actor.id)
        zh = f"{who[0]}已回退到第 {version} 版的内容，现为第 {now.version} 版。理由：{reason}"
        english = f"{who[1]} went back to version {version}, now version {now.version}: {reason}"
        news.tell_version(desk, now, (zh, english))


def _files(desk: Desk, process: str, version: int, seen: int) -> dict[str, bytes]:
    held = definitions.files(desk.session, process, version, agency=desk.agency)
    last = definitions.latest(desk.session, process, agency=desk.agency)
    if not held or last is None:
        raise NotFound("Expected a version of a process, but there is none", "没有该流程版本")
    if last.version != seen:
        raise _moved_on()
    if Bundle(process, held).digest == last.digest:
        raise Conflict(
            f"Expected another content than version {last.version}, but it is the same",
            f"该版本与现行第 {last.version} 版内容相同，无须回退",
        )
    return held


def _moved_on() -> Conflict:
    return Conflict(
        "Expected the version that you saw in force, but another one went live meanwhile",
        "期间已有新版本上线，请刷新页面后再决定",
    )

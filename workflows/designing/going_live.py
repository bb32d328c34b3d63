"""Going live: at once or at an instant, and only what was approved, still fits and is in force."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.deployment.deploy import put
from engine.errors import BihuanError, Conflict, Invalid, Unavailable
from engine.ports import SYSTEM, Actor
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.beforehand import Beforehand, Moved, examined
from workflows.designing import drafts, news, rules
from workflows.designing.drafts import Draft
from workflows.designing.permission import reading_desk
from workflows.designing.reviewing import check_ready, drawn, moved, opened
from workflows.designing.tables import DraftRow, SavingRow

log = logging.getLogger(__name__)

FURTHEST: Final = timedelta(days=366)
"""How far ahead a draft may go live; what lies beyond is a slip of the pen."""

READY = (drafts.APPROVED, drafts.SCHEDULED)


def go_live(bihuan: Bihuan, actor: Actor, draft_id: str) -> Draft:
    """Make an approved draft the next version of its process.

    Raises:
        Conflict: the process has a newer version, or the rules it names are not in force; a
            draft that is outdated is open again, with the reason. Or what is in force changes
            again and again; the draft stays approved.
        Invalid: the examination finds errors today; the draft is open again.
    """

    def work(before: Beforehand, session: Session) -> Draft:
        return _live(_desk(session, bihuan, actor), bihuan, draft_id, before)

    try:
        return examined(bihuan, drawn(bihuan, actor, draft_id), work)
    except IntegrityError as error:
        raise Conflict(
            "Expected to be the only one, but another version went live at this very moment",
            "另一版本恰在此刻上线，请刷新后再试",
        ) from error
    except Moved:
        raise
    except (Conflict, Invalid) as error:
        _returned_if_outdated(bihuan, actor, draft_id, error)
        raise


def schedule(bihuan: Bihuan, actor: Actor, draft_id: str, at: datetime) -> Draft:
    """Let an approved draft go live at an instant.

    Raises:
        Invalid: the instant is past or too far away, or its rules are not in force by then.
    """

    def work(session: Session) -> Draft:
        desk = _desk(session, bihuan, actor)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, *READY)
        _check_instant(desk, row, at)
        row.live_at = at
        told: dict[str, object] = {"live_at": at.isoformat()}
        when = f"{clock.beijing(at):%Y-%m-%d %H:%M}"
        sentence = (f"定于 {when} 上线", f"goes live at {when}, Beijing time")
        news.tell(desk, row, news.people_of(session, row), sentence)
        return moved(desk, row, drafts.SCHEDULED, ("draft.schedule", told))

    return bihuan.database.run(work)


def unschedule(bihuan: Bihuan, actor: Actor, draft_id: str) -> Draft:
    """Let an approved draft wait without an instant again."""

    def work(session: Session) -> Draft:
        desk = _desk(session, bihuan, actor)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, drafts.SCHEDULED)
        row.live_at = None
        return moved(desk, row, drafts.APPROVED, ("draft.unschedule", {}))

    return bihuan.database.run(work)


def put_due_live(bihuan: Bihuan) -> int:
    """Put live what is due, one after the other; return how many drafts that concerned.

    A worker serves one database, whatever agencies share it.
    """
    query = select(DraftRow.id, DraftRow.agency).where(
        DraftRow.state == drafts.SCHEDULED, DraftRow.live_at <= clock.now()
    )
    with bihuan.database.read() as session:
        due = session.execute(query.order_by(DraftRow.live_at, DraftRow.id)).all()
    return sum(_put_live(_serving(bihuan, agency), draft_id) for draft_id, agency in due)


def _serving(bihuan: Bihuan, agency: str) -> Bihuan:
    return replace(bihuan, settings=replace(bihuan.settings, agency=agency))


def _put_live(bihuan: Bihuan, draft_id: str) -> int:
    def work(before: Beforehand, session: Session) -> bool:
        desk = _desk(session, bihuan, SYSTEM)
        row = drafts.locked(desk, draft_id)
        # Another worker was quicker, or a person changed his mind.
        still = row.state == drafts.SCHEDULED and row.live_at is not None
        if not still or (row.live_at is not None and row.live_at > desk.now):
            return False
        _live(desk, bihuan, draft_id, before)
        return True

    try:
        return int(examined(bihuan, drawn(bihuan, SYSTEM, draft_id), work))
    except Unavailable:
        raise
    except Moved as error:
        # Nothing is wrong with it: it stays due, and the next sweep looks again.
        log.info("draft %s does not go live yet: %s", draft_id, error)
        return 0
    except Exception as error:  # one draft that fails must not keep the others back
        expected = isinstance(error, BihuanError | IntegrityError)
        if isinstance(error, DBAPIError) and not expected:
            raise
        log.warning("draft %s does not go live: %s", draft_id, error, exc_info=not expected)
        _returned(bihuan, SYSTEM, draft_id, error)
        return 1


def _live(desk: Desk, bihuan: Bihuan, draft_id: str, before: Beforehand) -> Draft:
    row = drafts.locked(desk, draft_id)
    drafts.check_state(row, *READY)
    before.hold(desk.session, desk.agency)
    rules.check(desk.session, row, drafts.files(desk.session, row.id), desk.today)
    if check_ready(bihuan, desk, row, before) != row.digest:
        raise Conflict(
            "Expected what was approved, but the files are others", "文件与审核时不同，须重新审核"
        )
    # They are what is kept, as was just checked, and their diagram has been read before.
    chosen, actor = before.bundles, desk.actor
    (done,) = put(desk.session, chosen, actor=actor, now=desk.now, agency=desk.agency)
    row.version, row.live_at = done.version, desk.now
    # Nothing of it can be undone any more, and its savings take up more room than itself.
    desk.session.execute(delete(SavingRow).where(SavingRow.draft_id == row.id))
    sentence = (f"已上线，为第 {done.version} 版", f"live as version {done.version}")
    news.tell(desk, row, news.people_of(desk.session, row), sentence)
    told: dict[str, object] = {
        "process": row.process,
        "version": done.version,
        "digest": row.digest,
    }
    return moved(desk, row, drafts.LIVE, ("draft.live", told))


def _returned(bihuan: Bihuan, actor: Actor, draft_id: str, error: Exception) -> None:
    """Make a draft open again, in a unit of work of its own."""

    def work(session: Session) -> None:
        desk = _desk(session, bihuan, actor)
        row = drafts.locked(desk, draft_id)
        if row.state in READY:
            opened(desk, row, ("draft.not_live", _sentences(error)))

    bihuan.database.run(work)


def _returned_if_outdated(bihuan: Bihuan, actor: Actor, draft_id: str, error: Exception) -> None:
    """Make a draft open again that does not fit any more; one that only has to wait stays."""

    def work(before: Beforehand, session: Session) -> None:
        desk = _desk(session, bihuan, actor)
        row = drafts.locked(desk, draft_id)
        if row.state in READY and _is_outdated(bihuan, desk, row, before):
            opened(desk, row, ("draft.not_live", _sentences(error)))

    # Where everything moves it is not known; whoever asks is told the same once more.
    with suppress(Moved):
        examined(bihuan, drawn(bihuan, actor, draft_id), work)


def _is_outdated(bihuan: Bihuan, desk: Desk, row: DraftRow, before: Beforehand) -> bool:
    """Return whether a draft has to be changed before it can go live, and not only to wait."""
    try:
        return check_ready(bihuan, desk, row, before) != row.digest
    except Moved:
        raise
    except (Conflict, Invalid):
        return True


def _sentences(error: Exception) -> tuple[str, str]:
    if isinstance(error, IntegrityError):
        return "另一版本恰在此刻上线", "another version went live at this very moment"
    if not isinstance(error, BihuanError):
        return (
            "上线时程序出错，请将此草稿告知系统管理员",
            "the program failed while it went live; tell the administrator of this draft",
        )
    if isinstance(error, Invalid) and error.errors:
        first = error.errors[0]
        return f"{error.message_zh}。{first.message_zh}", f"{error.message}. {first.message}"
    return error.message_zh, error.message


def _check_instant(desk: Desk, row: DraftRow, at: datetime) -> None:
    if not desk.now < at <= desk.now + FURTHEST:
        raise Invalid.at(
            "at",
            "Expected an instant from now on, within a year, but it is "
            f"{clock.beijing(at):%Y-%m-%d %H:%M}",
            "上线时间应晚于现在，且在一年以内",
        )
    try:
        held = drafts.files(desk.session, row.id)
        rules.check(desk.session, row, held, clock.beijing_date(at))
    except Conflict as error:
        raise Invalid.at("at", error.message, error.message_zh) from error


def _desk(session: Session, bihuan: Bihuan, actor: Actor) -> Desk:
    agency = bihuan.settings.agency
    if actor == SYSTEM:
        return Desk(session, actor, agency, clock.now())
    return reading_desk(session, actor, agency)

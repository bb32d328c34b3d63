"""The way of a draft to approval: proposed by one person, approved or returned by another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.errors import Conflict, NotAllowed
from engine.forms.values import is_blank
from engine.ports import SYSTEM, Actor
from engine.store import definitions
from engine.store.ids import new_id
from engine.store.plain import plain
from engine.work.reasons import read_reason
from workflows import beforehand
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.beforehand import Beforehand, Read
from workflows.designing import contents, drafts, news, rules
from workflows.designing.beginning import check_room
from workflows.designing.drafts import Draft
from workflows.designing.people import name_of
from workflows.designing.permission import changing_desk, had_a_hand, keep_hands, reading_desk
from workflows.designing.tables import DraftCommentRow, DraftRow
from workflows.verifying import refuse

UNDER_WAY = (drafts.PROPOSED, drafts.APPROVED, drafts.SCHEDULED)


def propose(
    bihuan: Bihuan, actor: Actor, draft_id: str, revision: int, rule_set: str = "", note: str = ""
) -> Draft:
    """Ask another person to approve a draft as it was seen.

    Args:
        bihuan: the product.
        actor: a designer.
        draft_id: an open draft.
        revision: the draft as it was seen.
        rule_set: `id:version` of the rules that it was made for, "" for none in particular.
        note: what is changed and why, for whoever approves; kept as a comment.

    Raises:
        Conflict: nothing is changed, the process has a newer version, or what is in force
            changes again and again.
        Invalid: the examination found errors.
    """

    def work(before: Beforehand, session: Session) -> Draft:
        desk = changing_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, drafts.OPEN)
        drafts.check_revision(row, revision, name_of(session, row.changed_by))
        rules.choose(session, row, rule_set, desk.today)
        if not is_blank(note):
            _say(desk, row, read_reason(note))
        row.digest = check_ready(bihuan, desk, row, before)
        row.proposed_by, row.approved_by, row.reason = actor.id, None, None
        keep_hands(desk, row.id)
        told = {"process": row.process, "base": row.base, "digest": row.digest}
        sentence = ("提请审核", "approval is asked for")
        news.tell(desk, row, news.approvers(desk, row), sentence)
        return moved(desk, row, drafts.PROPOSED, ("draft.propose", told))

    return beforehand.examined(bihuan, drawn(bihuan, actor, draft_id), work)


def approve(bihuan: Bihuan, actor: Actor, draft_id: str, digest: str) -> Draft:
    """Approve what was proposed, as somebody who had no hand in it.

    Raises:
        NotAllowed: the actor changed something in it, or proposed it.
        Conflict: it is not what was seen.
    """

    def work(session: Session) -> Draft:
        desk = reading_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, drafts.PROPOSED)
        check_second(desk, row)
        if digest != row.digest:
            raise Conflict(
                "Expected the draft as you saw it, but it was changed and proposed anew",
                "草稿在此期间已修改并重新提请，请重新查看后再审核",
            )
        row.approved_by = actor.id
        sentence = ("已审核通过，可以上线", "approved, it may go live")
        news.tell(desk, row, news.people_of(session, row), sentence)
        return moved(desk, row, drafts.APPROVED, ("draft.approve", {"digest": row.digest}))

    return bihuan.database.run(work)


def send_back(bihuan: Bihuan, actor: Actor, draft_id: str, reason: str) -> Draft:
    """Return a draft to be changed again, with the reason, as somebody who had no hand in it."""
    text = read_reason(reason)

    def work(session: Session) -> Draft:
        desk = reading_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, *UNDER_WAY)
        check_second(desk, row)
        return opened(desk, row, ("draft.return", (text, text)))

    return bihuan.database.run(work)


def withdraw(bihuan: Bihuan, actor: Actor, draft_id: str) -> Draft:
    """Take a draft back that was proposed or approved, to change it again."""

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, *UNDER_WAY)
        _clear(row)
        return moved(desk, row, drafts.OPEN, ("draft.withdraw", {}))

    return bihuan.database.run(work)


def discard(bihuan: Bihuan, actor: Actor, draft_id: str) -> Draft:
    """Give a draft up; it can be taken up again."""

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, drafts.OPEN, *UNDER_WAY)
        _clear(row)
        sentence = ("已放弃", "discarded")
        news.tell(desk, row, news.people_of(session, row), sentence)
        return moved(desk, row, drafts.DISCARDED, ("draft.discard", {}))

    return bihuan.database.run(work)


def take_up(bihuan: Bihuan, actor: Actor, draft_id: str) -> Draft:
    """Take a draft up again that was given up.

    Raises:
        Conflict: as many drafts are under way as there may be.
    """

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, drafts.DISCARDED)
        check_room(desk)
        return moved(desk, row, drafts.OPEN, ("draft.take_up", {}))

    return bihuan.database.run(work)


def comment(bihuan: Bihuan, actor: Actor, draft_id: str, text: str) -> None:
    """Write something about a draft; its people are told."""
    said = read_reason(text)

    def work(session: Session) -> None:
        desk = reading_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        _say(desk, row, said)
        desk.record("draft.comment", row.id)
        news.tell(desk, row, news.people_of(session, row), ("有新的意见", "a comment was added"))

    bihuan.database.run(work)


def _say(desk: Desk, row: DraftRow, text: str) -> None:
    by, at = desk.actor.id, desk.now
    desk.session.add(DraftCommentRow(id=new_id(), draft_id=row.id, by=by, at=at, text=text))


def drawn(bihuan: Bihuan, actor: Actor, draft_id: str) -> Read:
    """Return what reads the bundle of a draft to be examined; none of one that is over."""
    agency = bihuan.settings.agency

    def read(session: Session) -> list[Bundle]:
        if actor != SYSTEM:
            reading_desk(session, actor, agency)
        draft = drafts.one(session, agency, draft_id)
        return [] if draft.state in drafts.OVER else [contents.bundle(session, draft)]

    return read


def check_ready(bihuan: Bihuan, desk: Desk, row: DraftRow, before: Beforehand) -> str:
    """Return the digest of a draft that could go live now; raise what is in the way."""
    check_base(desk, row)
    base = drafts.base_files(desk.session, row)
    held = drafts.files(desk.session, row.id)
    if not contents.changed(held, base):
        raise Conflict(
            "Expected a change, but every file is as in the version it began from",
            "草稿与起始版本相同，没有需要上线的改动",
        )
    bundle = contents.bundle(desk.session, row, held)
    refuse(before.still(bihuan, desk.session, [bundle]))
    return bundle.digest


def check_base(desk: Desk, row: DraftRow) -> None:
    """Raise Conflict where a process has another version than the one a draft began from."""
    last = definitions.latest(desk.session, row.process, agency=desk.agency)
    number = last.version if last is not None else 0
    if number == row.base:
        return
    raise Conflict(
        f"Expected version {row.base} to be the last one, but version {number} went live "
        "meanwhile; take its changes into the draft first",
        f"草稿从第 {row.base} 版开始，期间第 {number} 版已上线，请先并入新版本的改动",
    )


def check_second(desk: Desk, row: DraftRow) -> None:
    """Raise NotAllowed for somebody who had a hand in a draft; proposing is one."""
    if had_a_hand(desk.session, desk.actor, row.id):
        raise NotAllowed(
            "Expected another person, but you changed or proposed this draft yourself",
            "您修改或提请过这份草稿，须由另一人审核",
        )


def opened(desk: Desk, row: DraftRow, why: tuple[str, tuple[str, str]]) -> Draft:
    """Make a draft open again, with the reason in both languages, and tell its people."""
    act, (zh, en) = why
    people = news.people_of(desk.session, row)
    _clear(row)
    row.reason = f"{zh}\n{en}" if zh != en else zh
    news.tell(desk, row, people, (f"已退回修改：{zh}", f"returned to be changed: {en}"))
    return moved(desk, row, drafts.OPEN, (act, {"reason": zh}))


def _clear(row: DraftRow) -> None:
    row.proposed_by = row.approved_by = row.digest = row.live_at = row.reason = None


def moved(desk: Desk, row: DraftRow, state: str, told: tuple[str, dict[str, object]]) -> Draft:
    """Give a draft its next state and record what was done."""
    row.state = state
    desk.session.flush()
    desk.record(told[0], row.id, told[1])
    return plain(Draft, row)

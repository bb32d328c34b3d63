"""Taking into a draft what went live since it began, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid
from engine.ports import Actor
from engine.store import definitions
from engine.store.plain import plain
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.designing import drafts, normal, paths, saving
from workflows.designing.drafts import Draft
from workflows.designing.people import name_of
from workflows.designing.permission import changing_desk
from workflows.designing.tables import DraftRow, SavingRow

Choice = Literal["mine", "theirs"]
MINE: Final[Choice] = "mine"
THEIRS: Final[Choice] = "theirs"

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Ahead:
    """A newer version than the one a draft began from, and the files that both changed."""

    version: int
    both: tuple[str, ...]


def ahead(session: Session, draft: Draft | DraftRow) -> Ahead | None:
    """Return what went live since a draft began; None where nothing did."""
    last = definitions.latest(session, draft.process, agency=draft.agency)
    if last is None or last.version == draft.base:
        return None
    theirs = definitions.files(session, draft.process, last.version, agency=draft.agency)
    mine, base = drafts.files(session, draft.id), drafts.base_files(session, draft)
    every = sorted({*mine, *base, *theirs})
    return Ahead(last.version, tuple(path for path in every if _clash(path, mine, base, theirs)))


def rebase(
    bihuan: Bihuan, actor: Actor, draft_id: str, revision: int, choices: Mapping[str, str]
) -> Draft:
    """Let a draft begin from the version in force: what it left alone becomes that version's.

    What was saved before cannot be undone any more.

    Args:
        bihuan: the product.
        actor: a designer.
        draft_id: an open draft.
        revision: the draft as it was seen.
        choices: of every file that both changed, whether `mine` or `theirs` stays.

    Raises:
        Invalid: a file that both changed has no choice.
    """

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, bihuan.settings.agency)
        row = drafts.locked(desk, draft_id)
        drafts.check_state(row, drafts.OPEN)
        drafts.check_revision(row, revision, name_of(session, row.changed_by))
        newer = ahead(session, row)
        if newer is None:
            raise Conflict(
                "Expected a newer version, but there is none", "没有比起始版本更新的版本"
            )
        _check_chosen(newer, choices)
        _take_in(desk, row, newer, choices)
        told = {"base": row.base, "version": newer.version}
        row.base, row.reason = newer.version, None
        saving.touch(desk, row)
        desk.record("draft.rebase", row.id, told)
        return plain(Draft, row)

    return bihuan.database.run(work)


def _take_in(desk: Desk, row: DraftRow, newer: Ahead, choices: Mapping[str, str]) -> None:
    theirs = definitions.files(desk.session, row.process, newer.version, agency=desk.agency)
    mine, base = drafts.files(desk.session, row.id), drafts.base_files(desk.session, row)
    for path in sorted({*mine, *base, *theirs}):
        wanted = _merged(path, (mine, base, theirs), choices.get(path))
        if wanted != mine.get(path):
            saving.write(desk.session, row.id, path, wanted)
    held = drafts.files(desk.session, row.id)
    paths.check_whole({path: len(content) for path, content in held.items()})
    # Undone file by file, what went live meanwhile would be taken back unseen.
    desk.session.execute(delete(SavingRow).where(SavingRow.draft_id == row.id))


def _merged(path: str, of: tuple[Files, Files, Files], choice: str | None) -> bytes | None:
    mine, base, theirs = of
    if path not in base and path not in theirs:
        return mine.get(path)
    if _clash(path, mine, base, theirs):
        return (mine if choice == MINE else theirs).get(path)
    if normal.same(path, mine.get(path), base.get(path)):
        return theirs.get(path)
    return mine.get(path)


def _clash(path: str, mine: Files, base: Files, theirs: Files) -> bool:
    one, other, old = mine.get(path), theirs.get(path), base.get(path)
    changed = not normal.same(path, one, old) and not normal.same(path, other, old)
    return changed and not normal.same(path, one, other)


def _check_chosen(newer: Ahead, choices: Mapping[str, str]) -> None:
    open_ = [path for path in newer.both if choices.get(path) not in (MINE, THEIRS)]
    if open_:
        raise Invalid.at(
            f"keep.{open_[0]}",
            f"Expected a choice for each file that both changed, but not for {', '.join(open_)}",
            f"以下文件双方都有改动，请选择保留哪一份：{'、'.join(open_)}",
        )

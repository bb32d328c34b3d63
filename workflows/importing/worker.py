"""The worker's part of an import: a little at a time, so that no date waits for it.

A worker holds an import for a while and says so again with every bit of progress. When it is
killed, another goes on after a time: a file half checked is checked again, and a file half added
goes on from where it was, for rows become cases in the unit of work that notes how many did.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Container, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath
from time import monotonic
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, Invalid, Unavailable
from engine.ports import Actor
from workflows import leasing
from workflows.app import Bihuan
from workflows.domain import organisation, substitutes
from workflows.importing import jobs, taking
from workflows.importing.adding import AT_ONCE, add_some, leave_room
from workflows.importing.checking import Checker, known_cases
from workflows.importing.news import News, fault_line, line_of
from workflows.importing.rows import Fault, Parsed
from workflows.importing.sheet import RawRow, read_rows
from workflows.importing.tables import ImportFileRow, ImportLineRow, ImportRow
from workflows.importing.taking import Taken

_NEWS = 500
"""Rows checked between two looks at the time."""
_AT_ONCE = 3
"""Imports side by side in one worker, each with its rows in memory."""

log = logging.getLogger(__name__)


class Importing:
    """Goes through the imports that wait, a few side by side: a short one waits for no long one."""

    def __init__(self, bihuan: Bihuan, *, seconds: float = leasing.SLICE) -> None:
        """Take the product, and how long a step may be."""
        self._bihuan = bihuan
        self._seconds = seconds
        self._at_hand: list[Iterator[None]] = []

    def step(self) -> int:
        """Do a little of each; return whether there was anything to do."""
        if len(self._at_hand) < _AT_ONCE:
            taken = self._take()
            if taken is not None:
                self._at_hand.append(_Work(self._bihuan, taken).steps())
        worked = len(self._at_hand)
        for steps in list(self._at_hand):
            self._advance(steps, self._seconds / worked)
        return min(1, worked)

    def _take(self) -> Taken | None:
        database = self._bihuan.database
        with database.read() as session:
            if not taking.waits(session):
                return None
        return database.run(taking.take)

    def _advance(self, steps: Iterator[None], seconds: float) -> None:
        until = monotonic() + seconds
        going = False
        try:
            while monotonic() < until:
                next(steps)
            going = True
        except StopIteration:
            pass
        finally:
            # Whatever ended it: it is taken up again, if need be, when its lease is over.
            if not going:
                self._at_hand.remove(steps)


class _Lost(Exception):  # noqa: N818 no error: another worker holds the import now
    pass


class _Work:
    """One import in hand: read, checked, and added where that was confirmed."""

    def __init__(self, bihuan: Bihuan, taken: Taken) -> None:
        self._bihuan = bihuan
        self._taken = taken
        self._agency = bihuan.settings.agency

    def steps(self) -> Iterator[None]:
        """Do the work; pause wherever something else may be done."""
        try:
            yield from self._all()
        except (_Lost, Unavailable):
            # It is taken up again when nobody holds it any more, from where it was.
            return
        except BihuanError as error:
            self._stop(_of_file(error))
        except Exception:
            # Whoever takes it up next may come further; begun too often in vain, it is given up.
            log.exception("an import fails")
            self._bihuan.database.run(partial(taking.let_go, self._taken))

    def _all(self) -> Iterator[None]:
        actor = self._bihuan.database.run(self._actor)
        rows: list[Parsed] = []
        checker = Checker(self._bihuan, actor)
        for row in checker.each(self._read()):
            rows.append(row)
            if len(rows) % _NEWS == 0:
                self._write(News(), **self._checked(len(rows)))
                yield
        faults = [fault for row in rows for fault in row.faults]
        begun = self._taken.adding and self._taken.done > 0
        if (faults and not begun) or not rows:
            self._refuse(faults or [_nothing()], len(rows))
        elif self._taken.adding:
            yield from self._add(actor, rows)
        else:
            self._ready(rows)

    def _checked(self, rows: int) -> dict[str, Any]:
        """Return what is told of a check; before adding it is done again, and not counted."""
        return {} if self._taken.adding else {"rows": rows, "done": rows}

    def _actor(self, session: Session) -> Actor:
        now = clock.now()
        actor = organisation.actor_of(session, self._taken.person, now)
        absent = self._taken.acting_for
        return substitutes.acting_for(session, actor, absent, now) if absent else actor

    def _read(self) -> Iterator[RawRow]:
        with self._bihuan.database.read() as session:
            content = session.scalar(
                select(ImportFileRow.content).where(ImportFileRow.import_id == self._taken.id)
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / PurePath(self._taken.file_name).name
            path.write_bytes(content or b"")
            return iter(read_rows(path))

    def _ready(self, rows: Sequence[Parsed]) -> None:
        with self._bihuan.database.read() as session:
            known = known_cases(session, self._agency, rows)
        news = News(lines=[line_of(rows[at], jobs.KNOWN, at, case) for case, at in known.items()])
        self._write(
            news, state=jobs.READY, rows=len(rows), done=len(rows), known=len(known), over=True
        )

    def _add(self, actor: Actor, rows: Sequence[Parsed]) -> Iterator[None]:
        with self._bihuan.database.read() as session:
            known = self._known(session)
        while self._taken.done < len(rows):
            began = monotonic()
            try:
                self._taken.done = self._bihuan.database.run(
                    lambda session: self._added(session, actor, rows, known)
                )
            except Unavailable as error:
                # Nothing of it is there; it is done again as long as nobody else has taken over.
                log.warning("an import waits for the database: %s", error)
            leave_room(began)
            yield
        self._write(News(), state=jobs.DONE, rows=len(rows), done=len(rows), over=True)

    def _known(self, session: Session) -> set[int]:
        """Return the numbers of the rows that were cases before this import."""
        query = select(ImportLineRow.seq).where(
            ImportLineRow.import_id == self._taken.id, ImportLineRow.outcome == jobs.KNOWN
        )
        return set(session.scalars(query))

    def _added(
        self, session: Session, actor: Actor, rows: Sequence[Parsed], known: Container[int]
    ) -> int:
        """Add the next rows and write down how far it has come, both or neither."""
        self._hold(session)
        begin = self._taken.done
        ahead = [at for at in range(begin, min(begin + AT_ONCE, len(rows))) if at + 1 not in known]
        found = add_some(self._bihuan, actor, [rows[at] for at in ahead], session)
        news = News()
        for at, outcome in zip(ahead, found, strict=False):
            news.note(rows[at], at, outcome)
        rest = ahead[len(found) :]
        done = rest[0] if rest else min(begin + AT_ONCE, len(rows))
        values = {"rows": len(rows), "done": done, "attempts": 0}
        self._written(session, news, values, over=False)
        return done

    def _hold(self, session: Session) -> None:
        """Keep others from taking the import over until the unit of work ends."""
        held = leasing.mine(ImportRow, self._taken.id, self._taken.holder)
        if session.execute(select(ImportRow.id).where(*held).with_for_update()).first() is None:
            raise _Lost

    def _refuse(self, faults: Sequence[Fault], rows: int) -> None:
        reported = faults[: jobs.MOST_REPORTED]
        lines = [fault_line(fault, seq) for seq, fault in enumerate(reported, 1)]
        self._write(News(lines=lines), state=jobs.REFUSED, rows=rows, faults=len(faults), over=True)

    def _stop(self, faults: Sequence[Fault]) -> None:
        """End an import; rows that became cases before stay what they are, and stay told."""
        if self._taken.adding and self._taken.done:
            self._bihuan.database.run(partial(taking.end, self._taken, faults[0]))
        else:
            self._refuse(faults, 0)

    def _write(self, news: News, *, over: bool = False, **values: Any) -> None:
        """Write down what has come of the rows; _Lost if another holds the import."""
        self._bihuan.database.run(lambda session: self._written(session, news, values, over=over))

    def _written(self, session: Session, news: News, values: dict[str, Any], *, over: bool) -> None:
        now = clock.now()
        ending = values.get("state") in (jobs.REFUSED, jobs.DONE)
        refused = sum(line["outcome"] == jobs.FAULT for line in news.lines)
        changes = {
            "added": ImportRow.added + news.added,
            "known": ImportRow.known + news.known,
            "faults": ImportRow.faults + refused,
            "held_until": None if over else leasing.until(),
            "holder": None if over else self._taken.holder,
            **({"finished_at": now} if ending else {}),
            **values,
        }
        held = leasing.mine(ImportRow, self._taken.id, self._taken.holder)
        change = update(ImportRow).where(*held).values(changes).returning(ImportRow.id)
        if not session.execute(change).all():
            raise _Lost
        if values.get("state") == jobs.REFUSED:
            gone = delete(ImportLineRow).where(ImportLineRow.import_id == self._taken.id)
            session.execute(gone)
        if news.lines:
            mine = [{"import_id": self._taken.id, **line} for line in news.lines]
            session.execute(insert(ImportLineRow), mine)
        if ending:
            jobs.forget_file(session, self._taken.id)


def _of_file(error: BihuanError) -> list[Fault]:
    """Return what is wrong with the file or with whoever sent it, at no line."""
    errors = error.errors if isinstance(error, Invalid) else ()
    said = [(one.message, one.message_zh) for one in errors] or [(error.message, error.message_zh)]
    return [Fault(0, "", *words) for words in said]


def _nothing() -> Fault:
    return Fault(0, "", "Expected rows below the headings, but there are none", "表头下没有数据行")

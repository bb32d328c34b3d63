"""Two at once: savings by revision, going live one after the other; nothing is lost."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import BihuanError, Unavailable
from tests.designing.roads import AGENCY, FORM, approved, changed, files, latest, read, who
from workflows.app import Bihuan
from workflows.designing import going_live, saving
from workflows.designing.drafts import Draft
from workflows.designing.tables import PlayedRow
from workflows.trying import asking, kept
from workflows.trying.trial import Trial

pytestmark = pytest.mark.usefixtures("copied")


def test_two_who_save_at_once_lose_nothing(bihuan: Bihuan) -> None:
    draft = changed(bihuan)
    people = ["designer", "designer2"]
    found = at_once(
        [
            lambda person=person: saving.save(
                bihuan.database,
                who(bihuan, person),
                AGENCY,
                draft.id,
                (FORM, f'{{"by": "{person}"}}', draft.revision),
            )
            for person in people
        ]
    )
    assert sorted(type(one).__name__ for one in found) == ["Saved", "Stale"]
    winner = people[[isinstance(one, saving.Saved) for one in found].index(True)]
    assert f'"{winner}"'.encode() in files(bihuan, draft)[FORM]
    assert read(bihuan, draft).revision == draft.revision + 1


def test_two_drafts_going_live_at_once_are_one(bihuan: Bihuan) -> None:
    both = [approved(bihuan, changed(bihuan, new=name)) for name in ("甲", "乙")]
    found = at_once(
        [lambda one=one: going_live.go_live(bihuan, who(bihuan), one.id) for one in both]
    )
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Draft"]
    assert latest(bihuan) == 2
    assert sorted(read(bihuan, one).state for one in both) == ["live", "open"]


def played(bihuan: Bihuan) -> tuple[Draft, Trial, dict[str, Any]]:
    """Return a draft, what is tried of it, and that one of its scenarios passed."""
    draft = changed(bihuan)
    with bihuan.database.read() as session:
        trial = asking.of_draft(session, draft)
    name = PurePosixPath(next(iter(trial.scenarios))).stem
    return draft, trial, {"kind": "played", "name": name, "passed": True, "failures": []}


def test_two_who_play_the_scenarios_of_a_draft_at_once_are_both_told(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, trial, event = played(bihuan)
    both, merge = threading.Barrier(2), Session.merge

    def slowly(self: Session, row: Any) -> Any:
        found = merge(self, row)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)
        return found

    monkeypatch.setattr(Session, "merge", slowly)
    found = at_once(
        [
            lambda one=one: list(kept.keeping(bihuan, (draft.id, one), trial, iter([event])))
            for one in ("designer", "designer2")
        ]
    )
    assert found == [[event], [event]]
    with bihuan.database.read() as session:
        rows = session.scalars(select(PlayedRow.name).where(PlayedRow.draft_id == draft.id))
        assert list(rows) == [event["name"]]


def test_what_was_played_is_told_where_it_cannot_be_kept(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, trial, event = played(bihuan)

    def busy(*_: object) -> None:
        raise Unavailable("Expected the database, but it is busy", "数据库忙")

    monkeypatch.setattr(Session, "merge", busy)
    assert list(kept.keeping(bihuan, (draft.id, "designer"), trial, iter([event]))) == [event]


def at_once(commands: list[Any]) -> list[Any]:
    """Run commands in threads that begin together; return results and refusals."""
    start, found = threading.Barrier(len(commands)), [None] * len(commands)

    def run(place: int) -> None:
        start.wait()
        try:
            found[place] = commands[place]()
        except BihuanError as error:
            found[place] = error  # type: ignore[call-overload]

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(commands))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found

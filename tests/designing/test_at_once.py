"""Two at once: savings by revision, going live one after the other; nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from engine.errors import BihuanError
from tests.designing.roads import AGENCY, FORM, approved, changed, files, latest, read, who
from workflows.app import Bihuan
from workflows.designing import going_live, saving

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

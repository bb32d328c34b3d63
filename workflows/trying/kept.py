"""Keeps what became of a draft's scenarios, and says which of them hold as the draft is now."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.deployment.bundle import Bundle
from engine.errors import Unavailable
from workflows.app import Bihuan
from workflows.designing.drafts import Draft
from workflows.designing.tables import DraftRow, PlayedRow
from workflows.scenarios.loader import Scenario
from workflows.scenarios.written import Written, read_all
from workflows.trying.trial import Event, Trial

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """The last time a scenario was played; `fresh` = nothing of it was changed since."""

    passed: bool
    fresh: bool
    failed: tuple[str, str]
    by: str
    at: datetime


@dataclass(frozen=True)
class Summary:
    """How the scenarios of a draft stand; `unplayed` were not played as the draft is now."""

    total: int
    failed: Sequence[str]
    unplayed: Sequence[str]
    faulty: Sequence[str]

    @property
    def holds(self) -> bool:
        """Whether every scenario was played as the draft is now, and holds."""
        return not (self.failed or self.unplayed or self.faulty)


def keeping(
    bihuan: Bihuan, who: tuple[str, str], trial: Trial, events: Iterator[Event]
) -> Iterator[Event]:
    """Yield the events of a trial; what becomes of each scenario takes the place of the last.

    Args:
        bihuan: the product.
        who: the draft, and the person who tries it.
        trial: what is tried.
        events: what happens.
    """
    draft_id, person = who
    digests = _digests(trial.bundle, read_all(trial.process, trial.scenarios))
    for event in events:
        if event["kind"] == "played":
            row = _row(event, draft_id, digests[event["name"]], person)
            try:
                bihuan.database.run(partial(_keep, row))
            except Unavailable as error:
                # What was played is told all the same; kept it is when it is played again.
                log.warning("what became of a scenario is not kept: %s", error)
        yield event


def _keep(row: PlayedRow, session: Session) -> None:
    """Put a result in the place of the last; two may try one draft at once."""
    mine = select(DraftRow.id).where(DraftRow.id == row.draft_id)
    session.execute(mine.with_for_update())
    session.merge(row)


def _row(event: Event, draft_id: str, digest: str, person: str) -> PlayedRow:
    first = event["failures"][0] if event["failures"] else {"sentence_zh": "", "sentence": ""}
    return PlayedRow(
        draft_id=draft_id,
        name=event["name"],
        digest=digest,
        passed=event["passed"],
        failed=f"{_line(first['sentence_zh'])}\n{_line(first['sentence'])}",
        by=person,
        at=clock.now(),
    )


def results(
    session: Session, draft: Draft, bundle: Bundle, read: Sequence[Written]
) -> dict[str, Result]:
    """Return the last result of every scenario that was ever played, by its name.

    Args:
        session: reads what is kept.
        draft: which draft.
        bundle: what would be deployed of it now.
        read: its scenarios now.
    """
    rows = list(session.scalars(select(PlayedRow).where(PlayedRow.draft_id == draft.id)))
    now = _digests(bundle, read) if rows else {}
    return {
        row.name: Result(
            row.passed, now.get(row.name) == row.digest, _both(row.failed), row.by, row.at
        )
        for row in rows
    }


def summary(session: Session, draft: Draft, bundle: Bundle, read: Sequence[Written]) -> Summary:
    """Return how the scenarios of a draft stand; the arguments are those of `results`."""
    known = results(session, draft, bundle, read)
    sound = [one.name for one in read if not one.faults]
    fresh = {name for name in sound if name in known and known[name].fresh}
    return Summary(
        total=len(read),
        failed=[name for name in sound if name in fresh and not known[name].passed],
        unplayed=[name for name in sound if name not in fresh],
        faulty=[one.name for one in read if one.faults],
    )


def _digests(bundle: Bundle, read: Sequence[Written]) -> dict[str, str]:
    known: dict[str, str] = {}
    for one in read:
        if one.scenario is not None:
            _digest(bundle.digest, one.scenario, known)
    return {one.name: known[one.name] for one in read if one.scenario is not None}


def _digest(process: str, scenario: Scenario, known: dict[str, str]) -> str:
    """Return a digest of what a scenario says, not of how it is written; of each once."""
    if scenario.name not in known:
        before = [_digest(process, one, known) for one in scenario.before]
        said = dataclasses.asdict(dataclasses.replace(scenario, before=()))
        text = json.dumps([before, said], default=str, sort_keys=True)
        known[scenario.name] = hashlib.sha256(f"{process}\n{text}".encode()).hexdigest()
    return known[scenario.name]


def _line(words: str) -> str:
    return " ".join(words.split())


def _both(failed: str) -> tuple[str, str]:
    zh, _, en = failed.partition("\n")
    return zh, en

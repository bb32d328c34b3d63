"""Load the demonstration: rules, calendar, zone, accounts, processes, and a played past."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from engine import clock
from engine.store import queries
from workflows.app import Bihuan
from workflows.demo import ledger, zone
from workflows.demo.accounts import load_accounts
from workflows.demo.enterprises import ENTERPRISES
from workflows.demo.play import Player
from workflows.demo.stories import load_stories, tell
from workflows.deploying import bundles, deploy_bundles
from workflows.designing import made_here
from workflows.domain import organisation, rule_store
from workflows.importing.importer import import_hazards
from workflows.migrations.run import upgrade

ADOPTED = date(2024, 1, 1)
"""The demonstration zone adopted its rule set on this day, before its oldest hazard."""


def prepare(bihuan: Bihuan) -> bool:
    """Bring schema, zone and processes up to date; return whether there are hazards already."""
    upgrade(bihuan.database.engine)
    load_base(bihuan)
    with bihuan.database.read() as session:
        return queries.count_cases(session) > 0


def load_base(bihuan: Bihuan) -> None:
    """Load rules, calendar, zone, accounts and processes; doing it twice changes nothing.

    A process that was changed in the zone stays as it is there, as after an upgrade.
    """
    with bihuan.database.begin() as session:
        rule_store.seed(session, ADOPTED)
        zone.load_zone(session)
        load_accounts(session)
    with bihuan.database.read() as session:
        changed = made_here.in_force(session, bihuan.settings.agency)
    deploy_bundles(bihuan, [one for one in bundles() if one.process not in changed])


def load(bihuan: Bihuan, progress: Callable[[int, int], None], limit: int | None = None) -> int:
    """Tell the stories, import the ledger of the last weeks, and play every case to today.

    Args:
        bihuan: the application.
        progress: told after each hazard how many of how many are there.
        limit: only so many hazards of the ledger and no stories, for a quick look.

    Returns:
        The number of hazards.
    """
    today = clock.now()
    day = clock.beijing_date(today)
    told = load_stories(day) if limit is None else []
    rows = ledger.rows(_sites(bihuan), day)[-(limit or 10_000) :]
    total = len(told) + len(rows)
    for done, story in enumerate(told, 1):
        tell(bihuan, story.scenario, today)
        progress(done, total)
    _play(bihuan, rows, today, lambda done: progress(len(told) + done, total))
    return total


def _play(
    bihuan: Bihuan, rows: Sequence[Sequence[object]], today: datetime, done: Callable[[int], None]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        player = Player(bihuan, today)
        for count, row in enumerate(rows, 1):
            ledger.write_workbook(path, [row])
            _one(bihuan, player, path, _found(row))
            done(count)


def _one(bihuan: Bihuan, player: Player, path: Path, found: datetime) -> None:
    """Import one row at the time of its finding, through the importer, and play its case."""
    with clock.use(clock.VirtualClock(found)), bihuan.database.read() as session:
        actor = organisation.actor_of(session, "office", found)
    with clock.use(clock.VirtualClock(found)):
        report = import_hazards(bihuan, actor, path)
    for case_id in report.cases:
        player.play(case_id, found)


def _found(row: Sequence[object]) -> datetime:
    return datetime.strptime(str(row[ledger.FOUND]), "%Y-%m-%d %H:%M").replace(tzinfo=clock.BEIJING)


def _sites(bihuan: Bihuan) -> list[ledger.Site]:
    """Return the zone's enterprises with the names of the bodies that inspect them."""
    with bihuan.database.read() as session:
        names = {body.id: body.name_zh for body in organisation.bodies(session)}
    return [
        ledger.Site(
            e.name_zh, e.industry, tuple(names[b] for b in _finders(e.park, e.industry_department))
        )
        for e in ENTERPRISES
    ]


def _finders(park: str | None, department: str) -> tuple[str, ...]:
    return tuple(body for body in ("bureau", park, department) if body)

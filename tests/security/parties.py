"""Everybody who may knock: each role in the case's own bodies, in others, and those who are out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from engine import clock
from engine.clock import SystemClock
from engine.ports import Grant
from engine.store.ids import new_id
from workflows.accounts.tables import Account
from workflows.domain import organisation, substitutes
from workflows.domain.org_facts import ROLES


@dataclass(frozen=True)
class Party:
    """One who knocks: an account, and for whom it acts."""

    name: str
    account: str | None
    acting_for: str | None = None


PARTIES = (
    Party("finding_officer", "inspector1"),
    Party("bureau_officer", "inspector2"),
    Party("bureau_head", "bureau_head"),
    Party("bureau_deputy", "bureau_deputy"),
    Party("bureau_clerk", "bureau_clerk"),
    Party("own_park_head", "park_east"),
    Party("own_park_deputy", "park_east_deputy"),
    Party("own_park_officer", "park_east_officer"),
    Party("other_park_head", "park_west"),
    Party("other_park_officer", "park_west_officer"),
    Party("own_department_head", "industry_economy"),
    Party("own_department_officer", "inspector3"),
    Party("other_department_head", "industry_environment"),
    Party("other_department_officer", "industry_environment_officer"),
    Party("own_town_head", "town1"),
    Party("own_town_officer", "town1_officer"),
    Party("other_town_head", "town2"),
    Party("office_head", "office_head"),
    Party("office_deputy", "office_officer"),
    Party("office_officer", "office"),
    Party("leader_incharge", "leader_incharge"),
    Party("leader_principal", "leader_principal"),
    Party("own_principal", "enterprise01"),
    Party("own_safety_officer", "safety01"),
    Party("other_enterprise", "enterprise02"),
    Party("other_safety_officer", "safety06"),
    Party("expert", "expert1"),
    Party("designer", "designer"),
    Party("auditor", "auditor"),
    Party("vault", "vault1"),
    Party("admin", "admin"),
    Party("no_post", "nopost"),
    Party("ended_post", "expired1"),
    Party("coming_post", "coming1"),
    Party("substitute", "park_west_officer", acting_for="park_east"),
    Party("former_substitute", "nopost", acting_for="park_east"),
    Party("disabled", "closed1"),
    Party("signed_out", None),
)

OUT = ("disabled", "signed_out")
"""Who has no way in at all."""

TOWN = "town2"


def add(session: Session) -> None:
    """Add whom the demonstration lacks: another town, lone roles, posts over and to come."""
    today = clock.beijing_date(clock.now())
    day = timedelta(days=1)
    organisation.add_body(session, TOWN, "town", "另一镇人民政府", "Another town")
    for person in ("town2", "safety01", "safety06", "nopost", "expired1", "coming1", "closed1"):
        organisation.add_person(session, person, f"某{person}", person)
        _account(session, person)
    organisation.grant(session, "town2", TOWN, "head")
    organisation.grant(session, "safety01", "enterprise01", "safety_officer")
    organisation.grant(session, "safety06", "enterprise06", "safety_officer")
    organisation.grant(session, "expired1", "bureau", "head", valid_to=today - day)
    organisation.grant(session, "coming1", "bureau", "head", valid_from=today + 300 * day)
    organisation.grant(session, "closed1", "bureau", "head")
    commander = Grant("park_east", "head")
    days = (today, today + 365 * day)
    organisation.add_substitute(
        session, "park_east", "park_west_officer", commander, "代行函1号", days
    )
    over = (today - 9 * day, today - day)
    organisation.add_substitute(session, "park_east", "nopost", commander, "代行函2号", over)


def roles_held(session: Session) -> set[str]:
    """Return the roles that the parties hold between them, for the test that none is missing."""
    now = clock.now()
    held = {
        grant.role
        for party in PARTIES
        if party.account
        for grant in organisation.grants_of(session, party.account, now)
    }
    assert held <= set(ROLES)
    return held


def stands_in(session: Session) -> bool:
    """Return whether the substitute may act today."""
    return bool(substitutes.standing_in(session, "park_west_officer", clock.now()))


def _account(session: Session, person: str) -> None:
    session.add(
        Account(
            id=new_id(),
            person_id=person,
            username=person,
            password_hash="none",
            failures=0,
            created_at=SystemClock().now(),
        )
    )
    session.flush()

"""What an examination is made in: the application, the processes, rules and days in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from sqlalchemy.orm import Session

from engine import clock
from engine.deployment.bundle import Bundle
from engine.deployment.deploy import bundles_in_force
from engine.deployment.environment import GateEnvironment
from workflows.domain import rule_store
from workflows.domain.rule_set import RuleSet
from workflows.domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class Surroundings(GateEnvironment):
    """What the application gives, with what the zone has in force.

    Attributes:
        rules: the rule set in force; None means the one that the product ships.
        calendar: the working days as loaded; likewise.
        beside: the bundles of the processes in force.
    """

    rules: RuleSet | None = None
    calendar: WorkingCalendar | None = None
    beside: Mapping[str, Bundle] = field(default_factory=dict)


def of_bundles(environment: GateEnvironment, beside: Mapping[str, Bundle]) -> Surroundings:
    """Return what the application gives, with some processes in force under shipped rules."""
    given = {one.name: getattr(environment, one.name) for one in fields(GateEnvironment)}
    contracts = {name: bundle.contract for name, bundle in beside.items()}
    given["processes"] = {**contracts, **environment.processes}
    return Surroundings(**given, beside=beside)


def in_force(
    session: Session, agency: str, environment: GateEnvironment, day: date | None = None
) -> Surroundings:
    """Return what an examination is made in.

    Args:
        session: reads what is in force.
        agency: whose processes.
        environment: what the application gives.
        day: the day whose rules count; today if none is given.
    """
    known = of_bundles(environment, bundles_in_force(session, agency))
    if not rule_store.holds_rules(session):
        return known
    wanted = day or clock.beijing_date(clock.now())
    rules = rule_store.rules_in_force(session, wanted)
    return replace(known, rules=rules, calendar=rule_store.calendar(session))

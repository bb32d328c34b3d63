"""The page that shows what history says of a process."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from engine import clock
from engine.store import definitions as stored
from webapp.api import limits
from webapp.context import bihuan, current_actor, reading
from webapp.policy import allow
from webapp.studio.analysis_page import analysis_page
from webapp.studio.views import blueprint
from workflows.analysis.analysis import Analysis, analysis, check_may_read, sees_cases
from workflows.analysis.cohort import LEVELS, PERIODS, Wanted
from workflows.domain import organisation
from workflows.running.incidents import numbers_of

READS = 60
"""A minute of one account: each counts thousands of cases."""

LONG = 10
"""Digits of a number that is no version."""


@blueprint.get("/definitions/<process>/analysis")
@allow.signed_in
def analyse(process: str) -> ResponseReturnValue:
    """Show where cases wait and go round, and what the current version would not let them."""
    limits.count("analysis", current_user.account_id, READS)
    actor, agency = current_actor(), bihuan().settings.agency
    with reading() as session:
        check_may_read(session, actor)
        found = analysis(session, _wanted(agency, process), named=sees_cases(session, actor))
        versions = stored.versions(session, process, agency=agency)
        bodies = {one.id: one for one in organisation.bodies(session)}
        numbers = _numbers(session, found)
    page = analysis_page(found, versions, bodies, numbers)
    return render_template("studio/analysis.html", page=page)


def _wanted(agency: str, process: str) -> Wanted:
    """Read what is asked for; what there is not counts as not asked for."""
    asked = request.args
    period, level, version = asked.get("period", ""), asked.get("level"), asked.get("version", "")
    return Wanted(
        agency,
        process,
        clock.now(),
        period if period in PERIODS else "365",
        int(version) if version.isascii() and version.isdecimal() and len(version) < LONG else None,
        level if level in LEVELS else None,
    )


def _numbers(session: Session, found: Analysis) -> dict[str, str]:
    known = found.conformance
    named = {case for one in known.deviations for case in one.cases}
    named |= {one.case_id for one in known.least}
    return numbers_of(session, sorted(named))

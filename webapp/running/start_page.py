"""What waits for the safety office: open incidents, and cases under an earlier version."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store import definitions
from engine.store.definitions import DefinitionVersion
from engine.work.incidents import TIMERS
from webapp.administration.sheet import Cell, Line, Link
from webapp.i18n.language import both, current_language, t
from webapp.presentation.remaining import instant_words
from webapp.running import migration_run_page
from workflows.running import incidents, migrating
from workflows.running.incidents import OfCase

START = "start:"


@dataclass(frozen=True)
class StartPage:
    """The lists of the page."""

    incidents: list[Line]
    versions: list[Line]
    runs: list[tuple[str, str, str, str, str]]


def start_page(session: Session, actor: Actor, agency: str) -> StartPage:
    """Return the page; NotAllowed outside the safety office."""
    found = incidents.listed(session, actor, agency)
    active = definitions.active(session, agency=agency)
    return StartPage(
        [_incident(one) for one in found],
        [_version(session, agency, one) for one in active],
        migration_run_page.listed(session, agency),
    )


def what_failed(found: OfCase) -> str:
    """Return in which kind of work the incident was met."""
    subject = found.incident.subject
    if subject == TIMERS:
        return t("running.timers")
    return t("running.began") if subject.startswith(START) else t("running.a_task")


def case_link(found: OfCase) -> Link:
    """Return the case of an incident, or that there is none."""
    if not found.number:
        return Link(t("running.no_case"))
    return Link(found.number, url_for("cases.show", case_id=found.incident.case_id))


def next_attempt(found: OfCase) -> str:
    """Return when the worker tries again, if it does."""
    if found.incident.retry_at is not None:
        return instant_words(found.incident.retry_at, current_language())
    return t("running.no_retry" if found.incident.subject == TIMERS else "running.by_hand")


def _incident(found: OfCase) -> Line:
    one = found.incident
    address = url_for("running.incident", incident_id=one.id)
    return Line(
        case_link(found),
        [
            Cell("running.what", what_failed(found)),
            Cell("running.why", both(one.message_zh, one.message)),
            Cell("running.at", instant_words(one.at, current_language())),
            Cell("running.attempts", str(one.attempts)),
            Cell("running.retry_at", next_attempt(found)),
        ],
        [Link(t("running.see"), address)],
    )


def _version(session: Session, agency: str, active: DefinitionVersion) -> Line:
    behind = migrating.behind(session, agency, active.process)
    said = [t("running.on_version", version=v, count=count) for v, count in behind.items()]
    address = url_for("running.preview", process=active.process, version=active.version)
    shown = url_for("studio.definition", process=active.process, version=active.version)
    return Line(
        Link(both(active.name_zh, active.name), shown),
        [
            Cell("running.in_force", t("studio.version_number", version=active.version)),
            Cell("running.behind", t("form.comma").join(said) or t("running.none_behind")),
        ],
        [Link(t("running.preview"), address)] if behind else [],
    )

"""The head and the facts of a case, from its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webapp.i18n.catalogue import pick, text
from webapp.presentation import labels
from webapp.presentation.facts import Fact
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import day_words, end_words, instant_words
from workflows.domain import extension_requests as requests
from workflows.domain import interview_entries as interview
from workflows.domain import ledger_flags, suspension
from workflows.domain.levels import origin_shown
from workflows.domain.org_facts import Body

Bodies = Mapping[str, Body]

WRITTEN = frozenset({"case.location", "case.criterion", "case.published", "case.taken_off"})
"""Facts in the words of whoever registered the hazard, or published it."""

PARTS = ("finder", "park_command", "industry_department", "town")


@dataclass(frozen=True)
class CaseFacts:
    """What the head of a case page and of its tasks says."""

    id: str
    number: str
    level: str | None
    state: str
    enterprise: str
    description: str
    what_lang: str
    flags: Sequence[str]
    facts: Sequence[Fact]


def body_name(bodies: Bodies, body: str | None, language: str) -> str:
    """Return the name of a body; an id that is not known any more is shown as it is."""
    if not body:
        return ""
    found = bodies.get(body)
    return pick(language, found.name_zh, found.name) if found else body


def is_town(bodies: Bodies, body: str | None) -> bool:
    """Return whether a body is a town, which stands for a park command outside the parks."""
    found = bodies.get(body or "")
    return found is not None and found.kind == "town"


def case_facts(
    case_id: str,
    document: Mapping[str, Any],
    state: str,
    bodies: Bodies,
    language: str,
    overdue_since: datetime | None = None,
) -> CaseFacts:
    """Return the head and facts of a case; the origin never tells a report from an inspection."""
    enterprise = document["enterprise"]
    name = pick(language, enterprise["name_zh"], enterprise["name"])
    return CaseFacts(
        id=case_id,
        number=document["number"],
        level=document["level"],
        state=state,
        enterprise=name,
        description=document["description"],
        what_lang=spoken(document["description"]),
        flags=[
            *_lateness(document, state, overdue_since, language),
            *(text(key, language) for key in _flags(document)),
        ],
        facts=list(_facts(document, name, bodies, language)),
    )


def _place(bodies: Bodies, body: str | None) -> str:
    return "case.town" if is_town(bodies, body) else "case.park"


def _flags(document: Mapping[str, Any]) -> list[str]:
    found = {
        "case.imminent": document["imminent"],
        "suspension.flag": suspension.of(document) is not None,
        "case.listed": ledger_flags.is_listed(document),
        "case.extension_pending": document["extension_pending"],
        "extension.second": requests.is_second(document),
        "extension.unfiled": requests.unfiled(document),
        "case.interview_late": interview.is_late(document),
    }
    return [key for key, holds in found.items() if holds]


def _lateness(
    document: Mapping[str, Any], state: str, since: datetime | None, language: str
) -> Iterator[str]:
    """Say that a case is late where its state, by precedence, says something else."""
    if since is not None and ledger_flags.hides_lateness(state, since):
        yield text("case.overdue_since", language, end=end_words(since, language))
    pending = requests.timely_pending(document)
    waits = ledger_flags.awaits_consent(state, since, pending=pending)
    if waits and state != ledger_flags.OVERDUE_PENDING:
        yield text("case.overdue_pending", language)


def _listing(listing: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return on which day and where the hazard was put on the public list, and taken off it."""
    on, off = listing.get("published_on"), listing.get("removed_on")
    return {
        "case.published": _announced(on, listing["medium"], language),
        "case.taken_off": _announced(off, listing["removed_medium"], language),
    }


def _announced(day: str | None, medium: str | None, language: str) -> str:
    if not day:
        return ""
    return f"{day_words(date.fromisoformat(day), language)} {medium or ''}".strip()


def _facts(
    document: Mapping[str, Any], enterprise: str, bodies: Bodies, language: str
) -> Sequence[Fact]:
    known = document["enterprise"]
    found = datetime.fromisoformat(document["found_at"])
    values = {
        "case.enterprise": enterprise,
        "case.location": document["location"],
        "case.category": labels.label(labels.CATEGORIES, document["category"], language),
        "case.found_at": instant_words(found, language),
        "case.source": labels.label(
            {"origin": origin_shown(document["source"])}, "origin", language
        ),
        "case.finder": body_name(bodies, document["bodies"].get("finder"), language),
        _place(bodies, known["park"]): body_name(bodies, known["park"], language),
        "case.department": body_name(bodies, known["industry_department"], language),
        "case.town": body_name(bodies, known["town"], language),
        "case.criterion": document["criterion"],
        **_listing(document["listing"], language),
    }
    return [
        Fact(text(key, language), value, written=key in WRITTEN)
        for key, value in values.items()
        if value
    ]

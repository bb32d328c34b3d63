"""Listed supervision as all sides see it: why, by whom, published where, reported on until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.clock import beijing_date
from webapp.cases.panel_words import PanelWords
from webapp.presentation.facts import Fact
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import Remaining, day_words, due_words, remaining
from workflows.domain import ledger_flags
from workflows.domain import listing as rules
from workflows.domain.listing_progress import AUTHORITY

Listing = Mapping[str, Any]

_TONES = {"to_publish": "warning", "to_remove": "warning", "up": "info", "removed": "quiet"}


@dataclass(frozen=True)
class Report:
    """One report of progress."""

    progress: str
    lang: str
    line: str
    tags: Sequence[str]


@dataclass(frozen=True)
class ListingPanel:
    """The listing of a case in words."""

    title: str
    status: str
    tone: str
    tags: Sequence[str]
    due: str
    left: Remaining | None
    notes: Sequence[str]
    facts: Sequence[Fact]
    reports: Sequence[Report]
    awaits_reports: bool


def listing_panels(words: PanelWords) -> list[ListingPanel]:
    """Return the listing of a case; none where it is not listed and never was."""
    found = words.document["listing"]
    status = _status(found, words)
    return [_panel(found, status, words)] if status else []


def _status(found: Listing, words: PanelWords) -> str:
    if found.get("removed_at"):
        return "removed"
    listed = ledger_flags.is_listed(words.document)
    if listed and found["to_publish"]:
        return "to_publish"
    if not found["published"]:
        return ""
    return "up" if listed else "to_remove"


def _panel(found: Listing, status: str, words: PanelWords) -> ListingPanel:
    due = found["progress_due"] if status == "up" else None
    at = datetime.fromisoformat(due) if due else None
    again = status == "to_publish" and found["published"]
    grade = found["grade"] or (found.get("ended") or {}).get("grade")
    return ListingPanel(
        title=words.say(f"listing.grade_{grade}") if grade else words.say("panel.listing"),
        status=words.say(f"listing.status_{status}"),
        tone=_TONES[status],
        tags=[],
        due=due_words(at, words.language) if at else "",
        left=remaining(at, words.now, words.language) if at else None,
        notes=[words.say("listing.again")] if again else [],
        facts=_facts(found, words),
        reports=[_report(one, words) for one in reversed(found["reports"])],
        awaits_reports=status == "up",
    )


def _facts(found: Listing, words: PanelWords) -> list[Fact]:
    notice = found.get("notice") or {}
    short = {
        "listing.body": words.body("listing_body"),
        "case.published": _where(found, "published_on", "medium", words),
        "case.taken_off": _where(found, "removed_on", "removed_medium", words),
        "listing.finish_by": words.day(notice.get("finish_by")),
        "listing.frequency": notice.get("frequency") or "",
        "listing.missed": words.say("list.or").join(_missed(found, words)),
    }
    long = {
        "listing.grounds": words.say("panel.then").join(_grounds(found, words)),
        "listing.basis": notice.get("basis") or "",
    }
    return [*words.facts(short), *words.facts(long, whole=long)]


def _missed(found: Listing, words: PanelWords) -> list[str]:
    return [words.day(one["due_date"]) for one in found.get("missed") or ()]


def _where(found: Listing, day: str, medium: str, words: PanelWords) -> str:
    return f"{words.day(found.get(day))} {found.get(medium) or ''}".strip()


def _grounds(found: Listing, words: PanelWords) -> Iterator[str]:
    for one in rules.grounds(dict(found)):
        at = datetime.fromisoformat(one["at"]) if one["at"] else None
        ground = words.say(f"listing.ground_{one['ground']}")
        day = day_words(beijing_date(at), words.language) if at else ""
        yield words.say("listing.ground", ground=ground, day=day) if day else ground


def _report(one: Listing, words: PanelWords) -> Report:
    tags = [words.say("listing.noted" if one["noted"] else "listing.not_noted")]
    if one.get("written_by") == AUTHORITY:
        tags.insert(0, words.say("listing.proxy"))
    if one.get("percent") is not None:
        tags.insert(0, words.say("listing.percent", percent=f"{one['percent']:g}"))
    line = words.say("interview.reported", who=words.person(one["by"]), at=words.at(one["at"]))
    return Report(one["progress"] or "", spoken(one["progress"] or ""), line, tags)

"""Enforcement after an expiry: decision with reasons, measures; to most, only what is served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.cases.panel_words import PanelWords
from webapp.cases.referral_table import Referral, referral
from webapp.presentation import labels
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import last_day
from workflows.domain import extension_requests as requests
from workflows.domain.deadline import Deadline
from workflows.domain.enforcement.opening import DECIDED, RECTIFIED
from workflows.domain.enforcement_entries import mandatory_for
from workflows.domain.levels import EXITS
from workflows.domain.told import Told

Entry = Mapping[str, Any]

MEASURES = ("stop_measures", "penalty", "power_cut")
"""Measures against the enterprise itself; a referral is not among them."""


@dataclass(frozen=True)
class EnforcementPanel:
    """One entry in words."""

    number: int
    title: str
    status: str
    tone: str
    tags: Sequence[str]
    notes: Sequence[str]
    facts: Sequence[Fact]
    measures: Sequence[Fact]
    referral: Referral | None


def enforcement_panels(words: PanelWords) -> list[EnforcementPanel]:
    """Return the entries that the reader may see, the latest first."""
    found = words.document.get("enforcements") or ()
    return [_panel(entry, words) for entry in reversed(found)]


def _panel(entry: Entry, words: PanelWords) -> EnforcementPanel:
    status, tone = _status(entry, words)
    return EnforcementPanel(
        number=entry["number"],
        title=words.say("enforcement.title", number=entry["number"]),
        status=words.say(status),
        tone=tone,
        tags=[words.say(f"enforcement.{one}") for one in mandatory_for(entry)],
        notes=list(_notes(entry, words)),
        facts=_facts(entry, words),
        measures=[Fact("", one, written=True) for one in _measures(entry, words)],
        referral=referral(entry, words),
    )


def _status(entry: Entry, words: PanelWords) -> tuple[str, str]:
    """Until a measure is served, who may not know drafts is told that the expiry was noted."""
    if not words.sources.reader.drafts and not _relieved(entry):
        served = any(True for _ in _measures(entry, words))
        return ("enforcement.pursued", "danger") if served else ("enforcement.noted", "quiet")
    if entry["lapsed"]:
        return "enforcement.lapsed", "quiet"
    if entry["decision"] is None:
        return "enforcement.waiting", "warning"
    if entry["decision"]["pursue"]:
        return "enforcement.pursued", "danger"
    return "enforcement.not_pursued", "quiet"


_WHY = {DECIDED: "enforcement.covered_why", RECTIFIED: "enforcement.rectified_why"}
"""Why an entry lapsed, where no extension took its expiry back."""


def _relieved(entry: Entry) -> bool:
    return bool(entry["lapsed"]) and entry["lapsed"]["cause"] not in EXITS


def _notes(entry: Entry, words: PanelWords) -> Iterator[str]:
    if _relieved(entry):
        yield words.say(_WHY.get(entry["lapsed"]["cause"], "enforcement.lapsed_why"))
    elif not words.sources.reader.drafts:
        yield words.say("enforcement.noted_why")
    elif entry["lapsed"]:
        yield words.say("enforcement.ended_why")
    elif entry["decision"] is None:
        for one in mandatory_for(entry) or ("first",):
            yield words.say(f"enforcement.waiting_{one}")
        if requests.timely_pending(words.document):
            yield words.say("enforcement.withheld")
        elif {int(number) for number in entry["passed"]} <= {
            *requests.answers_owed(words.document)
        }:
            yield words.say("enforcement.withheld_order")


def _facts(entry: Entry, words: PanelWords) -> list[Fact]:
    decision = entry["decision"] or {}
    rows = [words.row(number) for number in entry["expiries"]]
    dates = [_expiry(row, entry, words) for row in rows if row is not None]
    who = {"who": words.person(decision.get("by")), "at": words.at(decision.get("at"))}
    short = {
        "enforcement.expiries": words.say("list.or").join(dates),
    }
    if not words.sources.reader.drafts:
        return words.facts(short)
    short["enforcement.decided"] = words.say("enforcement.by_at", **who) if decision else ""
    reason = {"enforcement.reason": decision.get("reason") or ""}
    return [*words.facts(short), *words.facts(reason, whole=reason)]


def _expiry(row: Deadline, entry: Entry, words: PanelWords) -> str:
    """Say which date passed and on what day: the row may have been moved since."""
    at = (entry.get("passed") or {}).get(str(row.number))
    day = last_day(datetime.fromisoformat(at)) if at else row.due_date
    return words.say(
        "enforcement.expiry",
        kind=labels.label(labels.DEADLINES, row.kind, words.language),
        day=words.day(day.isoformat()),
    )


def _measures(entry: Entry, words: PanelWords) -> Iterator[str]:
    reader = words.sources.reader
    chosen = (entry["decision"] or {}).get("measures") or ()
    for name in MEASURES:
        served = entry[name] is not None and reader.may(Told.SERVED)
        if name in chosen and (served or reader.drafts):
            yield _measure(name, entry, words)


def _measure(name: str, entry: Entry, words: PanelWords) -> str:
    title, done = words.say(f"enforcement.{name}"), entry[name]
    if done is None:
        return _undone(name, title, entry, words)
    who, at = words.person(done["by"]), words.at(done["at"])
    said = [words.say("enforcement.done", name=title, who=who, at=at), *_detail(done, words)]
    return words.say("panel.then").join(said)


def _undone(name: str, title: str, entry: Entry, words: PanelWords) -> str:
    left = (entry.get("not_carried_out") or {}).get(name)
    if left is None:
        return words.say(
            "enforcement.not_done" if entry.get("ended") else "enforcement.to_do", name=title
        )
    who, at = words.person(left["by"]), words.at(left["at"])
    return words.say("enforcement.left", name=title, who=who, at=at, reason=left["reason"])


def _detail(done: Entry, words: PanelWords) -> Iterator[str]:
    amount = done.get("amount")
    found = {
        "enforcement.scope": done.get("scope"),
        "enforcement.basis": done.get("basis"),
        "enforcement.amount": words.say("enforcement.yuan", amount=amount) if amount else None,
        "enforcement.paper": done.get("paper_number"),
        "enforcement.supplier": done.get("supplier"),
        "enforcement.cut_at": words.at(done.get("cut_at")),
    }
    for key, value in found.items():
        if value:
            yield f"{words.say(key)}{words.say('form.colon')}{value}"

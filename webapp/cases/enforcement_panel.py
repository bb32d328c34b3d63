"""Enforcement after an expiry: decision with reasons, measures; the referral for authorities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.cases.panel_words import PanelWords
from webapp.cases.referral_table import Referral, referral
from webapp.presentation import labels
from webapp.presentation.facts import Fact
from workflows.domain.levels import EXITS

Entry = Mapping[str, Any]

MEASURES = ("stop_measures", "penalty", "power_cut")
"""Measures that the enterprise is told of; a referral is not among them."""


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
    status, tone = _status(entry)
    return EnforcementPanel(
        number=entry["number"],
        title=words.say("enforcement.title", number=entry["number"]),
        status=words.say(status),
        tone=tone,
        tags=[words.say("enforcement.mandatory")] if entry["mandatory"] else [],
        notes=list(_notes(entry, words)),
        facts=_facts(entry, words),
        measures=[Fact("", one, written=True) for one in _measures(entry, words)],
        referral=referral(entry, words) if words.sources.authority else None,
    )


def _status(entry: Entry) -> tuple[str, str]:
    if entry["lapsed"]:
        return "enforcement.lapsed", "quiet"
    if entry["decision"] is None:
        return "enforcement.waiting", "warning"
    if entry["decision"]["pursue"]:
        return "enforcement.pursued", "danger"
    return "enforcement.not_pursued", "quiet"


def _notes(entry: Entry, words: PanelWords) -> Iterator[str]:
    if entry["lapsed"]:
        granted = entry["lapsed"]["cause"] not in EXITS
        yield words.say("enforcement.lapsed_why" if granted else "enforcement.ended_why")
    elif entry["decision"] is None:
        mandatory = entry["mandatory"]
        first = "enforcement.waiting_first"
        yield words.say("enforcement.waiting_mandatory" if mandatory else first)
        if words.document["extension_pending"]:
            yield words.say("enforcement.withheld")


def _facts(entry: Entry, words: PanelWords) -> list[Fact]:
    decision = entry["decision"] or {}
    rows = [words.row(number) for number in entry["expiries"]]
    dates = [
        words.say(
            "enforcement.expiry",
            kind=labels.label(labels.DEADLINES, row.kind, words.language),
            day=words.day(row.due_date.isoformat()),
        )
        for row in rows
        if row is not None
    ]
    who = {"who": words.person(decision.get("by")), "at": words.at(decision.get("at"))}
    short = {
        "enforcement.expiries": words.say("list.or").join(dates),
        "enforcement.decided": words.say("enforcement.by_at", **who) if decision else "",
    }
    if not words.sources.authority:
        return words.facts(short)
    reason = {"enforcement.reason": decision.get("reason") or ""}
    return [*words.facts(short), *words.facts(reason, whole=reason)]


def _measures(entry: Entry, words: PanelWords) -> Iterator[str]:
    chosen = (entry["decision"] or {}).get("measures") or ()
    for name in MEASURES:
        if name in chosen:
            yield _measure(name, entry[name], words)


def _measure(name: str, done: Entry | None, words: PanelWords) -> str:
    title = words.say(f"enforcement.{name}")
    if done is None:
        return words.say("enforcement.to_do", name=title)
    who, at = words.person(done["by"]), words.at(done["at"])
    said = [words.say("enforcement.done", name=title, who=who, at=at), *_detail(done, words)]
    return words.say("panel.then").join(said)


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

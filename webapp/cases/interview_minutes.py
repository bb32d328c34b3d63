"""What an interview fixed, and what the enterprise reported on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.cases.panel_words import Link, PanelWords
from webapp.presentation.facts import Fact
from workflows.domain import interview_dates as dates

Entry = Mapping[str, Any]
_TAKEN_AWAY = ("relieved", "replaced", "voided")


@dataclass(frozen=True)
class Minutes:
    """The minutes in words."""

    facts: Sequence[Fact]
    recording: Sequence[Link]


def minutes(entry: Entry, words: PanelWords) -> Minutes | None:
    """Return the minutes of an interview that was held, or the record of a talk."""
    held = entry["held"]
    if held is None:
        return _talk(entry, words)
    refused = held["refused_to_sign"]
    short = {
        "interview.held_at": words.at(held["at"]),
        "interview.final_date": _final(held, words),
        "interview.final_fixed": words.at((held.get("fixed") or {}).get("at")),
        "interview.recorder": held["recorder"] or "",
        "interview.attendees": held["attendees"] or "",
        "interview.signature": words.say("interview.refused" if refused else "interview.signed"),
    }
    said = {
        "interview.explanation": held["explanation"] or "",
        "interview.commitment": held["commitment"] or "",
    }
    facts = [*words.facts(short), *_decisions(held, words), *words.facts(said, whole=said)]
    return Minutes(facts, words.links(held["recording"]))


def _final(held: Entry, words: PanelWords) -> str:
    """Return the final date, and that it no longer stands where it was taken away since."""
    day = words.day(held["final_date"])
    rows = [one for one in words.deadlines if one.kind == "final"]
    own = [one for one in rows if one.started_at.isoformat() == dates.final_said(held)["at"]]
    if not day or not own or own[-1].state not in _TAKEN_AWAY:
        return day
    since = own[-1].set_at
    extended = any(
        change.cause == "extension" and change.at >= since
        for one in words.deadlines
        for change in one.changes
        if one.running
    )
    return words.say("interview.final_moved" if extended else "interview.final_gone", day=day)


def report(entry: Entry, words: PanelWords) -> list[Fact]:
    """Return the enterprise's report once it is given."""
    given = entry["report"]
    if given is None:
        return []
    key = "interview.reported_late" if given.get("late") else "interview.reported"
    who = words.say(key, who=words.person(given["by"]), at=words.at(given["at"]))
    text = {"interview.report_text": given["text"] or ""}
    return [Fact(words.say("interview.noticed_report"), who), *words.facts(text, whole=text)]


def _decisions(held: Entry, words: PanelWords) -> list[Fact]:
    """By when each silent signatory decides, and who let that day pass: that is no consent."""
    known = dates.decisions(held, words.deadlines)
    return [
        Fact(
            words.say("interview.decision_date", body=words.signatory(part)),
            words.say("interview.undecided", day=words.day(day))
            if part in known and known[part].state == "expired"
            else words.day(day),
        )
        for part, day in held["decision_dates"].items()
    ]


def _talk(entry: Entry, words: PanelWords) -> Minutes | None:
    talk = entry.get("talk")
    if talk is None:
        return None
    spoken_to = talk.get("spoken_to") or ""
    facts = words.facts({"interview.held_at": words.at(talk["at"]), "interview.invitee": spoken_to})
    record = {"interview.talked": talk["record"] or ""}
    return Minutes([*facts, *words.facts(record, whole=record)], [])

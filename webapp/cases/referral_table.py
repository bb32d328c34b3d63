"""The referral: its check list for its team, to those who know drafts whether it is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.cases.panel_words import Link, PanelWords
from webapp.presentation.facts import Fact
from webapp.presentation.naming import spoken
from workflows.domain.enforcement.referral import NAMES


@dataclass(frozen=True)
class Element:
    """One element of the crime as two officers found it."""

    name: str
    met: bool
    words: str
    note: str
    lang: str
    evidence: Sequence[Link]


@dataclass(frozen=True)
class Referral:
    """The check list with what became of it."""

    status: str
    elements: Sequence[Element]
    facts: Sequence[Fact]


def referral(entry: Mapping[str, Any], words: PanelWords) -> Referral | None:
    """Return what the reader may know of a referral; None where that is nothing."""
    found, reader = entry["referral"], words.sources.reader
    if found is None:
        return None
    if reader.team:
        elements = [_element(one, words) for one in found["elements"]]
        return Referral(words.say(_status(found)), elements, _facts(found, words))
    if reader.drafts:
        decided = _status(found) if found["decided_at"] else "enforcement.to_refer"
        return Referral(words.say(decided), (), words.facts(_taken(found, words)))
    return None


def _status(found: Mapping[str, Any]) -> str:
    if found["decided_at"]:
        return "enforcement.refer" if found["refer"] else "enforcement.no_refer"
    return "enforcement.to_refer" if len(found["officers"]) > 1 else "enforcement.checking"


def _element(one: Mapping[str, Any], words: PanelWords) -> Element:
    note = one["note"] or ""
    return Element(
        name=words.pick(NAMES.get(one["element"], (one["element"],) * 2)),
        met=one["met"],
        words=words.say("enforcement.yes" if one["met"] else "enforcement.no"),
        note=note,
        lang=spoken(note),
        evidence=words.links(one["evidence"]),
    )


def _facts(found: Mapping[str, Any], words: PanelWords) -> list[Fact]:
    receipt = found["receipt"] or {}
    officers = [words.person(one) for one in found["officers"]]
    short = {
        "enforcement.officers": words.say("list.or").join(officers),
        **_taken(found, words),
        "enforcement.receipt": receipt.get("number") or "",
    }
    reason = {"enforcement.reason": found["reason"] or ""}
    return [*words.facts(short), *words.facts(reason, whole=reason)]


def _taken(found: Mapping[str, Any], words: PanelWords) -> dict[str, str]:
    """Who decided when, and when the police had it."""
    who = {"who": words.person(found["decided_by"]), "at": words.at(found["decided_at"])}
    return {
        "enforcement.decided": words.say("enforcement.by_at", **who) if found["decided_at"] else "",
        "enforcement.handed_over": words.at(found["handed_over_at"]),
    }

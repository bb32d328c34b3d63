"""The referral's check list as a table, for authorities alone."""

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
    """Return the check list; None where no referral was chosen."""
    found = entry["referral"]
    if found is None:
        return None
    return Referral(
        status=words.say(_status(found)),
        elements=[_element(one, words) for one in found["elements"]],
        facts=_facts(found, words),
    )


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
    decided = {"who": words.person(found["decided_by"]), "at": words.at(found["decided_at"])}
    receipt = found["receipt"] or {}
    officers = [words.person(one) for one in found["officers"]]
    short = {
        "enforcement.officers": words.say("list.or").join(officers),
        "enforcement.decided": words.say("enforcement.by_at", **decided)
        if found["decided_at"]
        else "",
        "enforcement.handed_over": words.at(found["handed_over_at"]),
        "enforcement.receipt": receipt.get("number") or "",
    }
    reason = {"enforcement.reason": found["reason"] or ""}
    return [*words.facts(short), *words.facts(reason, whole=reason)]

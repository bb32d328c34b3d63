"""The case page put together: head, next steps, acts, and the parts it shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from engine.ports import Act, Actor
from webapp.cases.asking import REQUEST, WITHDRAW, Ask, ask_for_time
from webapp.cases.parts import NextStep, SharedParts, next_steps, shared_parts
from webapp.cases.sources import CaseSources
from webapp.cases.standing_still import StandingStill, standing_still
from webapp.i18n.catalogue import pick, text
from webapp.presentation.case_facts import body_name, is_town
from webapp.presentation.facts import Fact

BODY_PARTS = {
    "finder": "case.finder",
    "park_command": "case.command",
    "industry_department": "case.department",
    "emergency_bureau": "case.bureau",
    "listing_body": "case.listing_body",
}


@dataclass(frozen=True)
class OfferedAct:
    """An act that the reader may perform now."""

    name: str
    title: str


@dataclass(frozen=True)
class Newer:
    """A process of the case that runs under an earlier version than the one in force."""

    words: str
    address: str


@dataclass(frozen=True)
class CasePage:
    """What the case template shows."""

    parts: SharedParts
    open: bool
    next: Sequence[NextStep]
    acts: Sequence[OfferedAct]
    ask: Ask | None
    bodies: Sequence[Fact]
    back: str
    incidents: bool
    newer: Sequence[Newer] = ()
    still: StandingStill | None = None


def case_page(
    sources: CaseSources, acts: Sequence[Act], actor: Actor, now: datetime, language: str
) -> CasePage:
    """Return the page of a case for a person."""
    mine = frozenset(task.id for task in sources.open_tasks if task.is_for(actor))
    shown = shared_parts(sources, now, language)
    return CasePage(
        parts=shown,
        open=sources.record.open,
        next=next_steps(sources, mine, now, language),
        acts=[
            OfferedAct(act.name, pick(language, act.title_zh, act.title))
            for act in acts
            if act.name not in (REQUEST, WITHDRAW)
        ],
        ask=ask_for_time(sources, acts, now, language),
        bodies=list(_bodies(sources, shown, language)),
        back=url_for("ledger.show") if sources.reader.authority else url_for("ledger.my_cases"),
        incidents=sources.authority and sources.record.open_incidents > 0,
        newer=list(_newer(sources, language)),
        still=standing_still(sources, language) if sources.record.open else None,
    )


def _newer(sources: CaseSources, language: str) -> Iterator[Newer]:
    """Name what could be taken to the version in force; the safety office is shown it."""
    for one in sources.instances:
        known = sources.definitions.get(one.process)
        if known is None or one.status != "live" or one.version >= known.version:
            continue
        words = text(
            "migrate.newer",
            language,
            name=pick(language, known.name_zh, known.name),
            before=one.version,
            version=known.version,
        )
        case_id, version = sources.record.id, known.version
        address = url_for("running.preview", process=one.process, version=version, case=case_id)
        yield Newer(words, address)


def _bodies(sources: CaseSources, shown: SharedParts, language: str) -> Iterator[Fact]:
    """Name the bodies of the case; one supervises only what is listed, or was."""
    named = sources.record.document["bodies"]
    for part, key in BODY_PARTS.items():
        if named.get(part) and (part != "listing_body" or shown.panels.listings):
            label = text(_body_key(sources, key, named[part]), language)
            yield Fact(label, body_name(sources.bodies, named[part], language))


def _body_key(sources: CaseSources, key: str, body: str) -> str:
    town = key == "case.command" and is_town(sources.bodies, body)
    return "case.command_town" if town else key

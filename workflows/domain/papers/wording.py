"""The words that papers are filled with: names as they are now, dates, pairs of languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine import clock
from engine.errors import NotFound
from engine.ports import Context, JsonMap
from workflows.domain import evidence, instants, organisation, zone
from workflows.domain.hazard_case import HazardCase

LEVELS = {
    "general": ("一般隐患", "General"),
    "larger": ("较大隐患", "Larger"),
    "major": ("重大隐患", "Major"),
}


def both(zh: str, en: str) -> JsonMap:
    """Return a value in both languages."""
    return {"zh": zh, "en": en}


def body(body_id: str | None, context: Context) -> JsonMap | None:
    """Return what a body is called."""
    if not body_id:
        return None
    try:
        found = zone.body(context, body_id)
    except NotFound:
        return both(body_id, body_id)
    return both(found.name_zh, found.name)


def person(person_id: str | None, context: Context) -> JsonMap | None:
    """Return what a person is called."""
    found = organisation.names(context.session, [person_id] if person_id else [])
    if person_id is None:
        return None
    one = found.get(person_id)
    return both(one.name_zh, one.name) if one else both(person_id, person_id)


def moment(text: str | None) -> str | None:
    """Return a stored instant as Beijing writes it."""
    at = instants.optional(text)
    return clock.beijing(at).strftime("%Y-%m-%d %H:%M") if at else None


def files(ids: Iterable[str] | None, context: Context) -> list[str]:
    """Return the names of files with the beginning of their hashes."""
    found = [evidence.get(context.session, one) for one in ids or ()]
    return [f"{one.name}（SHA-256 {one.sha256[:12]}…）" for one in found]


def unit(case: HazardCase) -> JsonMap:
    """Return the enterprise as the case has it."""
    enterprise = case.data["enterprise"]
    return both(enterprise["name_zh"], enterprise["name"])


def situation(case: HazardCase) -> JsonMap:
    """Return the hazard in a sentence: number, level, place, what is wrong."""
    zh, en = LEVELS.get(str(case.data["level"]), ("", ""))
    number, place, what = (case.data[name] for name in ("number", "location", "description"))
    return both(f"{number}（{zh}）{place}：{what}", f"{number} ({en}) {place}: {what}")


def signatory(word: Mapping[str, Any], context: Context) -> JsonMap:
    """Return who signed: body, person, when, decision, opinion."""
    return {
        "body": body(word.get("body"), context),
        "person": person(word.get("by"), context),
        "acting_for": word.get("acting_for"),
        "at": moment(word.get("at")),
        "decision": word.get("decision"),
        "opinion": word.get("opinion"),
    }

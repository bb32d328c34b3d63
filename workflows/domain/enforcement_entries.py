"""The enforcements of a case: one entry from an expiry to what was done about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from engine.errors import Incident
from engine.ports import JsonMap
from workflows.domain import enforcement_dates as dates
from workflows.domain import instants
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import ENTERPRISE_DATES, HazardCase

DATES = (*ENTERPRISE_DATES, "final")
"""Dates of the enterprise whose passing opens enforcement."""

MEASURES = ("stop_measures", "penalty", "power_cut", "referral")

SECOND, NO_SHOW = "second_expiry", "no_show"
"""Why not to pursue is no answer: a second expiry, or nobody came to the interview."""


def undecided(case: HazardCase) -> JsonMap | None:
    """Return the entry that still awaits its decision, if there is one."""
    found = (one for one in _all(case) if one["decision"] is None and one["lapsed"] is None)
    return next(found, None)


def of(case: HazardCase, token: Mapping[str, Any]) -> JsonMap:
    """Return the entry that a token belongs to; the last one where it names none."""
    number = token.get("enforcement")
    named = [one for one in _all(case) if number in (None, one["number"])]
    if not named:
        raise Incident("Expected an enforcement, but there is none", "没有执法事项")
    return named[-1]


def keep(case: HazardCase, entry: JsonMap) -> None:
    """Put an entry in the place of the one with its number, or after all."""
    others = [one for one in _all(case) if one["number"] != entry["number"]]
    case.data["enforcements"] = sorted([*others, entry], key=lambda one: int(one["number"]))


def expired_rows(case: HazardCase, entry: JsonMap) -> list[Deadline]:
    """Return the dates of an entry that passed when it was noted and were not relieved since."""
    return dates.standing(entry, case.deadlines)


def countable_rows(case: HazardCase, entry: JsonMap) -> list[Deadline]:
    """Return the dates of an entry that count: not an order's while its issuer owes an answer."""
    return dates.countable(case.data, case.deadlines, entry)


def noted(entry: JsonMap, rows: list[Deadline]) -> JsonMap:
    """Return an entry that names dates which passed, each with when it did."""
    passed = {**entry["passed"], **{str(row.number): dates.instant(row) for row in rows}}
    return {**entry, "expiries": sorted(map(int, passed)), "passed": passed}


def weighed(case: HazardCase, entry: JsonMap) -> JsonMap:
    """Return an entry that tells whether it has to be pursued, and why."""
    found = grounds(case, entry)
    return {**entry, "mandatory": bool(found), "grounds": found}


def grounds(case: HazardCase, entry: JsonMap) -> list[str]:
    """Return why an entry has to be pursued: a second expiry of the hazard, or a no-show."""
    return [
        *[SECOND] * _is_second(case, entry),
        *[NO_SHOW] * any(_nobody_came(case, row) for row in countable_rows(case, entry)),
    ]


def mandatory_for(told: Mapping[str, Any]) -> list[str]:
    """Return the grounds that are on record; earlier versions knew a second expiry only."""
    found: list[str] = told.get("grounds") or [SECOND] * bool(told.get("mandatory"))
    return found


def _is_second(case: HazardCase, entry: JsonMap) -> bool:
    """Return whether another date of the hazard passed before, in the entry or decided on.

    Whatever was decided on it, and under whichever paper. A date that passed again because its
    extension was undone is one and the same expiry.
    """
    late = {row.expired_at for row in countable_rows(case, entry)}
    return len(late) > 1 or bool(dates.decided(case.data, case.deadlines, entry) - late)


def _nobody_came(case: HazardCase, row: Deadline) -> bool:
    """Return whether nobody came to an interview about the passing of a date."""
    return any(
        one["deadline"] == row.number
        and row.expired_at is not None
        and row.expired_at <= instants.stored(one["opened_at"])
        and bool(one.get("no_shows"))
        for one in case.data["interviews"]
    )


def owed_rows(case: HazardCase, entry: JsonMap) -> list[Deadline]:
    """Return the dates of an entry on whose passing nobody has decided yet."""
    return dates.owed(case.data, case.deadlines, entry)


def deciding_on(case: HazardCase, rows: list[Deadline]) -> JsonMap | None:
    """Return the entry that has decided on the passing of dates: all of one lateness."""
    late = {(row.round, row.expired_at) for row in rows}
    for one in reversed(_all(case)):
        known = {(row.round, row.expired_at) for row in expired_rows(case, one)}
        if one["decision"] and not one["lapsed"] and late <= known:
            return one
    return None


def weigh_anew(case: HazardCase) -> None:
    """See again whether what is undecided has to be pursued."""
    entry = undecided(case)
    if entry is not None:
        keep(case, weighed(case, entry))


def relieve(case: HazardCase, since: datetime | None, numbers: Collection[int] = ()) -> None:
    """Take what has passed since an instant, and dates by number, out of what is undecided.

    Nothing left, it lapses.
    """
    entry = undecided(case)
    if entry is None:
        return
    left = {
        number: at
        for number, at in entry["passed"].items()
        if int(number) not in numbers and (since is None or instants.stored(at) < since)
    }
    if left != entry["passed"]:
        keep(case, weighed(case, {**entry, "passed": left}))


def end_open(case: HazardCase, cause: str, at: datetime) -> list[int]:
    """End what was not decided or not carried out when the case left; name the entries.

    What was decided stands on record, with when and why the rest of it ended.
    """
    found = [one for one in _all(case) if one["lapsed"] is None and is_open(one)]
    for entry in found:
        name = "lapsed" if entry["decision"] is None else "ended"
        keep(case, {**entry, name: {"at": at.isoformat(), "cause": cause}})
    return [int(one["number"]) for one in found]


def is_open(entry: JsonMap) -> bool:
    """Return whether a decision, a chosen measure or a referral is still to be done."""
    decision = entry["decision"]
    if decision is None:
        return True
    done = {"referral", *left_undone(entry)}
    chosen = [name for name in decision["measures"] if name not in done]
    return any(entry[name] is None for name in chosen) or _refers(entry["referral"])


def left_undone(entry: JsonMap) -> JsonMap:
    """Return the measures that were decided and not carried out, each with who, when and why."""
    found: JsonMap = entry.get("not_carried_out") or {}
    return found


def _refers(referral: JsonMap | None) -> bool:
    if referral is None:
        return False
    decided = referral["decided_at"] is not None
    return not decided or (referral["refer"] and referral["handed_over_at"] is None)


def stopped_at(case: HazardCase) -> str | None:
    """Return since when the hazard is under a decision to evacuate or to stop; None without one."""
    return min(
        (one["stop_measures"]["at"] for one in _all(case) if one["stop_measures"]), default=None
    )


def referral_under_way(case: HazardCase) -> JsonMap | None:
    """Return the entry whose referral is not decided yet; there is one at most."""
    found = (
        one
        for one in _all(case)
        if one["referral"] and not one["referral"]["decided_at"] and not one.get("ended")
    )
    return next(found, None)


def checkers(case: HazardCase) -> list[str]:
    """Return the officers who checked the elements of the referral that is not decided yet."""
    entry = referral_under_way(case)
    return [str(person) for person in entry["referral"]["officers"]] if entry else []


def opened(case: HazardCase, at: datetime) -> JsonMap:
    """Return a new entry."""
    return {
        "number": len(_all(case)) + 1,
        "expiries": [],
        "passed": {},
        "mandatory": False,
        "grounds": [],
        "opened_at": at.isoformat(),
        "decision": None,
        "lapsed": None,
        "ended": None,
        "not_carried_out": {},
        **dict.fromkeys(MEASURES),
    }


def _all(case: HazardCase) -> list[JsonMap]:
    found: list[JsonMap] = case.data["enforcements"]
    return found

"""What an expiry brings about in a simulation: interviews, final dates, enforcement."""

from __future__ import annotations

from collections.abc import Mapping

from engine.simulation.calendars import DAY
from engine.simulation.world import Stage
from workflows.simulation import extending
from workflows.simulation.dates import day_of, end_of
from workflows.simulation.state import Enforcement, Facts, Interview, Limit
from workflows.simulation.zone import Zone


def expire(facts: Facts, stage: Stage) -> str:
    """Record the date that passed."""
    limit = facts.awaited()
    if limit is None or limit.due > stage.now:
        return "none"
    limit.state, limit.expired_at = "expired", limit.due
    facts.was_overdue = True
    pending = facts.undecided
    if pending is not None and not pending.timely and pending.limit is limit:
        extending.groundless(facts, stage.now)
    return limit.kind


def open_interview(zone: Zone, facts: Facts, stage: Stage) -> int:
    """Owe an interview, or a talk; 0 where this lateness has had one."""
    expired = facts.expired
    if expired is None:
        return 0
    same = [i for i in facts.interviews if i.limit is expired and i.day == expired.day]
    if same and same[-1].relieved_at is None:
        return 0
    owed = facts.level in zone.rules.words("interview.levels")
    due = None
    if owed:
        day = expired.day + zone.rules.whole("interview.due_days")
        due = end_of(day if facts.level == "major" else zone.days.rolled(day))
    entry = Interview(
        number=len(facts.interviews) + 1,
        limit=expired,
        day=expired.day,
        kind="interview" if owed else "talk",
        opened_at=stage.now,
        due=due,
    )
    facts.interviews.append(entry)
    return entry.number


def interview_of(facts: Facts, flags: Mapping[str, object]) -> Interview:
    """Return the interview that a token bears, else the last one."""
    number = flags.get("interview")
    found = [one for one in facts.interviews if one.number == number]
    return found[0] if found else facts.interviews[-1]


def keep_host(facts: Facts, flags: Mapping[str, object]) -> None:
    """Keep the host that the table names."""
    named = flags.get("matrix")
    host = named.get("host") if isinstance(named, Mapping) else named
    interview_of(facts, flags).host = str(host or "park_command")


def met(facts: Facts, flags: Mapping[str, object], stage: Stage) -> None:
    """Take what became of a meeting."""
    entry = interview_of(facts, flags)
    if flags.get("outcome") == "no_show":
        entry.no_shows += 1
        entry.host = "leader_principal"
    elif flags.get("outcome") != "postponed":
        entry.held_at = stage.now


def final_date(zone: Zone, facts: Facts, stage: Stage) -> str:
    """Start the final date of the minutes, where no other date runs and no request waits."""
    under_way = facts.phase in ("planning", "rectifying", "rechecking")
    request = facts.undecided
    silent = request is not None and request.timely and request.status == "pending"
    if facts.running() is None and not silent and under_way:
        day = day_of(stage.now) + zone.rules.whole("interview.final_date_max_days")
        facts.limits.append(Limit("final", day, end_of(day)))
    return "done"


def open_enforcement(facts: Facts, stage: Stage) -> int:
    """Note the date that passed; 0 where it was decided on already."""
    expired = facts.expired
    if expired is None or expired.expired_at is None:
        return 0
    passed = (expired, expired.expired_at)
    for entry in reversed(facts.enforcements):
        if not entry.decided and not entry.lapsed:
            entry.passed.append(passed)
            return entry.number
        if entry.decided and passed in entry.passed:
            return 0
    entry = Enforcement(len(facts.enforcements) + 1, stage.now, [passed])
    facts.enforcements.append(entry)
    return entry.number


def enforcement_of(facts: Facts, flags: Mapping[str, object]) -> Enforcement | None:
    """Return the enforcement that a token bears, else the last one."""
    number = flags.get("enforcement")
    found = [one for one in facts.enforcements if one.number == number]
    return (found or facts.enforcements or [None])[-1]  # type: ignore[list-item]


def enforcement_due(facts: Facts, flags: Mapping[str, object]) -> int | None:
    """Return since when may be decided; None while a request made in time waits."""
    entry = enforcement_of(facts, flags)
    if entry is None or facts.timely_pending:
        return None
    return min(entry.standing, default=None)


def enforcement_settled(facts: Facts, flags: Mapping[str, object]) -> int | None:
    """Return since when there is nothing to decide on."""
    entry = enforcement_of(facts, flags)
    if entry is None or entry.decided or entry.passed:
        return None
    return entry.opened_at


def lapse_enforcement(facts: Facts, flags: Mapping[str, object]) -> str:
    """Say whether a date still stands that passed."""
    entry = enforcement_of(facts, flags)
    if entry is not None and entry.standing:
        return "stands"
    if entry is not None:
        entry.lapsed = True
    return "lapsed"


def relieve(facts: Facts) -> None:
    """Drop what passed while the authority kept silent on a request made in time."""
    request = facts.undecided
    if request is None or not request.timely:
        return
    for entry in facts.enforcements:
        if not entry.decided and not entry.lapsed:
            entry.passed = [one for one in entry.passed if one[1] < request.at]


def view(facts: Facts) -> dict[str, object]:
    """Return what expressions read as `case.interview`."""
    last = facts.interviews[-1] if facts.interviews else None
    before = len(facts.interviews) - 1
    return {
        "kind": last.kind if last else None,
        "host": last.host if last else None,
        "overdue_90": 0,
        "same_hazard": max(0, before),
        "no_shows": last.no_shows if last else 0,
        "refusals": 0,
        "extension_expired": bool(last and facts.in_force),
        "fatality": False,
    }


def host_due(zone: Zone, facts: Facts, flags: Mapping[str, object]) -> int:
    """Return until when a host may be confirmed."""
    days = zone.rules.whole("interview.host_confirm_days")
    return interview_of(facts, flags).opened_at // 60 * 60 + days * DAY

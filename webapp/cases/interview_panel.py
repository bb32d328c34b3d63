"""The interviews of a case: duty, host and why, invitee, notice, no-shows, minutes, report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.cases.interview_minutes import Minutes, minutes, report
from webapp.cases.panel_words import Link, PanelWords
from webapp.presentation import labels
from webapp.presentation.facts import Fact
from webapp.presentation.interview_words import LATE_NOTES, MATRIX
from webapp.presentation.remaining import Remaining, end_words, remaining
from workflows.domain import interview_conflicts as conflicts
from workflows.domain import interview_dates as dates
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain.hazard_case import POLICY
from workflows.domain.levels import EXITS
from workflows.domain.town_words import of_case

Entry = Mapping[str, Any]

_AWAITED = ("propose", "confirm", "schedule", "hold", "report")
_CONFLICTS = {
    "signer_conflict": "interview.conflict",
    "silent_conflict": "interview.silent_conflict",
}
_TONES = {"done": "done", "lapsed": "quiet", "report": "info"}


@dataclass(frozen=True)
class InterviewPanel:
    """One interview in words."""

    number: int
    title: str
    status: str
    tone: str
    tags: Sequence[str]
    owed: str
    left: Remaining | None
    due: str
    facts: Sequence[Fact]
    events: Sequence[str]
    notes: Sequence[str]
    minutes: Minutes | None
    report: Sequence[Fact]
    proof: Sequence[Link]


def interview_panels(words: PanelWords) -> list[InterviewPanel]:
    """Return the interviews of a case, the latest first."""
    found = [one for one in words.document.get("interviews") or () if "kind" in one]
    return [_panel(entry, words) for entry in reversed(found)]


def _panel(entry: Entry, words: PanelWords) -> InterviewPanel:
    step = entries.told_step(entry, hears=words.sources.authority)
    # Once it was held, what is awaited is the report of the enterprise.
    reporting = step == "report"
    duty = entries.row(words.deadlines, entry, "report_duty" if reporting else "duty")
    awaited = duty if step in _AWAITED else None
    talk = entry["kind"] == "talk"
    number = {"number": entry["number"]}
    return InterviewPanel(
        number=entry["number"],
        title=words.say("interview.talk") if talk else words.say("interview.title", **number),
        status=words.say(f"interview.step_{step}"),
        tone="danger" if entries.late_now(entry) else _TONES.get(step, "warning"),
        tags=list(_tags(entry, words)),
        owed=words.say("interview.report_due" if reporting else "interview.due"),
        left=remaining(awaited.due_at, words.now, words.language) if awaited else None,
        due=end_words(duty.due_at, words.language) if duty else "",
        facts=[*_cause(entry, words), *_host(entry, words), *_notice(entry, words)],
        events=list(_events(entry, words)),
        notes=list(_notes(entry, words)),
        minutes=minutes(entry, words),
        report=report(entry, words),
        proof=words.links((entry["report"] or {}).get("evidence")),
    )


def _tags(entry: Entry, words: PanelWords) -> Iterator[str]:
    if entries.late_now(entry):
        yield words.say("interview.late")
    if entry["subject"] == entries.AUTHORITY:
        yield words.say("interview.of_authority")
    if _is_undated(entry, words):
        yield words.say("interview.final_owed")
    if entry["no_shows"]:
        yield words.say("interview.no_shows", count=len(entry["no_shows"]))
    yield from (words.say(key) for key in _conflicts(entry, words))


def _is_undated(entry: Entry, words: PanelWords) -> bool:
    """Whether a final date is owed: the request undecided at the interview has failed since."""
    document = words.document
    own = [r for r in words.deadlines if r.kind in POLICY and r.round == document["round"]]
    return dates.final_state(document, own, entry) == dates.FIX


def _outlived(entry: Entry, words: PanelWords) -> bool:
    """Whether something is owed although the hazard is struck off."""
    owed = entries.step_of(entry) not in ("done", "lapsed")
    return owed and bool(words.document["phase"] == "struck_off")


def _extended_late(entry: Entry, words: PanelWords) -> bool:
    """Whether a late interview is owed although its date was extended since."""
    row, passed = words.row(entry["deadline"]), entry.get("due_date")
    moved = row is not None and bool(passed) and row.due_date.isoformat() > str(passed)
    return moved and entries.late_now(entry)


def _conflicts(entry: Entry, words: PanelWords) -> list[str]:
    """What is noted of the host; the enterprise is not told."""
    held = entry["held"] or {}
    if not words.sources.authority:
        return []
    if not held and not entry["lapsed"] and conflicts.host_of(entry) in _signed(words):
        return [_CONFLICTS["signer_conflict"]]
    return [key for name, key in _CONFLICTS.items() if held.get(name)]


def _signed(words: PanelWords) -> frozenset[str]:
    return words.sources.hosts_who_signed


def _others_who_signed(entry: Entry, words: PanelWords) -> Iterator[str]:
    """Say of every other host, while one is to be chosen, that he agreed to an extension."""
    choosing = words.sources.authority and entries.step_of(entry) in ("propose", "confirm")
    for host in hosts.NAMES if choosing else ():
        if host in _signed(words) and host != conflicts.host_of(entry):
            yield words.say("interview.may_conflict_why", host=_name(host, words))


def _cause(entry: Entry, words: PanelWords) -> list[Fact]:
    expired = words.row(entry["deadline"])
    kind = labels.label(labels.DEADLINES, expired.kind, words.language) if expired else ""
    # The row may have been moved since: the entry keeps the day that passed.
    passed = entry.get("due_date") or (expired.due_date.isoformat() if expired else None)
    day = words.day(passed)
    silent = [words.signatory(part) for part in entry["silent"]]
    return words.facts(
        {
            "interview.cause": words.say("interview.expired", kind=kind, day=day) if kind else "",
            "interview.silent": words.say("list.or").join(silent),
        }
    )


def _host(entry: Entry, words: PanelWords) -> list[Fact]:
    proposal = entry["proposal"] or {}
    named = {"interview.host": _host_words(entry, words)}
    if words.sources.authority:
        named |= {
            "interview.why": _why(entry, words),
            "interview.proposed": _name(proposal.get("host"), words),
        }
    reason = {"interview.reason": proposal.get("reason") or ""} if words.sources.authority else {}
    return [*words.facts(named), *words.facts(reason, whole=reason)]


def _host_words(entry: Entry, words: PanelWords) -> str:
    told = entries.told_host(entry, hears=words.sources.authority)
    host, confirmed = _name(told, words), entry["confirmation"]
    if not host:
        return ""
    if entry["no_shows"]:
        return words.say("interview.host_no_show", host=host)
    if confirmed is None:
        return words.say("interview.host_by_matrix", host=host)
    if confirmed["by"] == "system":
        return words.say("interview.host_lapsed", host=host)
    who, at = words.person(confirmed["by"]), words.at(confirmed["at"])
    return words.say("interview.host_confirmed", host=host, who=who, at=at)


def _name(host: str | None, words: PanelWords) -> str:
    if host not in hosts.NAMES:
        return ""
    said = words.pick(of_case(hosts.NAMES[host], words.document))
    return said[:1].upper() + said[1:]


def _why(entry: Entry, words: PanelWords) -> str:
    """Return why this host: a no-show since comes first, else what the table named him for."""
    why = entry.get("why")
    if entry["no_shows"]:
        # The table's own reason goes on to hold only where it had named the same host.
        why = why if entry["matrix_host"] == entry["host"] and why != "no_show" else None
        after = words.say("interview.why_no_show")
        if why not in MATRIX:
            return after
        return words.say("interview.why_both", first=after, second=words.pick(MATRIX[why]))
    said = words.pick(MATRIX[why]) if why in MATRIX else ""
    return said[:1].upper() + said[1:]


def _notice(entry: Entry, words: PanelWords) -> list[Fact]:
    notice = entry["notice"]
    if notice is None:
        return []
    investor = notice["invitee_role"] == "actual_investor"
    role = words.say("interview.investor" if investor else "interview.legal")
    named = words.say("interview.invitee_named", name=notice["invitee_name"], role=role)
    video = notice["mode"] == "video"
    short = {
        "interview.invitee": named,
        "interview.meet_at": words.at(notice["time"]),
        "interview.place": notice["place"] or "",
        "interview.way": words.say("interview.video" if video else "interview.on_site"),
        "interview.noticed": _given(notice, words),
    }
    long = {"interview.materials": notice["materials"] or ""}
    return [*words.facts(short), *words.facts(long, whole=long)]


def _given(notice: Entry, words: PanelWords) -> str:
    """Return when the notice was given, and when it was typed in where that was later."""
    given, recorded = words.at(notice["at"]), words.at(notice.get("recorded_at"))
    if not recorded or recorded == given:
        return given
    return words.say("interview.noticed_before", given=given, recorded=recorded)


def _events(entry: Entry, words: PanelWords) -> Iterator[str]:
    for one in entry["no_shows"]:
        key = "interview.substitute" if one.get("substitute") else "interview.absent"
        yield words.say(key, at=words.at(one["at"]))
    for one in entry["postponements"]:
        ill = one["ground"] == "illness"
        ground = words.say("interview.illness" if ill else "interview.abroad")
        yield words.say("interview.postponed", to=words.at(one["to"]), ground=ground)


def _notes(entry: Entry, words: PanelWords) -> Iterator[str]:
    if entry.get("resumes"):
        yield words.say("interview.resumes")
    if _outlived(entry, words):
        yield words.say("interview.outlives_why")
    elif _extended_late(entry, words):
        yield words.say("interview.extended_late_why")
    if _is_undated(entry, words):
        yield words.say("interview.final_owed_why")
    if entry.get("late_reason") in LATE_NOTES:
        yield words.say(LATE_NOTES[entry["late_reason"]])
    yield from (words.say(f"{key}_why") for key in _conflicts(entry, words))
    yield from _others_who_signed(entry, words)
    if entry["lapsed"]:
        moved = entry["lapsed"]["cause"] not in EXITS
        yield words.say("interview.lapsed_why" if moved else "interview.ended_why")

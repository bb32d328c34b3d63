"""Which act is whose to know: one registry for pages, programs, diagrams, calendar and news."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Told(Enum):
    """Whose an act is to know, among those who see its case."""

    ALL = "all"
    SERVED = "served"
    """The enterprise and those who hear opinions: a decision once it is served."""
    OPINIONS = "opinions"
    """Those who hear what authorities discuss among themselves."""
    DRAFTS = "drafts"
    """Those who may know what is prepared against an enterprise."""
    TEAM = "team"
    """The officers who check a referral, and whoever decides on it."""


@dataclass(frozen=True)
class Class:
    """Who is told that an act is awaited, and who that it was done."""

    step: Told
    record: Told


_OPEN = Class(Told.ALL, Told.ALL)
_INSIDE = Class(Told.OPINIONS, Told.OPINIONS)
_DRAFT = Class(Told.DRAFTS, Told.DRAFTS)
_MEASURE = Class(Told.DRAFTS, Told.SERVED)
_CLOSED = Class(Told.TEAM, Told.TEAM)

_OPEN_ACTS = (
    "hazard.register",
    "level.confirm",
    "level.raise",
    "level.lower",
    "order.serve",
    "plan.submit",
    "notice.post",
    "plan.lapsed",
    "listing.grade1",
    "listing.grade2",
    "listing.progress",
    "listing.missed",
    "listing.note",
    "listing.remove",
    "listing.ended",
    "listing.open",
    "rectify.report_done",
    "recheck.at_expiry",
    "recheck.submit",
    "recheck.pass",
    "recheck.fail",
    "strike_off.finder",
    "strike_off.industry_department",
    "strike_off.park_command",
    "strike_off.emergency_bureau",
    "deadline.expired",
    "interview.talk",
    "interview.schedule",
    "interview.hold",
    "interview.report",
    "interview.fix_final",
    "interview.final_fixed",
    "interview.opened",
    "interview.held",
    "interview.no_show",
    "interview.late",
    "interview.lapsed",
    "interview.not_again",
    "interview.undecided",
    "extension.request",
    "extension.withdraw",
    "extension.sign.park_command",
    "extension.sign.industry_department",
    "extension.sign.leader",
    "extension.effective",
    "extension.refused",
    "extension.returned",
    "extension.resubmit",
    "extension.lapsed",
    "extension.answer_lapsed",
    "extension.withdrawn",
    "extension.issuer_reply",
    "extension.amend",
    "extension.objection",
    "extension.filed",
    "extension.undone",
    "extension.file",
    "case.start",
    "case.struck_off",
    "case.void",
    "case.voided",
    "case.transfer",
    "case.transferred",
    "case.shut_down",
    "enforcement.opened",
    "paper.issued",
    "paper.voided",
    "calendar.published",
    "major.reported_to_park",
    "fatality.link",
    "case.suspend",
    "case.resume",
)
_INSIDE_ACTS = (
    "level.propose",
    "level.second",
    "level.raise_propose",
    "level.raise_withdraw",
    "raise.second",
    "raise.decide",
    "recheck.second",
    "recheck.expert",
    "interview.propose",
    "interview.confirm",
    "interview.matrix",
    "interview.by_matrix",
    "case.void_propose",
    "case.void_withdraw",
    "void.decide",
    "comment",
    "urge",
    "watch",
    "decision.made",
    "message.received",
    "rung.fired",
    "process.started",
    "process.completed",
    "process.cancelled",
    "process.migrated",
    "token.moved",
    "incident.retried",
    "case.field_set",
    "deadline.own_started",
    "notice.sent",
    "message.sent",
    "paper.kept",
    "task.claimed",
    "task.released",
    "task.assigned",
)
_MEASURES = ("enforcement.stop_measures", "enforcement.penalty", "enforcement.power_cut")

ACTS: dict[str, Class] = {
    **dict.fromkeys(_OPEN_ACTS, _OPEN),
    **dict.fromkeys(_INSIDE_ACTS, _INSIDE),
    "enforcement.decide": _DRAFT,
    "enforcement.lapsed": _DRAFT,
    "enforcement.not_again": _DRAFT,
    **dict.fromkeys(_MEASURES, _MEASURE),
    **dict.fromkeys(("refusal.check", "refusal.second", "refusal.refer"), _CLOSED),
    "refusal.hand_over": _CLOSED,
}

PROCESSES = {
    "enforcement": Told.DRAFTS,
    "level_raise": Told.OPINIONS,
    "void_request": Told.OPINIONS,
}
"""Processes whose tokens and clocks not everybody is told of."""

ADDRESSED = frozenset({"order.serve", "listing.grade1"})
"""Acts whose words are meant for the enterprise."""

BY_OPERATIONS = frozenset(
    {"case.field_set", "deadline.own_started", "notice.sent", "message.sent", "paper.kept"}
)
"""Acts that a process does after a person's: to know of them it does not suffice to be him."""

OWN, OWN_OPEN = "own.", "own.open."

LEFT_UNDONE = "not_carried_out"
"""What comes of a measure that was decided and is not carried out."""


def class_of(act: str) -> Class:
    """Return whose an act is to know; one that nobody classed stays among authorities.

    A designer says by the name of an own act, `own.open.NAME`, that everybody may know of it.
    """
    return ACTS.get(act, _OPEN if act.startswith(OWN_OPEN) else _INSIDE)


def class_in(act: str, process: str | None) -> Class:
    """Return whose an act is to know; a designer's is never more open than its process."""
    whose = PROCESSES.get(process or "")
    if whose is None or not (act.startswith(OWN) or act in BY_OPERATIONS):
        return class_of(act)
    return Class(whose, whose)


def record_of(act: str, outcome: str | None, process: str | None = None) -> Told:
    """Return whose it is to know that an act was done: what was left undone was never served."""
    found = class_in(act, process)
    return found.step if outcome == LEFT_UNDONE else found.record


def is_closed(act: str) -> bool:
    """Return whether only the team of a referral knows of an act."""
    return class_of(act).step is Told.TEAM

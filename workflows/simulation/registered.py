"""What the simulation knows of tasks and operations, by act and by operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.simulation.world import Flags, Stage
from workflows.simulation import extending, lateness
from workflows.simulation.steps import Steps

COMPLETIONS: Final[Mapping[str, Callable[[Steps, Flags, Stage], object]]] = {
    "level.propose": Steps.confirm_level,
    "level.confirm": Steps.confirm_level,
    "order.serve": Steps.serve,
    "raise.decide": Steps.raise_level,
    "plan.submit": Steps.submit_plan,
    "notice.post": Steps.post_notice,
    "rectify.report_done": Steps.report,
    "recheck.at_expiry": Steps.look_at_expiry,
    "strike_off.finder": Steps.strike,
    "strike_off.industry_department": Steps.strike,
    "strike_off.park_command": Steps.strike,
    "strike_off.emergency_bureau": Steps.strike,
    "extension.sign.park_command": Steps.signed,
    "extension.sign.industry_department": Steps.signed,
    "extension.sign.leader": Steps.signed,
    "extension.resubmit": Steps.resubmitted,
    "interview.hold": lambda s, flags, stage: lateness.met(s.facts, flags, stage),
    "interview.talk": lambda s, flags, stage: lateness.met(s.facts, flags, stage),
    "enforcement.decide": Steps.decide_enforcement,
}
"""By the act of a task."""

OPERATIONS: Final[Mapping[str, Callable[[Steps, Flags, Stage], object]]] = {
    "deadline.expire": lambda s, _, stage: lateness.expire(s.facts, stage),
    "interview.open": lambda s, _, stage: lateness.open_interview(s.zone, s.facts, stage),
    "interview.matrix": lambda s, flags, _: lateness.keep_host(s.facts, flags),
    "interview.by_matrix": lambda *_: None,
    "interview.final_date": lambda s, _, stage: lateness.final_date(s.zone, s.facts, stage),
    "interview.late": lambda s, f, _: setattr(lateness.interview_of(s.facts, f), "late", True),
    "interview.lapse": lambda *_: None,
    "interview.undecided": lambda *_: "done",
    "enforcement.open": lambda s, _, stage: lateness.open_enforcement(s.facts, stage),
    "enforcement.lapse": lambda s, flags, _: lateness.lapse_enforcement(s.facts, flags),
    "extension.open": lambda *_: None,
    "extension.decide": Steps.decide_extension,
    "extension.lapse": lambda s, flags, stage: extending.lapse(s.facts, flags, stage),
    "extension.withdrawn": lambda s, flags, stage: extending.lapse(s.facts, flags, stage),
    "extension.undo": lambda s, flags, stage: extending.undo(s.facts, flags, stage.now),
    "listing.raise": Steps.list_it,
    "listing.published": Steps.published,
    "listing.next_report": Steps.next_report,
    "listing.missed": Steps.missed_report,
    "listing.withdrawn": Steps.listing_withdrawn,
    "major.report_to_park": lambda *_: None,
    "plan.lapse": Steps.lapse_plan,
    "recheck.conclude": Steps.conclude,
    "order.cancelled": Steps.cancel_order,
    "case.struck_off": lambda s, _, stage: s.leave("struck_off", stage),
    "case.voided": lambda s, _, stage: s.leave("voided", stage),
    "case.transferred": lambda s, _, stage: s.leave("transferred", stage),
    "case.shut_down": lambda s, _, stage: s.leave("shut_down", stage),
}
"""By the name of an operation."""

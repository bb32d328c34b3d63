"""What tasks and operations do to a simulated hazard, by act and by operation."""

from __future__ import annotations

from typing import Final

from engine.simulation.calendars import DAY, HOUR
from engine.simulation.world import Flags, Stage
from workflows.simulation import extending, fate, lateness
from workflows.simulation.dates import day_of, end_of
from workflows.simulation.fate import Fate
from workflows.simulation.state import Facts, Limit
from workflows.simulation.zone import Chance, Zone

OUTLIVING: Final = frozenset(
    {"listed_supervision", "overdue_interview", "enforcement", "void_request"}
)
"""Side processes that outlive the paper that they began with."""

_WEEK: Final = "listing.progress_report_days"
_LONG: Final = 20 * HOUR
"""A general hazard that takes longer has a paper that gives it its reason."""


class Steps:
    """The case of one hazard as its steps change it."""

    def __init__(self, zone: Zone, facts: Facts, chance: Chance) -> None:
        """Take what is known."""
        self.zone, self.facts, self.chance = zone, facts, chance
        self.fate = Fate(0, 0, late_request=False, befalls="", befalls_at=0)
        self._befallen = False

    # ------------------------------------------------------------ level, service, plan

    def confirm_level(self, flags: Flags, stage: Stage) -> None:
        """Settle the level."""
        self.facts.level = self.facts.true_level

    def submit_plan(self, flags: Flags, stage: Stage) -> None:
        """Take the plan."""
        self.facts.plan_submitted = True

    def post_notice(self, flags: Flags, stage: Stage) -> None:
        """Take the public notice: the hazard is being fixed."""
        self.facts.notice_posted = True
        self.facts.phase = "rectifying"

    def lapse_plan(self, flags: Flags, stage: Stage) -> None:
        """Let plan and notice lapse with the level that asked for them."""
        self.facts.phase = "rectifying"

    def raise_level(self, flags: Flags, stage: Stage) -> None:
        """Let a running hazard be major from now on, where that is agreed to."""
        if flags.get("decision") == "agree":
            self.facts.level = self.facts.true_level = "major"

    def serve(self, flags: Flags, stage: Stage) -> None:
        """Serve the paper: its date runs, and the course of the hazard is drawn."""
        facts, rules = self.facts, self.zone.rules
        level = facts.level or facts.true_level
        facts.paper += 1
        facts.served_at, facts.failed = stage.now, 0
        longest = rules.whole(f"limits.{level}.max")
        extension = rules.wholes("extension.max_days")[0]
        self.fate = fate.drawn(
            self.zone.behaviour,
            self.chance,
            level,
            longest * DAY,
            extension * DAY,
            facts.paper,
        )
        facts.fixed_at = stage.now + self.fate.fixed
        days = longest
        if level == "general" and self.fate.fixed < _LONG:
            days = rules.whole("limits.general.propose")
        day = day_of(stage.now) + days
        facts.limits.append(Limit("rectification", day, end_of(day)))
        major = level == "major" and not facts.plan_submitted
        facts.phase = "planning" if major else "rectifying"
        if self.fate.asks:
            self._ask_in_time(stage)
        if self.fate.befalls and not self._befallen:
            stage.wake(stage.now + self.fate.befalls_at, self.fate.befalls)

    def _ask_in_time(self, stage: Stage) -> None:
        limit = self.facts.awaited()
        if limit is not None:
            stage.wake(extending.asks_at(self.zone, limit, self.fate), extending.ASK)

    def woken(self, name: str, stage: Stage) -> None:
        """Let the enterprise ask for more time, or something befall the case."""
        if name == extending.ASK:
            extending.ask(self.zone, self.facts, self.fate, stage)
        elif self.facts.phase == "rectifying" and not self._befallen:
            self._befallen = True
            if name == "level.raise":
                self.facts.level = "larger"
            stage.send(name)

    # ------------------------------------------------------------ rectification and recheck

    def report(self, flags: Flags, stage: Stage) -> None:
        """Report completion: it stops the clock, unless it failed twice."""
        facts = self.facts
        facts.reports += 1
        if facts.failed < self.zone.rules.whole("recheck.failed_reports_stop"):
            for limit in facts.limits:
                if limit.state == "live":
                    limit.state = "held"
        facts.done_at = stage.now
        facts.phase = "rechecking"

    def look_at_expiry(self, flags: Flags, stage: Stage) -> None:
        """Take what an officer saw after the date had passed."""
        facts = self.facts
        facts.looked_at = stage.now
        if flags.get("result") != "pass":
            return
        facts.done_at = stage.now
        if facts.level == "general":
            self._verified(stage)
            return
        facts.phase = "rechecking"
        for limit in facts.limits:
            if limit.state == "live":
                limit.state = "held"

    def conclude(self, flags: Flags, stage: Stage) -> str:
        """Draw the verdict of a recheck."""
        facts = self.facts
        facts.looked_at = stage.now
        if flags.get("result") == "pass":
            for limit in facts.limits:
                if limit.running:
                    in_time = (facts.done_at or stage.now) < limit.due
                    limit.state = "met" if in_time else "expired"
                    limit.expired_at = None if in_time else limit.due
                    facts.was_overdue |= not in_time
            self._verified(stage)
            return "pass"
        facts.failed += 1
        facts.done_at = None
        for limit in facts.limits:
            if limit.state in ("held", "met"):
                limit.state = "live"
        facts.phase = "rectifying"
        return "fail"

    def _verified(self, stage: Stage) -> None:
        self.facts.phase = "striking_off"
        lateness.relieve(self.facts)
        extending.groundless(self.facts, stage.now)

    def strike(self, flags: Flags, stage: Stage) -> None:
        """Take one body's word on striking off."""
        if flags.get("decision") != "agree":
            self.facts.phase = "rechecking"

    # ------------------------------------------------------------ exits and papers

    def cancel_order(self, flags: Flags, stage: Stage) -> None:
        """Close the old paper with what hung on it."""
        for limit in self.facts.limits:
            if limit.state != "met":
                # That it passed stays so: what is decided about it does not lapse with the paper.
                limit.state = "voided"
        request = self.facts.undecided
        if request is not None:
            request.status, request.decided_at = "ended", stage.now
        self.facts.phase = "ordered"
        stage.end_side_processes(OUTLIVING)

    def leave(self, name: str, stage: Stage) -> None:
        """Take the case out by an exit."""
        facts = self.facts
        for limit in facts.limits:
            if limit.running:
                limit.state = "voided"
        request = facts.undecided
        if request is not None:
            request.status, request.decided_at = "ended", stage.now
        facts.phase = facts.exit = name
        facts.exit_at = stage.now

    def decide_enforcement(self, flags: Flags, stage: Stage) -> None:
        """Note that somebody has decided whether to enforce."""
        entry = lateness.enforcement_of(self.facts, flags)
        if entry is not None:
            entry.decided = True

    # ------------------------------------------------------------ listing

    def list_it(self, flags: Flags, stage: Stage) -> None:
        """Raise the listing to the grade that its grounds ask for."""
        facts = self.facts
        zone_grade = facts.in_force > 0 or (facts.level == "major" and facts.expired is not None)
        facts.listing.grade = 2 if zone_grade else 1
        facts.listing.to_publish = True

    def published(self, flags: Flags, stage: Stage) -> None:
        """Count it as published; progress is reported from here on."""
        listing = self.facts.listing
        listing.to_publish, listing.published = False, True
        listing.progress_due = end_of(day_of(stage.now) + self.zone.rules.whole(_WEEK))

    def next_report(self, flags: Flags, stage: Stage) -> str:
        """Date the next report of progress."""
        self._following(stage)
        return "enterprise"

    def _following(self, stage: Stage) -> None:
        due = self.facts.listing.progress_due
        while due is not None and due <= stage.now:
            due += self.zone.rules.whole(_WEEK) * DAY
        self.facts.listing.progress_due = due

    def listing_withdrawn(self, flags: Flags, stage: Stage) -> None:
        """Begin the next round without the publication that was withdrawn."""
        self.facts.listing.ended_at = None

    def missed_report(self, flags: Flags, stage: Stage) -> None:
        """Go on to the next report, which is due now."""
        due = self.facts.listing.progress_due
        if due is not None:
            self.facts.listing.progress_due = due + self.zone.rules.whole(_WEEK) * DAY

    # ------------------------------------------------------------ extensions

    def signed(self, flags: Flags, stage: Stage) -> None:
        """Keep a signature, or a refusal."""
        extending.of(self.facts, flags).decisions.append(str(flags.get("decision")))

    def resubmitted(self, flags: Flags, stage: Stage) -> None:
        """Let a returned request be pending again."""
        request = extending.of(self.facts, flags)
        request.status, request.resubmit_due = "pending", None

    def decide_extension(self, flags: Flags, stage: Stage) -> str:
        """Decide on a request; who needs still more time will ask again."""
        status = extending.decide(self.zone, self.facts, flags, stage)
        if status == "effective" and self.fate.asks > self.facts.in_force:
            self._ask_in_time(stage)
        return status

"""One simulated hazard: what expressions read of it, its dates, who does its tasks and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.execution.bpmn_model import Node
from engine.simulation.calendars import DAY, HOUR
from engine.simulation.world import Arrival, Flags, Handling, Stage
from workflows.simulation import extending, lateness, limits
from workflows.simulation.behaviour import ActBehaviour, ByLimit, Manner, Outcome
from workflows.simulation.generic import GENERIC, OWN
from workflows.simulation.registered import COMPLETIONS, OPERATIONS
from workflows.simulation.state import Facts
from workflows.simulation.steps import Steps
from workflows.simulation.zone import Chance, Zone

RECTIFY: Final = "rectify.report_done"
_MINUTE: Final = 60
_AT_LEAST: Final = 10 * _MINUTE
"""What even the quickest report takes."""

_NOTICE: Final = 2 * HOUR
"""How long before a meeting people are told at least."""

_POSTS: Final = {
    "leader_incharge": "leaders.in_charge",
    "leader_principal": "leaders.principal",
    "expert": "experts.expert",
}
_KNOWN_RULES: Final = {"office": "office", "emergency_bureau": "bureau"}


class Hazard(Steps):
    """A hazard from registration to its exit."""

    def __init__(self, zone: Zone, arrival: Arrival, chance: Chance) -> None:
        """Begin with what was found."""
        bodies = {str(k): str(v) for k, v in dict(arrival.facts["bodies"]).items()}  # type: ignore[call-overload]
        facts = Facts(arrival.number, str(arrival.facts["level"]), arrival.at, bodies)
        super().__init__(zone, facts, chance)

    # ------------------------------------------------------------ what expressions read

    def read(self, path: tuple[str, ...]) -> object:
        """Return what `case.…` stands for."""
        found = _VIEWS[path[0]](self.facts) if path and path[0] in _VIEWS else None
        for word in path[1:]:
            found = found.get(word) if isinstance(found, Mapping) else None
        return found if path else self.view()

    def view(self) -> Mapping[str, object]:
        """Return everything that expressions read as `case`."""
        return {name: view(self.facts) for name, view in _VIEWS.items()}

    def due(self, name: str, flags: Flags) -> int | None:
        """Return the moment of `due("name")`."""
        if name.startswith(OWN):
            return self.facts.own_dates.get(name.removeprefix(OWN))
        known = _DUE.get(name)
        if known is None:
            self.zone.unknown.add(f"due:{name}")
            return None
        return known(self, flags)

    def rectification_due(self, flags: Flags) -> int | None:
        """Return the date whose clock runs."""
        found = self.facts.awaited()
        return found.due if found else None

    def recheck_due(self, flags: Flags) -> int | None:
        """Return the last expiry, as long as nobody has looked since."""
        expired, looked = self.facts.expired, self.facts.looked_at
        since = expired.expired_at if expired else None
        return None if since is None or (looked is not None and looked >= since) else since

    def report_missed(self, flags: Flags) -> int | None:
        """Return when a report of progress is missed: when the next one is due."""
        due = self.facts.listing.progress_due
        week = self.zone.rules.whole("listing.progress_report_days") * DAY
        return due + week if due is not None else None

    def interview_due(self, flags: Flags) -> int | None:
        """Return until when an interview is to be held, while it is not."""
        entry = lateness.interview_of(self.facts, flags)
        return None if entry.held_at is not None or entry.late else entry.due

    # ------------------------------------------------------------ tasks and operations

    def handling(self, task: Node, visit: int, flags: Flags, stage: Stage) -> Handling:
        """Say who does a task, how long it takes and what the answer is."""
        act = task.properties.get("act") or task.id
        behaviour = self.zone.behaviour.acts.get(act)
        if behaviour is None:
            self.zone.unknown.add(f"act:{act}")
            behaviour = self.zone.behaviour.otherwise
        manner = behaviour.by_level.get(self.facts.level or self.facts.true_level, behaviour.manner)
        limit = limits.limit_of(self.zone, self.facts, task, flags, stage.now)
        return Handling(
            pool=None if manner.nobody else self._pool(task, flags),
            delay=self._delay(act, visit, manner, limit, stage),
            reaction=self.chance.seconds(manner.reaction, HOUR, act, visit, "reaction"),
            work=self.chance.seconds(manner.work, _MINUTE, act, visit, "work"),
            flags=self._answer(act, visit, behaviour),
            limit=limit,
        )

    def completed(self, task: Node, flags: Flags, stage: Stage) -> None:
        """Take a completed task."""
        done = COMPLETIONS.get(task.properties.get("act") or task.id)
        if done is not None:
            done(self, flags, stage)

    def operate(
        self, operation: str, parameters: Mapping[str, object], flags: Flags, stage: Stage
    ) -> object:
        """Do what an operation does; one that is not known answers as the behaviour says."""
        if operation in OPERATIONS:
            return OPERATIONS[operation](self, flags, stage)
        if operation in GENERIC:
            return GENERIC[operation](self, parameters, stage)
        answers = self.zone.behaviour.operations.get(operation)
        if not answers:
            self.zone.unknown.add(f"operation:{operation}")
            return None
        return self.chance.choice(answers, operation, stage.now).flags["answer"]

    def over(self, stage: Stage) -> None:
        """Note when the root process ended, where no operation did."""
        if self.facts.exit_at is None:
            self.facts.exit_at = stage.now

    def summary(self) -> Mapping[str, object]:
        """Return what is counted of the hazard."""
        facts = self.facts
        decided = [r.decided_at - r.at for r in facts.requests if r.decided_at is not None]
        return {
            "case": facts.number,
            "group": facts.level or facts.true_level,
            "exit": facts.exit,
            "lasted": self._lasted(),
            "struck_off": facts.exit == "struck_off",
            "overdue": facts.was_overdue,
            "interviews": sum(one.kind == "interview" for one in facts.interviews),
            "late_interviews": sum(one.late for one in facts.interviews),
            "enforcements": len(facts.enforcements),
            "requests": len(facts.requests),
            "granted": sum(one.status == "effective" for one in facts.requests),
            "refused": sum(one.status == "refused" for one in facts.requests),
            "decided_after": decided,
            "failed_rechecks": facts.failed,
        }

    def _lasted(self) -> int | None:
        """Seconds from the finding to strike-off, or to the end of a process without exits."""
        left = self.facts.exit in ("", "struck_off") and self.facts.exit_at is not None
        return (self.facts.exit_at or 0) - self.facts.found_at if left else None

    # ------------------------------------------------------------ who and how long

    def _pool(self, task: Node, flags: Flags) -> str | None:
        rule, role = task.properties.get("body", ""), task.properties.get("role")
        if rule == "interview_host":
            host = lateness.interview_of(self.facts, flags).host
            if host in _POSTS:
                return _POSTS[host]
            rule, role = "park_command", "head"
        if rule in _POSTS:
            return _POSTS[rule]
        if rule == "listing_body":
            rule = "office" if self.facts.listing.grade > 1 else "park_command"
        part = "finder" if rule == "issuer" else rule
        body = _KNOWN_RULES.get(part) or self.facts.bodies.get(part)
        return f"{body}.{role or 'officer'}" if body else None

    def _delay(self, act: str, visit: int, manner: Manner, limit: int | None, stage: Stage) -> int:
        if act == RECTIFY:
            return self._until_fixed(stage.now)
        delay = self.chance.seconds(manner.delay, HOUR, act, visit, "delay")
        if manner.by_limit is not None and limit is not None:
            delay += self._until_set(act, visit, manner.by_limit, limit - stage.now)
        if manner.silent and self.chance.share(act, visit, "silent") < manner.silent:
            delay += round(manner.silent_days * DAY)
        return delay

    def _until_fixed(self, now: int) -> int:
        if self.facts.failed:
            again = float(self.zone.behaviour.figure("fixing", "again"))
            return max(round(self.fate.fixed * again), _AT_LEAST)
        return max(self.facts.fixed_at - now, _AT_LEAST)

    def _until_set(self, act: str, visit: int, day: ByLimit, left: int) -> int:
        """Return how long it is to the moment that is set for a meeting."""
        if self.chance.share(act, visit, "late") < day.late:
            return max(0, left) + self.chance.seconds(day.late_hours, HOUR, act, visit, "set")
        return max(_NOTICE, left - self.chance.seconds(day.hours, HOUR, act, visit, "set"))

    def _answer(self, act: str, visit: int, behaviour: ActBehaviour) -> Mapping[str, object]:
        if act in ("level.confirm", "level.propose"):
            return {"level": self.facts.true_level, "decision": "agree"}
        outcomes = behaviour.outcomes if visit == 1 else behaviour.again
        found: Outcome | None = self.chance.choice(outcomes, act, visit) if outcomes else None
        flags = dict(found.flags) if found else {}
        if act == "enforcement.decide" and len(self.facts.enforcements) > 1:
            flags["pursue"], flags["penalty"] = "yes", True
        return flags


_VIEWS: Final[Mapping[str, Callable[[Facts], object]]] = {
    "level": lambda f: f.level,
    "proposed_level": lambda f: f.true_level,
    "phase": lambda f: f.phase,
    "state": lambda f: "overdue" if f.expired and not f.exit else f.phase,
    "criterion": lambda f: "criterion" if f.true_level == "major" else None,
    "imminent": lambda _: False,
    "in_park": lambda _: True,
    "category": lambda _: None,
    "source": lambda _: "department",
    "enterprise": lambda _: {"id": "enterprise", "size_class": "small", "industry": "other"},
    "plan_submitted": lambda f: f.plan_submitted,
    "notice_posted": lambda f: f.notice_posted,
    "listed": lambda f: f.listing.grade > 0,
    "listing": lambda f: {
        "grade": f.listing.grade,
        "to_publish": f.listing.to_publish,
        "published": f.listing.published,
    },
    "extension_pending": lambda f: f.undecided is not None,
    "answer_owed": lambda f: f.timely_pending,
    "extension": extending.view,
    "overdue": lambda f: f.expired is not None,
    "interview": lateness.view,
    "order_kind": lambda _: "notice",
    "round": lambda f: f.paper,
    "ext": lambda f: dict(f.own),
}
"""What expressions read as `case`, as far as a simulation knows it."""


_DUE: Final[Mapping[str, Callable[[Hazard, Flags], int | None]]] = {
    "rectification": Hazard.rectification_due,
    "expiry_recheck": Hazard.recheck_due,
    "plan.lapsed": lambda *_: None,
    "listing.progress": lambda c, _: c.facts.listing.progress_due,
    "listing.missed": Hazard.report_missed,
    "listing.ended": lambda c, _: c.facts.listing.ended_at,
    "extension.resubmit": lambda c, flags: extending.of(c.facts, flags).resubmit_due,
    "extension.lapsed": lambda c, flags: extending.of(c.facts, flags).lapsed_at,
    "extension.answer_lapsed": lambda *_: None,
    "enforcement": lambda c, flags: lateness.enforcement_due(c.facts, flags),
    "enforcement.settled": lambda c, flags: lateness.enforcement_settled(c.facts, flags),
    "interview": Hazard.interview_due,
    "interview.relieved": lambda c, f: lateness.interview_of(c.facts, f).relieved_at,
    "interview.decision": lambda *_: None,
    "interview.final_gone": lambda *_: None,
    "interview.host": lambda c, flags: lateness.host_due(c.zone, c.facts, flags),
}
"""The names that `due("…")` knows."""

"""What happens next to a case, and when, if nobody acts: every clock that runs, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.errors import Incident
from engine.operations import OWN
from engine.store.queries import TaskRow
from engine.store.waiting import RungRecord, TimerRecord, WaitingRecord
from webapp.cases.diagrams import element_title
from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import pick
from webapp.presentation import labels
from webapp.presentation.act_words import DAYS_LEFT
from webapp.presentation.case_facts import body_name
from webapp.presentation.consequences import CONSEQUENCES, consequence
from webapp.presentation.remaining import Remaining, end_words, remaining
from webapp.presentation.step_limits import own_limits
from webapp.presentation.step_titles import step_title
from workflows.domain import extension_requests as requests
from workflows.domain import interview_hosts as hosts
from workflows.domain import own_dates
from workflows.domain.deadline import Deadline
from workflows.domain.deadlines import Basis
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview_ladder import NOMINATION
from workflows.domain.signature_dates import given_way
from workflows.domain.town_words import for_town, of_case

DUE = re.compile(r"due\(\s*\"([^\"]+)\"\s*\)")
COVERED = frozenset(
    {
        "rectification",
        "expiry_recheck",
        "interview",
        "extension.lapsed",
        "extension.answer_lapsed",
    }
)
"""Dates of timers that stand among the deadlines already."""


SETTLED = (*NOMINATION, "extension.resubmit")
"""Steps that the diagram itself ends at their limit: its clock tells what follows."""

HOST = "interview.host"
"""The clock of a proposal that nobody confirmed yet."""


@dataclass(frozen=True)
class Happening:
    """One thing that comes by itself: when, how long until then, what follows.

    `held` says that the clock stands still; "" where it runs.
    """

    at: datetime
    when: str
    iso: str
    left: Remaining
    held: str
    words: str


class Outlook:
    """Gathers what a case is heading for; an outsider is not told how authorities are urged."""

    def __init__(self, sources: CaseSources, now: datetime, language: str) -> None:
        """Take what is known of the case."""
        self._sources = sources
        self._now = now
        self._language = language
        document = sources.record.document
        self._deadlines = [Deadline.from_json(one) for one in document["deadlines"]]
        self._own = own_dates.shown(document, sources.reader.may)

    def happenings(self) -> list[Happening]:
        """Return everything that is dated, the earliest first."""
        if not self._sources.record.open:
            return []
        rungs = self._rungs() if self._sources.authority else ()
        found = [*self._dates(), *self._steps(), *rungs, *self._timers()]
        return sorted(found, key=lambda one: one.at)

    def _dates(self) -> Iterator[Happening]:
        former = given_way(self._deadlines)
        for one in self._deadlines:
            if one.running and one.number not in former:
                kind = labels.label(labels.DEADLINES, one.kind, self._language)
                body = body_name(self._sources.bodies, one.body, self._language)
                found = self._happening(one.due_at, self._keys(one), kind=kind, body=body)
                held = labels.label(labels.DEADLINE_STATES, one.state, self._language)
                yield replace(found, held=held) if one.state == "held" else found

    def _keys(self, one: Deadline) -> tuple[str, ...]:
        if one.state == "live" and one.due_at <= self._now:
            return (f"{one.kind}:late", "deadline:late")
        asked = self._pending(one) if one.state == "live" else ()
        if not self._sources.authority:
            asked = (*asked, f"{one.kind}:outside")
        return (*asked, f"{one.kind}:{one.state}", f"{one.kind}:{one.level}", one.kind, "deadline")

    def _pending(self, one: Deadline) -> tuple[str, ...]:
        document = self._sources.record.document
        if one.kind == "order" and one.number in requests.answers_owed(document):
            return ("order:unanswered",)
        if requests.undecided(document) is None:
            return ()
        timely = requests.timely_pending(document)
        return (f"{one.kind}:pending" if timely else f"{one.kind}:pending_late",)

    def _steps(self) -> Iterator[Happening]:
        for task in own_limits(self._sources.open_tasks, self._deadlines):
            if task.due_at is not None and task.act not in SETTLED:
                late = ("step:late",) if task.due_at <= self._now else ()
                keys = (*late, f"step:{task.act}", "step")
                yield self._happening(task.due_at, keys, title=self._title(task))

    def _rungs(self) -> Iterator[Happening]:
        tasks = {task.id: task for task in self._sources.open_tasks}
        for rung in self._sources.rungs:
            task = tasks.get(rung.task_id or "")
            # The limit of a step is its first reminder.
            if rung.at > self._now and (task is None or self._is_told(rung, task)):
                yield self._rung(rung, task)

    def _is_told(self, rung: RungRecord, task: TaskRow) -> bool:
        return rung.at != task.due_at and task.act not in NOMINATION

    def _rung(self, rung: RungRecord, task: TaskRow | None) -> Happening:
        days = rung.name.removeprefix(DAYS_LEFT)
        name = "days_left" if days != rung.name else rung.name
        if name == "deputy" and task and all(one.role != "head" for one in task.candidates):
            name = "again"
        title = self._title(task) if task else ""
        return self._happening(rung.at, (f"rung:{name}", "rung"), title=title, days=days)

    def _timers(self) -> Iterator[Happening]:
        dated = {one.due_at for one in self._deadlines if one.running}
        reader = self._sources.reader
        for waiting in self._sources.waiting:
            if not reader.follows(waiting.process):
                continue
            for timer in waiting.timers:
                name, at = self._due(timer)
                known = f"timer:{name}" in CONSEQUENCES
                if name == HOST and not reader.opinions:
                    continue
                if name.startswith(OWN) and own_dates.of_timer(name, self._own) is None:
                    continue
                if at is None or name in COVERED or at <= self._now or (at in dated and not known):
                    continue
                yield self._timer(waiting, timer, name, at)

    def _timer(
        self, waiting: WaitingRecord, timer: TimerRecord, name: str, at: datetime
    ) -> Happening:
        own = own_dates.of_timer(name, self._own)
        if own is not None:
            words = pick(self._language, own.zh, own.en)
            return self._happening(at, ("timer:own",), title=words)
        title = element_title(waiting, timer.element, self._language)
        keys = (f"timer:{name}", "timer")
        return self._happening(at, keys, title=title, host=self._host(timer))

    def _host(self, timer: TimerRecord) -> str:
        """Return whom the table names for the interview that a timer belongs to."""
        number = timer.token.get("interview")
        found = (one for one in self._sources.record.document["interviews"])
        host = next((one.get("matrix_host") for one in found if one["number"] == number), None)
        if host not in hosts.NAMES:
            return ""
        return pick(self._language, *of_case(hosts.NAMES[host], self._sources.record.document))

    def _due(self, timer: TimerRecord) -> tuple[str, datetime | None]:
        """Return the name that a timer asks the case for, and the date that stands now."""
        found = DUE.fullmatch(timer.expression.strip())
        if found is None:
            return "", timer.at
        record, rules = self._sources.record, self._sources.own_rules

        def basis(_: object) -> Basis:
            message = f"Expected no calculation for {found}, but {rules.id} was asked for"
            raise Incident(message, "读取日期时不应重新计算")

        try:
            case = HazardCase(record.id, record.agency, record.document, basis)
            return found.group(1), case.due(found.group(1), timer.token)
        except Incident:
            return found.group(1), timer.at

    def _title(self, task: TaskRow) -> str:
        document = self._sources.record.document
        return step_title(task, self._sources.bodies, self._language, document)

    def _happening(self, at: datetime, keys: tuple[str, ...], **values: object) -> Happening:
        words = consequence(keys, self._sources.own_rules, self._language, **values)
        return Happening(
            at=at,
            when=end_words(at, self._language),
            iso=at.isoformat(),
            left=remaining(at, self._now, self._language),
            held="",
            words=for_town(words) if self._sources.in_town else words,
        )


def ahead(sources: CaseSources, now: datetime, language: str) -> Sequence[Happening]:
    """Return what happens to a case if nobody acts, the earliest first."""
    return Outlook(sources, now, language).happenings()

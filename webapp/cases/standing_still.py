"""What a suspension of a case means to its reader: what stands still, what runs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import clock
from engine.store.queries import TaskRow
from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import pick, text
from webapp.presentation import labels
from webapp.presentation.case_facts import body_name
from webapp.presentation.deadline_rows import of_body
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import end_words, instant_words
from webapp.presentation.step_limits import own_limits, stands_still, step_due
from webapp.presentation.step_titles import step_title
from workflows.domain import instants, suspension
from workflows.domain.deadline import Deadline
from workflows.domain.signature_dates import given_way


@dataclass(frozen=True)
class StandingStill:
    """A suspension under way."""

    lead: str
    reason: str
    facts: Sequence[Fact]


def standing_still(sources: CaseSources, language: str) -> StandingStill | None:
    """Return the suspension of a case in words; None while it goes on."""
    now = suspension.of(sources.record.document)
    if now is None:
        return None
    person = sources.persons.get(now["by"])
    who = pick(language, person.name_zh, person.name) if person else now["by"]
    since = instant_words(instants.stored(now["since"]), language)
    return StandingStill(
        lead=text("suspension.since", language, since=since, who=who),
        reason=now["reason"],
        facts=would_stand_still(sources, language),
    )


def would_stand_still(sources: CaseSources, language: str) -> list[Fact]:
    """Return which open steps a suspension holds, and which dates it leaves running."""
    none = text("suspension.none", language)
    paused = text("list.or", language).join(_paused(sources, language))
    running = text("list.or", language).join(_running(sources, language))
    return [
        Fact(text("suspension.paused", language), paused or none, whole=True),
        Fact(text("suspension.running", language), running or none, whole=True),
    ]


def _paused(sources: CaseSources, language: str) -> Iterator[str]:
    for task in sources.open_tasks:
        if stands_still(task, sources.record.document):
            yield _with_lateness(task, _title(sources, task, language), language)


def _with_lateness(task: TaskRow, title: str, language: str) -> str:
    """Return a step that a suspension holds, with since when it is late where it is."""
    if task.due_at is None or task.due_at > clock.now():
        return title
    return text("suspension.late", language, name=title, due=end_words(task.due_at, language))


def _running(sources: CaseSources, language: str) -> Iterator[str]:
    dates = [*_dates(sources, language), *_limits(sources, language)]
    for due, name in sorted(dates, key=lambda pair: pair[0]):
        yield text("suspension.date", language, name=name, due=end_words(due, language))


def _dates(sources: CaseSources, language: str) -> Iterator[tuple[datetime, str]]:
    """Yield the running dates of the case, each with who owes it where several bodies do."""
    deadlines = _deadlines(sources)
    former = given_way(deadlines)
    for one in deadlines:
        if one.running and one.number not in former:
            name = labels.label(labels.DEADLINES, one.kind, language)
            owed_by = body_name(sources.bodies, one.body, language)
            yield one.due_at, of_body(name, owed_by, language)


def _limits(sources: CaseSources, language: str) -> Iterator[tuple[datetime, str]]:
    """Yield the limits of steps that run on beside those dates."""
    document = sources.record.document
    running = [one for one in _deadlines(sources) if one.running]
    for task in own_limits(sources.open_tasks, running):
        due = step_due(task, document)
        if due is not None and not stands_still(task, document):
            yield due, _title(sources, task, language)


def _deadlines(sources: CaseSources) -> list[Deadline]:
    return [Deadline.from_json(one) for one in sources.record.document["deadlines"]]


def _title(sources: CaseSources, task: TaskRow, language: str) -> str:
    return step_title(task, sources.bodies, language, sources.record.document)

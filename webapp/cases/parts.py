"""The parts that task pages and case pages share: diagrams, photos, who must act next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from engine.store.queries import TaskRow
from webapp.cases.ahead import Happening, ahead
from webapp.cases.diagrams import DiagramView, diagrams
from webapp.cases.panels import Panels, panels
from webapp.cases.photos import Photo, photos
from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import Text, pick, text
from webapp.presentation import labels
from webapp.presentation.act_words import Known, TaskNames
from webapp.presentation.case_facts import Bodies, CaseFacts, body_name, case_facts
from webapp.presentation.deadline_rows import DeadlineRow, deadline_rows
from webapp.presentation.designed_facts import designed_facts
from webapp.presentation.facts import Fact
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import Remaining, remaining
from webapp.presentation.step_limits import own_limits, step_due, step_limits
from webapp.presentation.step_titles import step_names, step_title
from webapp.presentation.timeline_rows import TimelineRow, timeline_rows
from workflows.domain.deadline import Deadline
from workflows.domain.moves import MOVES
from workflows.domain.town_words import has_no_park


@dataclass(frozen=True)
class NextStep:
    """Who must act next, in which posts, on what, by when."""

    who: str
    who_lang: str
    roles: str
    title: str
    left: Remaining
    address: str | None
    move: str | None = None


@dataclass(frozen=True)
class SharedParts:
    """What both kinds of page show of a case."""

    case: CaseFacts
    deadlines: Sequence[DeadlineRow]
    ahead: Sequence[Happening]
    timeline: Sequence[TimelineRow]
    photos: Sequence[Photo]
    diagrams: Sequence[DiagramView]
    panels: Panels


def shared_parts(sources: CaseSources, now: datetime, language: str) -> SharedParts:
    """Return the parts in words."""
    document = sources.record.document
    deadlines = [Deadline.from_json(one) for one in document["deadlines"]]
    limits = own_limits(sources.open_tasks, deadlines)
    return SharedParts(
        case=_head(sources, language),
        deadlines=[
            *step_limits(limits, sources.own_rules, sources.bodies, now, language, document),
            *deadline_rows(deadlines, sources.rules, sources.bodies, now, language),
        ],
        ahead=ahead(sources, now, language),
        timeline=timeline_rows(
            sources.told, language, known=names_known(sources), hears=sources.reader.hears
        ),
        photos=photos(sources, language),
        diagrams=diagrams(sources, language),
        panels=panels(sources, now, language),
    )


def _head(sources: CaseSources, language: str) -> CaseFacts:
    """Return the head of a case; who found the hazard is told to the authority only."""
    document = sources.record.document
    row = sources.row
    since = row.overdue_since
    head = case_facts(row.case_id, document, row.state, sources.bodies, language, since)
    more = list(designed_facts(document, sources.reader.may, language))
    name = document.get("finder_name") if sources.reader.authority else None
    if name:
        more.insert(0, Fact(text("case.finder_name", language), name, written=True))
    return replace(head, facts=[*head.facts, *more])


def names_known(sources: CaseSources) -> Known:
    """Return the names that the history of a case refers to by id."""
    return Known(
        tasks={
            task.id: TaskNames(
                step_names(task, sources.bodies, sources.record.document),
                _names(task, sources.bodies),
                _names(task, sources.bodies, "head"),
            )
            for task in sources.tasks
        },
        processes={key: (one.name_zh, one.name) for key, one in sources.definitions.items()},
        persons={key: (one.name_zh, one.name) for key, one in sources.persons.items()},
        town=has_no_park(sources.record.document),
    )


STEPPING_IN = frozenset({"office", "leaders"})
"""Kinds of bodies that a ladder adds to a task at its last rung, after the others were told."""


def _names(task: TaskRow, bodies: Bodies, role: str | None = None) -> list[Text]:
    grants = [grant for grant in task.candidates if grant.body in bodies]
    own = [grant for grant in grants if bodies[grant.body].kind not in STEPPING_IN]
    found = dict.fromkeys(g.body for g in own or grants if role in (None, g.role))
    return [(bodies[one].name_zh, bodies[one].name) for one in found]


def who_acts(task: TaskRow, sources: CaseSources, language: str) -> str:
    """Return the person who has taken a task, else the bodies that may do it."""
    holder = sources.persons.get(task.assignee or "")
    if holder is not None:
        return pick(language, holder.name_zh, holder.name)
    names = dict.fromkeys(
        body_name(sources.bodies, grant.body, language) for grant in task.candidates
    )
    return text("list.or", language).join(names)


def which_posts(task: TaskRow, language: str) -> str:
    """Return the posts that may do a task nobody has taken."""
    if task.assignee:
        return ""
    held = sorted({grant.role for grant in task.candidates}, key=list(labels.ROLES).index)
    return text("list.or", language).join(
        labels.label(labels.ROLES, role, language) for role in held
    )


def can_move(task: TaskRow) -> bool:
    """Return whether the safety office may move a step by hand."""
    return task.element in MOVES.get(task.process, {})


def next_steps(
    sources: CaseSources, mine: frozenset[str], now: datetime, language: str
) -> list[NextStep]:
    """Return who must act next; tasks in `mine` are linked."""
    return [
        NextStep(
            who=(who := who_acts(task, sources, language)),
            who_lang=spoken(who),
            roles=which_posts(task, language),
            title=step_title(task, sources.bodies, language, sources.record.document),
            left=remaining(step_due(task, sources.record.document), now, language),
            address=url_for("tasks.show", task_id=task.id) if task.id in mine else None,
            move=url_for("running.places", task_id=task.id) if can_move(task) else None,
        )
        for task in sources.open_tasks
    ]

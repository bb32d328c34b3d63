"""The parts that task pages and case pages share: diagrams, photos, who must act next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from engine.store.queries import InstanceRecord, TaskRow
from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import Text, pick, text
from webapp.presentation import labels
from webapp.presentation.act_words import Known, TaskNames
from webapp.presentation.case_facts import Bodies, CaseFacts, body_name, case_facts
from webapp.presentation.deadline_rows import DeadlineRow, deadline_rows
from webapp.presentation.remaining import Remaining, instant_words, remaining
from webapp.presentation.timeline_rows import TimelineRow, timeline_rows
from workflows.domain.deadline import Deadline
from workflows.domain.evidence import Evidence


@dataclass(frozen=True)
class DiagramView:
    """A diagram with where the case stands and how it came there."""

    name: str
    address: str
    tokens: Sequence[str]
    visited: Sequence[str]
    words: str


@dataclass(frozen=True)
class Photo:
    """A photo or paper; the original only for whom it is meant."""

    address: str
    picture: bool
    kind: str
    words: str
    original: str | None


@dataclass(frozen=True)
class NextStep:
    """Who must act next, in which posts, on what, by when."""

    who: str
    roles: str
    title: str
    left: Remaining
    address: str | None


@dataclass(frozen=True)
class SharedParts:
    """What both kinds of page show of a case."""

    case: CaseFacts
    deadlines: Sequence[DeadlineRow]
    timeline: Sequence[TimelineRow]
    photos: Sequence[Photo]
    diagrams: Sequence[DiagramView]


def shared_parts(sources: CaseSources, actor_id: str, now: datetime, language: str) -> SharedParts:
    """Return the parts in words."""
    document = sources.record.document
    deadlines = [Deadline.from_json(one) for one in document["deadlines"]]
    reader = None if sources.authority else actor_id
    return SharedParts(
        case=case_facts(sources.record.id, document, sources.row.state, sources.bodies, language),
        deadlines=deadline_rows(deadlines, sources.rules, now, language),
        timeline=timeline_rows(
            sources.history, language, known=names_known(sources), outsider=reader
        ),
        photos=[_photo(one, sources, language) for one in sources.evidence],
        diagrams=diagrams(sources, language),
    )


def names_known(sources: CaseSources) -> Known:
    """Return the names that the history of a case refers to by id."""
    return Known(
        tasks={
            task.id: TaskNames(
                (task.title_zh, task.title),
                _names(task, sources.bodies),
                _names(task, sources.bodies, "head"),
            )
            for task in sources.tasks
        },
        processes={key: (one.name_zh, one.name) for key, one in sources.definitions.items()},
        persons={key: (one.name_zh, one.name) for key, one in sources.persons.items()},
    )


STEPPING_IN = frozenset({"office", "leaders"})
"""Kinds of bodies that a ladder adds to a task at its last rung, after the others were told."""


def _names(task: TaskRow, bodies: Bodies, role: str | None = None) -> list[Text]:
    grants = [grant for grant in task.candidates if grant.body in bodies]
    own = [grant for grant in grants if bodies[grant.body].kind not in STEPPING_IN]
    found = dict.fromkeys(g.body for g in own or grants if role in (None, g.role))
    return [(bodies[one].name_zh, bodies[one].name) for one in found]


def task_title(task: TaskRow, language: str) -> str:
    """Return what a task is called."""
    return pick(language, task.title_zh, task.title)


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


def next_steps(
    sources: CaseSources, mine: frozenset[str], now: datetime, language: str
) -> list[NextStep]:
    """Return who must act next; tasks in `mine` are linked."""
    return [
        NextStep(
            who=who_acts(task, sources, language),
            roles=which_posts(task, language),
            title=task_title(task, language),
            left=remaining(task.due_at, now, language),
            address=url_for("tasks.show", task_id=task.id) if task.id in mine else None,
        )
        for task in sources.open_tasks
    ]


def diagrams(sources: CaseSources, language: str) -> list[DiagramView]:
    """Return the diagrams of a case: the root always, the others while they run."""
    shown: dict[str, InstanceRecord] = {}
    for instance in sources.instances:
        if instance.root or instance.status == "live":
            shown[instance.process] = instance
    return [_diagram(instance, sources, language) for instance in shown.values()]


def _diagram(instance: InstanceRecord, sources: CaseSources, language: str) -> DiagramView:
    here = [task for task in sources.open_tasks if task.process == instance.process]
    visited = {
        name
        for visit in sources.visits
        if visit.process == instance.process
        for name in (visit.element, visit.flow)
        if name
    }
    known = sources.definitions.get(instance.process)
    name = pick(language, known.name_zh, known.name) if known else instance.process
    places = "、".join(task_title(task, language) for task in here)
    return DiagramView(
        name=name,
        address=url_for("studio.diagram", process=instance.process, version=instance.version),
        tokens=[task.element for task in here],
        visited=sorted(visited),
        words=text(
            "diagram.words", language, name=name, here=places or text("diagram.nowhere", language)
        ),
    )


def _photo(one: Evidence, sources: CaseSources, language: str) -> Photo:
    return Photo(
        address=url_for("evidence.screen_copy", evidence_id=one.id),
        picture=one.screen_sha256 is not None,
        kind=one.mime.rpartition("/")[2].upper(),
        words=instant_words(one.uploaded_at, language),
        original=(url_for("evidence.original", evidence_id=one.id) if sources.authority else None),
    )

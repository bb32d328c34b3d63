"""The inbox page put together: lines, counts, filters, position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import request, url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store.queries import Page, TaskRow
from webapp.addresses import position, with_changes
from webapp.i18n.catalogue import Text, pick
from webapp.presentation import choices, labels
from webapp.presentation.case_facts import Bodies, body_name
from webapp.presentation.choices import FilterField, Position
from webapp.presentation.remaining import Remaining, remaining
from webapp.presentation.step_limits import step_due
from webapp.presentation.step_titles import step_title
from workflows.domain import ledger_flags, zone
from workflows.inbox import rows
from workflows.inbox.rows import SCOPES, Filters, Hazard, Scope

PAGE = 25
_MARKED = frozenset(labels.FLAGS) - {ledger_flags.LISTED}


@dataclass(frozen=True)
class InboxLine:
    """One task as its line says it."""

    id: str
    title: str
    left: Remaining
    mine: bool
    claimable: bool
    level: str | None = None
    what: str = ""
    enterprise: str = ""
    place: str = ""
    number: str = ""
    flags: Sequence[str] = ()


@dataclass(frozen=True)
class ScopeTab:
    """One tab above the list."""

    key: str
    address: str
    count: int
    current: bool


@dataclass(frozen=True)
class InboxPage:
    """What the inbox template shows."""

    rows: Sequence[InboxLine]
    scopes: Sequence[ScopeTab]
    filters: Sequence[FilterField]
    position: Position
    text: str
    filtered: bool
    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    faults: Sequence[str] = ()
    """What cannot be asked for: then there are no rows."""


def inbox_page(session: Session, actor: Actor, now: datetime, language: str) -> InboxPage:
    """Return the inbox of a person as the address asks for it."""
    wanted, bodies, acts = _wanted(), zone.body_map(session), rows.acts(session, actor)
    faults = _faults(wanted, bodies, acts, actor, language)
    number, found = 1, _NOTHING
    if not faults:
        number, found = _turned_to(session, actor, wanted, now)
    hazards = rows.hazards(session, [task.case_id for task in found.items])
    asked = rows.requests_of(session, found.items)
    marked = ledger_flags.flags_of(session, list(hazards))
    counts = rows.counts(session, actor, wanted, now)
    return InboxPage(
        rows=[
            replace(
                _line(task, hazards.get(task.case_id), bodies, actor, now, language),
                title=step_title(task, bodies, language, asked.get(task.case_id)),
                left=remaining(step_due(task, asked.get(task.case_id)), now, language),
                flags=_flags(marked.get(task.case_id, ()), language),
            )
            for task in found.items
        ],
        scopes=[
            ScopeTab(
                f"inbox.scope_{scope}",
                with_changes(scope=scope, page=None),
                counts[scope],
                scope == wanted.scope,
            )
            for scope in SCOPES
        ],
        filters=_filters(wanted, bodies, _named(session, acts), actor, language),
        position=position(number, found.total, PAGE),
        text=wanted.text,
        filtered=wanted.narrow or wanted.scope != "all",
        action=url_for("inbox.show"),
        hidden={"scope": wanted.scope},
        faults=faults,
    )


def _named(session: Session, acts: Sequence[str]) -> Mapping[str, Text]:
    """Return what acts are called, those of designers by the tasks that ask for them."""
    named = {**labels.ACTS, **rows.own_acts(session, acts)}
    return {act: named.get(act, (act, act)) for act in acts}


def _turned_to(
    session: Session, actor: Actor, wanted: Filters, now: datetime
) -> tuple[int, Page[TaskRow]]:
    """Return the page that the address asks for, the last one past the end, with its number."""
    number = choices.page_number(request.args.get("page"))
    found = rows.inbox(session, actor, wanted, now, limit=PAGE, page=number)
    last = choices.pages_of(found.total, PAGE)
    if number <= last:
        return number, found
    return last, rows.inbox(session, actor, wanted, now, limit=PAGE, page=last)


def _faults(
    wanted: Filters, bodies: Bodies, acts: Sequence[str], actor: Actor, language: str
) -> list[str]:
    """Return what the address asks for that there is not, or not for this person."""
    parks = [body.id for body in bodies.values() if body.kind == "park_command"]
    asked = {
        "body": (wanted.body, sorted({grant.body for grant in actor.grants})),
        "level": (wanted.level, list(labels.LEVELS)),
        "park": (wanted.park, parks),
        "act": (wanted.act, sorted({*labels.ACTS, *acts})),
    }
    return choices.faults(asked, language)


def _wanted() -> Filters:
    values = {name: request.args.get(name, "")[:100].strip() for name in _NAMES}
    asked = request.args.get("scope")
    scope: Scope = next((scope for scope in SCOPES if scope == asked), "all")
    return Filters(scope=scope, **values)


_NOTHING: Page[TaskRow] = Page((), 0, None)
_NAMES = ("body", "level", "park", "act", "text")


def _line(
    task: TaskRow,
    hazard: Hazard | None,
    bodies: Bodies,
    actor: Actor,
    now: datetime,
    language: str,
) -> InboxLine:
    line = InboxLine(
        id=task.id,
        title=step_title(task, bodies, language),
        left=remaining(task.due_at, now, language),
        mine=task.assignee == actor.id,
        claimable=task.assignee is None,
    )
    return line if hazard is None else _with_hazard(line, hazard, bodies, language)


def _with_hazard(line: InboxLine, hazard: Hazard, bodies: Bodies, language: str) -> InboxLine:
    places = (hazard.park, hazard.industry_department)
    return InboxLine(
        id=line.id,
        title=line.title,
        left=line.left,
        mine=line.mine,
        claimable=line.claimable,
        level=hazard.level,
        what=hazard.description,
        enterprise=pick(language, hazard.enterprise_name_zh, hazard.enterprise_name),
        place=" · ".join(body_name(bodies, place, language) for place in places if place),
        number=hazard.number,
    )


def _flags(names: Iterable[str], language: str) -> list[str]:
    return [labels.label(labels.FLAGS, name, language) for name in names if name in _MARKED]


def _filters(
    wanted: Filters,
    bodies: Bodies,
    acts: Mapping[str, Text],
    actor: Actor,
    language: str,
) -> list[FilterField]:
    own = [bodies[body] for body in sorted({g.body for g in actor.grants}) if body in bodies]
    parks = [body for body in bodies.values() if body.kind == "park_command"]
    offered: Mapping[str, Sequence[choices.Choice]] = {
        "body": choices.of_bodies(own, language) if len(own) > 1 else (),
        "level": choices.named(labels.LEVELS, labels.LEVELS, language),
        "park": choices.of_bodies(parks, language),
        "act": choices.named(acts, acts, language),
    }
    return [
        FilterField(name, f"filter.{name}", options, getattr(wanted, name))
        for name, options in offered.items()
    ]

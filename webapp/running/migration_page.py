"""The preview of a migration, and the report on it, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from flask import url_for

from engine.ports import Grant
from engine.store.definitions import DefinitionVersion
from engine.work.outlook import ActorChange, DateChange, FormChange
from webapp.i18n.language import both, current_language, t
from webapp.presentation import labels
from webapp.presentation.remaining import end_words
from workflows.domain.org_facts import Body
from workflows.running.migrating import Line, Survey


@dataclass(frozen=True)
class MigrationLine:
    """One case in words."""

    case_id: str
    number: str
    address: str
    before: str
    said: str
    tone: str
    why: Sequence[str]
    dates: Sequence[str]
    actors: Sequence[str]
    forms: Sequence[str]
    possible: bool
    chosen: bool
    told: bool
    """Whether it is known what changes: not of what is in the way."""


NONE = "none"
"""What the address of a preview says that chooses no case."""

MANY = 20
"""From so many cases on a worker may look at all of them, and take them over."""

FEW = 3
"""From so many cases on it is worth choosing all or none at once."""


@dataclass(frozen=True)
class MigrationPage:
    """What the template of a migration shows; `reported` after the deed."""

    name: str
    process: str
    version: int
    lines: Sequence[MigrationLine]
    summary: Sequence[str]
    action: str
    again: str
    next: str | None
    """The case behind which there are more, and the way there."""
    onward: str | None
    first: str | None
    """The way to the first cases, from a part behind them."""
    possible: int
    deciding: bool
    others: tuple[str, str] | None = None
    """What it says and the way there: the same page with every case chosen, or none."""
    reported: bool = False
    reason: str = ""
    faults: Sequence[str] = ()
    many: str = ""
    """The way to have all cases looked at by a worker, where there are many."""


@dataclass(frozen=True)
class Part:
    """Which cases a page is about: one alone, those after one; `next` is where it ended."""

    only: str | None = None
    after: str | None = None
    next: str | None = None


@dataclass(frozen=True)
class Sent:
    """What was sent in vain: the reason, the chosen cases, what is wrong."""

    reason: str = ""
    chosen: Sequence[str] | None = None
    faults: Sequence[str] = ()


def migration_page(
    definition: DefinitionVersion,
    survey: Survey,
    bodies: Mapping[str, Body],
    part: Part,
    *,
    deciding: bool,
    sent: Sent | None = None,
) -> MigrationPage:
    """Return the preview; of a sending that was refused, with what was chosen and written."""
    sent, part = sent or Sent(), replace(part, next=survey.next)
    summary = [t("migrate.counts", count=len(survey.lines), possible=survey.possible)]
    if survey.left:
        summary.append(t("migrate.left", count=survey.left))
    lines = _lines(survey, bodies, sent.chosen)
    page = _page(definition, lines, summary, part, deciding=deciding, sent=sent)
    many = len(lines) + survey.left >= MANY
    way = url_for("running.ask_migration", process=definition.process, version=definition.version)
    return replace(page, many=way) if many else page


def report_page(
    definition: DefinitionVersion, survey: Survey, bodies: Mapping[str, Body], part: Part
) -> MigrationPage:
    """Return the report on what was done; it goes on where its preview ended."""
    stayed = len(survey.lines) - survey.done
    summary = [t("migrate.report", done=survey.done, stayed=stayed)]
    lines = _lines(survey, bodies, None)
    return _page(definition, lines, summary, part, deciding=True, sent=None)


def _lines(
    survey: Survey, bodies: Mapping[str, Body], chosen: Sequence[str] | None
) -> Sequence[MigrationLine]:
    return [_line(line, bodies, chosen) for line in survey.lines]


def _page(
    definition: DefinitionVersion,
    lines: Sequence[MigrationLine],
    summary: Sequence[str],
    part: Part,
    *,
    deciding: bool,
    sent: Sent | None,
) -> MigrationPage:
    way = partial(url_for, process=definition.process, version=definition.version)
    preview, told = partial(way, "running.preview"), sent or Sent()
    return MigrationPage(
        name=both(definition.name_zh, definition.name),
        process=definition.process,
        version=definition.version,
        lines=lines,
        summary=summary,
        action=way("running.migrate", case=part.only, after=part.after),
        again=preview(after=part.after),
        next=part.next,
        onward=preview(after=part.next) if part.next else None,
        first=preview() if part.after else None,
        possible=sum(line.possible for line in lines),
        deciding=deciding,
        others=_others(preview, part, lines),
        reported=sent is None,
        reason=told.reason,
        faults=told.faults,
    )


def _others(
    preview: Callable[..., str], part: Part, lines: Sequence[MigrationLine]
) -> tuple[str, str] | None:
    if sum(line.possible for line in lines) < FEW:
        return None
    if any(line.chosen for line in lines):
        return t("migrate.choose_none"), preview(after=part.after, choose=NONE)
    return t("migrate.choose_all"), preview(after=part.after)


def _line(line: Line, bodies: Mapping[str, Body], chosen: Sequence[str] | None) -> MigrationLine:
    look, possible = line.outlook, line.outlook.possible
    said = "migrate.done" if line.done else "migrate.yes" if possible else "migrate.no"
    return MigrationLine(
        case_id=line.case_id,
        number=line.number,
        address=url_for("cases.show", case_id=line.case_id),
        before=t("form.comma").join(t("studio.version_number", version=v) for v in look.before),
        said=t(said),
        tone="done" if line.done or possible else "danger",
        why=[both(one.message_zh, one.message) for one in look.reasons],
        dates=[date_words(one) for one in look.dates],
        actors=[actor_words(one, bodies) for one in look.actors],
        forms=[form_words(one) for one in look.forms],
        possible=possible,
        chosen=possible if chosen is None else line.case_id in chosen,
        told=possible or line.done,
    )


def date_words(change: DateChange) -> str:
    """Return what becomes of a date."""
    return t(
        "migrate.change",
        title=both(*change.title),
        before=_instant(change.before),
        after=_instant(change.after),
    )


def _instant(at: datetime | None) -> str:
    return end_words(at, current_language()) if at else t("migrate.no_date")


def form_words(change: FormChange) -> str:
    """Return what becomes of a form: another one, or the same asking something else."""
    title = both(*change.title)
    if change.before == change.after:
        return t("migrate.form_differs", title=title)
    before, after = change.before or t("migrate.no_date"), change.after or t("migrate.no_date")
    return t("migrate.change", title=title, before=before, after=after)


def actor_words(change: ActorChange, bodies: Mapping[str, Body]) -> str:
    """Return what becomes of those who may do a task."""
    return t(
        "migrate.change",
        title=both(*change.title),
        before=posts_words(change.before, bodies),
        after=posts_words(change.after, bodies),
    )


def posts_words(grants: Sequence[Grant], bodies: Mapping[str, Body]) -> str:
    """Return posts in words, body by body."""
    held: dict[str, list[str]] = {}
    for one in grants:
        held.setdefault(_body(one, bodies), []).append(_role(one.role))
    said = [
        t("migrate.posts", body=body, roles=t("form.comma").join(roles))
        for body, roles in held.items()
    ]
    return t("list.or").join(said) or t("migrate.no_date")


def _body(grant: Grant, bodies: Mapping[str, Body]) -> str:
    found = bodies.get(grant.body)
    return both(found.name_zh, found.name) if found else grant.body


def _role(role: str) -> str:
    return labels.label(labels.ROLES, role, current_language())

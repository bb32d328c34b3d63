"""The next act on a draft: who has to do what, and what this reader may do."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store import definitions
from webapp.i18n.language import current_language, t
from webapp.presentation.remaining import instant_words
from workflows.designing import drafts, permission, rebasing
from workflows.designing.drafts import Draft
from workflows.designing.rebasing import Ahead
from workflows.running import migrating
from workflows.running import permission as running


@dataclass(frozen=True)
class Next:
    """What has to happen now; `acts` are those that the reader may do, the first one foremost."""

    words: str
    acts: tuple[str, ...]
    ahead: Ahead | None = None
    way: str = ""
    """Where the version is that the draft became."""
    migration: str = ""
    """Where cases under an earlier version are taken to it, for whoever sees to them."""


@dataclass(frozen=True)
class Standing:
    """How a draft stands: errors found, and whether anything is changed."""

    errors: int
    changed: bool


def next_act(session: Session, actor: Actor, draft: Draft, standing: Standing) -> Next:
    """Return what has to happen to a draft now."""
    if draft.state == drafts.OPEN:
        return _open(session, actor, draft, standing)
    designer = permission.may_change(actor)
    if draft.state == drafts.PROPOSED:
        return _proposed(session, actor, draft)
    if draft.state == drafts.APPROVED:
        acts = ("live", "schedule", *_back(session, actor, draft))
        return Next(t("drafts.next_live"), acts)
    if draft.state == drafts.SCHEDULED:
        at = instant_words(draft.live_at, current_language()) if draft.live_at else ""
        acts = ("unschedule", "live", *_back(session, actor, draft))
        return Next(t("drafts.next_scheduled", at=at), acts)
    if draft.state == drafts.LIVE:
        version = draft.version or 0
        way = url_for("studio.definition", process=draft.process, version=version)
        words = t("drafts.next_none", version=version)
        return Next(words, (), way=way, migration=_migration(session, actor, draft))
    return Next(t("drafts.next_discarded"), ("take_up",) if designer else ())


def _migration(session: Session, actor: Actor, draft: Draft) -> str:
    last = definitions.latest(session, draft.process, agency=draft.agency)
    current = last is not None and last.version == draft.version
    if not current or not running.may_look(session, actor):
        return ""
    if not migrating.behind(session, draft.agency, draft.process):
        return ""
    return url_for("running.preview", process=draft.process, version=draft.version)


def _open(session: Session, actor: Actor, draft: Draft, standing: Standing) -> Next:
    designer = permission.may_change(actor)
    newer = rebasing.ahead(session, draft)
    if newer is not None:
        words = t("drafts.next_rebase", version=newer.version)
        return Next(words, ("rebase", "discard") if designer else (), newer)
    if standing.errors:
        words = t("drafts.next_errors", count=standing.errors)
    elif not standing.changed:
        words = t("drafts.next_change")
    else:
        acts = ("propose", "discard") if designer else ()
        return Next(t("drafts.next_propose"), acts)
    return Next(words, ("edit", "discard") if designer else ())


def _proposed(session: Session, actor: Actor, draft: Draft) -> Next:
    back = _back(session, actor, draft)
    if "return" in back:
        return Next(t("drafts.next_approve"), ("approve", *back))
    return Next(t("drafts.next_wait"), back)


def _back(session: Session, actor: Actor, draft: Draft) -> tuple[str, ...]:
    """Return how a draft under way may come back: returned by another, taken back by designers."""
    if not permission.had_a_hand(session, actor, draft.id):
        return ("return",)
    return ("withdraw",) if permission.may_change(actor) else ()

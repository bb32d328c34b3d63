"""The first page of an administrator: what the zone still lacks, with the way to supply it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from webapp.administration.directory import post_words
from webapp.administration.sheet import Link, act
from webapp.i18n.language import both, t
from workflows.administration import setting_up
from workflows.administration.checklist import Item, checklist
from workflows.administration.desk import open_desk
from workflows.administration.rerouting import Waiting, waiting_for_nobody
from workflows.domain import organisation

MOST_WAITING = 20


@dataclass(frozen=True)
class CheckLine:
    """One thing to have."""

    done: bool
    needed: bool
    words: str
    way: Link | None


@dataclass(frozen=True)
class StartPage:
    """What the start page shows."""

    zone: str
    missing: Sequence[CheckLine]
    optional: Sequence[CheckLine]
    done: Sequence[CheckLine]
    waiting: Sequence[str]


def start_page(session: Session, actor: Actor, agency: str) -> StartPage:
    """Return what is missing first, then what may be had, then what is there."""
    desk = open_desk(session, actor, agency)
    lines = [_line(item) for item in checklist(desk)]
    zone = setting_up.zone(session, agency)
    return StartPage(
        zone=both(zone.name_zh, zone.name) if zone else t("admin.title"),
        missing=[line for line in lines if not line.done and line.needed],
        optional=[line for line in lines if not line.done and not line.needed],
        done=[line for line in lines if line.done],
        waiting=[
            _waiting(session, task) for task in waiting_for_nobody(session, desk.now, MOST_WAITING)
        ],
    )


def _waiting(session: Session, task: Waiting) -> str:
    posts = [post_words(organisation.body(session, one.body), one.role) for one in task.posts]
    return f"{both(task.title_zh, task.title)}{t('form.colon')}{t('form.comma').join(posts)}"


def _line(item: Item) -> CheckLine:
    return CheckLine(item.done, item.needed, both(*item.text), None if item.done else _way(item))


def _way(item: Item) -> Link | None:
    if item.command:
        return act(item.command, given=item.given)
    if not item.place:
        return None
    ways = {
        "persons": (t("admin.persons"), "administration.persons"),
        "rules": (t("admin.rules"), "office_rules.versions"),
        "calendar": (t("admin.calendar"), "office_calendar.years"),
    }
    words, endpoint = ways[item.place]
    return Link(words, url_for(endpoint))

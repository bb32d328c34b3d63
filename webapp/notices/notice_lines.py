"""Notifications in words, a card for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from webapp.i18n.catalogue import pick
from webapp.notices.feed import Group, Told
from webapp.presentation import labels
from webapp.presentation.remaining import instant_words
from workflows.designing.news import DraftNews


@dataclass(frozen=True)
class NoticeLine:
    """One thing told."""

    kind: str
    words: str
    at: str
    iso: str
    address: str
    unread: bool


@dataclass(frozen=True)
class NoticeCard:
    """What was told of one case."""

    address: str
    number: str
    level: str | None
    enterprise: str
    description: str
    relevant: bool
    lines: Sequence[NoticeLine]


def notice_cards(groups: Sequence[Group], language: str) -> list[NoticeCard]:
    """Return what was told in words, with where it leads."""
    return [_card(group, language) for group in groups]


def draft_lines(told: Sequence[DraftNews], language: str) -> list[NoticeLine]:
    """Return what was told of drafts in words, with where it leads."""
    return [
        NoticeLine(
            kind="",
            words=pick(language, one.text_zh, one.text),
            at=instant_words(one.at, language),
            iso=one.at.isoformat(),
            address=_way(one),
            unread=one.unread,
        )
        for one in told
    ]


def _way(one: DraftNews) -> str:
    if one.draft_id is not None:
        return url_for("drafts.show", draft_id=one.draft_id)
    return url_for("studio.definition", process=one.process, version=one.version)


def _card(group: Group, language: str) -> NoticeCard:
    first = group.news[0]
    seen = {(one.kind, one.task_id): one for one in reversed(group.news)}
    newest = sorted(seen.values(), key=lambda one: one.at, reverse=True)
    return NoticeCard(
        address=url_for("cases.show", case_id=first.case_id),
        number=first.number,
        level=first.level,
        enterprise=pick(language, first.enterprise_zh, first.enterprise),
        description=first.description,
        relevant=group.relevant,
        lines=[_line(one, language) for one in newest],
    )


def _line(one: Told, language: str) -> NoticeLine:
    words = pick(language, one.text_zh, one.text)
    return NoticeLine(
        kind=labels.label(labels.NOTICES, one.kind, language),
        words=words.removeprefix(one.number).lstrip(" :："),
        at=instant_words(one.at, language),
        iso=one.at.isoformat(),
        address=_address(one),
        unread=one.unread and one.relevant,
    )


def _address(one: Told) -> str:
    if one.task_id and one.relevant:
        return url_for("tasks.show", task_id=one.task_id)
    return url_for("cases.show", case_id=one.case_id)

"""Notifications in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from webapp.i18n.catalogue import pick
from webapp.presentation.remaining import instant_words
from workflows.domain.notifications import Notification


@dataclass(frozen=True)
class NoticeLine:
    """One thing told."""

    words: str
    at: str
    iso: str
    address: str
    unread: bool


def notice_lines(told: Sequence[Notification], language: str) -> list[NoticeLine]:
    """Return what was told in words, with where it leads."""
    return [
        NoticeLine(
            words=pick(language, one.text_zh, one.text),
            at=instant_words(one.at, language),
            iso=one.at.isoformat(),
            address=_address(one),
            unread=one.read_at is None,
        )
        for one in told
    ]


def _address(one: Notification) -> str:
    if one.task_id:
        return url_for("tasks.show", task_id=one.task_id)
    return url_for("cases.show", case_id=one.case_id)

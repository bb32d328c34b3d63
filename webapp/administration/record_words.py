"""An entry of the record in words: fields as the forms call them, names in the place of ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.administration.directory import post_words
from webapp.administration.sheet import Link
from webapp.i18n.language import both, current_language, t
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import day_words, instant_words
from workflows.administration import setting_up
from workflows.administration.enterprises import SIZES
from workflows.administration.kinds import KINDS, ROLE_NAMES
from workflows.administration.record import Recorded
from workflows.administration.registry import COMMANDS
from workflows.designing.drafts import titles
from workflows.designing.steps import STEPS
from workflows.domain import organisation
from workflows.domain.earlier_calendars import REPLACED
from workflows.domain.org_tables import PersonRow, SubstituteRow
from workflows.domain.working_days import HOLIDAY, WORKDAY

MOST_DAYS = 10
"""Days of a calendar that are told one by one."""

_ACTS = {
    "zone.set_up": "admin.act_set_up",
    "calendar.import": "admin.act_calendar",
    "rules.adopt": "admin.act_rules",
    "enterprise.import": "admin.act_import",
}
_LABELS = {
    "posts": "recorded.posts_ended",
    "accounts_closed": "recorded.accounts_closed",
    "role": "recorded.role",
    "post": "admin.post",
    "grants": "admin.post",
    "username": "admin.username",
    "opened_at": "sessions.opened",
    "address": "sessions.address",
    "zone": "recorded.zone",
    "rules_from": "admin.since",
    "since": "admin.since",
    "version": "admin.version",
    "process": "studio.process",
    "base": "drafts.base",
    "live_at": "drafts.live_at",
    "reason": "drafts.reason",
    "added": "recorded.added",
    "changed": "recorded.changed",
    "same": "recorded.same_as_before",
    "years": "recorded.years",
    "days": "recorded.days",
    "source": "admin.source",
    "moved": "recorded.moved",
    REPLACED: "recorded.replaced",
}
"""What the entries name beside the fields of the forms; anything else is not for people."""

_DAYS = ("valid_from", "valid_to", "last_day", "since", "rules_from")
_BODIES = ("park", "town", "industry_department")


@dataclass(frozen=True)
class Detail:
    """One field; of a change with what it was before."""

    label: str
    words: str
    was: str | None = None

    @property
    def text(self) -> str:
        """The field as one line, to be searched."""
        return f"{self.label}{t('form.colon')}{self.was or ''} {self.words}"

    @property
    def lang(self) -> str:
        """The language to mark the words with, where they are not the reader's."""
        return spoken(f"{self.was or ''}{self.words}") if current_language() == "en" else ""


def act_words(name: str) -> str:
    """Return what an act is called."""
    if name in COMMANDS:
        return both(*COMMANDS[name].title)
    if name in STEPS:
        return both(*STEPS[name])
    return t(_ACTS[name]) if name in _ACTS else name


class RecordWords:
    """Puts entries into words with the names that bodies and persons bear now."""

    def __init__(self, session: Session, agency: str) -> None:
        """Read the names once for all entries."""
        self._session = session
        self._agency = agency
        self._bodies = {one.id: one for one in organisation.bodies(session)}
        rows = session.scalars(select(PersonRow))
        self._persons = {row.id: both(row.name_zh, row.name) for row in rows}
        self._drafts = titles(session, agency)
        self._ways: Mapping[str, Callable[[Any], str]] = {
            **dict.fromkeys(_DAYS, _day),
            **dict.fromkeys(_BODIES, self._body),
            "kind": _kind,
            "size_class": lambda size: both(*SIZES.get(size, (size, size))),
            "role": lambda role: both(*ROLE_NAMES.get(role, (role, role))),
            "post": self._post,
            "grants": lambda posts: t("form.comma").join(map(self._post, posts)),
            "substitute": self._person,
            "live_at": lambda at: instant_words(datetime.fromisoformat(at), current_language()),
            "opened_at": lambda at: instant_words(datetime.fromisoformat(at), current_language()),
            "years": lambda years: t("form.comma").join(map(str, years)),
            REPLACED: _replaced,
        }

    def subject(self, one: Recorded) -> Link:
        """Return what an entry is about; a person with the way to his page."""
        if one.subject in self._bodies:
            return Link(self._body(one.subject))
        if one.subject in self._persons:
            address = url_for("administration.person", person=one.subject)
            return Link(self._person(one.subject), address)
        if one.subject == self._agency:
            zone = setting_up.zone(self._session, self._agency)
            return Link(both(zone.name_zh, zone.name) if zone else t("admin.title"))
        if one.act in STEPS and one.subject in self._drafts:
            return Link(both(*self._drafts[one.subject]))
        if one.act in COMMANDS and COMMANDS[one.act].place == "policy":
            return Link(t("admin.sign_in"))
        return Link(one.subject)

    def details(self, one: Recorded) -> list[Detail]:
        """Return the fields of an entry; of a change only those that differ, with the reason."""
        labels = _labels(one.act)
        before, after = one.data.get("before"), one.data.get("after")
        if not isinstance(before, dict) or not isinstance(after, dict):
            return list(self._told(labels, self._whole(one.data)))
        changes = list(self._changes(labels, _own(before), _own(after)))
        unchanged = [Detail(t("admin.state"), t("recorded.same"))]
        reason = self._told(labels, {"reason": one.data.get("reason")})
        return [*(changes or unchanged), *reason]

    def _told(self, labels: Mapping[str, str], data: Mapping[str, Any]) -> Iterator[Detail]:
        for key, label in labels.items():
            if data.get(key):
                yield Detail(label, self._words(key, data[key]))

    def _changes(
        self, labels: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[Detail]:
        for key, label in labels.items():
            was, now = before.get(key), after.get(key)
            if (was or None) != (now or None):
                yield Detail(label, self._either(key, now), self._either(key, was))

    def _either(self, key: str, value: Any) -> str:
        if value is None or value == "":
            return t("recorded.nothing")
        return self._words(key, value)

    def _words(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return t("recorded.yes") if value else t("recorded.no")
        return self._ways[key](value) if key in self._ways else str(value)

    def _whole(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the data with a post in one piece, and with whom a substitution names."""
        post = f"{data['body']}:{data['role']}" if data.get("body") else data.get("post")
        row = self._session.get(SubstituteRow, data["id"]) if data.get("id") else None
        if row is not None:
            found = {"post": f"{row.body_id}:{row.role}", "substitute": row.substitute_id}
            return {**data, **found, "role": None}
        return {**data, "post": post, "role": None if post else data.get("role")}

    def _body(self, name: str) -> str:
        found = self._bodies.get(name)
        return both(found.name_zh, found.name) if found else name

    def _person(self, name: str) -> str:
        return self._persons.get(name, name)

    def _post(self, post: str) -> str:
        body, _, role = post.partition(":")
        return post_words(self._bodies[body], role) if body in self._bodies else post


def _labels(act: str) -> dict[str, str]:
    fields = COMMANDS[act].form.fields if act in COMMANDS else ()
    own = {one.key: both(one.label_zh, one.label) for one in fields}
    more = {key: t(words) for key, words in _LABELS.items() if key not in own}
    if act == "substitute.end":
        substitute = next(
            one for one in COMMANDS["substitute.add"].form.fields if one.key == "substitute"
        )
        more["substitute"] = both(substitute.label_zh, substitute.label)
    last = {key: own.pop(key) for key in ("reason",) if key in own}
    return own | more | last


def _own(names: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return names without an English one that is only the Chinese one again."""
    follows = "name" in names and names["name"] == names.get("name_zh")
    return {**names, "name": ""} if follows else names


def _kind(name: str) -> str:
    found = KINDS.get(name)
    return both(found.name_zh, found.name) if found else name


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text), current_language())


def _replaced(days: Mapping[str, str]) -> str:
    kinds = {
        HOLIDAY: t("admin.kind_rest"),
        WORKDAY: t("admin.kind_worked"),
        "": t("recorded.by_week"),
    }
    told = [
        t("recorded.day_was", day=_day(day), kind=kinds.get(kind, kind))
        for day, kind in list(days.items())[:MOST_DAYS]
    ]
    more = [t("recorded.more_days", count=len(days))] if len(days) > MOST_DAYS else []
    return both("、", ", ").join([*told, *more])

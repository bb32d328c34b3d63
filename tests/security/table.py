"""Reads the table of expected answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from werkzeug.test import TestResponse

from tests.security.parties import OUT, PARTIES, Party

WORDS = ("ok", "leads", "asked", "clash", "barred", "unseen", "out")
STATUS = {
    **dict.fromkeys((200, 201), "ok"),
    **dict.fromkeys((302, 303), "leads"),
    422: "asked",
    415: "asked",
    409: "clash",
    403: "barred",
    404: "unseen",
    401: "out",
}
ONE_OF_EACH = (
    *("finding_officer", "bureau_head", "bureau_clerk", "own_park_deputy", "leader_incharge"),
    *("leader_principal", "own_principal", "own_safety_officer", "expert", "designer", "auditor"),
    *("vault", "admin", "no_post", "ended_post", "coming_post", "substitute", *OUT),
)
"""Each role once, whoever stands in, and who is out: enough where no case is concerned."""

TWINS = frozenset(
    {
        *("bureau_deputy", "own_park_officer", "own_town_officer", "office_deputy"),
        *("other_park_officer", "other_department_officer", "coming_post", "office_head"),
    }
)
"""Who sees what another of the same body sees; what each may do, the acts and tasks say."""


@dataclass(frozen=True)
class Row:
    """A request, and what each party is answered."""

    route: str
    answers: Mapping[str, str]
    named: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None

    @property
    def parties(self) -> Iterator[Party]:
        return (party for party in PARTIES if party.name in self.answers)


@cache
def table() -> dict[str, Any]:
    """Return the file as it is."""
    text = (Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def members(of: str | Sequence[str]) -> set[str]:
    """Return the parties of a set, of several, or a party."""
    if not isinstance(of, str):
        return {name for one in of for name in members(one)}
    if of == "everybody":
        return {party.name for party in PARTIES}
    return members(table()["sets"][of]) if of in table()["sets"] else {of}


def rows() -> list[Row]:
    """Return the rows of the routes."""
    return [
        Row(
            one["route"],
            _answers(one, scoped=one.get("scoped", False), everybody=one.get("open", False)),
            one.get("with", {}),
            one.get("body"),
        )
        for one in table()["routes"]
    ]


def answers(given: Mapping[str, Any], **more: Any) -> Mapping[str, str]:
    """Return what each party is answered, the more special word before the wider one."""
    return _answers({**given, **more}, scoped=True, everybody=False)


def heard(response: TestResponse) -> str:
    """Return the word for an answer."""
    if response.status_code == 302 and response.location.startswith("/sign-in?"):
        return "out"
    if response.status_code == 302 and response.location == "/sign-in":
        return "out"
    return STATUS.get(response.status_code, str(response.status_code))


def _answers(one: Mapping[str, Any], *, scoped: bool, everybody: bool) -> dict[str, str]:
    knocking = {party.name for party in PARTIES} if scoped else set(ONE_OF_EACH)
    if "route" in one:
        knocking -= TWINS - set(ONE_OF_EACH)
    found = {} if everybody else dict.fromkeys(OUT, "out")
    for word in WORDS:
        if word in one and one[word] != "rest":
            for name in members(one[word]):
                found.setdefault(name, word)
    for word in WORDS:
        if one.get(word) == "rest":
            found = {**dict.fromkeys(knocking, word), **found}
    return {name: word for name, word in found.items() if name in knocking}

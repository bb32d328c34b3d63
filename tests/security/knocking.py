"""A zone with cases in every stage, and parties that send one request each with their own key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, session
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from engine.clock import SystemClock
from tests.api import harness
from tests.security.parties import PARTIES, Party
from workflows.accounts import api_tokens, sessions
from workflows.accounts.sessions import Origin
from workflows.accounts.tables import Account
from workflows.app import Bihuan

API = "/api/"


@dataclass(frozen=True)
class Request:
    """One request as a row of the table describes it."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass
class Door:
    """The application, and for each party the cookie and the token that it holds."""

    app: Flask
    bihuan: Bihuan
    file: Path
    kept: Path
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def knock(self, party: Party, asked: Request) -> TestResponse:
        """Send a request; whatever it changed is undone before the next."""
        headers = {"Accept-Language": "zh"}
        keys = self.tokens if asked.path.startswith(API) else self.cookies
        if party.name in keys:
            name = "Authorization" if asked.path.startswith(API) else "Cookie"
            headers[name] = keys[party.name]
        if asked.path.startswith(API):
            # Whatever its version: who may is asked, not whether it was read before.
            headers["If-Match"] = "*"
            if party.name == "substitute":
                headers["Acting-For"] = party.acting_for or ""
        response = self.app.test_client(use_cookies=False).open(
            asked.path, method=asked.method, headers=headers, **_sent(asked)
        )
        response.get_data()
        response.close()
        if asked.method != "GET" and response.status_code < 400:
            self.restore()
        return response

    def keep(self) -> None:
        """Remember the database as it is."""
        _copy(self.file, self.kept)

    def restore(self) -> None:
        """Put the database back as it was kept."""
        _copy(self.kept, self.file)

    def let_in(self) -> None:
        """Open a session and a token for every party with an account; close one account after."""
        for party in PARTIES:
            if party.account:
                token = self.bihuan.database.run(partial(self._opened, party=party))
                self.cookies[party.name] = self._cookie(token, party.acting_for)

    def _opened(self, database: Session, party: Party) -> str:
        account = database.scalars(select(Account).where(Account.username == party.account)).one()
        self.tokens[party.name] = f"Bearer {api_tokens.issue(database, account).token}"
        token = sessions.open_session(database, account, Origin())
        if party.name == "disabled":
            account.closed_at = SystemClock().now()
        return token

    def _cookie(self, token: str, acting_for: str | None) -> str:
        """Return the cookie that the application would have set."""
        with self.app.test_request_context():
            session["_user_id"], session["_fresh"] = token, True
            if acting_for:
                session["acting_for"] = acting_for
            signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            assert signer is not None
            return f"{self.app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"


@contextmanager
def opened(zone: harness.Zone, file: Path, kept: Path) -> Iterator[Door]:
    """Let every party in, without the tokens of forms, which have tests of their own."""
    zone.app.config["WTF_CSRF_ENABLED"] = False
    door = Door(zone.app, zone.bihuan, file, kept)
    door.let_in()
    door.keep()
    yield door


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _sent(asked: Request) -> dict[str, Any]:
    if asked.method == "GET":
        return {}
    if asked.path.startswith(API):
        return {"data": json.dumps(asked.body or {}), "content_type": "application/json"}
    return {"data": dict(asked.body or {})}

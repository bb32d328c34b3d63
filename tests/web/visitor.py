"""A browser for tests: follows forms with their tokens and checks every page it is shown."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from engine.ports import Actor
from tests.web.page_checks import Page, faults_of
from workflows.accounts.passwords import DEMONSTRATION
from workflows.app import Bihuan, Settings
from workflows.domain import organisation

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
    b"\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def open_product(directory: Path, *, demo: bool = True, url: str = "") -> Bihuan:
    """Open the product on a database, else on the SQLite file of the directory."""
    address = url or f"sqlite:///{directory / 'zone.db'}"
    settings = Settings(address, directory, directory / "evidence", demo=demo)
    return Bihuan.open(settings)


class Visitor:
    """One browser."""

    def __init__(self, app: Flask, language: str = "zh") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Accept-Language": language}

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._checked(self.client.get(path, headers=self.headers, **options))

    def page(self, path: str) -> Page:
        response = self.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return Page(response.text)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        token_of: str = "/sign-in",  # noqa: S107 an address
        files: Mapping[str, tuple[bytes, str]] | None = None,
    ) -> TestResponse:
        """Post with the CSRF token of a page seen before."""
        body: dict[str, Any] = {"csrf_token": self.token(token_of), **(data or {})}
        for name, (content, filename) in (files or {}).items():
            body[name] = (io.BytesIO(content), filename)
        kind = "multipart/form-data" if files else None
        response = self.client.post(path, data=body, headers=self.headers, content_type=kind)
        return self._checked(response)

    def token(self, path: str) -> str:
        shown = self.client.get(path, headers=self.headers, follow_redirects=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)
        assert found, f"{path} has no token"
        return found.group(1)

    def sign_in(self, username: str, password: str = DEMONSTRATION, **data: str) -> TestResponse:
        return self.post("/sign-in", {"username": username, "password": password, **data})

    @staticmethod
    def _checked(response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and "<main" in response.text:
            assert faults_of(response.text) == []
        return response


def actor(bihuan: Bihuan, person: str) -> Actor:
    with bihuan.database.read() as session:
        return organisation.actor_of(session, person, START)


def register(bihuan: Bihuan, **changes: Any) -> str:
    """Register a hazard of enterprise01 as inspector1 and return its case."""
    data = {
        "enterprise": "enterprise01",
        "finder_body": "bureau",
        "found_at": START.isoformat(),
        "source": "department",
        "description": "砂轮机无防护罩",
        "location": "一号车间",
        "category": "object",
        **changes,
    }
    return bihuan.runtime.start_case(
        actor(bihuan, "inspector1"), "hazard_rectification", data, agency="default"
    )

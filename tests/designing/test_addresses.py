"""Addresses that name nothing are not found, on either database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor

pytestmark = pytest.mark.usefixtures("copied")

NUL = "%00"


def test_no_address_reaches_the_database_with_a_nul(visit: Callable[..., Visitor]) -> None:
    designer = visit("designer")
    for path in (
        f"/drafts/{NUL}",
        f"/drafts/{NUL}/files",
        f"/drafts/{NUL}/export.zip",
        f"/definitions/{NUL}/1",
        f"/definitions/{NUL}/1/export.zip",
    ):
        assert designer.client.get(path).status_code == 404, path
    for path in (f"/definitions/{NUL}/drafts", f"/definitions/{NUL}/1/rollback"):
        sent = {"reason": "x", "seen": 1, "version": 1}
        assert designer.post(path, sent, token_of="/notifications").status_code == 404, path

"""A sender who takes his time holds no connection to the database meanwhile."""

from __future__ import annotations

import io
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from tests.api.harness import Client, Zone
from tests.domain.pictures import jpeg


class Watched(io.BytesIO):
    """A body that notes how many connections are in use whenever some of it is read."""

    def __init__(self, content: bytes, zone: Zone) -> None:
        super().__init__(content)
        self._pool: Any = zone.bihuan.database.engine.pool
        self.in_use: list[int] = []

    def readinto(self, buffer: Any, /) -> int:
        self.in_use.append(self._pool.checkedout())
        return super().readinto(buffer)

    def read(self, size: int | None = -1, /) -> bytes:
        self.in_use.append(self._pool.checkedout())
        return super().read(size)


def _sent(zone: Zone, client: Client, path: str, **body: Any) -> tuple[int, list[int]]:
    said = Headers({"Authorization": f"Bearer {client.token}"})
    environ = EnvironBuilder(method="POST", path=path, headers=said, **body).get_environ()
    watched = environ["wsgi.input"] = Watched(environ["wsgi.input"].read(), zone)
    with zone.app.test_client() as opened:
        return opened.open(environ).status_code, watched.in_use


def test_an_upload_is_awaited_without_a_connection(zone: Zone) -> None:
    file = {"file": (io.BytesIO(jpeg()), "a.jpg")}
    status, in_use = _sent(zone, zone.client("inspector1"), "/api/v1/evidence", data=file)
    assert (status, set(in_use)) == (201, {0})


def test_a_document_is_awaited_without_a_connection(zone: Zone) -> None:
    status, in_use = _sent(zone, zone.client("inspector1"), "/api/v1/cases", json={})
    assert (status, set(in_use)) == (422, {0})

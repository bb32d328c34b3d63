"""The production server: what it leaves at home, and what it answers by itself."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from workflows.cli.servers import gunicorn_arguments


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class Served:
    """Where the server listens, and the home of who started it."""

    port: int
    home: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    home = folder / "home"
    home.mkdir()
    with _serving(folder, home) as port:
        yield Served(port, home)


@contextmanager
def _serving(folder: Path, home: Path) -> Iterator[int]:
    """Start the server and return its port."""
    port = _free_port()
    hidden = ("XDG_RUNTIME_DIR", "DATABASE_URL", "BIHUAN_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"HOME": str(home), "BIHUAN_DATA_DIR": str(folder / "var")}
    arguments = gunicorn_arguments("127.0.0.1", port, workers=1, threads=1)
    with subprocess.Popen(arguments, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(150):
                if _answers(port) or server.poll() is not None:
                    break
                time.sleep(0.1)
            assert _answers(port)
            yield port
        finally:
            server.terminate()


def _told(port: int, request: bytes) -> tuple[str, str]:
    """Return status line with headers, and the page that answers some bytes."""
    with socket.create_connection(("127.0.0.1", port), 30) as asked:
        asked.sendall(request)
        found = b""
        while piece := asked.recv(65536):
            found += piece
    head, _, page = found.partition(b"\r\n\r\n")
    return head.decode("ascii"), page.decode("utf-8")


def test_the_server_writes_nothing_at_home(served: Served) -> None:
    time.sleep(1)
    assert list(served.home.iterdir()) == []


REST = b" HTTP/1.1\r\nHost: x\r\n"
REFUSED = {
    "long address": (b"GET /ledger?text=" + b"x" * 8200 + REST + b"\r\n", 414, "8190"),
    "many headers": (b"GET /" + REST + b"A: b\r\n" * 101 + b"\r\n", 431, "100"),
    "long header": (b"GET /" + REST + b"Cookie: " + b"x" * 8200 + b"\r\n\r\n", 431, "8190"),
    "expects more": (b"POST /" + REST + b"Expect: tea\r\n\r\n", 417, "100-continue"),
    "coded": (b"POST /" + REST + b"Transfer-Encoding: rot13\r\n\r\n", 501, "chunked"),
    "no request": (b"<script>alert(1)</script> hello\r\n\r\n", 400, "HTTP"),
    "no version": (b"GET / HTTP/x\r\n\r\n", 400, "HTTP"),
    "no header": (b"GET /" + REST + b"bad header\r\n\r\n", 400, "HTTP"),
}


def test_what_never_reaches_the_application_is_told_in_both_languages(served: Served) -> None:
    for name, (request, status, said) in REFUSED.items():
        head, page = _told(served.port, request)
        assert head.startswith(f"HTTP/1.1 {status} "), (name, head)
        assert "Content-Type: text/html; charset=utf-8" in head
        chinese, _, english = page.partition('<div lang="en">')
        assert "请求" in chinese, name
        assert said in chinese, name
        assert said in english, name
        assert "<script" not in page
    long = b"GET /static/none?text=" + b"x" * 8000 + REST + b"Connection: close\r\n\r\n"
    assert "414" not in _told(served.port, long)[0]

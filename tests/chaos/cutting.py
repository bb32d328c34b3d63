"""A way to PostgreSQL that breaks in the middle of a commit: before it, within it, after it."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.chance import chance

SOCKET = ".s.PGSQL.5432"
WAYS = ("commit never sent", "commit torn", "commit not heard")
"""The server never hears of it; hears half of it; has done it, and nobody is told."""

_HEAD = 5
"""Bytes before a message: its kind, and its length with the length itself."""


@dataclass
class BreakingWay:
    """Hands on what client and server say, and breaks at the commit that it was armed for."""

    folder: Path
    server: Path
    cuts: Counter[str] = field(default_factory=Counter)
    cut: threading.Event = field(default_factory=threading.Event)
    _ways: tuple[str, ...] = WAYS
    _armed: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, database: str) -> str:
        """Return the address of a database by this way."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def arm(self, how: str | None = None) -> None:
        """Break at the next commit, in one way or any."""
        self._ways = (how,) if how else WAYS
        self.cut.clear()
        self._armed.set()

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        server, deaf = socket.socket(socket.AF_UNIX), threading.Event()
        with contextlib.suppress(OSError), client, server:
            server.connect(str(self.server / SOCKET))
            answering = threading.Thread(target=_answers, args=(server, client, deaf), daemon=True)
            answering.start()
            if self._questions(client, server, deaf) == "commit not heard":
                answering.join(5)
            server.shutdown(socket.SHUT_RDWR)
            answering.join(5)

    def _questions(
        self, client: socket.socket, server: socket.socket, deaf: threading.Event
    ) -> str | None:
        """Hand questions on until the client goes or a commit is cut; return how it was cut."""
        server.sendall(_first(client))
        while message := _message(client):
            how = self._breaks() if b"COMMIT" in message[: _HEAD + 8] else None
            if how == "commit not heard":
                deaf.set()
            if how != "commit never sent":
                server.sendall(message[:_HEAD] if how == "commit torn" else message)
            if how is not None:
                return how
        return None

    def _breaks(self) -> str | None:
        """Return how this commit is cut; one that was not armed for goes through."""
        with self._lock:
            if not self._armed.is_set():
                return None
            self._armed.clear()
            how = chance.choice(self._ways)
            self.cuts[how] += 1
        self.cut.set()
        return how


@contextmanager
def breaking_way(server: Path) -> Iterator[BreakingWay]:
    """Open a way to a server that listens in a folder."""
    with tempfile.TemporaryDirectory(prefix="bihuan-way-") as name, _listening(name) as listening:
        way = BreakingWay(Path(name), server)
        serving = threading.Thread(target=way.serve, args=(listening,), daemon=True)
        serving.start()
        yield way
        listening.shutdown(socket.SHUT_RDWR)


@contextmanager
def _listening(folder: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as found:
        found.bind(str(Path(folder) / SOCKET))
        found.listen(64)
        yield found


def _answers(server: socket.socket, client: socket.socket, deaf: threading.Event) -> None:
    """Hand answers on; the one to the commit that is not to be heard ends here."""
    with contextlib.suppress(OSError):
        while said := server.recv(65536):
            if deaf.is_set():
                break
            client.sendall(said)
        client.shutdown(socket.SHUT_RDWR)


def _first(client: socket.socket) -> bytes:
    """Return the first message, which has a length and no kind."""
    length = _exactly(client, 4)
    return length + _exactly(client, int.from_bytes(length, "big") - 4)


def _message(client: socket.socket) -> bytes:
    """Return the next message, empty when there is none."""
    head = _exactly(client, _HEAD)
    return head + _exactly(client, int.from_bytes(head[1:], "big") - 4) if head else b""


def _exactly(client: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = client.recv(size - len(found))
        if not more:
            return b""
        found += more
    return found

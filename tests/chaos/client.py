"""A client that never gives up: it repeats a request under its key until it is answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

PATIENCE_SECONDS = 180
ANSWER_SECONDS = 20
AWAY = frozenset({502, 503, 504})
"""Answers of a server that cannot say now whether it was done; the request is repeated."""


class GivenUpError(AssertionError):
    """A request was refused, or never answered."""


@dataclass(frozen=True)
class Acknowledged:
    """An act that a client was told is done."""

    key: str
    person: str
    what: str
    subject: str
    answer: dict[str, Any]


@dataclass
class Register:
    """What all clients together were told, and how often they had to ask again."""

    done: list[Acknowledged] = field(default_factory=list)
    repeats: Counter[str] = field(default_factory=Counter)
    asking: threading.Event = field(default_factory=threading.Event)
    enough: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, act: Acknowledged) -> None:
        """Note an act that was acknowledged."""
        with self._lock:
            self.done.append(act)

    def again(self, why: str) -> None:
        """Count a request that has to be repeated."""
        with self._lock:
            self.repeats[why] += 1

    def completions(self) -> int:
        """Return how many tasks were acknowledged as completed."""
        with self._lock:
            return sum(act.what == "complete" for act in self.done)


@dataclass
class Client:
    """Speaks JSON for several people."""

    port: int
    tokens: dict[str, str]
    register: Register

    def get(self, person: str, path: str) -> dict[str, Any]:
        """Read something."""
        return self._until_answered("GET", person, path, None, {})

    def post(self, person: str, path: str, body: dict[str, Any], what: str, subject: str) -> Any:
        """Do something once, however often it has to be asked."""
        key = uuid.uuid4().hex
        sent = json.dumps(body).encode()
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        answer = self._until_answered("POST", person, path, sent, headers)
        self.register.add(Acknowledged(key, person, what, subject, answer))
        return answer

    def upload(self, person: str, content: bytes) -> str:
        """Keep a photo and return its id."""
        mark = uuid.uuid4().hex
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="p.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        sent = head + content + f"\r\n--{mark}--\r\n".encode()
        return str(self._until_answered("POST", person, "/evidence", sent, headers)["id"])

    def _until_answered(
        self, method: str, person: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE_SECONDS
        why = ""
        while time.monotonic() < until:
            try:
                status, answer = self._ask(method, person, path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                why = type(error).__name__
            else:
                if status < http.client.BAD_REQUEST:
                    return answer
                why = str(status)
                if status not in AWAY:
                    raise GivenUpError(f"{method} {path} as {person}: {status} {answer}")
            self.register.again(why)
            time.sleep(0.1)
        raise GivenUpError(f"{method} {path} as {person} was never answered; last {why}")

    def _ask(
        self, method: str, person: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        known = {"Authorization": f"Bearer {self.tokens[person]}", "Accept-Language": "en"}
        try:
            if method == "POST":
                self.register.asking.set()
            connection.request(method, f"/api/v1{path}", body, {**known, **headers})
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        finally:
            connection.close()

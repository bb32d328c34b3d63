"""A client that never gives up: it repeats a request under its key until it is answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.chance import chance

PATIENCE_SECONDS = 180
ANSWER_SECONDS = 20
DOUBTING = 0.1
"""How often a client asks again and again under one key: at once, or once it was answered."""

TIMES = 5
"""How many times it asks then, all told."""

AWAY = frozenset({502, 503, 504})
"""Answers of a server that cannot say now whether it was done; the request is repeated."""


Answer = tuple[dict[str, Any], dict[str, str]]
"""What was answered, and its headers."""


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
        return self._until_answered("GET", person, path, None, {})[0]

    def begin(self, person: str, body: dict[str, Any], mark: str) -> str:
        """Register a case once, however often it has to be asked, and return its id."""
        return str(self._once(person, "/cases", body, {}, ("register", mark))["id"])

    def complete(self, person: str, task: str, data: dict[str, Any]) -> None:
        """Complete a task as it was seen, once, however often it has to be asked."""
        path = f"/tasks/{task}"
        _, seen = self._until_answered("GET", person, path, None, {})
        headers = {"If-Match": seen["ETag"]}
        self._once(person, f"{path}/complete", {"data": data}, headers, ("complete", task))

    def _once(
        self,
        person: str,
        path: str,
        body: dict[str, Any],
        headers: dict[str, str],
        about: tuple[str, str],
    ) -> dict[str, Any]:
        key = uuid.uuid4().hex
        sent = json.dumps(body).encode()
        headers = {**headers, "Idempotency-Key": key, "Content-Type": "application/json"}

        def ask(_: int) -> dict[str, Any]:
            return self._until_answered("POST", person, path, sent, headers)[0]

        mood = chance.random()
        asked = _at_once(ask) if mood < DOUBTING else [ask(1)]
        answer = self._alike(path, asked)
        self.register.add(Acknowledged(key, person, *about, answer))
        if mood > 1 - DOUBTING:
            self._alike(path, [answer, *map(ask, range(TIMES - 1))])
        return answer

    def _alike(self, path: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what the same request was answered each time."""
        first = answers[0]
        assert all(one == first for one in answers), f"{path} got {answers}"
        if len(answers) == TIMES:
            self.register.again("asked five times")
        return first

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
        return str(self._until_answered("POST", person, "/evidence", sent, headers)[0]["id"])

    def _until_answered(
        self, method: str, person: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        until = time.monotonic() + PATIENCE_SECONDS
        why = ""
        while time.monotonic() < until:
            try:
                status, answer, found = self._ask(method, person, path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                why = type(error).__name__
            else:
                if status < http.client.BAD_REQUEST:
                    return answer, found
                why = str(status)
                if status not in AWAY:
                    raise GivenUpError(f"{method} {path} as {person}: {status} {answer}")
            self.register.again(why)
            time.sleep(0.1)
        raise GivenUpError(f"{method} {path} as {person} was never answered; last {why}")

    def _ask(
        self, method: str, person: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any], dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        known = {"Authorization": f"Bearer {self.tokens[person]}", "Accept-Language": "en"}
        try:
            if method == "POST":
                self.register.asking.set()
            connection.request(method, f"/api/v1{path}", body, {**known, **headers})
            response = connection.getresponse()
            answer = json.loads(response.read() or b"{}")
            return response.status, answer, dict(response.getheaders())
        finally:
            connection.close()


def _at_once(ask: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(ask, range(TIMES)))

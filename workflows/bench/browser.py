"""A person at a browser: signs in, follows pages, sends forms with their hidden token."""

from __future__ import annotations

import http.client
import io
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_FORM = "application/x-www-form-urlencoded"
_BUSY, _PATIENCE, _REST_SECONDS = 503, 50, 0.2


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8")

    def header(self, name: str) -> str:
        """Return the first header of a name, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


Send = Callable[[str, str, Mapping[str, str], bytes], Answer]
"""Send a request: method, address, headers, body."""


class UnexpectedAnswerError(RuntimeError):
    """A server answered otherwise than the workload expects."""


@dataclass
class Browser:
    """One signed-in person."""

    send: Send
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    busy: int = 0
    """How often the server was too busy and was asked again, as its page says one should."""

    def get(self, path: str) -> Answer:
        """Open a page; it has to be there."""
        return self._ask("GET", path, b"", {}, (200,))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form with the token of the last page that had one; it has to lead on."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self._ask("POST", path, body, {"Content-Type": _FORM}, (302, 303))

    def sign_in(self, username: str, password: str) -> None:
        """Open a session and learn the token that every form of it carries."""
        self.get("/sign-in")
        self.post("/sign-in", {"username": username, "password": password})
        self.get("/inbox")

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        wanted: tuple[int, ...],
    ) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.send(method, path, headers, body)
        for _ in range(_PATIENCE):
            if answer.status != _BUSY:
                break
            self.busy += 1
            time.sleep(_REST_SECONDS)
            answer = self.send(method, path, headers, body)
        if answer.status not in wanted:
            message = f"Expected {method} {path} to be answered {wanted}, but: {answer.status}"
            raise UnexpectedAnswerError(f"{message} {answer.text[:2000]}")
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                found = SimpleCookie(value)
                self.cookies |= {key: morsel.value for key, morsel in found.items()}
        token = _TOKEN.search(answer.text) if method == "GET" else None
        if token:
            self.token = token.group(1)
        return answer


def in_process(application: Any) -> Send:  # noqa: ANN401 any WSGI application
    """Return a way to ask a WSGI application without a server between."""

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        parts, begun = urlsplit(path), []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": headers.get("Content-Type", ""),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "SCRIPT_NAME": "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        environ |= {
            f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()
        }

        def start(status: str, answered: list[tuple[str, str]], _error: object = None) -> None:
            begun.append((int(status[:3]), answered))

        parts_of_body: Iterable[bytes] = application(environ, start)
        content = b"".join(parts_of_body)
        close = getattr(parts_of_body, "close", None)
        if close:
            close()
        return Answer(*begun[0], content)

    return send


@contextmanager
def over_http(port: int) -> Iterator[Send]:
    """Give a way to ask a server of this machine over one connection that is kept open.

    A server closes a connection that was idle; what was sent into it is sent again, which the
    key of a form makes safe.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)

    def ask(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        connection.request(method, path, body or None, dict(headers))
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            return ask(method, path, headers, body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            connection.close()
            return ask(method, path, headers, body)

    try:
        yield send
    finally:
        connection.close()

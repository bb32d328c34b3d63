"""Real servers, started by the command line, and ways to end them without a word."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.chance import chance
from tests.chaos.zone import Prepared

ROOT = Path(__file__).parents[2]
SETTINGS = ("DATABASE_URL", "BIHUAN_DATABASE_URL", "BIHUAN_CLOCK", "BIHUAN_EVIDENCE_DIR")
STARTING_SECONDS = 90
LINES = 40
"""Of a log, told where a promise was broken."""


@dataclass
class Servers:
    """The web server and some workers of one zone; whoever is killed is started again."""

    zone: Prepared
    web_processes: int = 2
    workers: int = 2
    port: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    _web: subprocess.Popen[bytes] | None = None
    _workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Servers:
        """Start everything and wait until the web answers."""
        self.port = free_port()
        self._web = self._start("serve", "--port", str(self.port), "--workers", self._wanted)
        self._workers = [self._worker() for _ in range(self.workers)]
        self.await_answer()
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """End everything; a promise that was broken is told with what the servers said last."""
        if error is not None:
            error.add_note("\n".join(self._said("serve") + self._said("worker")))
        for process in (self._web, *self._workers):
            if process is not None:
                _end(process)

    @property
    def _wanted(self) -> str:
        return str(self.web_processes)

    def await_answer(self) -> None:
        """Wait until the web answers."""
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)
        raise AssertionError("the web server did not come up: " + self.log("serve")[-2000:])

    def kill_web_child(self) -> None:
        """Kill one process of the web server; its master starts another."""
        children = self._children()
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
                self.kills["web process"] += 1

    def kill_web(self) -> None:
        """Kill the web server with all its processes, and start it again."""
        with self._lock:
            assert self._web is not None
            os.killpg(self._web.pid, signal.SIGKILL)
            self._web.wait()
            self.kills["web server"] += 1
            self._web = self._start("serve", "--port", str(self.port), "--workers", self._wanted)

    def kill_worker(self) -> None:
        """Kill a worker, and start it again."""
        with self._lock:
            number = chance.randrange(len(self._workers))
            _end(self._workers[number])
            self.kills["worker"] += 1
            self._workers[number] = self._worker()

    def kill_all(self) -> None:
        """Kill the web server and all workers at once, and start them again."""
        with self._lock:
            assert self._web is not None
            for process in (self._web, *self._workers):
                os.killpg(process.pid, signal.SIGKILL)
            for process in (self._web, *self._workers):
                process.wait()
            self.kills["everything"] += 1
            self._web = self._start("serve", "--port", str(self.port), "--workers", self._wanted)
            self._workers = [self._worker() for _ in self._workers]

    def add_workers(self, count: int) -> None:
        """Start some more workers."""
        with self._lock:
            self._workers += [self._worker() for _ in range(count)]

    @property
    def step(self) -> int:
        """How many seconds the clock of the servers is wrong."""
        file = self.zone.clock
        return int(file.read_text()) if file.exists() else 0

    def step_clock(self, seconds: int) -> None:
        """Set the clock of all servers wrong at once."""
        new = self.zone.clock.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self.zone.clock)

    def limit_files(self, size: int | None) -> None:
        """Let no process write beyond a size in any file, as a full disk would; None lifts it."""
        limit = resource.RLIM_INFINITY if size is None else size
        assert self._web is not None
        for process in (self._web.pid, *self._children(), *(one.pid for one in self._workers)):
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def log(self, what: str) -> str:
        """Return what a server wrote."""
        path = self.zone.folder / f"{what}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _said(self, what: str) -> list[str]:
        """Return the last lines of a log without those of single requests."""
        return [line for line in self.log(what).splitlines() if "HTTP/1.1" not in line][-LINES:]

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "--interval", "0.2")

    def _children(self) -> list[int]:
        assert self._web is not None
        path = Path(f"/proc/{self._web.pid}/task/{self._web.pid}/children")
        with contextlib.suppress(OSError):
            return [int(word) for word in path.read_text().split()]
        return []

    def _start(self, command: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.zone.folder / f"{command}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "workflows.cli", command, *arguments],
                cwd=ROOT,
                env=environment(self.zone),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def environment(zone: Prepared) -> dict[str, str]:
    """Return the environment of a server of a zone."""
    known = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return known | {
        "BIHUAN_DATABASE_URL": zone.url,
        "BIHUAN_DATA_DIR": str(zone.folder),
        "BIHUAN_DEMO": "1",
        "BIHUAN_LANGUAGE": "en",
        "BIHUAN_CHAOS_CLOCK": str(zone.clock),
        "PYTHONPATH": f"{ROOT / 'tests/chaos/stepping'}{os.pathsep}{ROOT}",
    }


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
